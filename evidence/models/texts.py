"""Texts that are kept in both languages and shown in the one of the page."""

from typing import Any

from django.utils.translation import get_language


class Said(str):
    """A text with the language it is in, for the `lang` attribute."""

    language: str

    def __new__(cls, text: str, language: str) -> "Said":
        said = super().__new__(cls, text)
        said.language = language
        return said

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        """So that it can be copied and pickled."""
        return str(self), self.language


class Bilingual:
    """`statement = Bilingual("statement")`: the text in the language of the page, else in the other."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type | None = None) -> Said:
        here = "en" if get_language() == "en" else "id"
        there = "id" if here == "en" else "en"
        if text := getattr(instance, f"{self.name}_{here}"):
            return Said(text, here)
        other = getattr(instance, f"{self.name}_{there}")
        return Said(other, there if other else here)
