"""A list of outputs that can be searched and narrowed: what the templates in search/parts/ draw.

`/cari/` is one that always asks the index. The lists of a topic, an author … ask it once there is something to search
for; until then, and while there is no index, they show what PostgreSQL says.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from publications.queries.facets import Facet
from publications.queries.generation import generation_of
from publications.queries.lists import ListPage
from publications.queries.paging import Paging
from search import drawing, saved
from search.exports import EXPORTS
from search.index.reading import IndexNotReady
from search.query.parameters import label_of
from search.query.request import MOST_READ, NEWEST, OLDEST, RELEVANCE, TITLE, Chosen, Notice, SearchRequest
from search.query.results import Result
from search.query.running import count, search
from search.query.vocabulary import vocabulary
from search.state import State, list_state

FACETS = (
    "pmks", "tahun", "jenis", "metode", "provinsi", "pilar", "layanan", "lembaga", "konferensi", "akses", "bahasa",
    "klaster", "psks", "penulis",
)  # fmt: skip
OPEN = frozenset({"pmks", "tahun", "jenis", "metode"})
MOST_WAYS_OUT = 6
SHOWN_SYNONYMS = 6


@dataclass(frozen=True, slots=True)
class ShownFacet:
    name: str
    label: str
    number: int  # of chosen values
    is_open: bool
    options: SafeString
    histogram: SafeString


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Something that narrows the list, and the list without it."""

    label: str
    without: SearchRequest

    @property
    def url(self) -> str:
        return self.without.to_query_string()


