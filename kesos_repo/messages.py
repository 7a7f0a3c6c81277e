"""Finds the messages in templates and code without xgettext, to check that all are translated."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

from kesos_repo.paths import ROOT

PACKAGES = (
    "kesos_repo", "taxonomy", "accounts", "publications", "evidence", "conferences", "search", "exchange", "portal",
)  # fmt: skip
# Where the message, its plural and its context stand among a function's arguments.
SINGULAR, PLURAL, CONTEXT = "singular", "plural", "context"
FUNCTIONS = {
    "gettext": (SINGULAR,),
    "ngettext": (SINGULAR, PLURAL),
    "pgettext": (CONTEXT, SINGULAR),
    "npgettext": (CONTEXT, SINGULAR, PLURAL),
}
NAMES = {"_": "gettext"} | {f"{name}{suffix}": name for name in FUNCTIONS for suffix in ("", "_lazy", "_noop")}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|%[sd]")
# In what `templatize` makes of a template, every message is a call with literal strings.
TEMPLATE_CALL = re.compile(
    r"""\b(_|n?p?gettext)\(((?:\s*u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")\s*,?)+)""", re.DOTALL
)


@dataclass(frozen=True)
class Message:
    singular: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.singular

    @property
    def placeholders(self) -> set[str]:
        return placeholders(self.singular) | placeholders(self.plural)


def placeholders(text: str) -> set[str]:
    return {match[0] for match in PLACEHOLDER.finditer(text)}


def messages() -> dict[Message, str]:
    """Every message of the project and one file that has it."""
    found: dict[Message, str] = {}
    for path in source_files():
        for message in _in_file(path):
            found.setdefault(message, str(path.relative_to(ROOT)))
    return found


def source_files() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))
    for folder in ("templates", *PACKAGES):
        for kind in ("html", "txt"):
            yield from sorted((ROOT / folder).rglob(f"*.{kind}"))


def _in_file(path: Path) -> Iterator[Message]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from in_code(text)
    else:
        yield from in_template(text)


def in_code(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and (kind := NAMES.get(_called(node.func))):
            strings = [part.value if isinstance(part, ast.Constant) else None for part in node.args]
            if message := _message(kind, strings):
                yield message


def in_template(text: str) -> Iterator[Message]:
    for match in TEMPLATE_CALL.finditer(templatize(text)):
        strings = ast.literal_eval(f"({match[2]},)".replace(",,", ",").replace(", ,", ","))
        if message := _message(NAMES[match[1]], list(strings)):
            yield message


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _message(kind: str, strings: Sequence[object]) -> Message | None:
    """None where the text is not a literal, as in a helper that passes on what it was given."""
    parts = dict(zip(FUNCTIONS[kind], strings, strict=False))
    if not all(isinstance(part, str) for part in parts.values()) or not parts.get(SINGULAR):
        return None
    return Message(**parts)  # type: ignore[arg-type]
