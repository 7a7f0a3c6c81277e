"""The cooperation board as pages show it, each page read in a fixed number of statements."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When
from django.utils import timezone

from evidence.models import Interest, Opportunity, OpportunityQuerySet
from evidence.states import OpportunityState
from taxonomy.models import Pmks, Province

SHOWN_ON_TOPIC = 5
OPEN, OVER = "buka", "tutup"
WAITING, RETURNED, ON_BOARD, WITHDRAWN = "menunggu", "dikembalikan", "papan", "ditarik"
TABS: dict[str, list[OpportunityState]] = {
    WAITING: [OpportunityState.POSTED],
    RETURNED: [OpportunityState.RETURNED],
    ON_BOARD: [OpportunityState.OPEN, OpportunityState.CLOSED],
    WITHDRAWN: [OpportunityState.WITHDRAWN],
}


def for_lists(opportunities: OpportunityQuerySet) -> OpportunityQuerySet:
    """With organisation, PMKS and provinces; three statements."""
    return opportunities.select_related("organisation", "owner").prefetch_related("pmks", "provinces")


def open_first(opportunities: OpportunityQuerySet) -> OpportunityQuerySet:
    """Open ones by closing date, then closed ones, the last closed first."""
    is_over = Case(
        When(state=OpportunityState.OPEN, closes_on__gte=timezone.localdate(), then=Value(False)),
        default=Value(True),
        output_field=BooleanField(),
    )
    closes = Case(When(is_over=False, then=F("closes_on")))
    return opportunities.annotate(is_over=is_over).order_by("is_over", closes, "-closes_on", "-pk")


def on_board(
    kind: str = "", pmks: Pmks | None = None, province: Province | None = None, status: str = ""
) -> OpportunityQuerySet:
    found = Opportunity.objects.public()
    if status:
        is_open = Q(state=OpportunityState.OPEN, closes_on__gte=timezone.localdate())
        found = found.filter(is_open if status == OPEN else ~is_open)
    if kind:
        found = found.filter(kind=kind)
    if pmks is not None:
        found = found.filter(pmks=pmks)
    if province is not None:
        found = found.filter(provinces=province)
    return open_first(for_lists(found))


@dataclass(frozen=True, slots=True)
class TopicOpportunities:
    opportunities: list[Opportunity]
    total: int


def opportunities_on(topic: Pmks) -> TopicOpportunities:
    """The open ones about a topic that close first, and how many there are; two statements."""
    found = Opportunity.objects.open().filter(pmks=topic).select_related("organisation")
    first = list(found.order_by("closes_on", "pk")[: SHOWN_ON_TOPIC + 1])
    total = len(first) if len(first) <= SHOWN_ON_TOPIC else found.count()
    return TopicOpportunities(first[:SHOWN_ON_TOPIC], total)


def visible_opportunity(pk: int, user: Any) -> Opportunity | None:
    rows = Opportunity.objects.visible_to(user).select_related("owner__person__affiliation", "organisation")
    return rows.prefetch_related("pmks", "provinces").filter(pk=pk).first()


def opportunity_tombstone(pk: int) -> Opportunity | None:
    return Opportunity.objects.filter(pk=pk, state=OpportunityState.WITHDRAWN).first()


def owned_by(user: Any) -> OpportunityQuerySet:
    rows = Opportunity.objects.filter(owner=user).annotate(interest_count=Count("interests", distinct=True))
    return rows.order_by("-posted_at", "-pk")


def interests_in(opportunity: Opportunity) -> "QuerySet[Interest]":
    """For the owner and curators alone."""
    return Interest.objects.filter(opportunity=opportunity).select_related("by__person__affiliation")


def interest_of(user: Any, opportunity: Opportunity) -> Interest | None:
    if not user.is_authenticated:
        return None
    return Interest.objects.filter(opportunity=opportunity, by=user).first()


def written_by(user: Any) -> "QuerySet[Interest]":
    return Interest.objects.filter(by=user).select_related("opportunity").order_by("-sent_at", "-pk")


def queue(tab: str) -> OpportunityQuerySet:
    """For the curators: what waits longest comes first."""
    rows = for_lists(Opportunity.objects.filter(state__in=TABS[tab]))
    return rows.order_by("posted_at", "pk") if tab == WAITING else rows.order_by("-posted_at", "-pk")


def queue_counts() -> dict[str, int]:
    """By tab, of what waits."""
    return Opportunity.objects.aggregate(
        **{tab: Count("pk", filter=Q(state__in=TABS[tab])) for tab in (WAITING, RETURNED)}
    )
