"""The filters of a list as the page draws them: plain values, so that a template loop is all it takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from publications.languages import language_name
from publications.states import Access
from taxonomy import umbrella

from .lists import Offered


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_chosen: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.is_chosen]

    @property
    def is_open(self) -> bool:
        return self.name == "jenis" or any(option.is_chosen for option in self.options)


def facets_of(offered: Offered, values: dict[str, Any]) -> list[Facet]:
    """`values` is what the reader chose, by filter."""
    terms = offered.terms
    return [
        _facet("pmks", str(umbrella.current()), ((term.slug, term.label, None) for term in terms["pmks"]), values),
        _facet("jenis", _("Type"), ((t.slug, t.label, offered.types.get(t.pk)) for t in terms["type"]), values),
        _facet("tahun", _("Year"), ((str(year), str(year), count) for year, count in offered.years), values),
        _facet("provinsi", _("Province"), ((term.slug, term.label, None) for term in terms["province"]), values),
        _facet("akses", _("Access"), ((str(kind), str(kind.label), None) for kind in Access), values),
        _facet("bahasa", _("Language"), ((code, language_name(code), None) for code in offered.languages), values),
    ]


def _facet(name: str, label: str, offered: Iterable[tuple[str, str, int | None]], values: dict[str, Any]) -> Facet:
    chosen = set(values.get(name, ()))
    return Facet(name, label, [Option(value, text, value in chosen, count) for value, text, count in offered])