class Listing:
    """`plain` reads the list as it is without a search; who gives none needs the index (`IndexNotReady`).

    Parameters that `within` names are no choice: `chosen` values of them in the address are left out.
    """

    def __init__(
        self, request: HttpRequest, within: Iterable[Chosen] = (), plain: Callable[[], ListPage] | None = None
    ) -> None:
        self.action = request.path
        self.generation = generation_of(request)
        self.asked = _asked(request, self.generation, tuple(within))
        self.is_ready = True
        self.result: Result | None = None
        self.page: ListPage | None = None
        if plain is None:
            self.result = self._search(self.asked)
        else:
            self._read(plain)

    def _read(self, plain: Callable[[], ListPage]) -> None:
        if self.is_narrowed:
            try:
                self.result = self._search(self.asked)
                return
            except IndexNotReady:
                self.is_ready = False
        else:
            self.is_ready = bool(self.state[0])
        self.page = plain()

    def _search(self, asked: SearchRequest) -> Result:
        return search(asked, timezone.localdate(), self.generation)

    @cached_property
    def state(self) -> State:
        """Part of the key of whatever is kept of the facets."""
        return list_state()

    @property
    def is_narrowed(self) -> bool:
        """Whether something is asked that PostgreSQL's list does not answer."""
        return self.asked.is_narrowed or self.asked.order != NEWEST

    @property
    def is_whole(self) -> bool:
        """Of everything that is public, not of a topic or somebody's."""
        return not self.asked.within

    @property
    def is_for_robots(self) -> bool:
        """Lists as they are; what they can be narrowed to would be without end."""
        return not (self.is_narrowed or self.asked.sort or self.notices)

    @property
    def paging(self) -> Paging:
        if self.result is not None:
            return self.result.paging
        assert self.page is not None  # noqa: S101 - one of both is there
        return self.page.paging

    @property
    def total(self) -> int:
        return self.paging.total

    @property
    def notices(self) -> tuple[Notice, ...]:
        if self.result is not None:
            return self.result.notices
        missed = self.asked.page > self.paging.number
        return self.asked.notices + ((Notice("page", "halaman", str(self.asked.page)),) if missed else ())

    @property
    def synonyms(self) -> list[str]:
        return [f"“{term}”" for term in self.result.synonyms[:SHOWN_SYNONYMS]] if self.result is not None else []

    # --- what narrows ---

    @cached_property
    def counted(self) -> Result | None:
        """The answer whose facets are shown: of a list without a search, of all its outputs."""
        if self.result is not None:
            return self.result
        try:
            return self._search(SearchRequest(within=self.asked.within))
        except IndexNotReady:
            return None

    @property
    def facets(self) -> list[ShownFacet]:
        if (result := self.counted) is None:
            return []
        hidden = {name for name, _value in self.asked.within}
        shown = (result.facets[name] for name in FACETS if name in result.facets and name not in hidden)
        return [self._shown(facet, result) for facet in shown if facet.options]

    def _shown(self, facet: Facet, result: Result) -> ShownFacet:
        number = len(facet.chosen)
        histogram = SafeString("")
        if facet.name == "tahun":
            number += 1 if self.asked.year_from or self.asked.year_to else 0
            histogram = drawing.histogram(result.years, self.asked)
        is_open = bool(number) or (self.is_whole and facet.name in OPEN)
        return ShownFacet(facet.name, facet.label, number, is_open, drawing.options(facet), histogram)

    @cached_property
    def applied(self) -> list[Narrowing]:
        """Everything that narrows the list besides the words, which stand in the search box."""
        asked = self.asked
        found = [Narrowing(self._label(name, value), asked.without(name, value)) for name, value in asked.chosen]
        if asked.year_from or asked.year_to:
            found.append(Narrowing(_years(asked), asked.without("dari").without("sampai")))
        return found

    def _label(self, name: str, value: str) -> str:
        facet = self.result.facets.get(name) if self.result is not None else None
        labels = {option.value: option.label for option in facet.options} if facet else {}
        return labels.get(value) or f"{label_of(name)}: {value}"

    @property
    def clear_url(self) -> str:
        """The same words and order without anything else."""
        return SearchRequest(words=self.asked.words, sort=self.asked.sort).to_query_string()

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """(value, label, whether it is the present one); relevance only where there are words."""
        labels = {
            RELEVANCE: _("best match first"),
            NEWEST: _("newest first"),
            OLDEST: _("oldest first"),
            MOST_READ: _("most read first"),
            TITLE: _("by title"),
        }
        if not self.asked.words:
            del labels[RELEVANCE]
        default = RELEVANCE if self.asked.words else NEWEST
        return [
            ("" if value == default else value, label, value == self.asked.order) for value, label in labels.items()
        ]

    # --- where to go from here ---

    @property
    def ways_out(self) -> list[Link]:
        """Where nothing was found: what would be without one of the things that narrow, if that finds anything."""
        words = [Narrowing(f"“{self.asked.words}”", self.asked.without("q"))] if self.asked.words else []
        tried = [
            (one, count(one.without)) for one in (*words, *self.applied)[:MOST_WAYS_OUT] if one.without.is_narrowed
        ]
        return [Link(one.label, one.url, number) for one, number in tried if number]

    @property
    def exports(self) -> list[Link]:
        """All that is found, as a file."""
        asked = replace(self.asked, page=1, within=(), chosen=(*self.asked.chosen, *self.asked.within))
        query = asked.to_query_string()
        return files(lambda extension: reverse("search:export", args=[extension]) + query)


def files(address: Callable[[str], str]) -> list[Link]:
    """All kinds of files, each at the address for its extension."""
    return [Link(kind.label, address(kind.extension)) for kind in EXPORTS.values()]


def _asked(request: HttpRequest, generation: int | None, within: tuple[Chosen, ...]) -> SearchRequest:
    if not request.GET:
        return SearchRequest(within=within)
    asked = SearchRequest.from_querydict(request.GET, vocabulary(generation), within)
    about = {name for name, _value in within}
    asked = replace(asked, chosen=tuple(pair for pair in asked.chosen if pair[0] not in about))
    return saved.after_merges([asked])[0]


def _years(asked: SearchRequest) -> str:
    if asked.year_from and asked.year_to:
        return f"{asked.year_from}–{asked.year_to}"
    if asked.year_from:
        return _("from %(year)d") % {"year": asked.year_from}
    return _("until %(year)d") % {"year": asked.year_to}
