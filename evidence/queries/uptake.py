"""What was done with research in one year: uses of outputs, and answers to recommendations."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Min
from django.utils import timezone

from evidence.models import Recommendation, RecommendationStep, Use
from evidence.queries.uses import UseFilter, numbers_by_kind, public_uses
from evidence.states import RecommendationState
from publications.queries.terms import TermLabel, terms_of

ANSWERS = (
    RecommendationState.NOTED,
    RecommendationState.PLANNED,
    RecommendationState.DONE,
    RecommendationState.DECLINED,
)
Numbers = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Uptake:
    """Of one year; numbers with their labels, the largest first."""

    year: int
    is_so_far: bool
    uses: list[Use]
    topics: dict[int, list[TermLabel]]  # of each use
    by_kind: Numbers
    by_topic: list[tuple[TermLabel, int]]
    by_issuer: Numbers
    by_answer: Numbers
    answers: list[RecommendationStep]


def uptake_in(year: int) -> Uptake:
    uses = list(public_uses(UseFilter(year=year)))
    topics = topics_of(uses)
    steps = answers_in(year)
    return Uptake(
        year=year,
        is_so_far=year == timezone.localdate().year,
        uses=uses,
        topics=topics,
        by_kind=numbers_by_kind(Use.objects.public().filter(year=year)),
        by_topic=_by_topic(topics.values()),
        by_issuer=Counter(use.issuer_label for use in uses).most_common(),
        by_answer=_by_answer(steps),
        answers=steps,
    )


def topics_of(uses: Iterable[Use]) -> dict[int, list[TermLabel]]:
    """The PMKS that the output of each use is about; one statement."""
    versions = {use.pk: use.output.current_id or 0 for use in uses}
    terms = terms_of(set(versions.values()), ("pmks",))
    return {pk: terms[version]["pmks"] for pk, version in versions.items()}


def _by_topic(topics: Iterable[list[TermLabel]]) -> list[tuple[TermLabel, int]]:
    """A use of an output on two topics counts for both."""
    counted = Counter(term.code for terms in topics for term in terms)
    by_code = {term.code: term for terms in topics for term in terms}
    return [(by_code[code], number) for code, number in counted.most_common()]


def answers_in(year: int) -> list[RecommendationStep]:
    """What addressees of public recommendations said in that year, in order."""
    public = Recommendation.objects.public()
    steps = RecommendationStep.objects.filter(at__year=year, recommendation__in=public)
    return list(steps.select_related("recommendation__addressee", "recommendation__output", "by").order_by("at", "pk"))


def _by_answer(steps: list[RecommendationStep]) -> Numbers:
    """How many recommendations came to each state in the year."""
    reached = {(step.recommendation_id, step.state) for step in steps}
    counted = Counter(state for _recommendation, state in reached)
    return [(str(state.label), counted[state]) for state in ANSWERS]


def reported_years() -> range:
    """From the first year of which anything is known to this one."""
    first_use = Use.objects.public().aggregate(first=Min("year"))["first"]
    steps = RecommendationStep.objects.filter(recommendation__in=Recommendation.objects.public())
    first_step = steps.aggregate(first=Min("at"))["first"]
    now = timezone.localdate().year
    begins = [year for year in (first_use, first_step and timezone.localtime(first_step).year) if year]
    return range(min([*begins, now]), now + 1)
