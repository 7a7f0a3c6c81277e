"""Who reviews what: proposed by plan or by hand, sent through the outbox, taken back, given more time."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import log
from accounts.models import User
from conferences import assigning
from conferences.actions import conflicts, letters, moving
from conferences.actions.common import require
from conferences.models import Assignment, Edition, Letter, LetterKind, Reviewer, Submission
from conferences.queries import expertise
from conferences.queries.conflicts import forbidden_pairs
from conferences.queries.letters import Wordings
from conferences.queries.values import for_assignment
from conferences.rules.committee import conflicted, may_lead_programme, may_lead_review
from conferences.states import OPEN_ASSIGNMENTS, AssignmentState, LetterState, ReviewerState, SubmissionState
from publications.states import IllegalTransition

HOLDING = OPEN_ASSIGNMENTS | {AssignmentState.PROPOSED}


class InConflict(Exception):
    """The reviewer must have nothing to do with the submission. `kind` says why."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class DueTooSoon(ValueError):
    """A due date lies ahead."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    submission: Submission
    missing: int
    because: tuple[tuple[str, int], ...]


@transaction.atomic
def propose(edition: Edition, *, by: User) -> tuple[list[Assignment], list[Unplaced]]:
    """A plan for what is missing, anew: earlier proposals of the plan go, those by hand and what was sent stay.

    What the planner is in conflict with is planned too, unseen: the plan is the machine's, not theirs.
    """
    require(may_lead_programme(by, edition))
    Edition.objects.select_for_update().get(pk=edition.pk)  # one plan at a time
    conflicts.refresh(edition)
    waiting = Letter.objects.filter(kind=LetterKind.ASSIGNMENT, state=LetterState.WAITING, edition=edition)
    proposed = Assignment.objects.filter(submission__edition=edition, state=AssignmentState.PROPOSED, by_hand=False)
    proposed.exclude(pk__in=waiting.values("assignment")).delete()
    problem = expertise.problem_of(edition)
    found = assigning.plan(problem.papers, problem.experts, problem.conflicts, edition.seed)
    made = Assignment.objects.bulk_create(
        Assignment(
            submission_id=choice.paper,
            reviewer_id=choice.expert,
            round=problem.rounds[choice.paper],
            why=[{"code": why.code, "points": why.points, "words": list(why.words)} for why in choice.reasons],
        )
        for choice in found.choices
    )
    log(by, "assignment.planned", edition, {"count": [None, len(made)]})
    return made, [Unplaced(problem.submissions[gap.paper], gap.missing, gap.because) for gap in found.gaps]


@transaction.atomic
def add(submission: Submission, reviewer: Reviewer, *, by: User) -> Assignment:
    """By hand, over any limit but not over a conflict."""
    require(may_lead_review(by, submission) and reviewer.edition_id == submission.edition_id)
    fresh = Submission.objects.select_for_update().get(pk=submission.pk)
    if fresh.state != SubmissionState.SUBMITTED or reviewer.state != ReviewerState.ACCEPTED:
        raise IllegalTransition(fresh, fresh.state, AssignmentState.PROPOSED)
    conflicts.refresh_submission(fresh)
    if kind := forbidden_pairs([fresh], [reviewer]).get((fresh.pk, reviewer.pk)):
        raise InConflict(kind)
    values = {"submission": fresh, "reviewer": reviewer, "round": fresh.round}
    assignment, is_new = Assignment.objects.get_or_create(**values, defaults={"by_hand": True})
    if not is_new:
        raise IllegalTransition(assignment, assignment.state, AssignmentState.PROPOSED)
    log(by, "assignment.proposed", assignment)
    return assignment


def locked(assignment: Assignment) -> Assignment:
    """The assignment as it is now, held; what it points to is read apart from the lock."""
    fresh = Assignment.objects.select_for_update().get(pk=assignment.pk)
    fresh.reviewer = Reviewer.objects.get(pk=fresh.reviewer_id)
    fresh.submission = Submission.objects.select_related("edition", "track").get(pk=fresh.submission_id)
    return fresh


@transaction.atomic
def discard(assignment: Assignment, *, by: User) -> None:
    """A proposal that was not sent; with its letter, if one waits."""
    fresh = locked(assignment)
    require(may_lead_review(by, fresh.submission))
    if fresh.state != AssignmentState.PROPOSED:
        raise IllegalTransition(fresh, fresh.state, "discarded")
    log(by, "assignment.discarded", fresh)
    fresh.delete()  # its waiting letter goes with it


@transaction.atomic
def write_letters(edition: Edition, due_at: datetime.datetime, *, by: User) -> int:
    """Every proposal that has no letter yet gets its due date and one in the outbox; returns how many.

    Proposals that `by` is in conflict with are another chair's to send.
    """
    require(may_lead_programme(by, edition))
    if due_at <= timezone.now():
        raise DueTooSoon
    rows = Assignment.objects.filter(submission__edition=edition, state=AssignmentState.PROPOSED)
    waiting = Letter.objects.filter(kind=LetterKind.ASSIGNMENT, state=LetterState.WAITING)
    rows = rows.exclude(pk__in=waiting.filter(edition=edition).values("assignment"))
    proposals = list(rows.select_for_update(of=("self",)).select_related("submission__edition", "reviewer"))
    hidden = conflicted(by, [assignment.submission for assignment in proposals])
    chosen = [assignment for assignment in proposals if assignment.submission_id not in hidden]
    words = Wordings(edition)
    for assignment in chosen:
        assignment.due_at = due_at
        assignment.save(update_fields=["due_at"])
        write(assignment, LetterKind.ASSIGNMENT, words, by)
    if chosen:
        log(by, "assignment.letters_written", edition, {"count": [None, len(chosen)]})
    return len(chosen)


def write(assignment: Assignment, kind: str, words: Wordings, by: User | None) -> Letter:
    reviewer = assignment.reviewer
    wording = words.get(kind, "", reviewer.language)
    return letters.draft(
        assignment.submission.edition,
        kind,
        letters.written(wording, for_assignment(assignment)),
        email=reviewer.user.email if reviewer.user else reviewer.email,
        name=reviewer.name,
        language=reviewer.language,
        reviewer=reviewer,
        submission=assignment.submission,
        assignment=assignment,
        made_by=by,
    )


@transaction.atomic
def cancel(assignment: Assignment, *, by: User) -> Assignment:
    """Taken back; a review that was written stays with the committee's record, and counts no longer."""
    fresh = locked(assignment)
    require(may_lead_review(by, fresh.submission))
    moving.move_assignment(fresh, AssignmentState.CANCELLED)
    letters.overtaken(fresh.letters.all())
    log(by, "assignment.cancelled", fresh)
    return fresh


@transaction.atomic
def extend(assignment: Assignment, due_at: datetime.datetime, *, by: User) -> Assignment:
    """More time, also after the due moment; reminders begin anew around the new one."""
    fresh = locked(assignment)
    require(may_lead_review(by, fresh.submission))
    if fresh.state not in OPEN_ASSIGNMENTS or fresh.submission.state != SubmissionState.SUBMITTED:
        raise IllegalTransition(fresh, fresh.state, "extended")
    if due_at <= timezone.now():
        raise DueTooSoon
    before = fresh.due_at
    fresh.due_at, fresh.reminded = due_at, []
    fresh.save(update_fields=["due_at", "reminded"])
    log(by, "assignment.extended", fresh, {"due_at": [before and before.isoformat(), due_at.isoformat()]})
    return fresh


def loads(assignments: Iterable[Any]) -> Counter[int]:
    return Counter(assignment.reviewer_id for assignment in assignments if assignment.state in HOLDING)
