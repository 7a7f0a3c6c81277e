"""What is asked for, wholly as the address says it.

asked = SearchRequest.from_querydict(request.GET, vocabulary(generation))
asked.with_(chosen=("pmks", "gelandangan")).to_query_string()   # the link that adds a value
asked.without("pmks", "gelandangan").to_query_string()          # the link that takes it away
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from search.query.parameters import PARAMETERS, Parameter
from search.query.vocabulary import Vocabulary

RELEVANCE, NEWEST, OLDEST, MOST_READ, TITLE = "cocok", "terbaru", "terlama", "dibaca", "judul"
ORDERS = (RELEVANCE, NEWEST, OLDEST, MOST_READ, TITLE)
MAX_WORDS = 500  # characters; the longest titles are not much longer
MAX_CHOSEN = 100
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_NUMBER = re.compile(r"[1-9]\d{0,17}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,8}", re.ASCII)

Chosen = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Notice:
    """What of the address was left out (`unknown`, `cut`, `page`) or how the search was widened (`widened`)."""

    kind: str
    parameter: str = ""
    value: str = ""

    def __str__(self) -> str:
        texts = {
            "unknown": _("“%(value)s” is not known as a value of “%(parameter)s” and was left out."),
            "cut": _("The words were too many; the end was left out."),
            "page": _("There is no page %(value)s; this is the last one."),
            "widened": _("Nothing contains all the words; these contain some of them."),
        }
        return texts[self.kind] % {"value": self.value[:80], "parameter": self.parameter}


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """`chosen` are pairs of parameter and value as in the address: several of one parameter widen, several parameters
    narrow. `within` are pairs of the same kind that the page itself is about (a topic's list): they always hold, are
    no part of the address and cannot be taken away. `sort` is empty unless the address names an order.
    """

    words: str = ""
    chosen: tuple[Chosen, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    sort: str = ""
    page: int = 1
    within: tuple[Chosen, ...] = ()
    notices: tuple[Notice, ...] = ()

    @classmethod
    def from_querydict(cls, query: QueryDict, known: Vocabulary, within: Iterable[Chosen] = ()) -> "SearchRequest":
        """Never raises: what makes no sense is left out, and told in `notices`."""
        return _Reading(query, known).request(tuple(within))

    @property
    def order(self) -> str:
        """How the hits are sorted: as asked, else by relevance if there are words, else newest first."""
        if self.sort and (self.sort != RELEVANCE or self.words):
            return self.sort
        return RELEVANCE if self.words else NEWEST

    @property
    def is_narrowed(self) -> bool:
        """Whether there is anything to take away."""
        return bool(self.words or self.chosen or self.year_from or self.year_to)

    def values(self, parameter: str) -> tuple[str, ...]:
        return tuple(value for name, value in self.chosen if name == parameter)

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the address, in an order that is always the same; also for hidden fields."""
        pairs = [("q", self.words)] if self.words else []
        pairs += sorted(self.chosen)
        pairs += [(name, str(year)) for name, year in (("dari", self.year_from), ("sampai", self.year_to)) if year]
        pairs += [("urut", self.sort)] if self.sort else []
        pairs += [("halaman", str(self.page))] if self.page > 1 else []
        return pairs

    def to_query_string(self) -> str:
        """With the question mark, so that it can stand in a link as it is; "?" for everything."""
        return "?" + urlencode(self.pairs())

    def without(self, parameter: str, value: str | None = None) -> "SearchRequest":
        """The first page without this value, or without all values of this parameter (`q`, `dari`, … too)."""
        gone: dict[str, Any] = {"q": {"words": ""}, "dari": {"year_from": None}, "sampai": {"year_to": None}}
        gone["urut"] = {"sort": ""}
        if parameter in gone:
            return replace(self, page=1, notices=(), **gone[parameter])
        kept = tuple(pair for pair in self.chosen if pair[0] != parameter or value not in (None, pair[1]))
        return replace(self, page=1, notices=(), chosen=kept)

    def with_(self, *, chosen: Chosen | None = None, **changes: Any) -> "SearchRequest":
        """The first page (unless `page` is given) with a value added, or with other `words`, `sort`, `year_from` …"""
        added = self.chosen if chosen is None or chosen in self.chosen else (*self.chosen, chosen)
        return replace(self, **{"page": 1, "notices": (), "chosen": added, **changes})


class _Reading:
    """One address."""

    def __init__(self, query: QueryDict, known: Vocabulary) -> None:
        self.query, self.known = query, known
        self.notices: list[Notice] = []

    def request(self, within: tuple[Chosen, ...]) -> SearchRequest:
        return SearchRequest(
            words=self._words(),
            chosen=self._chosen(),
            year_from=self._number("dari", _YEAR),
            year_to=self._number("sampai", _YEAR),
            sort=self._sort(),
            page=self._number("halaman", _NUMBER) or 1,
            within=within,
            notices=tuple(self.notices),
        )

    def _words(self) -> str:
        words = " ".join(self.query.get("q", "").replace("\0", " ").split())
        if len(words) > MAX_WORDS:
            self.notices.append(Notice("cut", "q"))
            words = words[:MAX_WORDS].rsplit(" ", 1)[0]
        return words

    def _chosen(self) -> tuple[Chosen, ...]:
        found: dict[Chosen, None] = {}
        for name, parameter in PARAMETERS.items():
            for value in self.query.getlist(name):
                if self._makes_sense(parameter, value) and len(found) < MAX_CHOSEN:
                    found[name, value] = None
                elif value:
                    self.notices.append(Notice("unknown", name, value))
        return tuple(found)

    def _makes_sense(self, parameter: Parameter, value: str) -> bool:
        if parameter.table:
            return value in self.known.by_slug[parameter.name]
        if parameter.choices:
            return value in parameter.choices
        shape = _YEAR if parameter.name == "tahun" else _NUMBER if parameter.is_number else _LANGUAGE
        return bool(shape.fullmatch(value))

    def _number(self, name: str, shape: re.Pattern[str]) -> int | None:
        value = self.query.get(name, "").strip()
        if shape.fullmatch(value):
            return int(value)
        if value:
            self.notices.append(Notice("unknown", name, value))
        return None

    def _sort(self) -> str:
        value = self.query.get("urut", "")
        if value and value not in ORDERS:
            self.notices.append(Notice("unknown", "urut", value))
            return ""
        return value
