"""Findings as pages show them, each read in a fixed number of statements."""

from typing import Any

from django.db.models import Case, F, IntegerField, Prefetch, QuerySet, Value, When

from evidence.models import Direction, Finding, FindingQuerySet, PlainSummary, Rating, Recommendation
from publications.models import Output

_HEAVY = ("output__search", "version__suggestions", "version__abstract_id", "version__abstract_en")
_DESCRIBES = Case(When(direction=Direction.DESCRIPTIVE, then=Value(1)), default=Value(0), output_field=IntegerField())


def for_cards(findings: FindingQuerySet) -> FindingQuerySet:
    """With outcome, paper, file and ratings; two statements."""
    ratings = Rating.objects.select_related("rater")
    rows = findings.select_related("output", "version", "outcome", "service", "method", "file").defer(*_HEAVY)
    return rows.prefetch_related(Prefetch("ratings", ratings))


def for_pages(findings: FindingQuerySet) -> FindingQuerySet:
    """Also with topics and provinces; four statements."""
    return (
        for_cards(findings)
        .select_related("entered_by", "edited_by", "checked_by")
        .prefetch_related("pmks", "provinces")
    )


def best_first(findings: FindingQuerySet) -> FindingQuerySet:
    """Those that say what works before those that only describe; of both the surest, then those that hold here, then
    the newest paper.
    """
    return findings.order_by(
        _DESCRIBES,
        F("strength").desc(nulls_last=True),
        F("applicability").desc(nulls_last=True),
        F("output__sort_date").desc(nulls_last=True),
        "pk",
    )


def findings_of(output: Output) -> list[Finding]:
    """The public ones of one output."""
    return list(best_first(for_cards(Finding.objects.public().filter(output=output))))


def visible_finding(pk: int, user: Any) -> Finding | None:
    return for_pages(Finding.objects.visible_to(user)).filter(pk=pk).first()


def tombstone(pk: int) -> Finding | None:
    """A finding that everybody could read once, withdrawn since, or with its output."""
    return Finding.objects.with_tombstones().select_related("output").filter(pk=pk).first()


def recommendations_of(finding: Finding) -> QuerySet[Recommendation]:
    """The public ones, with their addressee and what became of them."""
    found = Recommendation.objects.public().filter(findings=finding).select_related("addressee")
    return found.prefetch_related("steps__by")


def public_summary(output: Output) -> PlainSummary | None:
    if not output.is_public:
        return None
    return PlainSummary.objects.filter(output=output, checked_on__isnull=False).first()
