"""Briefs in the making and the findings in them."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import get_language

from evidence.models import Brief, BriefFinding, Finding, Recommendation
from evidence.queries.citations import Citation, citations_of
from evidence.queries.findings import for_cards, for_pages
from publications.models import Output, Version
from publications.states import EDITABLE, OutputState


def briefs_of(user: Any) -> QuerySet[Brief]:
    """The last changed first, with how many findings each has and whether it may be edited (`is_open`)."""
    rows = Brief.objects.filter(owner=user).select_related("output__current").defer("output__search")
    return rows.annotate(number_of_findings=Count("items"), is_open=_is_open()).order_by("-changed_at", "-pk")


def _is_open() -> Q:
    """The same as `rules.may_edit_brief` says of its owner, for lists."""
    with_owner = Version.objects.filter(
        output=OuterRef("output"),
        state__in=EDITABLE,
        output__state=OutputState.UNPUBLISHED,
        output__owner=OuterRef("owner"),
    )
    return Q(output=None) | Q(Exists(with_owner))


def open_briefs_of(user: Any) -> QuerySet[Brief]:
    return briefs_of(user).filter(_is_open())


def brief_of(user: Any, pk: int) -> Brief | None:
    return Brief.objects.filter(owner=user, pk=pk).select_related("output", "owner").first()


def items_of(brief: Brief) -> list[BriefFinding]:
    """In order, with their findings; five statements."""
    findings = Prefetch("finding", for_pages(Finding.objects.all()))
    return list(brief.items.order_by("position", "pk").prefetch_related(findings))


def recommendations_in(brief: Brief) -> list[Recommendation]:
    """The public ones of its findings, each once, in the order of the findings."""
    found = Recommendation.objects.public().filter(findings__brief_items__brief=brief).select_related("addressee")
    ordered = found.annotate(place=F("findings__brief_items__position")).order_by("place", "pk")
    return list({one.pk: one for one in ordered}.values())


def sources_of(items: list[BriefFinding]) -> list[Citation]:
    """How the public outputs behind these are cited, each once; five statements."""
    outputs = [item.finding.output_id for item in items]
    cited = citations_of(outputs, settings.SITE_URL, get_language() or "id")
    return [cited[pk] for pk in dict.fromkeys(outputs) if pk in cited]


def public_findings(ids: list[int]) -> list[Finding]:
    found = Finding.objects.public().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


@dataclass(frozen=True, slots=True)
class Told:
    """What a published brief rests on: its public findings in its order; `lost` are public no more."""

    brief: Brief
    items: list[BriefFinding]
    lost: int


def told_by(output: Output) -> Told | None:
    """Of an output that was made from a brief; four statements."""
    brief = Brief.objects.filter(output=output).first()
    if brief is None:
        return None
    items = list(brief.items.order_by("position", "pk"))
    found = {finding.pk: finding for finding in for_cards(Finding.objects.public().filter(brief_items__brief=brief))}
    for item in items:
        if item.finding_id in found:
            item.finding = found[item.finding_id]
    shown = [item for item in items if item.finding_id in found]
    return Told(brief, shown, len(items) - len(shown))


def briefs_with(finding: Finding) -> list[Output]:
    """The public outputs that were made from briefs with this finding, the newest first."""
    made = Output.objects.public().filter(brief__items__finding=finding).select_related("current").defer("search")
    return list(made.order_by("-sort_date", "-pk"))
