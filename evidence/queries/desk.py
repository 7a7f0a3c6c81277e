"""What those who enter findings and those who check them look at."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet

from evidence.models import WANTED_RATERS, Finding, PlainSummary, Rating, RatingKind, Recommendation
from evidence.queries.findings import for_cards, for_pages
from evidence.states import FindingState
from publications.models import Output, Version

WAITING, WANTING_RATERS, RETURNED, WITHDRAWN, OTHERS = (
    "menunggu", "penilai", "dikembalikan", "ditarik", "rekomendasi",
)  # fmt: skip
TABS = (WAITING, WANTING_RATERS, RETURNED, WITHDRAWN, OTHERS)


def version_to_enter(pk: int) -> Version | None:
    return Version.objects.select_related("output__owner", "output__current").filter(pk=pk).first()


def findings_to_edit(output: Output) -> list[Finding]:
    """Of one output in every state, in the order in which they were entered; two statements."""
    rows = for_cards(Finding.objects.filter(output=output)).select_related("entered_by", "edited_by", "checked_by")
    return list(rows.order_by("pk"))


def finding_to_edit(pk: int) -> Finding | None:
    return for_pages(Finding.objects.all()).select_related("output__owner").filter(pk=pk).first()


def recommendations_to_edit(output: Output) -> list[Recommendation]:
    rows = Recommendation.objects.filter(output=output).select_related("addressee").prefetch_related("findings")
    return list(rows)


def summary_of(output: Output) -> PlainSummary | None:
    return PlainSummary.objects.filter(output=output).select_related("edited_by", "output").first()


def queue(tab: str) -> "QuerySet[Finding]":
    """Findings for the curators, what has waited longest first; three statements."""
    rows = for_cards(Finding.objects.all()).select_related("entered_by", "edited_by").prefetch_related("pmks")
    if tab == WANTING_RATERS:
        return rows.filter(pk__in=_wanting_raters()).order_by("checked_on", "pk")
    state = {RETURNED: FindingState.RETURNED, WITHDRAWN: FindingState.WITHDRAWN}.get(tab, FindingState.PROPOSED)
    order = F("withdrawn_at").desc() if tab == WITHDRAWN else F("proposed_at").asc()
    return rows.filter(state=state).order_by(order, "pk")


def _wanting_raters() -> Any:
    of = {kind: Count("ratings", filter=Q(ratings__kind=kind)) for kind in RatingKind.values}
    counted = Finding.objects.public().annotate(**{f"raters_{kind}": count for kind, count in of.items()})
    few = Q(raters_strength__lt=WANTED_RATERS) | Q(raters_applicability__lt=WANTED_RATERS)
    return counted.filter(few).order_by().values("pk")


def queue_counts() -> dict[str, int]:
    """By tab."""
    counts = Finding.objects.aggregate(
        **{
            tab: Count("pk", filter=Q(state=state))
            for tab, state in ((WAITING, FindingState.PROPOSED), (RETURNED, FindingState.RETURNED))
        }
    )
    raters = Finding.objects.filter(pk__in=_wanting_raters()).count()
    return {**counts, WANTING_RATERS: raters, OTHERS: others_count()}


def waiting_count() -> int:
    return Finding.objects.filter(state=FindingState.PROPOSED).count()


def others_count() -> int:
    """Recommendations and summaries that wait for a check."""
    return _unchecked().count() + _unchecked_summaries().count()


def _unchecked() -> "QuerySet[Recommendation]":
    return Recommendation.objects.filter(checked_on=None, returned_at=None, output__in=Output.objects.public())


def _unchecked_summaries() -> "QuerySet[PlainSummary]":
    return PlainSummary.objects.filter(checked_on=None, returned_at=None, output__in=Output.objects.public())


def recommendations_to_check(limit: int) -> list[Recommendation]:
    """Of public outputs, the oldest first."""
    rows = _unchecked().select_related("output__current", "addressee", "entered_by").prefetch_related("findings")
    return list(rows.order_by("created_at", "pk")[:limit])


def summaries_to_check(limit: int) -> list[PlainSummary]:
    rows = _unchecked_summaries().select_related("output__current", "edited_by")
    return list(rows.order_by("edited_at", "pk")[:limit])


def rating_by(finding: Finding, kind: str, rater: Any) -> Rating | None:
    return next((r for r in finding.ratings.all() if r.kind == kind and r.rater_id == rater.pk), None)


def visible_recommendation(pk: int, user: Any) -> Recommendation | None:
    rows = Recommendation.objects.visible_to(user).select_related("addressee", "output__current")
    return rows.prefetch_related("steps__by").filter(pk=pk).first()


def findings_of_recommendation(recommendation: Recommendation) -> list[Finding]:
    """The public ones."""
    return list(for_cards(Finding.objects.public().filter(recommendations=recommendation)))
