"""Where outputs were used, as pages show it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from evidence.models import Finding, Use
from evidence.models.uses import UseQuerySet
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
