"""How a component is declared: a template in templates/components/ and a function whose parameters are the component's.

A parameter without default is required. Django refuses most calls that leave one out when the template is compiled; we
refuse the others when it is rendered, and also one that is empty, as an undefined template variable is.
"""

import functools
import inspect
from collections.abc import Callable
from typing import Any

from django.template import Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Extras = dict[str, Any] | None
Component = Callable[..., Extras]


class ComponentError(ValueError):
    """A component was called with an empty required parameter or an unknown kind."""


def require_choice(component: str, parameter: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise ComponentError(f"{component}: {parameter} must be one of {', '.join(choices)}, not {value!r}")


def component(register: Library) -> Callable[[Component], Component]:
    """`{% name … %}`: the template gets the parameters and what the function returns besides."""

    def declare(function: Component) -> Component:
        bind = _binder(function)

        @functools.wraps(function)
        def render(*args: Any, **kwargs: Any) -> dict[str, Any]:
            return _context(function, bind, args, kwargs)

        name = function.__name__
        register.inclusion_tag(f"components/{name}.html", name=name)(render)
        return function

    return declare


def block_component(register: Library) -> Callable[[Component], Component]:
    """`{% name … %}content{% endname %}`: the first parameter of the function is the content."""

    def declare(function: Component) -> Component:
        name, bind = function.__name__, _binder(function)

        @functools.wraps(function)
        def render(*args: Any, **kwargs: Any) -> SafeString:
            return render_to_string(f"components/{name}.html", _context(function, bind, args, kwargs))

        register.simple_block_tag(name=name, end_name=f"end{name}")(render)
        return function

    return declare


Binder = Callable[[tuple[Any, ...], dict[str, Any]], dict[str, Any]]


def _binder(function: Component) -> Binder:
    """What names and values a call has; worked out once, since a page calls its components hundreds of times."""
    signature = inspect.signature(function)
    parameters = signature.parameters
    required = [name for name, parameter in parameters.items() if parameter.default is inspect.Parameter.empty]
    if any(parameter.kind is inspect.Parameter.VAR_POSITIONAL for parameter in parameters.values()):
        return lambda args, kwargs: dict(signature.bind(*args, **kwargs).arguments)
    names, defaults = list(parameters), {n: p.default for n, p in parameters.items() if n not in required}

    def bind(args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        given = {**dict(zip(names, args, strict=False)), **kwargs}
        if len(given) != len(args) + len(kwargs) or not parameters.keys() >= given.keys():
            signature.bind(*args, **kwargs)  # raises what is wrong
        for name in required:
            if name not in given:
                raise TypeError(f"missing a required argument: {name!r}")
            if given[name] is None or given[name] == "":
                raise ComponentError(f"{function.__name__}: {name} is empty")
        return {**defaults, **given}

    return bind


def _context(function: Component, bind: Binder, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    try:
        bound = bind(args, kwargs)
    except TypeError as error:
        raise ComponentError(f"{function.__name__}: {error}") from error
    return {**bound, **(function(*args, **kwargs) or {})}
