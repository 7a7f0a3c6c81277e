"""Puts values into {fields}. A value is never read again, so that braces in a title stay what they are."""

import re
from collections.abc import Collection, Mapping

FIELD = re.compile(r"\{([^{}]*)\}")
_BLANK_LINES = re.compile(r"\n{3,}")


class UnknownField(ValueError):
    """A field that there is not, or a brace without its other half. `name` is as it was written."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def fields_in(text: str, known: Collection[str]) -> list[str]:
    """The fields that a wording uses; raises `UnknownField`."""
    names = [match.strip() for match in FIELD.findall(text)]
    for name in names:
        if name not in known:
            raise UnknownField(name)
    if rest := re.search(r"[{}]", FIELD.sub("", text)):
        raise UnknownField(rest.group())
    return names


def fill(text: str, values: Mapping[str, str]) -> str:
    """In one pass. What is empty leaves no gap of several lines."""
    fields_in(text, values)
    return _BLANK_LINES.sub("\n\n", FIELD.sub(lambda match: values[match.group(1).strip()], text)).strip()


def fill_line(text: str, values: Mapping[str, str]) -> str:
    """For a subject: one line, whatever a value holds."""
    return " ".join(fill(text, values).split())
