"""The question desk: states, rules, limits, mails, what is forgotten."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions import delete_account
from accounts.models import LogEntry
from accounts.personal_data import personal_data
from evidence import rules
from evidence.actions import findings, questions
from evidence.actions.common import ReasonMissing
from evidence.checks import Incomplete
from evidence.models import AnswerFinding, Question
from evidence.states import QUESTION_TRANSITIONS, QuestionState
from publications.states import IllegalTransition
from tests.factories.accounts import make_user
from tests.factories.asking import REPLY, TEXT, make_question, official, question_data, send_mails
from tests.factories.evidence import curator, make_finding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
STEPS: dict[str, tuple[Callable[[Question], Any], set[tuple[str, str]]]] = {
    "answer": (lambda q: questions.answer(q, by=curator(1)), {("asked", "answered")}),
    "return": (
        lambda q: questions.return_answer(q, "Sebut angkanya.", by=curator(2), seen=q.answered_at),
        {("answered", "asked")},
    ),
    "approve": (lambda q: questions.approve(q, by=curator(2), seen=q.answered_at), {("answered", "published")}),
    "decline": (lambda q: questions.decline(q, "Bukan penelitian.", by=curator(2)), {("asked", "declined")}),
    "withdraw": (lambda q: questions.withdraw(q, "Keliru.", by=curator(2)), {("published", "withdrawn")}),
    "take_up": (lambda q: questions.take_up(q, by=curator(2)), {("declined", "asked"), ("withdrawn", "asked")}),
}


class TestStates:
    @pytest.mark.parametrize("step", STEPS)
    @pytest.mark.parametrize("state", list(QuestionState))
    def test_each_step_from_each_state(self, step: str, state: str) -> None:
        act, legal = STEPS[step]
        question = make_question(state)
        if step == "answer" and state == QuestionState.ASKED:
            questions.write(question, REPLY | {"is_gap": True}, by=curator(1))
        after = dict(legal).get(state)
        if after is None:
            with pytest.raises(IllegalTransition):
                act(question)
            question.refresh_from_db()
            assert question.state == state
        else:
            assert act(question).state == after

    def test_the_steps_are_the_table(self) -> None:
        walked = {pair for _act, pairs in STEPS.values() for pair in pairs}
        assert walked == {(before, after) for before, all_after in QUESTION_TRANSITIONS.items() for after in all_after}

    def test_an_answer_is_complete(self) -> None:
        question = make_question()
        with pytest.raises(Incomplete):
            questions.answer(question, by=curator())
        questions.write(question, REPLY, by=curator())
        with pytest.raises(Incomplete) as missing:
            questions.answer(question, by=curator())
        assert len(missing.value.missing) == 1  # a finding, or a gap
        finding = make_finding()
        questions.choose(question, finding, by=curator())
        questions.write(question, {"is_gap": True}, by=curator())
        with pytest.raises(Incomplete):
            questions.answer(question, by=curator())
        questions.drop(question, finding.pk, by=curator())
        assert questions.answer(question, by=curator()).is_gap

    def test_findings_that_went_meanwhile_are_not_approved(self) -> None:
        finding = make_finding()
        question = make_question(QuestionState.ANSWERED, finding=finding)
        findings.withdraw(finding, "Keliru.", by=curator(2))
        with pytest.raises(Incomplete):
            questions.approve(question, by=curator(2), seen=question.answered_at)

    def test_only_public_findings_are_chosen(self) -> None:
        with pytest.raises(Incomplete):
            questions.choose(make_question(), make_finding(state="proposed"), by=curator())
        assert not AnswerFinding.objects.exists()

    def test_findings_are_ordered(self) -> None:
        question, chosen = make_question(), [make_finding() for _ in range(3)]
        for finding in [*chosen, chosen[0]]:
            questions.choose(question, finding, by=curator())

        def order() -> list[int]:
            return list(AnswerFinding.objects.filter(question=question).values_list("finding_id", flat=True))

        assert order() == [finding.pk for finding in chosen]
        questions.move_up(question, chosen[2].pk, by=curator())
        questions.move_up(question, chosen[0].pk, by=curator())
        questions.move_up(question, chosen[0].pk, by=curator())
        questions.move_up(question, 99_999, by=curator())
        assert order() == [chosen[0].pk, chosen[2].pk, chosen[1].pk]
        questions.drop(question, chosen[2].pk, by=curator())
        assert order() == [chosen[0].pk, chosen[1].pk]

    def test_reasons_are_needed(self) -> None:
        with pytest.raises(ReasonMissing):
            questions.decline(make_question(), " ", by=curator())

    def test_the_database_says_it_too(self) -> None:
        question = make_question(QuestionState.PUBLISHED)
        for wrong in ({"decided_by": question.answered_by}, {"answer_en": ""}, {"state": "declined", "reason": ""}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Question.objects.filter(pk=question.pk).update(**wrong)


class TestWhoMay:
    def test_a_second_curator_approves(self) -> None:
        question = make_question(QuestionState.ANSWERED)
        for user in (curator(1), official(), make_user("lain@contoh.id")):
            with pytest.raises(PermissionDenied):
                questions.approve(question, by=user, seen=question.answered_at)

    def test_nobody_decides_about_her_own_question(self) -> None:
        question = make_question(by=curator(3))
        with pytest.raises(PermissionDenied):
            questions.decline(question, "Tidak.", by=curator(3))
        question = make_question(QuestionState.ANSWERED, by=curator(3), text="Yang lain?")
        with pytest.raises(PermissionDenied):
            questions.approve(question, by=curator(3), seen=question.answered_at)

    def test_in_hand_of_one(self) -> None:
        question = questions.take(make_question(), by=curator(1))
        for act in (questions.take, lambda q, by: questions.write(q, REPLY, by=by)):
            with pytest.raises(IllegalTransition):
                act(question, by=curator(2))
        with pytest.raises(PermissionDenied):
            questions.release(question, by=curator(2))
        questions.release(question, by=curator(1))
        assert questions.take(question, by=curator(2)).taken_by == curator(2)

    def test_the_hand_of_somebody_who_left_is_free(self) -> None:
        question = questions.take(make_question(), by=curator(1))
        type(curator(1)).objects.filter(pk=curator(1).pk).update(is_active=False)
        assert questions.take(question, by=curator(2)).taken_by == curator(2)

    def test_policymakers_do_not_answer(self) -> None:
        with pytest.raises(PermissionDenied):
            questions.write(make_question(), REPLY, by=official())

    def test_taken_back_while_nobody_answered(self) -> None:
        question = make_question()
        with pytest.raises(PermissionDenied):
            questions.take_back(question, by=make_user("lain@contoh.id"))
        questions.take_back(question, by=official())
        assert not Question.objects.exists()
        assert TEXT not in str(list(LogEntry.objects.values_list("changes", flat=True)))
        answered = make_question(QuestionState.ANSWERED)
        with pytest.raises(IllegalTransition):
            questions.take_back(answered, by=official())
        questions.return_answer(answered, "Lengkapi.", by=curator(2), seen=answered.answered_at)
        with pytest.raises(IllegalTransition):
            questions.take_back(answered, by=official())


class TestLimits:
    def test_the_same_is_not_asked_twice(self) -> None:
        first = make_question()
        with pytest.raises(questions.AskedAlready) as again:
            questions.ask(question_data(text=TEXT.upper()), by=official())
        assert again.value.question == first
        make_question(pmks="PMKS-01")
        make_question(by=make_user("lain@contoh.id"))

    def test_not_too_many_a_day_even_if_taken_back(self) -> None:
        for number in range(rules.MOST_ASKED_A_DAY):
            questions.take_back(make_question(text=f"Pertanyaan {number}?"), by=official())
        with pytest.raises(questions.TooManyQuestions):
            make_question()

    def test_history_that_was_loaded_is_not_of_today(self) -> None:
        """As the demo does it: its log is of today, its questions are not."""
        long_ago = timezone.now() - datetime.timedelta(days=40)
        for number in range(rules.MOST_ASKED_A_DAY):
            asked = questions.ask(question_data(text=f"Pertanyaan {number}?"), by=official(), at=long_ago)
            Question.objects.filter(pk=asked.pk).update(
                state=QuestionState.DECLINED,
                decided_by=curator(),
                decided_on=long_ago,
                reason="Tidak ada penelitiannya.",
            )
        assert make_question().pk


class TestMails:
    @pytest.mark.parametrize(("language", "subject"), [("id", "Terjawab: "), ("en", "Answered: ")])
    def test_the_way_of_a_question(self, language: str, subject: str) -> None:
        asker, first, second = official(language=language), curator(1), curator(2)
        question = make_question(by=asker)
        assert {mail.to[0] for mail in send_mails()} == {first.email, second.email}
        questions.write(question, REPLY, by=first)
        questions.choose(question, make_finding(), by=first)
        send_mails()
        question = questions.answer(question, by=first)
        to_approve = {mail.to[0] for mail in send_mails()}
        assert second.email in to_approve
        assert not to_approve & {first.email, asker.email}  # who wrote it needs no mail
        questions.return_answer(question, "Sebut angkanya.", by=second, seen=question.answered_at)
        (returned,) = send_mails()
        assert returned.to == [first.email]
        assert "Sebut angkanya." in returned.body
        question = questions.answer(question, by=first)
        send_mails()
        questions.approve(question, by=second, seen=question.answered_at)
        mails = {mail.to[0]: mail for mail in send_mails()}
        assert set(mails) == {asker.email, first.email}
        assert mails[asker.email].subject.startswith(subject)
        assert f"{'/en' if language == 'en' else ''}/tanya/{question.pk}/" in mails[asker.email].body

    @pytest.mark.parametrize("state", [QuestionState.DECLINED, QuestionState.WITHDRAWN])
    def test_who_asked_reads_why(self, state: str) -> None:
        question = make_question(state)
        mail = send_mails()[-1]
        assert mail.to == [question.asked_by.email]
        assert question.reason in mail.body


class TestForgetting:
    def test_a_deleted_account(self) -> None:
        asker = official()
        open_one = make_question(background="Rahasia.", is_named=True)
        public = make_question(QuestionState.PUBLISHED, text="Apa lagi?", background="Rahasia.", is_named=True)
        assert public.asker_name == "Rina Dewi"
        delete_account(asker)
        assert not Question.objects.filter(pk=open_one.pk).exists()
        public.refresh_from_db()
        assert (public.asker_name, public.background, public.is_named) == ("", "", False)

    def test_the_copy_of_ones_data(self) -> None:
        make_question(QuestionState.PUBLISHED, background="Rahasia.")
        mine = personal_data(official())["questions_and_cooperation"]
        assert [row["background"] for row in mine["asked"]] == ["Rahasia."]
        theirs = personal_data(curator(1))["questions_and_cooperation"]
        assert theirs["asked"] == []
        assert "background" not in theirs["answered"][0]
