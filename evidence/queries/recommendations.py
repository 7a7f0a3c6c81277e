"""Recommendations as lists show them: filtered, counted by state, and those that wait for somebody's answer."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict

from accounts.models import Organisation
from evidence.models import AddresseeKind, Recommendation, RecommendationQuerySet
from evidence.rules import organisation_of
from evidence.states import RecommendationState
from taxonomy.models import Pmks

MINE = "saya"


@dataclass(frozen=True, slots=True)
class RecommendationFilter:
    """What a reader asks the list for; what is not known is not asked. `mine`: what the reader may answer."""

    state: str = ""
    kind: str = ""
    topic: Pmks | None = None
    addressee: Organisation | None = None
    mine: bool = False

    @classmethod
    def of(cls, asked: QueryDict, user: Any = None) -> "RecommendationFilter":
        state, kind = asked.get("status", ""), asked.get("sasaran", "")
        slug, number = asked.get("pmks", "")[:80].replace("\0", ""), asked.get("lembaga", "")
        is_number = number.isascii() and number.isdigit() and len(number) < 10
        return cls(
            state=state if state in RecommendationState.values else "",
            kind=kind if kind in AddresseeKind.values else "",
            topic=Pmks.objects.filter(slug=slug).first() if slug else None,
            addressee=Organisation.objects.filter(pk=number).first() if is_number else None,
            mine=asked.get("untuk") == MINE and may_answer_some(user),
        )

    def __bool__(self) -> bool:
        return bool(self.state or self.kind or self.topic or self.addressee or self.mine)

    @property
    def query(self) -> str:
        """As it stands in an address."""
        asked = QueryDict(mutable=True)
        values = (
            ("status", self.state),
            ("sasaran", self.kind),
            ("pmks", self.topic and self.topic.slug),
            ("lembaga", self.addressee and self.addressee.pk),
            ("untuk", MINE if self.mine else ""),
        )
        for name, value in values:
            if value:
                asked[name] = str(value)
        return asked.urlencode()


def may_answer_some(user: Any) -> bool:
    return user is not None and user.is_authenticated and organisation_of(user) is not None


def public_recommendations(asked: RecommendationFilter, user: Any = None) -> RecommendationQuerySet:
    """Those that are asked for, whatever their state; the newest first."""
    found = Recommendation.objects.public()
    if asked.kind:
        found = found.filter(addressee_kind=asked.kind)
    if asked.topic:
        links = Recommendation.findings.through.objects.filter(finding__pmks=asked.topic, finding__state="checked")
        found = found.filter(pk__in=links.values("recommendation"))
    if asked.addressee:
        found = found.filter(addressee=asked.addressee)
    if asked.mine:
        found = found.filter(addressee=organisation_of(user) or 0)
    return found.order_by("-checked_on", "-pk")


def for_rows(found: RecommendationQuerySet, state: str = "") -> RecommendationQuerySet:
    """Of one state or of all; two statements, or three with their steps' people."""
    found = found.filter(state=state) if state else found
    return found.select_related("addressee", "output__current").prefetch_related("steps__by")


def numbers_by_state(found: RecommendationQuerySet) -> list[tuple[str, str, int]]:
    """(state, its label, how many), also of states without any."""
    counted = found.order_by().aggregate(
        **{state: Count("pk", filter=Q(state=state)) for state in RecommendationState.values}
    )
    return [(value, str(label), counted[value]) for value, label in RecommendationState.choices]


def offered_topics() -> list[Pmks]:
    """Those of public recommendations."""
    links = Recommendation.findings.through.objects.filter(recommendation__in=Recommendation.objects.public())
    return list(Pmks.objects.filter(findings__in=links.values("finding")).distinct())


def offered_addressees() -> list[Organisation]:
    return list(Organisation.objects.filter(recommendations__in=Recommendation.objects.public()).distinct())


def waiting_for(user: Any) -> tuple[int, int]:
    """How many public recommendations are addressed to somebody's organisation, and how many have no answer."""
    if not may_answer_some(user):
        return 0, 0
    found = Recommendation.objects.public().filter(addressee=organisation_of(user))
    counted = found.aggregate(everything=Count("pk"), open=Count("pk", filter=Q(state=RecommendationState.OPEN)))
    return counted["everything"], counted["open"]


def unanswered_for(user: Any) -> list[Recommendation]:
    """Those of somebody's organisation without an answer, the oldest first; one statement, none for others."""
    if not may_answer_some(user):
        return []
    found = Recommendation.objects.public().filter(addressee=organisation_of(user), state=RecommendationState.OPEN)
    return list(found.select_related("output").defer("output__search").order_by("checked_on", "pk"))
