"""What the pages of collections read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from publications.models import Output
from publications.queries.generation import content_generation
from publications.queries.paging import Paging, ids_on_page
from publications.queries.rows import Row, output_rows
from publications.states import OutputState
from search import saved
from search.models import Collection, CollectionItem, CollectionKind
from search.query.among import count_strictly, ids_strictly
from search.query.request import NEWEST, SearchRequest
from search.query.running import search
from search.query.vocabulary import Vocabulary, vocabulary

_PUBLIC_ITEMS = Q(items__output__state=OutputState.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A public output of a collection that is chosen by hand, with its note."""

    row: Row
    item: CollectionItem | None = None


@dataclass(frozen=True, slots=True)
class CollectionPage:
    chosen: list[Chosen]
    paging: Paging


def listed(collections: QuerySet[Collection]) -> QuerySet[Collection]:
    """With `number`, of the public outputs that were chosen by hand."""
    return collections.annotate(number=Count("items", filter=_PUBLIC_ITEMS))


def for_curators() -> QuerySet[Collection]:
    return listed(Collection.objects.select_related("created_by")).order_by("-changed_at", "-pk")


def asked_of(collection: Collection, known: Vocabulary) -> SearchRequest | None:
    """The search of a collection; None if it makes no sense any more."""
    asked = saved.read(collection.query, known)
    return saved.after_merges([asked])[0] if asked else None


def curated_page(collection: Collection, number: int) -> CollectionPage:
    """In the curators' order."""
    public = collection.items.filter(output__in=Output.objects.public()).order_by("position", "pk")
    paging = Paging.nearest(number, public.count())
    items = {
        item.output_id: item for item in public.filter(pk__in=ids_on_page(public.values_list("pk", flat=True), paging))
    }
    rows = output_rows(list(items))
    return CollectionPage([Chosen(row, items[row.output.pk]) for row in rows], paging)


def found_page(asked: SearchRequest, number: int, today: Any, generation: int | None) -> CollectionPage:
    """What the search finds, the newest first. Raises `IndexNotReady`."""
    result = search(asked.with_(sort=NEWEST, page=number), today, generation)
    return CollectionPage([Chosen(hit.row) for hit in result.hits], result.paging)


def ids_of(collection: Collection) -> Iterator[int]:
    """All public outputs of a collection in its order, for exports and feeds. Raises `IndexNotReady`."""
    if collection.is_curated:
        public = collection.items.filter(output__in=Output.objects.public()).order_by("position", "pk")
        yield from public.values_list("output", flat=True)
    elif asked := asked_of(collection, vocabulary(content_generation())):
        yield from ids_strictly(asked)


def number_found(asked: SearchRequest) -> int:
    return count_strictly(asked)


@dataclass(frozen=True, slots=True)
class EditedItem:
    """For curators, also of outputs that are no longer public; `row` is None for those."""

    item: CollectionItem
    row: Row | None
    place: int


def items_to_edit(collection: Collection) -> list[EditedItem]:
    items = list(collection.items.order_by("position", "pk").select_related("output__current"))
    rows = {row.output.pk: row for row in output_rows([item.output_id for item in items])}
    return [EditedItem(item, rows.get(item.output_id), place) for place, item in enumerate(items, 1)]


def curated_with(output: Output) -> list[tuple[Collection, bool]]:
    """The collections that are chosen by hand, and whether they have this output."""
    collections = Collection.objects.filter(kind=CollectionKind.CURATED).order_by("title_id", "pk")
    return [
        (collection, collection.has_output)  # type: ignore[attr-defined]
        for collection in collections.annotate(has_output=_has(output))
    ]


def _has(output: Output) -> Any:
    return Exists(CollectionItem.objects.filter(collection=OuterRef("pk"), output=output))


def present_in(collection: Collection, ids: Iterable[int]) -> set[int]:
    return set(collection.items.filter(output__in=ids).values_list("output", flat=True))
