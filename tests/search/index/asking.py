"""What tests want to know of an index, and how they wait until it knows."""

import datetime
from typing import Any

from django.utils import timezone
from tantivy import Query, Searcher

from publications.models import Blob, Change, File, Output, Page
from search.index import changes, checking, documents, place, reading, rebuilding
from search.index.following import Follower
from tests.factories.publications import attach
from tests.kesos_repo.processes import wait_for


def rebuild(**options: Any) -> None:
    rebuilding.rebuild(lambda _done, _total: None, **options)


def follower() -> Follower:
    found = place.current()
    assert found
    state = found.read_state()
    assert state
    return Follower(found, state)


def follow(following: Follower | None = None) -> None:
    """Take in all changes; a transaction of any database of the server may hold them back a moment."""
    used = following or follower()

    def done() -> bool:
        newest = Change.objects.order_by("-xid").values_list("xid", flat=True).first() or 0
        return not used.step() and changes.horizon() > newest

    wait_for(done, 20)
    used.step()
    if not following:
        used.close()


def found(word: str, field: str = "all") -> list[int]:
    """Ids of the outputs with this word, stem, code or number in this field."""
    reader = reading.current()
    return ids(reader.outputs, Query.term_query(reader.outputs_schema, field, word))


def found_pages(word: str) -> list[tuple[int, int]]:
    """(output, page) of the pages with this word."""
    reader = reading.current()
    hits = reader.pages.search(Query.term_query(reader.pages_schema, "text", word), 1000).hits
    addresses = [address for _score, address in hits]
    numbers = reader.pages.fast_field_values("page", addresses)
    return sorted(zip(ids_at(reader.pages, addresses), map(int, numbers), strict=True))


def ids(searcher: Searcher, query: Query) -> list[int]:
    return sorted(ids_at(searcher, [address for _score, address in searcher.search(query, 1000).hits]))


def ids_at(searcher: Searcher, addresses: list[Any]) -> list[int]:
    return [int(pk) for pk in searcher.fast_field_values("id", addresses)]


def differences() -> list[str]:
    return [f"{one.id} {one.what}" for one in checking.compare(timezone.localdate())]


def with_text(thing: Any, *pages: str, name: str = "makalah.pdf") -> Blob:
    """Give an output's current version, or a version, a PDF whose pages say this."""
    version = thing.current if isinstance(thing, Output) else thing
    blob = File.objects.filter(version=version, name=name).first()
    stored = blob.blob if blob else attach(version, name, "appendix").blob
    stored.pages.all().delete()
    Page.objects.bulk_create(Page(blob=stored, number=n, text=text) for n, text in enumerate(pages, 1))
    return stored


def document(output: Output, today: datetime.date | None = None) -> dict[str, Any]:
    import json

    (made,) = documents.build([output.pk], today or timezone.localdate())
    return dict(json.loads(made.output))
