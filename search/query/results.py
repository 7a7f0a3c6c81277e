"""What a search answers; templates draw it as it is."""

from dataclasses import dataclass
from typing import NamedTuple

from publications.queries.facets import Facet
from publications.queries.paging import Paging
from publications.queries.rows import Row
from search.query.request import Notice, SearchRequest


class Piece(NamedTuple):
    """A stretch of text; `is_hit` if it is what was asked for. Plain text: templates escape it as any other."""

    text: str
    is_hit: bool


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PageHit:
    """The page of an open file that says it best; the file's address is `<output page>/<file_name>#page=<number>`."""

    file_id: int
    file_name: str
    number: int


@dataclass(frozen=True, slots=True)
class Hit:
    """`row` is what every list shows; `title` and `snippet` take the place of its title and snippet.

    The snippet is from the abstract (`snippet_language` tells the language), or from `page` if that says more
    (`is_from_page`). Without words both are as in every list.
    """

    row: Row
    title: Pieces
    snippet: Pieces
    snippet_language: str
    page: PageHit | None = None
    is_from_page: bool = False


@dataclass(frozen=True, slots=True)
class YearCount:
    """A bar of the histogram; `share` of the highest in percent, 0 to 100."""

    year: int
    count: int
    share: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Correction:
    """“Maksud Anda …”: `request` asks it, `pieces` show it with the changed words marked, `total` is what it finds."""

    request: SearchRequest
    pieces: Pieces
    total: int


@dataclass(frozen=True, slots=True)
class Result:
    """`facets` are by parameter name, in the order of a page; each has every value with hits and the chosen ones.
    A facet's counts say what choosing a value of it would give with all other selections as they are.
    `years` are without gaps, oldest first. `synonyms` are the words that were looked for as well and stand in
    some output.
    `nearly` follow on the first page where few hits contain all the words: the best of those that contain some. They
    are not in `total` nor in any count.
    """

    request: SearchRequest
    total: int
    hits: tuple[Hit, ...]
    paging: Paging
    facets: dict[str, Facet]
    years: tuple[YearCount, ...]
    nearly: tuple[Hit, ...] = ()
    synonyms: tuple[str, ...] = ()
    did_you_mean: Correction | None = None
    notices: tuple[Notice, ...] = ()
