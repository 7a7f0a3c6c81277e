"""What is asked of the map and of the list of findings, wholly as the address says it."""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from evidence.mapping.vocabulary import NOT_TOLD, Vocabulary
from evidence.models import Direction, MapAxis

# Parameter: kind of term. Several values of one widen, several parameters narrow.
COMMON = {"provinsi": "province", "metode": "method", "jenis": "outputtype"}
OF_LIST = {"pmks": "pmks", "klaster": "cluster", "layanan": "service", "luaran": "outcome"}
TERMS = COMMON | OF_LIST
MAY_BE_UNTOLD = {"pmks", "layanan", "luaran"}
AXES = {"layanan": MapAxis.SERVICE, "luaran": MapAxis.OUTCOME}
NUMBERS = {"dari": "year_from", "sampai": "year_to", "kekuatan": "strength", "keberlakuan": "applicability"}
MOST_CHOSEN = 100
MOST_NOTICES = 5  # a broken address is told of, not repeated
_YEAR = re.compile(r"19\d\d|20\d\d|2100", re.ASCII)
_LEVEL = re.compile(r"[1-4]", re.ASCII)
_PAGE = re.compile(r"[1-9]\d{0,6}", re.ASCII)
SHAPES = {"dari": _YEAR, "sampai": _YEAR, "kekuatan": _LEVEL, "keberlakuan": _LEVEL}

Chosen = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something of the address that makes no sense and was left out."""

    parameter: str
    value: str

    def __str__(self) -> str:
        values = {"value": self.value[:80], "parameter": self.parameter}
        if self.parameter == "halaman":
            return _("There is no page %(value)s; this is the last one.") % values
        return _("“%(value)s” is not known as a value of “%(parameter)s” and was left out.") % values


@dataclass(frozen=True, slots=True)
class Asked:
    """`chosen` are pairs of parameter and value; `strength` and `applicability` the lowest level that counts;
    `folded` the clusters that the map shows in one row. `axis` and `folded` change how it looks, not what counts.
    """

    chosen: tuple[Chosen, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    strength: int | None = None
    applicability: int | None = None
    axis: MapAxis = MapAxis.SERVICE
    folded: tuple[str, ...] = ()
    page: int = 1
    notices: tuple[Notice, ...] = ()

    def values(self, parameter: str) -> tuple[str, ...]:
        return tuple(value for name, value in self.chosen if name == parameter)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.filters())

    def filters(self) -> list[Chosen]:
        """What decides which findings count, in an order that is always the same."""
        numbers = [(name, getattr(self, field)) for name, field in NUMBERS.items()]
        return sorted(self.chosen) + [(name, str(number)) for name, number in numbers if number is not None]

    def for_map(self) -> "Asked":
        """Without what only the list knows: it would take away rows and columns."""
        return replace(self, chosen=tuple(pair for pair in self.chosen if pair[0] in COMMON), page=1)

    def pairs(self) -> list[Chosen]:
        """All parameters of the address."""
        pairs = self.filters()
        pairs += [("kolom", "luaran")] if self.axis == MapAxis.OUTCOME else []
        pairs += [("lipat", slug) for slug in self.folded]
        return pairs + ([("halaman", str(self.page))] if self.page > 1 else [])

    def query(self) -> str:
        """With its question mark, so that it can stand in a link as it is; "?" for everything."""
        return "?" + urlencode(self.pairs())

    def with_(self, **changes: Any) -> "Asked":
        return replace(self, **{"page": 1, "notices": (), **changes})

    def adding(self, *pairs: Chosen) -> "Asked":
        return self.with_(chosen=self.chosen + tuple(pair for pair in pairs if pair not in self.chosen))

    def without(self, parameter: str, value: str = "") -> "Asked":
        """Without this value, or without what this parameter says at all."""
        if parameter in NUMBERS:
            return self.with_(**{NUMBERS[parameter]: None})
        return self.with_(chosen=tuple(p for p in self.chosen if p[0] != parameter or value not in ("", p[1])))

    def toggling(self, cluster: str) -> "Asked":
        others = tuple(slug for slug in self.folded if slug != cluster)
        return self.with_(folded=others if cluster in self.folded else (*self.folded, cluster))


def read(query: QueryDict, known: Vocabulary) -> Asked:
    """Never raises: what makes no sense is left out, and told in `notices`."""
    return _Reading(query, known).asked()


class _Reading:
    """One address."""

    def __init__(self, query: QueryDict, known: Vocabulary) -> None:
        self.query, self.known = query, known
        self.notices: list[Notice] = []

    def asked(self) -> Asked:
        numbers: dict[str, Any] = {field: self._number(name, SHAPES[name]) for name, field in NUMBERS.items()}
        first, last = numbers["year_from"], numbers["year_to"]
        if first is not None and last is not None and first > last:  # an empty map would tell of gaps that are none
            numbers |= {"year_from": last, "year_to": first}
        return Asked(
            chosen=self._chosen(),
            axis=AXES.get(self._one("kolom", AXES), MapAxis.SERVICE),
            folded=self._folded(),
            page=self._number("halaman", _PAGE) or 1,
            **numbers,
            notices=tuple(self.notices[:MOST_NOTICES]),
        )

    def _chosen(self) -> tuple[Chosen, ...]:
        found: dict[Chosen, None] = {}
        for name in (*TERMS, "arah"):
            for value in self.query.getlist(name):
                if self._makes_sense(name, value) and len(found) < MOST_CHOSEN:
                    found[name, value] = None
                elif value:
                    self.notices.append(Notice(name, value))
        return tuple(found)

    def _makes_sense(self, name: str, value: str) -> bool:
        if name == "arah":
            return value in Direction.values
        return value in self.known.by_slug[TERMS[name]] or (value == NOT_TOLD and name in MAY_BE_UNTOLD)

    def _folded(self) -> tuple[str, ...]:
        clusters = self.known.by_slug["cluster"]
        asked = dict.fromkeys(filter(None, self.query.getlist("lipat")))
        self.notices += [Notice("lipat", value) for value in asked if value not in clusters]
        return tuple(slug for slug in clusters if slug in asked)

    def _one(self, name: str, allowed: dict[str, Any]) -> str:
        value = self.query.get(name, "")
        if value and value not in allowed:
            self.notices.append(Notice(name, value))
        return value

    def _number(self, name: str, shape: re.Pattern[str]) -> int | None:
        value = self.query.get(name, "").strip()
        if shape.fullmatch(value):
            return int(value)
        if value:
            self.notices.append(Notice(name, value))
        return None
