"""What a topic's page shows of the evidence; each part is read in a fixed number of statements."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import BooleanField, ExpressionWrapper, F, Max, Q
from django.db.models.functions import Coalesce

from evidence.mapping.vocabulary import Vocabulary
from evidence.models import Finding, Recommendation, TopicMessage
from evidence.queries.findings import best_first, for_cards
from evidence.queries.mapping import vocabulary
from evidence.states import RecommendationState
from evidence.topics.answers import Answers, answers
from evidence.topics.choice import Choice, Narrowed, narrow
from evidence.topics.light import Light
from publications.queries.generation import per_generation
from taxonomy.models import Pmks

MOST_RECOMMENDATIONS = 4
MOST_HARMS = 3
_TELLS_HARMS = ExpressionWrapper(~Q(harms_id="", harms_en=""), output_field=BooleanField())
_LIGHT = (
    "pk", "output_id", "direction", "strength", "service_id", "outcome_id", "cost_amount", "cost_basis_id",
    "cost_basis_en",
)  # fmt: skip


def light_findings(topic: Pmks, generation: int | None) -> list[Light]:
    """All public ones on the topic, in the order of `best_first`."""
    return per_generation(generation, f"topic-findings:{topic.pk}", lambda: _light(topic))


def _light(topic: Pmks) -> list[Light]:
    rows = best_first(Finding.objects.public().filter(pmks=topic)).annotate(tells_harms=_TELLS_HARMS)
    return [Light(*row) for row in rows.values_list(*_LIGHT, "tells_harms")]


class TopicEvidence:
    """What several parts of a page need, read when it is first asked for."""

    def __init__(self, topic: Pmks, generation: int | None) -> None:
        self.topic, self._generation = topic, generation

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return vocabulary(self._generation)

    @cached_property
    def findings(self) -> list[Light]:
        return light_findings(self.topic, self._generation)

    @cached_property
    def answers(self) -> Answers:
        return answers(self.findings, self.vocabulary)

    def harms(self) -> list[Finding]:
        """The first that tell harms, with their words."""
        return harms_in(self.findings)

    def shown(self, choice: Choice) -> "ShownFindings":
        """One page of those that are chosen, ready for cards."""
        narrowed = narrow(self.findings, choice, self.vocabulary)
        rows = for_cards(Finding.objects.public().filter(pk__in=narrowed.ids)) if narrowed.ids else []
        return ShownFindings(narrowed, in_order(rows, narrowed.ids))


def harms_in(findings: Iterable[Light]) -> list[Finding]:
    ids = [finding.pk for finding in findings if finding.tells_harms][:MOST_HARMS]
    rows = Finding.objects.public().only("harms_id", "harms_en").filter(pk__in=ids) if ids else []
    return in_order(rows, ids)


def in_order(findings: Iterable[Finding], ids: list[int]) -> list[Finding]:
    found = {finding.pk: finding for finding in findings}
    return [found[pk] for pk in ids if pk in found]


@dataclass(frozen=True, slots=True)
class ShownFindings:
    narrowed: Narrowed
    findings: list[Finding]


def newest_findings(number: int) -> list[Finding]:
    """Of all topics, those that were checked last; two statements."""
    newest = Finding.objects.public().order_by("-checked_on", "-pk").values_list("pk", flat=True)
    ids = list(newest[:number])
    return in_order(for_cards(Finding.objects.public().filter(pk__in=ids)), ids) if ids else []


def message_of(topic: Pmks) -> TopicMessage | None:
    """The newest checked one."""
    checked = TopicMessage.objects.filter(pmks=topic, checked_on__isnull=False)
    return checked.select_related("written_by", "checked_by").order_by("-checked_on", "-pk").first()


@dataclass(frozen=True, slots=True)
class TopicRecommendations:
    total: int
    states: list[tuple[RecommendationState, int]]
    latest: list[Recommendation]  # those that something happened to last


def recommendations_on(topic: Pmks) -> TopicRecommendations:
    """Two statements: all with their state and last day, and the latest whole."""
    findings = Finding.objects.public().filter(pmks=topic)
    linked = Recommendation.findings.through.objects.filter(finding__in=findings).values("recommendation")
    found = Recommendation.objects.filter(checked_on__isnull=False, pk__in=linked)
    rows = list(
        found.annotate(last=Coalesce(Max("steps__at"), F("created_at")))
        .order_by("-last", "-pk")
        .values_list("pk", "state")
    )
    counts = Counter(state for _pk, state in rows)
    ids = [pk for pk, _state in rows[:MOST_RECOMMENDATIONS]]
    known = Recommendation.objects.select_related("addressee").in_bulk(ids) if ids else {}
    states = [(state, counts[state]) for state in RecommendationState if counts[state]]
    return TopicRecommendations(len(rows), states, [known[pk] for pk in ids])
