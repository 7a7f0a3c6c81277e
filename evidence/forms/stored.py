"""What somebody else has saved since a form was opened, field by field, to be read beside what stands in the form."""

from typing import Any

from django.forms import BaseForm, BoundField
from django.utils.text import capfirst


def stored_instead(form: BaseForm, stored: BaseForm) -> list[tuple[str, str]]:
    """(label, text) of the fields in which they differ; `stored` is the same form over what is stored now."""
    names = [name for name in form.fields if name in stored.fields]
    return [
        (capfirst(str(form[name].label)), _words(stored[name]))
        for name in names
        if _plain(form[name].value()) != _plain(stored[name].value())
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple | set):
        return sorted(str(getattr(one, "pk", one)) for one in value)
    return "" if value in (None, False) else str(getattr(value, "pk", value)).replace("\r\n", "\n").strip()


def _words(bound: BoundField) -> str:
    """What is chosen in words, else what is typed."""
    value = bound.value()
    choices: Any = getattr(bound.field, "choices", None)
    if choices is None:
        return "" if value is None else str(value)
    chosen = set(_plain(value)) if isinstance(_plain(value), list) else {_plain(value)} - {""}
    return ", ".join(str(label) for key, label in choices if str(getattr(key, "value", key)) in chosen)
