"""Where outputs were used, as pages show it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import QueryDict

from evidence.models import Finding, Use, UseKind
from evidence.models.uses import UseQuerySet
from evidence.states import UseState
from publications.models import Output
from taxonomy.models import Pmks

SHOWN_ON_TOPIC = 6
_HEAVY = (
    "output__search",
    "output__current__suggestions",
    "output__current__abstract_id",
    "output__current__abstract_en",
)


def with_people(uses: UseQuerySet) -> UseQuerySet:
    """With who issued and who reported it."""
    return uses.select_related("issuer", "reported_by__person__affiliation")


def for_lists(uses: UseQuerySet) -> UseQuerySet:
    """Also with the output; one statement."""
    return with_people(uses).select_related("output__current").defer(*_HEAVY)


def uses_of(output: Output) -> list[Use]:
    """The public ones of one output, the newest first."""
    return list(with_people(Use.objects.public().filter(output=output)))


def uses_of_finding(finding: Finding) -> list[Use]:
    return list(with_people(Use.objects.public().filter(findings=finding)))


@dataclass(frozen=True, slots=True)
class TopicUses:
    first: list[Use]
    total: int


def uses_on(topic: Pmks) -> TopicUses:
    """Of outputs on a topic: the newest, and how many there are."""
    found = on_topic(Use.objects.public(), topic)
    first = list(for_lists(found)[: SHOWN_ON_TOPIC + 1])
    total = len(first) if len(first) <= SHOWN_ON_TOPIC else found.count()
    return TopicUses(first[:SHOWN_ON_TOPIC], total)


def on_topic(uses: UseQuerySet, topic: Pmks) -> UseQuerySet:
    """Whose output is about the topic, as its current version says."""
    about: QuerySet[Output] = Output.objects.filter(current__version_pmks__pmks=topic)
    return uses.filter(Q(output__in=about.order_by().values("pk")))


@dataclass(frozen=True, slots=True)
class UseFilter:
    """What a reader asks the list for; what is not known is not asked."""

    kind: str = ""
    topic: Pmks | None = None
    year: int | None = None

    @classmethod
    def of(cls, asked: QueryDict) -> "UseFilter":
        kind, year, slug = asked.get("jenis", ""), asked.get("tahun", ""), asked.get("pmks", "")
        return cls(
            kind=kind if kind in UseKind.values else "",
            topic=Pmks.objects.filter(slug=slug[:80]).first() if slug and "\0" not in slug else None,
            year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        )

    def __bool__(self) -> bool:
        return bool(self.kind or self.topic or self.year)

    @property
    def query(self) -> str:
        """As it stands in an address."""
        asked = QueryDict(mutable=True)
        for name, value in (("jenis", self.kind), ("pmks", self.topic and self.topic.slug), ("tahun", self.year)):
            if value:
                asked[name] = str(value)
        return asked.urlencode()


def public_uses(asked: UseFilter | None = None) -> UseQuerySet:
    """The newest first."""
    asked = asked or UseFilter()
    found = for_lists(Use.objects.public())
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.topic:
        found = on_topic(found, asked.topic)
    if asked.year:
        found = found.filter(year=asked.year)
    return found


def offered_topics() -> list[Pmks]:
    """Those of outputs that were used."""
    used = Use.objects.public().order_by().values("output__current__version_pmks__pmks")
    return list(Pmks.objects.filter(pk__in=used))


def years() -> list[int]:
    """Of public uses, the newest first."""
    return list(Use.objects.public().order_by("-year").values_list("year", flat=True).distinct())


def numbers_by_kind(uses: UseQuerySet) -> list[tuple[str, int]]:
    """(label of the kind, how many), also of kinds without any."""
    counted = uses.aggregate(**{kind: Count("pk", filter=Q(kind=kind)) for kind in UseKind.values})
    return [(str(UseKind(kind).label), counted[kind]) for kind in UseKind.values]


def reported_by(user: Any) -> QuerySet[Use]:
    """In every state, the newest first."""
    return for_lists(Use.objects.filter(reported_by=user)).order_by("-reported_at", "-pk")


def numbers_of(user: Any) -> dict[str, int]:
    """How many somebody has reported, and how many of them came back."""
    return Use.objects.filter(reported_by=user).aggregate(
        all=Count("pk"), declined=Count("pk", filter=Q(state=UseState.DECLINED))
    )


def use_to_decide(pk: int) -> Use | None:
    rows = for_lists(Use.objects.all()).select_related("output__owner", "decided_by").prefetch_related("findings")
    return rows.filter(pk=pk).first()


def use_of_reporter(pk: int, user: Any) -> Use | None:
    return reported_by(user).prefetch_related("findings").filter(pk=pk).first()


def others_of(use: Use) -> list[Use]:
    """What else was reported of the same output, for whoever decides whether this is new."""
    return list(with_people(Use.objects.filter(output=use.output_id).exclude(pk=use.pk))[:20])


WAITING, ACCEPTED, DECLINED, WITHDRAWN = "menunggu", "diterima", "ditolak", "ditarik"
TABS = {
    WAITING: UseState.REPORTED,
    ACCEPTED: UseState.ACCEPTED,
    DECLINED: UseState.DECLINED,
    WITHDRAWN: UseState.WITHDRAWN,
}


def queue(tab: str) -> QuerySet[Use]:
    """For the curators; what has waited longest first, of what is decided the last first; one statement."""
    order = F("reported_at").asc() if tab == WAITING else F("decided_on").desc()
    return for_lists(Use.objects.filter(state=TABS[tab])).order_by(order, "pk")


def queue_counts() -> dict[str, int]:
    return Use.objects.aggregate(**{tab: Count("pk", filter=Q(state=state)) for tab, state in TABS.items()})
