"""Reviewing's transitions, legal and illegal; deadlines to the moment; letters that leave once."""

import datetime
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from conferences.actions import assignments, conflicts, decisions, letters, reminders, reviewers, reviews
from conferences.actions.assignments import InConflict
from conferences.actions.common import ChangedMeanwhile, ReasonMissing
from conferences.actions.reviews import TooLate, Unfinished
from conferences.letters import UnknownField, Wording, fields_in, fill
from conferences.letters.filling import fill_line
from conferences.letters.wording import KINDS, fields_of, standard
from conferences.models import Assignment, Conflict, ConflictKind, Decision, Letter, LetterKind, LetterText, Review
from conferences.scoring import summary, weighted
from conferences.states import (
    ASSIGNMENT_TRANSITIONS,
    REVIEWER_TRANSITIONS,
    AssignmentState,
    EditionState,
    LetterState,
    ReviewerState,
    SubmissionState,
)
from publications.states import IllegalTransition
from tests.factories.accounts import make_organisation, make_user
from tests.factories.conferences import committee, make_edition, make_submission, make_track
from tests.factories.publications import make_output
from tests.factories.reviewing import (
    DAY,
    REVIEW,
    chair,
    give_review,
    letter_of,
    make_assignment,
    make_review_round,
    make_reviewer,
    send,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
JAKARTA = datetime.timezone(datetime.timedelta(hours=7))


def by(assignment: Assignment) -> Any:
    return assignment.reviewer.user


STEPS: dict[str, tuple[Callable[[Assignment], Any], dict[str, str]]] = {
    "accept": (lambda a: reviews.accept(a, by=by(a)), {"sent": "accepted"}),
    "decline": (lambda a: reviews.decline(a, "Sibuk.", by=by(a)), {"sent": "declined", "accepted": "declined"}),
    "cancel": (
        lambda a: assignments.cancel(a, by=chair(a.submission.edition)),
        {"sent": "cancelled", "accepted": "cancelled", "reviewed": "cancelled"},
    ),
    "submit": (
        lambda a: reviews.submit(
            a, {**REVIEW, "points": {line.pk: 3 for line in a.submission.track.criteria.all()}}, by=by(a)
        ),
        {"accepted": "reviewed", "reviewed": "reviewed"},
    ),
    "declare": (
        lambda a: reviews.declare_conflict(a, "Teman dekat.", by=by(a)),
        {"sent": "declined", "accepted": "declined", "reviewed": "cancelled"},
    ),
}


class TestAssignments:
    @pytest.mark.parametrize("step", STEPS)
    @pytest.mark.parametrize("state", list(AssignmentState))
    def test_each_step_from_each_state(self, step: str, state: str) -> None:
        act, legal = STEPS[step]
        _edition, _track, (submission,) = make_review_round()
        assignment = make_assignment(submission, state)
        if state in legal:
            act(assignment)
        else:
            with pytest.raises((IllegalTransition, PermissionDenied)):
                act(assignment)
        assignment.refresh_from_db()
        assert assignment.state == legal.get(state, state)

    def test_the_steps_are_the_table(self) -> None:
        walked = {pair for _act, legal in STEPS.values() for pair in legal.items() if pair[0] != pair[1]}
        table = {(one, after) for one, every in ASSIGNMENT_TRANSITIONS.items() for after in every}
        assert walked | {("proposed", "sent")} == table

    def test_a_proposal_is_sent_by_its_letter_and_only_then(self) -> None:
        edition, _track, (submission,) = make_review_round(each=1)
        make_reviewer(edition)
        (proposal,), unplaced = assignments.propose(edition, by=chair(edition))
        assert not unplaced
        due = timezone.now() + 10 * DAY
        assert assignments.write_letters(edition, due, by=chair(edition)) == 1
        assert assignments.write_letters(edition, due, by=chair(edition)) == 0  # each once
        proposal.refresh_from_db()
        assert proposal.state == AssignmentState.PROPOSED
        letter = send(letter_of(LetterKind.ASSIGNMENT))
        proposal.refresh_from_db()
        assert (proposal.state, proposal.due_at) == (AssignmentState.SENT, due)
        assert "Perawatan" in letter.body
        assert submission.submitter.email not in letter.body

    def test_a_plan_keeps_what_was_chosen_by_hand_and_is_the_same_again(self) -> None:
        edition, _track, submissions = make_review_round(4, each=2)
        crowd = [make_reviewer(edition) for _ in range(4)]
        assignments.add(submissions[0], crowd[0], by=chair(edition))

        def pairs() -> set[tuple[int, int]]:
            return set(Assignment.objects.values_list("submission", "reviewer"))

        assignments.propose(edition, by=chair(edition))
        first = pairs()
        assert len(first) == 8
        assert (submissions[0].pk, crowd[0].pk) in first
        assignments.propose(edition, by=chair(edition))
        assert pairs() == first

    def test_it_says_who_could_not_be_placed(self) -> None:
        edition, _track, (submission,) = make_review_round(each=3)
        make_reviewer(edition)
        make_reviewer(edition, tracks=[])
        _made, (gap,) = assignments.propose(edition, by=chair(edition))
        assert (gap.submission, gap.missing, dict(gap.because)) == (submission, 2, {"track": 1})

    def test_more_time(self) -> None:
        _edition, _track, (submission,) = make_review_round()
        late = make_assignment(submission, AssignmentState.ACCEPTED, due=-1, reminded=[-7, -2])
        with pytest.raises(TooLate):
            reviews.save(late, REVIEW, by=by(late))
        with pytest.raises(assignments.DueTooSoon):
            assignments.extend(late, timezone.now(), by=chair(submission.edition))
        extended = assignments.extend(late, timezone.now() + DAY, by=chair(submission.edition))
        assert extended.reminded == []
        give_review(late)
        assert late.state == AssignmentState.REVIEWED


class TestReviewers:
    def test_the_whole_of_an_invitation(self) -> None:
        edition, track, _submissions = make_review_round()
        rows = [{"email": "BARU@contoh.id", "name": "Dr. Baru", "language": "en", "tracks": [track]}]
        (invited,), known = reviewers.invite(edition, rows, by=chair(edition))
        assert reviewers.invite(edition, rows, by=chair(edition)) == ([], ["baru@contoh.id"])
        assert not known
        letter = send(letter_of(LetterKind.REVIEWER_INVITATION))
        assert "/en/telaah/undangan/" in letter.body
        assert "Track" in letter.body
        account = make_user("lain@contoh.id")
        reviewers.accept(invited, {"pmks": [], "methods": [], "most": 3}, by=account)
        invited.refresh_from_db()
        assert (invited.state, invited.user, invited.most) == (ReviewerState.ACCEPTED, account, 3)
        with pytest.raises(reviewers.AnsweredByAnother):
            reviewers.decline(invited, "Bukan saya.", by=make_user("penyusup@contoh.id"))

    def test_only_a_confirmed_address_answers(self) -> None:
        edition, _track, _submissions = make_review_round()
        invited = make_reviewer(edition, ReviewerState.INVITED)
        account = make_user("belum@contoh.id")
        account.emailaddress_set.update(verified=False)
        with pytest.raises(reviewers.AddressNotConfirmed):
            reviewers.accept(invited, {"pmks": [], "methods": [], "most": 3}, by=account)

    @pytest.mark.parametrize("state", list(ReviewerState))
    def test_each_step_from_each_state(self, state: str) -> None:
        edition, _track, _submissions = make_review_round()
        data = {"pmks": [], "methods": [], "most": 3}
        steps: dict[str, Any] = {
            "accepted": lambda r: reviewers.accept(r, data, by=r.user or make_user("x@contoh.id")),
            "declined": lambda r: reviewers.decline(r, "Tidak.", by=r.user or make_user("y@contoh.id")),
            "removed": lambda r: reviewers.remove(r, by=chair(edition)),
            "invited": lambda r: reviewers.invite_again(r, by=chair(edition)),
        }
        for after, act in steps.items():
            reviewer = make_reviewer(edition, state)
            if after in REVIEWER_TRANSITIONS[state] or after == state == "accepted":
                act(reviewer)
            else:
                with pytest.raises(IllegalTransition):
                    act(reviewer)
            reviewer.refresh_from_db()
            assert reviewer.state == (after if after in REVIEWER_TRANSITIONS[state] else state)
            reviewer.delete()

    def test_who_leaves_gives_back_what_is_not_reviewed(self) -> None:
        edition, _track, (one, two) = make_review_round(2)
        reviewer = make_reviewer(edition)
        open_one = make_assignment(one, AssignmentState.ACCEPTED, reviewer=reviewer)
        done = make_assignment(two, AssignmentState.REVIEWED, reviewer=reviewer)
        reviewers.remove(reviewer, by=chair(edition))
        for row in (open_one, done):
            row.refresh_from_db()
        assert (open_one.state, done.state) == (AssignmentState.CANCELLED, AssignmentState.REVIEWED)


class TestReviews:
    def test_what_is_missing_is_said_and_a_stored_review_stays_whole(self) -> None:
        _edition, track, (submission,) = make_review_round()
        assignment = make_assignment(submission, AssignmentState.ACCEPTED)
        reviews.save(assignment, {"to_authors": "Baru separuh."}, by=by(assignment))
        with pytest.raises(Unfinished) as unfinished:
            reviews.submit(assignment, {}, by=by(assignment))
        lines = [f"criterion_{pk}" for pk in track.criteria.values_list("pk", flat=True)]
        assert unfinished.value.missing == ["advice", "confidence", *lines]
        give_review(assignment)
        with pytest.raises(Unfinished):
            reviews.save(assignment, {"to_authors": " "}, by=by(assignment))
        assert Review.objects.get().to_authors == REVIEW["to_authors"]

    def test_two_windows(self) -> None:
        _edition, _track, (submission,) = make_review_round()
        assignment = make_assignment(submission, AssignmentState.ACCEPTED)
        reviews.save(assignment, {"to_authors": "Satu."}, by=by(assignment), base_revision=0)
        with pytest.raises(ChangedMeanwhile):
            reviews.save(assignment, {"to_authors": "Dua."}, by=by(assignment), base_revision=0)
        assert Review.objects.get().to_authors == "Satu."

    def test_to_the_moment_at_midnight_in_jakarta(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Due on the 5th at 24:00: the last moment of the 5th is in time, midnight is too late."""
        _edition, _track, (submission,) = make_review_round()
        midnight = datetime.datetime(2027, 3, 6, 0, 0, tzinfo=JAKARTA)
        assignment = make_assignment(submission, AssignmentState.ACCEPTED, due=midnight)
        monkeypatch.setattr(timezone, "now", lambda: midnight - datetime.timedelta(microseconds=1))
        give_review(assignment)
        monkeypatch.setattr(timezone, "now", lambda: midnight)
        with pytest.raises(TooLate):
            reviews.save(assignment, REVIEW, by=by(assignment))
        sent = make_assignment(submission, AssignmentState.SENT, due=midnight)
        with pytest.raises(TooLate):
            reviews.accept(sent, by=by(sent))

    def test_a_decision_closes_reviews_and_taking_it_back_opens_them(self) -> None:
        edition, _track, (submission,) = make_review_round()
        assignment = make_assignment(submission, AssignmentState.REVIEWED)
        decision = decisions.decide(submission, "talk", "", by=chair(edition), round_seen=1)
        with pytest.raises(TooLate):
            reviews.save(assignment, REVIEW, by=by(assignment))
        decisions.take_back(decision, by=chair(edition))
        reviews.save(assignment, REVIEW, by=by(assignment))
        assert Letter.objects.get().state == LetterState.DROPPED

    def test_only_who_has_judged_discusses(self) -> None:
        edition, _track, (submission,) = make_review_round()
        done = make_assignment(submission, AssignmentState.REVIEWED)
        waits = make_assignment(submission, AssignmentState.ACCEPTED)
        reviews.remark(submission, "Setuju.", by=by(done))
        reviews.remark(submission, "Bagaimana metodenya?", by=chair(edition))
        with pytest.raises(PermissionDenied):
            reviews.remark(submission, "Menurut saya …", by=by(waits))
        with pytest.raises(ReasonMissing):
            reviews.remark(submission, "  ", by=by(done))

    def test_the_round_after_a_revision(self) -> None:
        edition, _track, (submission,) = make_review_round()
        done = make_assignment(submission, AssignmentState.REVIEWED)
        make_assignment(submission, AssignmentState.DECLINED)
        decisions.decide(submission, "revise", "", by=chair(edition), round_seen=1)
        with pytest.raises(IllegalTransition):
            submission.refresh_from_db()
            reviews.begin_round(submission)
        send(letter_of(LetterKind.DECISION))
        submission.refresh_from_db()
        assert submission.state == SubmissionState.REVISION
        reviews.begin_round(submission)
        submission.state = SubmissionState.SUBMITTED  # what the action of the authors does in the same transaction
        submission.save()
        again = Assignment.objects.get(round=2)
        assert (again.reviewer, again.state) == (done.reviewer, AssignmentState.PROPOSED)
        assert again.why[0]["code"] == "again"
        assignments.write_letters(edition, timezone.now() + DAY, by=chair(edition))
        send(letter_of(LetterKind.ASSIGNMENT))
        again.refresh_from_db()
        reviews.accept(again, by=by(again))
        again.refresh_from_db()
        give_review(again)
        with pytest.raises(IllegalTransition):
            decisions.decide(submission, "talk", "", by=chair(edition), round_seen=1)  # read the first version
        decisions.decide(submission, "talk", "", by=chair(edition), round_seen=2)


class TestDecisions:
    @pytest.mark.parametrize("state", list(SubmissionState))
    @pytest.mark.parametrize("outcome", ["talk", "poster", "revise", "reject"])
    def test_from_each_state(self, state: str, outcome: str) -> None:
        edition, track, _submissions = make_review_round(0)
        submission = make_submission(track, state)
        if state != SubmissionState.SUBMITTED:
            with pytest.raises(IllegalTransition):
                decisions.decide(submission, outcome, "", by=chair(edition), round_seen=1)
            return
        decisions.decide(submission, outcome, "Salam.", by=chair(edition), round_seen=1)
        submission.refresh_from_db()
        assert submission.state == SubmissionState.SUBMITTED  # nothing before its letter leaves
        send(letter_of(LetterKind.DECISION))
        submission.refresh_from_db()
        after = {"talk": "accepted", "poster": "accepted", "revise": "revision", "reject": "rejected"}[outcome]
        assert submission.state == after
        assert submission.accepted_as == (outcome if after == "accepted" else "")
        assert submission.decided_at

    def test_a_withdrawn_submission_gets_no_decision(self) -> None:
        edition, _track, (submission,) = make_review_round()
        decisions.decide(submission, "talk", "", by=chair(edition), round_seen=1)
        submission.state, submission.withdrawn_at = SubmissionState.WITHDRAWN, timezone.now()
        submission.save()
        letter = letter_of(LetterKind.DECISION)
        with pytest.raises(IllegalTransition):
            send(letter)
        letter.refresh_from_db()
        assert letter.state == LetterState.WAITING

    def test_another_decision_writes_the_letter_anew(self) -> None:
        edition, _track, (submission,) = make_review_round()
        decisions.decide(submission, "talk", "", by=chair(edition), round_seen=1)
        first = letter_of(LetterKind.DECISION)
        decisions.decide(submission, "reject", "", by=chair(edition), round_seen=1)
        first.refresh_from_db()
        assert first.state == LetterState.DROPPED
        send(letter_of(LetterKind.DECISION))
        submission.refresh_from_db()
        assert submission.state == SubmissionState.REJECTED
        with pytest.raises(IllegalTransition):
            decisions.decide(submission, "talk", "", by=chair(edition), round_seen=1)

    def test_a_dropped_letter_is_no_decision(self) -> None:
        edition, _track, (submission,) = make_review_round()
        decisions.decide(submission, "talk", "", by=chair(edition), round_seen=1)
        letter = letter_of(LetterKind.DECISION)
        letters.drop(letter, by=chair(edition), seen=0)
        assert not Decision.objects.exists()
        assert Letter.objects.get().state == LetterState.DROPPED

    def test_several_at_once(self) -> None:
        edition, _track, submissions = make_review_round(3)
        decisions.decide(submissions[0], "talk", "", by=chair(edition), round_seen=1)
        send(letter_of(LetterKind.DECISION))
        chosen = [(submission, 1) for submission in submissions]
        done, left = decisions.decide_several(chosen, "poster", "", by=chair(edition))
        assert (len(done), left) == (2, [submissions[0]])


class TestLetters:
    def test_sent_once_and_only_as_it_was_looked_at(self) -> None:
        edition, _track, (submission,) = make_review_round()
        decisions.decide(submission, "talk", "", by=chair(edition), round_seen=1)
        letter = letter_of(LetterKind.DECISION)
        edited = letters.edit(letter, "Kabar\r\nBcc: semua@contoh.id", "Isi baru.", by=chair(edition), seen=0)
        assert edited.subject == "Kabar Bcc: semua@contoh.id"
        with pytest.raises(ChangedMeanwhile):
            letters.send(letter, by=chair(edition), seen=0)
        sent, left = letters.send_several([(letter, 1), (letter, 1)], by=chair(edition))
        assert (sent, left) == (1, [letter])
        with pytest.raises(IllegalTransition):
            letters.drop(letter, by=chair(edition), seen=1)

    def test_who_may_send(self) -> None:
        edition, _track, (submission,) = make_review_round()
        decisions.decide(submission, "talk", "", by=chair(edition), round_seen=1)
        letter = letter_of(LetterKind.DECISION)
        for nobody in (make_user("x@contoh.id"), committee(edition, "track_chair"), submission.submitter):
            with pytest.raises(PermissionDenied):
                letters.send(letter, by=nobody, seen=0)
        letters.send(letter, by=committee(edition, "secretary"), seen=0)

    def test_fields_are_put_in_once_and_unknown_ones_refused(self) -> None:
        values = {"title": "Tentang {name} & {x", "name": "Sari\nBcc: a@b.c"}
        assert fill("{title} oleh { name }", values) == "Tentang {name} & {x oleh Sari\nBcc: a@b.c"
        assert fill_line("Kepada {name}", values) == "Kepada Sari Bcc: a@b.c"
        for wrong in ("{password}", "{name", "name}", "{}", "{name.__class__}", "{{name}}"):
            with pytest.raises(UnknownField):
                fields_in(wrong, values)

    def test_our_own_words_have_only_known_fields(self) -> None:
        for kind, variant in KINDS:
            for language in ("id", "en"):
                words = standard(kind, variant, language)
                for text in (words.subject, words.body):
                    fields_in(text, fields_of(kind))
                assert words.subject and "{link}" in words.body

    def test_own_wording(self) -> None:
        edition, _track, (submission,) = make_review_round()
        own = Wording("{number}: kabar", "Halo {name}. {title}")
        letters.write_wording(edition, LetterKind.DECISION, "talk", "id", own, by=chair(edition))
        decisions.decide(submission, "talk", "", by=chair(edition), round_seen=1)
        letter = letter_of(LetterKind.DECISION)
        assert (letter.subject, str(submission.title) in letter.body) == (f"{submission.number}: kabar", True)
        with pytest.raises(UnknownField):
            wrong = Wording("x", "{token}")
            letters.write_wording(edition, LetterKind.DECISION, "talk", "id", wrong, by=chair(edition))
        letters.write_wording(edition, LetterKind.DECISION, "talk", "id", Wording("", ""), by=chair(edition))
        assert not LetterText.objects.exists()

    def test_comments_are_numbered_and_what_is_for_the_committee_stays_there(self) -> None:
        edition, _track, (submission,) = make_review_round()
        done = make_assignment(submission, AssignmentState.REVIEWED)
        decisions.decide(submission, "talk", "Selamat.", by=chair(edition), round_seen=1)
        body = letter_of(LetterKind.DECISION).body
        assert "Penelaah 1:\nJelas dan bermanfaat." in body
        assert "Selamat." in body
        assert "Rahasia panitia." not in body
        assert done.reviewer.name not in body


@pytest.mark.django_db(transaction=True)
def test_two_people_press_send_at_once() -> None:
    edition, _track, (submission,) = make_review_round()
    decisions.decide(submission, "talk", "", by=chair(edition), round_seen=1)
    letter, people = letter_of(LetterKind.DECISION), [chair(edition), committee(edition, "chair")]
    results: list[bool] = []

    def press(person: Any) -> None:
        try:
            letters.send(letter, by=person, seen=0)
            results.append(True)
        except IllegalTransition:
            results.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False, True]


class TestReminders:
    def days(self, assignment: Assignment, at: datetime.datetime) -> int:
        return reminders.remind(at)

    def test_each_once_at_its_moment(self) -> None:
        edition, _track, (submission,) = make_review_round()
        due = timezone.now() + 20 * DAY
        assignment = make_assignment(submission, AssignmentState.ACCEPTED, due=due)
        tick = datetime.timedelta(microseconds=1)
        for days in (-7, -2, 1):
            moment = due + days * DAY
            assert reminders.remind(moment - tick) == 0
            assert reminders.remind(moment) == 1
            assert reminders.remind(moment) == 0
            letter = letter_of(LetterKind.REMINDER)
            assert letter.made_by is None
            send(letter)
        assert reminders.remind(due + 30 * DAY) == 0
        assignment.refresh_from_db()
        assert assignment.reminded == [-7, -2, 1]
        assert Letter.objects.filter(kind=LetterKind.REMINDER).count() == 3
        assert edition

    def test_after_a_long_stop_one_letter(self) -> None:
        _edition, _track, (submission,) = make_review_round()
        make_assignment(submission, AssignmentState.SENT, due=-5)
        assert reminders.remind() == 1
        assert Letter.objects.count() == 1

    @pytest.mark.parametrize("state", ["proposed", "reviewed", "declined", "cancelled"])
    def test_nobody_else(self, state: str) -> None:
        _edition, _track, (submission,) = make_review_round()
        assignment = make_assignment(submission, state)
        Assignment.objects.filter(pk=assignment.pk, due_at__isnull=False).update(due_at=timezone.now() + DAY)
        assert reminders.remind() == 0

    def test_not_for_days_before_it_was_sent_nor_after_a_decision(self) -> None:
        edition, _track, (one, two) = make_review_round(2)
        make_assignment(one, due=5, sent_at=timezone.now())
        make_assignment(two, due=1)
        decisions.decide(two, "talk", "", by=chair(edition), round_seen=1)
        assert reminders.remind() == 0

    def test_a_reminder_that_waits_when_the_review_comes_does_not_leave(self) -> None:
        _edition, _track, (submission,) = make_review_round()
        assignment = make_assignment(submission, AssignmentState.ACCEPTED, due=1)
        assert reminders.remind() == 1
        letter = letter_of(LetterKind.REMINDER)
        give_review(assignment)
        letter.refresh_from_db()
        assert letter.state == LetterState.DROPPED


class TestConflicts:
    def kinds(self, submission: Any, user: Any) -> set[str]:
        conflicts.refresh(submission.edition)
        return set(Conflict.objects.filter(submission=submission, user=user).values_list("kind", flat=True))

    def author(self, **fields: Any) -> dict[str, Any]:
        return {"given_name": "Rina", "family_name": "Penguji", **fields}

    def test_same_organisation_through_merging_and_parents_not_between_units(self) -> None:
        ministry = make_organisation("Kementerian Contoh")
        unit, other = make_organisation("Unit A", parent=ministry), make_organisation("Unit B", parent=ministry)
        former = make_organisation("Unit A Lama", merged_into=unit)
        _edition, track, _none = make_review_round(0)
        found = {}
        for name, theirs in (("own", unit), ("former", former), ("parent", ministry), ("sibling", other)):
            reviewer = make_reviewer(track.edition)
            reviewer.user.person.affiliation = unit
            reviewer.user.person.save()
            submission = make_submission(track, authors=[self.author(affiliation=theirs)])
            found[name] = self.kinds(submission, reviewer.user)
        same = {ConflictKind.SAME_ORGANISATION}
        assert found == {"own": same, "former": same, "parent": same, "sibling": set()}

    def test_wrote_together_within_three_years(self) -> None:
        today = timezone.localdate()
        edition, track, _none = make_review_round(0)
        recent, old = make_reviewer(edition), make_reviewer(edition)
        for reviewer, years, orcid in (
            (recent, 1, "0000-0001-5109-3700"),
            (old, 4, "0000-0002-1694-233X"),
        ):
            person = reviewer.user.person
            person.orcid = orcid
            person.save()
            pair = [
                {"given_name": person.given_name, "family_name": person.family_name, "orcid": orcid},
                {"given_name": "Rina", "family_name": "Penguji"},
            ]
            make_output(contributors=pair, date=today - datetime.timedelta(days=366 * years))
        submission = make_submission(track, authors=[self.author()])
        assert self.kinds(submission, recent.user) == {ConflictKind.CO_AUTHOR}
        assert self.kinds(submission, old.user) == set()

    def test_submitted_together_elsewhere(self) -> None:
        edition, track, _none = make_review_round(0)
        reviewer = make_reviewer(edition)
        elsewhere = make_track(make_edition())
        make_submission(elsewhere, authors=[self.author(email="rina@contoh.id"), self.author(email=reviewer.email)])
        submission = make_submission(track, authors=[self.author(email="RINA@contoh.id")])
        assert self.kinds(submission, reviewer.user) == {ConflictKind.CO_AUTHOR}

    def test_an_author_by_account_address_or_orcid(self) -> None:
        edition, track, _none = make_review_round(0)
        one, two, three = make_reviewer(edition), make_reviewer(edition), make_reviewer(edition)
        three.user.person.orcid = "0000-0002-1825-0097"
        three.user.person.save()
        own = [
            (make_submission(track, by=one.user), one),
            (make_submission(track, authors=[self.author(email=two.email.upper())]), two),
            (make_submission(track, authors=[self.author(orcid="0000-0002-1825-0097")]), three),
        ]
        for submission, reviewer in own:
            assert ConflictKind.AUTHOR in self.kinds(submission, reviewer.user)
            with pytest.raises((InConflict, PermissionDenied)):
                assignments.add(submission, reviewer, by=chair(edition))

    def test_every_kind_is_refused_by_hand_and_by_plan(self) -> None:
        edition, _track, (submission,) = make_review_round(each=1)
        by_mail = make_reviewer(edition)
        Conflict.objects.create(submission=submission, email=by_mail.email, kind=ConflictKind.NAMED)
        entered = make_reviewer(edition)
        conflicts.enter(submission, entered, "Satu kantor dulu.", by=chair(edition))
        for reviewer in (by_mail, entered):
            with pytest.raises(InConflict):
                assignments.add(submission, reviewer, by=chair(edition))
        made, (gap,) = assignments.propose(edition, by=chair(edition))
        assert (made, dict(gap.because)) == ([], {"conflict": 2})

    def test_what_is_found_goes_when_the_reason_goes_and_declared_stays(self) -> None:
        edition, _track, (submission,) = make_review_round()
        unit = make_organisation("Unit A")
        reviewer = make_reviewer(edition)
        reviewer.user.person.affiliation = unit
        reviewer.user.person.save()
        submission.authors.update(affiliation=unit)
        Conflict.objects.create(submission=submission, user=reviewer.user, kind=ConflictKind.DECLARED)
        assert len(self.kinds(submission, reviewer.user)) == 2
        submission.authors.update(affiliation=None)
        assert self.kinds(submission, reviewer.user) == {ConflictKind.DECLARED}


def test_scores() -> None:
    assert weighted([(5, 2), (2, 1)]) == 4
    assert weighted([]) is None
    found = summary([4.0, None, 4.5, 1.0])
    assert (found.count, found.median, found.spread, found.outliers) == (3, 4.0, 3.5, frozenset({3}))
    assert summary([5.0, 1.0]).outliers == frozenset()
    assert summary([]).median is None


def test_an_archived_edition_changes_no_more() -> None:
    edition, track, (submission,) = make_review_round()
    assignment = make_assignment(submission, AssignmentState.SENT)
    edition.state = EditionState.ARCHIVED
    edition.save()
    assignment.refresh_from_db()
    for act in (
        lambda: assignments.propose(edition, by=chair(edition)),
        lambda: decisions.decide(submission, "talk", "", by=chair(edition), round_seen=1),
        lambda: reviewers.invite(edition, [{"email": "a@b.id", "name": "A", "tracks": [track]}], by=chair(edition)),
    ):
        with pytest.raises(PermissionDenied):
            act()
    with pytest.raises(TooLate):
        reviews.accept(assignment, by=by(assignment))
