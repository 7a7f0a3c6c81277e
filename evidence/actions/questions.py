"""The question desk: ask, take back, take in hand, answer, return, approve, decline, withdraw, take up again."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import changes_between, log, values_of
from accounts.models import User
from evidence import rules
from evidence.actions import question_mails
from evidence.actions.common import DAY, number_today, reason_in, require
from evidence.checks import Incomplete, unmet_for_answer
from evidence.models import AnswerFinding, Finding, Question
from evidence.states import QUESTION_TRANSITIONS, QuestionState
from publications.states import IllegalTransition, check_transition

TEXTS = ("text_id", "text_en", "answer_id", "answer_en")
CHOICES = ("pmks", "service", "is_gap")
MOST_FINDINGS = 20  # behind one answer
UNDECIDED: dict[str, Any] = {"decided_by": None, "decided_on": None}


class AskedAlready(Exception):
    """The same person has asked the same about the same PMKS."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.pk)
        self.question = question


class TooManyQuestions(Exception):
    def __str__(self) -> str:
        return _(
            "You have asked as much as one person can for now. Ask again when some of it is answered, or tomorrow."
        )


def locked(question: Question) -> Question:
    """The question as it is now, held until the transaction ends."""
    return Question.objects.select_for_update().get(pk=question.pk)


def _move(question: Question, after: QuestionState, **values: Any) -> None:
    check_transition(question, question.state, after, QUESTION_TRANSITIONS)
    question.state = after
    _save(question, state=after, **values)


def _save(question: Question, **values: Any) -> None:
    for name, value in values.items():
        setattr(question, name, value)
    question.save(update_fields=list(values))


@transaction.atomic
def ask(data: dict[str, Any], *, by: User, at: datetime.datetime | None = None) -> Question:
    """`data`: pmks, service, language (of the text), text, background, is_named. `at` is for history (demo).

    Raises `AskedAlready` and `TooManyQuestions`.
    """
    require(rules.may_ask(by))
    User.objects.select_for_update().get(pk=by.pk)  # so that the limits hold for two windows at once
    _refuse_again(data, by)
    question = Question(asked_by=by, asked_at=at or timezone.now(), pmks=data["pmks"], service=data["service"])
    setattr(question, f"text_{data['language']}", data["text"])
    question.background, question.is_named = data["background"], data["is_named"]
    question.save()
    log(by, "question.asked", question)  # without its words: it can be taken back
    question_mails.asked(question)
    return question


def _refuse_again(data: dict[str, Any], by: User) -> None:
    mine = Question.objects.filter(asked_by=by)
    undecided = mine.exclude(state__in=[QuestionState.DECLINED, QuestionState.WITHDRAWN])
    same = {f"text_{data['language']}__iexact": data["text"], "pmks": data["pmks"]}
    if former := undecided.filter(**same).first():
        raise AskedAlready(former)
    waiting = mine.filter(state__in=[QuestionState.ASKED, QuestionState.ANSWERED]).count()
    today = number_today(by, "question.asked", mine.filter(asked_at__lt=timezone.now() - DAY))
    if waiting >= rules.MOST_QUESTIONS_WAITING or today >= rules.MOST_ASKED_A_DAY:
        raise TooManyQuestions


@transaction.atomic
def take_back(question: Question, *, by: User) -> None:
    """As long as nobody has answered; nothing of it stays."""
    fresh = locked(question)
    if fresh.asked_by_id == by.pk and not rules.may_take_back_question(by, fresh):
        raise IllegalTransition(fresh, fresh.state, "taken back")
    require(rules.may_take_back_question(by, fresh))
    log(by, "question.taken_back", fresh)
    fresh.delete()


@transaction.atomic
def take(question: Question, *, by: User) -> Question:
    """In hand, so that no two curators write the same answer."""
    fresh = locked(question)
    _require_writable(fresh, by)
    if fresh.taken_by_id != by.pk:
        _save(fresh, taken_by=by)
        log(by, "question.taken", fresh)
    return fresh


