"""Whether index and database agree: every output, and by its digest every field and page of it."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from tantivy import Query, Searcher

from publications.models import Output
from search.index import documents, reading

BATCH = 500


@dataclass(frozen=True, slots=True)
class Difference:
    id: int
    what: str


def compare(today: datetime.date) -> Iterator[Difference]:
    """Meant for a site at rest: what changes meanwhile, and what the indexer has not yet taken in, shows too."""
    with reading.searching() as reader:
        indexed = _values(reader.outputs, "digest")
        pages = _page_counts(reader.pages)
        ids = list(Output.objects.public().order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            with documents.one_snapshot():
                built = documents.build(ids[start : start + BATCH], today)
            for document in built:
                found = indexed.pop(document.id, [])
                number = pages.pop(document.id, 0)
                if what := _difference(document, found, number):
                    yield Difference(document.id, what)
        for pk in sorted({*indexed, *pages}):
            yield Difference(pk, "is in the index, but not public")


def _difference(document: documents.Documents, digests: list[int], pages: int) -> str:
    if not digests:
        return "is public, but not in the index"
    if len(digests) > 1:
        return f"is in the index {len(digests)} times"
    if digests != [document.digest]:
        return "is in the index with other content"
    if pages != len(document.pages):
        return f"has {len(document.pages)} pages of text, of which the index has {pages}"
    return ""


def _values(searcher: Searcher, field: str) -> dict[int, list[int]]:
    hits = searcher.search(Query.all_query(), max(searcher.num_docs, 1)).hits
    addresses = [address for _score, address in hits]
    found: dict[int, list[int]] = {}
    values = searcher.fast_field_values(field, addresses)
    for pk, value in zip(searcher.fast_field_values("id", addresses), values, strict=True):
        found.setdefault(int(pk or 0), []).append(int(value or 0))
    return found


def _page_counts(searcher: Searcher) -> dict[int, int]:
    return {pk: len(numbers) for pk, numbers in _values(searcher, "page").items()}
