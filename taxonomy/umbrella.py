"""The umbrella word for the 26 kinds. It changed twice by regulation, so it is a setting: `KESOS_UMBRELLA_TERM`.

In every template `{{ umbrella }}` is the abbreviation and `{{ umbrella.label }}` the words written out.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language

from taxonomy.loading import rows_of


@dataclass(frozen=True)
class Umbrella:
    abbreviation: str
    label_id: str
    label_en: str
    instrument: str
    used: str

    def __str__(self) -> str:
        return self.abbreviation

    @property
    def label(self) -> str:
        """The word written out, in the language of the page."""
        return self.label_en if get_language() == "en" else self.label_id


def all_umbrellas() -> dict[str, Umbrella]:
    return {
        row["abbr"]: Umbrella(row["abbr"], row["expansion_id"], row["expansion_en"], row["instrument"], row["used"])
        for row in rows_of("umbrella_terms")
    }


def current() -> Umbrella:
    try:
        return all_umbrellas()[settings.UMBRELLA_TERM]
    except KeyError:
        raise ImproperlyConfigured(_message()) from None


@register
def check_umbrella(**kwargs: Any) -> list[Error]:
    return [] if settings.UMBRELLA_TERM in all_umbrellas() else [Error(_message(), id="taxonomy.E001")]


def _message() -> str:
    return f"KESOS_UMBRELLA_TERM is {settings.UMBRELLA_TERM!r}; it must be one of {', '.join(all_umbrellas())}."