@transaction.atomic
def release(question: Question, *, by: User) -> Question:
    fresh = locked(question)
    require(rules.may_release_question(by, fresh))
    _save(fresh, taken_by=None)
    log(by, "question.released", fresh)
    return fresh


def _require_writable(question: Question, by: User) -> None:
    require(rules.is_active_curator(by))
    if question.state != QuestionState.ASKED or rules.is_held_by_another(by, question):
        raise IllegalTransition(question, question.state, "written")


@transaction.atomic
def write(question: Question, data: dict[str, Any], *, by: User) -> Question:
    """Keep a draft of the answer: any of `TEXTS` and `CHOICES`. It goes into the hand of whoever writes."""
    fresh = take(question, by=by)
    before = values_of(fresh, (*TEXTS, *CHOICES))
    given = {name: data[name] for name in (*TEXTS, *CHOICES) if name in data}
    _save(fresh, **given)
    if changes := changes_between(before, values_of(fresh, (*TEXTS, *CHOICES))):
        log(by, "question.edited", fresh, {name: change for name, change in changes.items() if name in CHOICES})
    return fresh


@transaction.atomic
def choose(question: Question, finding: Finding, *, by: User) -> None:
    """One finding more behind the answer, as the last."""
    fresh = take(question, by=by)
    if not Finding.objects.public().filter(pk=finding.pk).exists():
        raise Incomplete([_("One of its findings must be public first")])
    chosen = _chosen(fresh)
    if len(chosen) >= MOST_FINDINGS:
        raise Incomplete([_("Room for one more finding: an answer rests on at most 20")])
    if finding.pk not in chosen:
        AnswerFinding.objects.create(question=fresh, finding=finding, position=len(chosen))
        _renumber(fresh, [*chosen, finding.pk])


@transaction.atomic
def drop(question: Question, finding: int, *, by: User) -> None:
    fresh = take(question, by=by)
    AnswerFinding.objects.filter(question=fresh, finding=finding).delete()
    _renumber(fresh, _chosen(fresh))


@transaction.atomic
def move_up(question: Question, finding: int, *, by: User) -> None:
    fresh = take(question, by=by)
    chosen = _chosen(fresh)
    if finding in chosen[1:]:
        place = chosen.index(finding)
        chosen[place - 1 : place + 1] = [finding, chosen[place - 1]]
        _renumber(fresh, chosen)


def _chosen(question: Question) -> list[int]:
    return list(AnswerFinding.objects.filter(question=question).values_list("finding_id", flat=True))


def _renumber(question: Question, order: list[int]) -> None:
    rows = {row.finding_id: row for row in AnswerFinding.objects.filter(question=question)}
    for position, pk in enumerate(order):
        rows[pk].position = position
    AnswerFinding.objects.bulk_update(rows.values(), ["position"])


@transaction.atomic
def answer(question: Question, *, by: User, at: datetime.datetime | None = None) -> Question:
    """Hand the written answer to a second curator; raises `Incomplete`. `at` is for history (demo)."""
    fresh = locked(question)
    check_transition(fresh, fresh.state, QuestionState.ANSWERED, QUESTION_TRANSITIONS)
    _require_writable(fresh, by)
    _require_complete(fresh)
    now = at or timezone.now()
    _move(fresh, QuestionState.ANSWERED, answered_by=by, answered_at=now, taken_by=None, reason="", **UNDECIDED)
    log(by, "question.answered", fresh)
    question_mails.to_approve(fresh, by)
    return fresh


def _require_complete(question: Question) -> None:
    if missing := unmet_for_answer(question):
        raise Incomplete(missing)


def _require_as_seen(question: Question, seen: datetime.datetime | None, after: QuestionState) -> None:
    if question.answered_at != seen:
        raise IllegalTransition(question, question.state, after)


