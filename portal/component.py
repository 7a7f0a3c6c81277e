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
        @functools.wraps(function)
        def render(*args: Any, **kwargs: Any) -> dict[str, Any]:
            return _context(function, args, kwargs)

        name = function.__name__
        register.inclusion_tag(f"components/{name}.html", name=name)(render)
        return function

    return declare


def block_component(register: Library) -> Callable[[Component], Component]:
    """`{% name … %}content{% endname %}`: the first parameter of the function is the content."""

    def declare(function: Component) -> Component:
        name = function.__name__

        @functools.wraps(function)
        def render(*args: Any, **kwargs: Any) -> SafeString:
            return render_to_string(f"components/{name}.html", _context(function, args, kwargs))

        register.simple_block_tag(name=name, end_name=f"end{name}")(render)
        return function

    return declare


def _context(function: Component, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    signature = inspect.signature(function)
    try:
        bound = signature.bind(*args, **kwargs)
    except TypeError as error:
        raise ComponentError(f"{function.__name__}: {error}") from error
    for name, value in bound.arguments.items():
        required = signature.parameters[name].default is inspect.Parameter.empty
        if required and (value is None or value == ""):
            raise ComponentError(f"{function.__name__}: {name} is empty")
    bound.apply_defaults()
    return {**bound.arguments, **(function(*args, **kwargs) or {})}
