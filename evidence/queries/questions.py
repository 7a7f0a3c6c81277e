"""Questions as pages show them, each read in a fixed number of statements."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from evidence.models import AnswerFinding, Finding, Question, QuestionQuerySet
from evidence.queries.findings import best_first, for_cards
from evidence.states import QuestionState
from taxonomy.models import Pmks

SHOWN_ON_TOPIC = 5
MOST_SIMILAR = 5
COMPARED = 100  # questions and findings of a PMKS among which similar ones are sought
MOST_WORDS = 6  # of a search that count
FOUND_AT_MOST = 20
WAITING, TO_APPROVE, DECLINED, WITHDRAWN, PUBLISHED = "menunggu", "setujui", "ditolak", "ditarik", "terbit"
TABS = {
    WAITING: QuestionState.ASKED,
    TO_APPROVE: QuestionState.ANSWERED,
    PUBLISHED: QuestionState.PUBLISHED,
    DECLINED: QuestionState.DECLINED,
    WITHDRAWN: QuestionState.WITHDRAWN,
}


def with_people(questions: QuestionQuerySet) -> QuestionQuerySet:
    """With what a page says around the question; one statement."""
    return questions.select_related(
        "pmks", "service", "asked_by__person__affiliation", "answered_by", "decided_by", "taken_by"
    )


def newest_first(questions: QuestionQuerySet) -> QuestionQuerySet:
    return questions.order_by("-decided_on", "-pk")


@dataclass(frozen=True, slots=True)
class TopicQuestions:
    questions: list[Question]
    total: int


def questions_on(topic: Pmks) -> TopicQuestions:
    """The newest published ones about a topic, and how many there are; one statement, two where there are many."""
    found = Question.objects.public().filter(pmks=topic)
    first = list(newest_first(found)[: SHOWN_ON_TOPIC + 1])
    total = len(first) if len(first) <= SHOWN_ON_TOPIC else found.count()
    return TopicQuestions(first[:SHOWN_ON_TOPIC], total)


def questions_answered_by(finding: Finding) -> list[Question]:
    """The newest published ones whose answer rests on a finding."""
    return list(newest_first(Question.objects.public().filter(findings=finding))[:SHOWN_ON_TOPIC])


def published(pmks: Pmks | None = None, gap: bool | None = None, words: str = "") -> QuestionQuerySet:
    found = Question.objects.public().select_related("pmks")
    if pmks is not None:
        found = found.filter(pmks=pmks)
    if gap is not None:
        found = found.filter(is_gap=gap)
    for word in words.split()[:MOST_WORDS]:
        found = found.filter(
            Q(text_id__icontains=word)
            | Q(text_en__icontains=word)
            | Q(answer_id__icontains=word)
            | Q(answer_en__icontains=word)
        )
    return newest_first(found)


def visible_question(pk: int, user: Any) -> Question | None:
    return with_people(Question.objects.visible_to(user)).filter(pk=pk).first()


def question_tombstone(pk: int) -> Question | None:
    """One that everybody could read once."""
    return Question.objects.filter(pk=pk, state=QuestionState.WITHDRAWN).select_related("pmks").first()


def asked_by(user: Any) -> QuestionQuerySet:
    return Question.objects.filter(asked_by=user).select_related("pmks").order_by("-asked_at", "-pk")


@dataclass(frozen=True, slots=True)
class AnswerFindings:
    findings: list[Finding]
    vanished: int  # chosen once and no longer public


def findings_behind(question: Question) -> AnswerFindings:
    """The public ones in the order of the answer; three statements."""
    chosen = list(AnswerFinding.objects.filter(question=question).values_list("finding_id", flat=True))
    found = {finding.pk: finding for finding in for_cards(Finding.objects.public().filter(pk__in=chosen))}
    return AnswerFindings([found[pk] for pk in chosen if pk in found], len(chosen) - len(found))


def queue(tab: str) -> QuestionQuerySet:
    """For the curators: what waits longest comes first, what is decided newest first."""
    rows = with_people(Question.objects.filter(state=TABS[tab]))
    return rows.order_by("asked_at", "pk") if tab in (WAITING, TO_APPROVE) else newest_first(rows)


def queue_counts() -> dict[str, int]:
    """By tab, of what waits."""
    return Question.objects.aggregate(**{tab: Count("pk", filter=Q(state=TABS[tab])) for tab in (WAITING, TO_APPROVE)})


def question_at_desk(pk: int) -> Question | None:
    return with_people(Question.objects.all()).filter(pk=pk).first()


def findings_for_answer(pmks: Pmks, text: str) -> list[Finding]:
    """Public findings of a PMKS with all these words, or of this number; the surest first."""
    found = Finding.objects.public().filter(pmks=pmks)
    number = text.strip().removeprefix("#")
    if number.isascii() and number.isdigit():
        found = found.filter(pk=int(number)) if len(number) < 10 else found.none()
    else:
        for word in text.split()[:MOST_WORDS]:
            found = found.filter(
                Q(statement_id__icontains=word)
                | Q(statement_en__icontains=word)
                | Q(intervention_id__icontains=word)
                | Q(intervention_en__icontains=word)
            )
    return list(best_first(for_cards(found))[:FOUND_AT_MOST])


@dataclass(frozen=True, slots=True)
class Similar:
    """What may answer a question before it is asked."""

    questions: list[Question]
    findings: list[Finding]

    def __bool__(self) -> bool:
        return bool(self.questions or self.findings)


def similar_to(text: str, pmks: Pmks) -> Similar:
    """Of the same PMKS, those that share most words with it first; three statements."""
    words = _words(text)
    questions = list(newest_first(Question.objects.public().filter(pmks=pmks))[:COMPARED])
    questions.sort(key=lambda question: -_shared(words, question.text_id, question.text_en))
    compared = list(best_first(for_cards(Finding.objects.public().filter(pmks=pmks)))[:COMPARED])
    compared.sort(key=lambda finding: -_shared(words, finding.statement_id, finding.statement_en))
    return Similar(questions[:MOST_SIMILAR], compared[:MOST_SIMILAR])


def _shared(words: frozenset[str], *texts: str) -> int:
    return max(len(words & _words(text)) for text in texts)


def _words(text: str) -> frozenset[str]:
    """The beginnings of longer words, so that endings do not part what belongs together."""
    bare = "".join(character if character.isalnum() else " " for character in text.casefold())
    return frozenset(word[:6] for word in bare.split() if len(word) > 3)


def days_waited(question: Question, now: datetime.datetime | None = None) -> int:
    return ((now or timezone.now()) - question.asked_at).days
