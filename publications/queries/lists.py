"""The lists of public outputs: everything, by year, by type, by filter."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, F, QuerySet

from publications.models import Output

from .generation import per_generation
from .paging import Paging, ids_on_page
from .rows import Row, output_rows
from .terms import TermLabel, TermsByKind, filter_terms

NEWEST = ("-sort_date", "-pk")
ORDERS = {
    "terbaru": NEWEST,
    "terlama": ("sort_date", "pk"),
    "judul": ("sort_title", "pk"),
}


@dataclass(frozen=True)
class ListPage:
    ids: list[int]
    paging: Paging

    @cached_property
    def rows(self) -> list[Row]:
        """Read when first asked for: a page that is drawn already needs only the ids."""
        return output_rows(self.ids)


@dataclass(frozen=True, slots=True)
class Offered:
    """What the filters of a list offer."""

    terms: TermsByKind
    years: list[tuple[int, int]]  # with the number of outputs, newest first
    types: dict[int, int]  # number of outputs by type
    languages: list[str]


def list_page(
    outputs: QuerySet[Output], order: Iterable[str], number: int, generation: int | None, key: str
) -> ListPage:
    """One page of `outputs`: counted once a generation, ids from an index, rows only if asked for.

    `key` tells these outputs from all others for the count.
    """
    total = per_generation(generation, f"count:{key}", outputs.count)
    paging = Paging.nearest(number, total)
    ordered = outputs.order_by(*order).values_list("pk", flat=True)
    return ListPage(ids_on_page(ordered, paging), paging)


def offered_filters(generation: int | None) -> Offered:
    return per_generation(generation, "filters", _offered)


def _offered() -> Offered:
    types, terms = _count_types(), filter_terms()
    terms["type"] = [term for term in terms["type"] if term.pk in types]
    return Offered(terms, _count_years(), types, _languages())


def types_with_counts(generation: int | None) -> list[tuple[TermLabel, int]]:
    offered = offered_filters(generation)
    return [(term, offered.types[term.pk]) for term in offered.terms["type"]]


def years_with_counts(generation: int | None) -> list[tuple[int, int]]:
    return per_generation(generation, "years", _count_years)


def _count_years() -> list[tuple[int, int]]:
    counted = Output.objects.public().order_by().values_list("year").annotate(n=Count("pk")).order_by("-year")
    return [(year, count) for year, count in counted if year is not None]


def _count_types() -> dict[int, int]:
    counted = Output.objects.public().order_by().values_list("type_id").annotate(n=Count("pk"))
    return {type_id: count for type_id, count in counted if type_id is not None}


def _languages() -> list[str]:
    used = Output.objects.public().order_by().values_list(F("current__language"), flat=True).distinct()
    return sorted(filter(None, used))
