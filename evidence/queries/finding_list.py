"""The list of findings: one page of it, or all for a file."""

from collections.abc import Iterator

from django.db.models import Count

from evidence.mapping.asked import Asked
from evidence.mapping.vocabulary import Vocabulary
from evidence.models import Finding
from evidence.queries.findings import best_first, for_cards
from evidence.queries.mapping import matching
from publications.queries.generation import per_generation
from publications.queries.paging import Paging, ids_on_page

BATCH = 500
PAGE_SIZE = 24


def page_of(asked: Asked, known: Vocabulary, generation: int | None) -> tuple[list[Finding], Paging, int]:
    """The findings of the page asked for, or of the last one; and of how many studies they are on all pages."""
    key = f"evidence:list:{asked.filters()}"
    found = matching(asked, known)
    total, studies = per_generation(generation, key, lambda: _totals(asked, known))
    paging = Paging.nearest(asked.page, total, PAGE_SIZE)
    ordered = best_first(found).values_list("pk", flat=True)
    ids = per_generation(generation, f"{key}:{paging.number}", lambda: ids_on_page(ordered, paging))
    rows = {finding.pk: finding for finding in for_cards(Finding.objects.public().filter(pk__in=ids))}
    return [rows[pk] for pk in ids if pk in rows], paging, studies


def _totals(asked: Asked, known: Vocabulary) -> tuple[int, int]:
    counted = matching(asked, known).order_by().aggregate(all=Count("pk"), studies=Count("output", distinct=True))
    return counted["all"], counted["studies"]


def all_of(asked: Asked, known: Vocabulary) -> Iterator[Finding]:
    """Read in batches while they are written."""
    ids = list(best_first(matching(asked, known)).values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = Finding.objects.public().filter(pk__in=ids[start : start + BATCH])
        rows = for_cards(batch).prefetch_related(None).prefetch_related("pmks", "provinces").in_bulk()
        yield from (rows[pk] for pk in ids[start : start + BATCH] if pk in rows)