@transaction.atomic
def return_answer(question: Question, reason: str, *, by: User, seen: datetime.datetime | None) -> Question:
    """Back to the curator who wrote it; the reason is for curators alone. `seen` as for `approve`."""
    fresh = locked(question)
    check_transition(fresh, fresh.state, QuestionState.ASKED, QUESTION_TRANSITIONS)
    if fresh.state != QuestionState.ANSWERED:
        raise IllegalTransition(fresh, fresh.state, "returned")
    require(rules.may_decide_question(by, fresh))
    _require_as_seen(fresh, seen, QuestionState.ASKED)
    _move(fresh, QuestionState.ASKED, reason=reason_in(reason), taken_by=fresh.answered_by)
    log(by, "question.returned", fresh, {"reason": [None, fresh.reason]})
    question_mails.returned(fresh, by)
    return fresh


@transaction.atomic
def approve(
    question: Question, *, by: User, seen: datetime.datetime | None, on: datetime.date | None = None
) -> Question:
    """A second curator agrees: everybody reads it now. Raises `Incomplete`.

    `seen`: when the answer that she read was handed on, so that a later one is not approved unread.
    """
    fresh = locked(question)
    check_transition(fresh, fresh.state, QuestionState.PUBLISHED, QUESTION_TRANSITIONS)
    require(rules.may_approve_answer(by, fresh))
    _require_as_seen(fresh, seen, QuestionState.PUBLISHED)
    _require_complete(fresh)
    _move(fresh, QuestionState.PUBLISHED, decided_by=by, decided_on=on or timezone.localdate(), reason="")
    log(by, "question.published", fresh)
    question_mails.published(fresh)
    return fresh


@transaction.atomic
def decline(question: Question, reason: str, *, by: User, on: datetime.date | None = None) -> Question:
    """Nothing that research here could answer; who asked is told why."""
    fresh = locked(question)
    check_transition(fresh, fresh.state, QuestionState.DECLINED, QUESTION_TRANSITIONS)
    require(rules.may_decide_question(by, fresh))
    _require_writable(fresh, by)
    _refuse(fresh, QuestionState.DECLINED, reason, by, on)
    return fresh


@transaction.atomic
def withdraw(question: Question, reason: str, *, by: User) -> Question:
    """Its address stays and says why."""
    fresh = locked(question)
    check_transition(fresh, fresh.state, QuestionState.WITHDRAWN, QUESTION_TRANSITIONS)
    require(rules.may_decide_question(by, fresh))
    _refuse(fresh, QuestionState.WITHDRAWN, reason, by, None)
    return fresh


def _refuse(question: Question, state: QuestionState, reason: str, by: User, on: datetime.date | None) -> None:
    decided = {"decided_by": by, "decided_on": on or timezone.localdate()}
    _move(question, state, reason=reason_in(reason), taken_by=None, **decided)
    log(by, f"question.{state.value}", question, {"reason": [None, question.reason]})
    question_mails.refused(question)


@transaction.atomic
def take_up(question: Question, *, by: User) -> Question:
    """What was declined or withdrawn is answered after all, by whoever takes it up."""
    fresh = locked(question)
    check_transition(fresh, fresh.state, QuestionState.ASKED, QUESTION_TRANSITIONS)
    if fresh.state == QuestionState.ANSWERED:
        raise IllegalTransition(fresh, fresh.state, "taken up")  # that is `return_answer`, with a reason
    require(rules.may_decide_question(by, fresh))
    _move(fresh, QuestionState.ASKED, reason="", taken_by=by, **UNDECIDED)
    log(by, "question.taken_up", fresh)
    return fresh


def forget(user: User) -> None:
    """An account is deleted: what nobody has answered goes with it, the rest stays without name and background."""
    mine = Question.objects.filter(asked_by=user)
    mine.filter(state__in=[QuestionState.ASKED, QuestionState.DECLINED], answered_by=None).delete()
    mine.update(is_named=False, background="")
    Question.objects.filter(taken_by=user).update(taken_by=None)
