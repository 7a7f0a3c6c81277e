"""What research is wanted: questions without an answer, and empty cells of the evidence map, as themes for a call.

The order is no secret: each reason of a theme says how many points it gives, and the points are below.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, override

from evidence.mapping.vocabulary import Term, Vocabulary
from evidence.models import Finding, MapAxis, Question, Recommendation
from evidence.queries.mapping import Gap, gaps, vocabulary
from evidence.states import QuestionState, RecommendationState
from publications.models import Output

FOR_QUESTION = 3  # each
FOR_GAP_ANSWER = 5  # each: somebody has looked and found nothing
FOR_EMPTY_CELL = 2
FOR_NEIGHBOURS = 1  # research on the same PMKS, and research in the same column
FOR_RECOMMENDATION, MOST_RECOMMENDATIONS = 1, 3  # each on the PMKS that waits for its addressee
FOR_UNREAD, MOST_UNREAD = -1, 3  # each publication whose findings nobody has entered: the answer may stand there

Key = tuple[int, MapAxis | None, int | None]  # PMKS, axis, service or outcome


class Why(StrEnum):
    QUESTIONS = "questions"
    GAP_ANSWERS = "gap_answers"
    EMPTY_CELL = "empty_cell"
    NEIGHBOURS = "neighbours"
    RECOMMENDATIONS = "recommendations"
    UNREAD = "unread"


WORDS: dict[Why, Any] = {
    Why.QUESTIONS: ngettext_lazy(
        "%(number)d question without an answer, for %(days)d days",
        "%(number)d questions without an answer, the oldest for %(days)d days",
        "number",
    ),
    Why.GAP_ANSWERS: ngettext_lazy(
        "%(number)d question answered with “nobody has studied this here”",
        "%(number)d questions answered with “nobody has studied this here”",
        "number",
    ),
    Why.EMPTY_CELL: _("Empty cell of the evidence map"),
    Why.NEIGHBOURS: _("Studies known beside it: %(row)d on the PMKS, %(column)d in the column"),
    Why.RECOMMENDATIONS: ngettext_lazy(
        "%(number)d recommendation on the PMKS has no answer yet",
        "%(number)d recommendations on the PMKS have no answer yet",
        "number",
    ),
    Why.UNREAD: ngettext_lazy(
        "%(number)d publication here has no findings entered yet: read it first",
        "%(number)d publications here have no findings entered yet: read them first",
        "number",
    ),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """`counted`: what its words tell beside the number."""

    why: Why
    number: int
    points: int
    counted: dict[str, int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """In the language of the page."""
        return str(WORDS[self.why] % {"number": self.number, **self.counted})

    def kept(self) -> dict[str, Any]:
        """As it is told today, in each language; for a call that takes the theme over."""
        texts = {}
        for language, _name in settings.LANGUAGES:
            with override(language):
                texts[f"text_{language}"] = self.text
        return {"why": str(self.why), "number": self.number, **texts}


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    pk: int
    text_id: str
    text_en: str
    is_answered: bool  # that nobody has studied it
    asked_on: datetime.date

    @property
    def days(self) -> int:
        return max(0, (timezone.localdate() - self.asked_on).days)


@dataclass(frozen=True, slots=True)
class Theme:
    """`column`: a service or an outcome; None for questions about a PMKS as a whole."""

    pmks: Term
    axis: MapAxis | None
    column: Term | None
    reasons: list[Reason]
    questions: list[OpenQuestion]
    gap: Gap | None = None

    @property
    def score(self) -> int:
        return sum(reason.points for reason in self.reasons)

    @property
    def label(self) -> str:
        return f"{self.pmks} × {self.column}" if self.column else str(self.pmks)


def themes(generation: int | None = None) -> list[Theme]:
    """All of them, those with most points first; a fixed number of statements.

    With a `generation` (`generation_of(request)`) what was counted for the map is used again.
    """
    known = vocabulary(generation)
    questions, cells = _open_questions(), _empty_cells(generation)
    waiting, unread = _waiting_recommendations(), _unread_outputs()
    found = [
        _theme(key, questions.get(key, []), cells.get(key), waiting, unread, known)
        for key in dict.fromkeys([*questions, *cells])
    ]
    return sorted(found, key=lambda theme: (-theme.score, -_oldest(theme.questions)))


def _theme(
    key: Key,
    questions: list[OpenQuestion],
    gap: Gap | None,
    waiting: dict[int, int],
    unread: dict[tuple[int, int], int],
    known: Vocabulary,
) -> Theme:
    pmks, axis, column = key
    reasons = [
        *_of_questions(questions),
        *_of_cell(gap),
        *_of_recommendations(waiting.get(pmks, 0)),
        *(_of_unread(unread.get((pmks, column), 0)) if axis == MapAxis.SERVICE and column else ()),
    ]
    kind = "outcome" if axis == MapAxis.OUTCOME else "service"
    term = known.by_pk[kind][column] if column else None
    return Theme(known.by_pk["pmks"][pmks], axis, term, reasons, questions, gap)


def _oldest(questions: Iterable[OpenQuestion]) -> int:
    return max((question.days for question in questions), default=-1)


def _of_questions(questions: list[OpenQuestion]) -> Iterable[Reason]:
    unanswered = [question for question in questions if not question.is_answered]
    if number := len(unanswered):
        yield Reason(Why.QUESTIONS, number, number * FOR_QUESTION, {"days": _oldest(unanswered)})
    if number := len(questions) - len(unanswered):
        yield Reason(Why.GAP_ANSWERS, number, number * FOR_GAP_ANSWER)


def _of_cell(gap: Gap | None) -> Iterable[Reason]:
    if gap is None:
        return
    yield Reason(Why.EMPTY_CELL, 1, FOR_EMPTY_CELL)
    beside = [number for number in (gap.row_studies, gap.column_studies) if number]
    if beside:
        counted = {"row": gap.row_studies, "column": gap.column_studies}
        yield Reason(Why.NEIGHBOURS, sum(beside), len(beside) * FOR_NEIGHBOURS, counted)


def _of_recommendations(number: int) -> Iterable[Reason]:
    if number:
        yield Reason(Why.RECOMMENDATIONS, number, min(number, MOST_RECOMMENDATIONS) * FOR_RECOMMENDATION)


def _of_unread(number: int) -> Iterable[Reason]:
    if number:
        yield Reason(Why.UNREAD, number, min(number, MOST_UNREAD) * FOR_UNREAD)


def _open_questions() -> dict[Key, list[OpenQuestion]]:
    """Without an answer, or with the answer that there is a gap; declined and withdrawn ones count no more."""
    unanswered = Q(state=QuestionState.ASKED)
    gap = Q(state__in=[QuestionState.ANSWERED, QuestionState.PUBLISHED], is_gap=True)
    rows = Question.objects.filter(unanswered | gap).order_by("asked_at", "pk")
    found: dict[Key, list[OpenQuestion]] = defaultdict(list)
    for pk, pmks, service, text_id, text_en, is_gap, state, asked_at in rows.values_list(
        "pk", "pmks", "service", "text_id", "text_en", "is_gap", "state", "asked_at"
    ):
        is_answered = is_gap and state == QuestionState.PUBLISHED
        question = OpenQuestion(pk, text_id, text_en, is_answered, timezone.localtime(asked_at).date())
        found[pmks, MapAxis.SERVICE if service else None, service].append(question)
    return dict(found)


def _empty_cells(generation: int | None) -> dict[Key, Gap]:
    return {(gap.pmks.pk, gap.axis, gap.column.pk): gap for gap in gaps(generation=generation)}


def _waiting_recommendations() -> dict[int, int]:
    """{PMKS: public recommendations that nobody has answered}"""
    unanswered = Recommendation.objects.public().filter(state=RecommendationState.OPEN)
    rows = Finding.objects.public().filter(recommendations__in=unanswered)
    counted = rows.order_by().values_list("pmks").annotate(number=Count("recommendations", distinct=True))
    return {pmks: number for pmks, number in counted if pmks is not None}


def _unread_outputs() -> dict[tuple[int, int], int]:
    """{(PMKS, service): public outputs on both without a public finding}"""
    without = Output.objects.public().filter(~Exists(Finding.objects.public().filter(output=OuterRef("pk"))))
    pairs = without.order_by().values_list("current__version_pmks__pmks", "current__services")
    counted = pairs.annotate(number=Count("pk", distinct=True))
    return {(pmks, service): number for pmks, service, number in counted if pmks and service}
