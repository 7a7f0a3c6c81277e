"""Which of these outputs a search finds: for what is new, where the whole result would be far more than is needed.

Strictly: what a page shows when nothing contains all the words is not what somebody wants to be told of.
"""

from collections.abc import Collection, Iterator

from tantivy import Occur, Query

from publications.queries.generation import content_generation
from search.index import reading
from search.index.reading import Reader
from search.query.building import Built, build
from search.query.facets import Filters, count_all, filters_of
from search.query.language import parse
from search.query.making import Maker
from search.query.ranking import Ranking, narrowed
from search.query.request import NEWEST, SearchRequest
from search.query.vocabulary import vocabulary


def among(asked: SearchRequest, candidates: Collection[int]) -> set[int]:
    """Raises `IndexNotReady`. Whoever shows them reads them through `Output.objects.public()`."""
    if not candidates:
        return set()
    with reading.searching() as reader:
        built, filters = _build(asked, reader)
        found = narrowed(built.match, list(filters.values()))
        few = Maker(reader.outputs_schema).one_of("id", list(candidates))
        both = Query.boolean_query([(Occur.Must, found), (Occur.Must, few)])
        hits = reader.outputs.search(both, len(candidates), count=False).hits
        values = reader.outputs.fast_field_values("id", [address for _score, address in hits])
        return {int(value or 0) for value in values}


def count_strictly(asked: SearchRequest) -> int:
    with reading.searching() as reader:
        return count_all(reader, *_build(asked, reader))


def ids_strictly(asked: SearchRequest) -> Iterator[int]:
    """All of them, the newest first."""
    with reading.searching() as reader:
        built, filters = _build(asked, reader)
        total = count_all(reader, built, filters)
        for batch in Ranking(reader, built, tuple(filters.values()), NEWEST).all_ids(total):
            yield from batch


def _build(asked: SearchRequest, reader: Reader) -> tuple[Built, Filters]:
    known = vocabulary(content_generation())
    return build(parse(asked.words), reader, known), filters_of(asked, reader, known)
