"""What the forms of the map and of the list offer."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evidence.mapping.asked import COMMON, MAY_BE_UNTOLD, OF_LIST, TERMS, Asked
from evidence.mapping.describing import label_of
from evidence.mapping.vocabulary import NOT_TOLD, Vocabulary
from evidence.models import Direction, Level


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    options: list[Option]

    @property
    def number(self) -> int:
        return sum(option.is_chosen for option in self.options)


def of_map(asked: Asked, known: Vocabulary) -> list[Facet]:
    return [_terms(name, asked, known) for name in COMMON]


def of_list(asked: Asked, known: Vocabulary) -> list[Facet]:
    """Also the people, services and outcomes, which on the map are rows and columns."""
    directions = ((str(value), str(label)) for value, label in Direction.choices)
    people = [_terms(name, asked, known) for name in OF_LIST]
    return [*people, _facet("arah", directions, asked), *of_map(asked, known)]


def _terms(name: str, asked: Asked, known: Vocabulary) -> Facet:
    """Those in use, and retired ones that the address names."""
    chosen = set(asked.values(name))
    terms = [term for term in known.terms[TERMS[name]] if not term.is_retired or term.slug in chosen]
    values = [(term.slug, term.label) for term in terms]
    return _facet(name, values + ([(NOT_TOLD, _("not told"))] if name in MAY_BE_UNTOLD else []), asked)


def _facet(name: str, offered: Iterable[tuple[str, str]], asked: Asked) -> Facet:
    chosen = set(asked.values(name))
    return Facet(name, label_of(name), [Option(value, label, value in chosen) for value, label in offered])


def levels(name: str, chosen: int | None) -> Facet:
    """The choice of a lowest level."""
    options = [
        Option(str(int(level)), _("at least %(level)s") % {"level": level.label}, chosen == level)
        for level in reversed(Level)
    ]
    return Facet(name, label_of(name), [Option("", _("any, also not rated"), chosen is None), *options])
