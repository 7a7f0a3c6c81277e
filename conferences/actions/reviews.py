"""What reviewers do: take on or decline, save, submit, declare a conflict, discuss; and the round after a revision."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import log
from accounts.models import User
from conferences.actions import conflicts, letters, moving
from conferences.actions.assignments import locked
from conferences.actions.common import ChangedMeanwhile, reason_in, require
from conferences.models import Assignment, Criterion, Remark, Review, Score, Submission
from conferences.rules import reviewing as rules
from conferences.states import AssignmentState, LetterState, ReviewerState, SubmissionState
from publications.states import IllegalTransition

TEXTS = ("advice", "confidence", "to_authors", "to_committee")


class Unfinished(ValueError):
    """What a review needs before it is handed over. `missing`: names of fields."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class TooLate(Exception):
    """The due moment has come, or it is decided."""


@transaction.atomic
def accept(assignment: Assignment, *, by: User) -> Assignment:
    fresh = locked(assignment)
    require(rules.is_reviewer(by, fresh))
    _require_running(fresh)
    moving.move_assignment(fresh, AssignmentState.ACCEPTED, answered_at=timezone.now())
    log(by, "assignment.accepted", fresh)
    return fresh


def _require_running(assignment: Assignment) -> None:
    if not rules.is_under_review(assignment) or rules.is_due(assignment):
        raise TooLate


@transaction.atomic
def decline(assignment: Assignment, reason: str, *, by: User) -> Assignment:
    fresh = locked(assignment)
    require(rules.is_reviewer(by, fresh))
    return _decline(fresh, reason_in(reason), by)


def _decline(fresh: Assignment, reason: str, by: User) -> Assignment:
    values = {"decline_reason": reason[:500], "answered_at": timezone.now()}
    moving.move_assignment(fresh, AssignmentState.DECLINED, **values)
    letters.overtaken(fresh.letters.all())
    log(by, "assignment.declined", fresh)  # without the words
    return fresh


@transaction.atomic
def declare_conflict(assignment: Assignment, note: str, *, by: User) -> Assignment:
    """At any time. What was not reviewed is declined; a review that was handed over no longer counts."""
    fresh = locked(assignment)
    require(rules.may_declare_conflict(by, fresh))
    conflicts.declare(fresh.submission, reason_in(note), by=by)
    if fresh.state == AssignmentState.REVIEWED:
        moving.move_assignment(fresh, AssignmentState.CANCELLED)
        letters.overtaken(fresh.letters.all())
        return fresh
    return _decline(fresh, "", by)


def _reviewing(assignment: Assignment, by: User) -> Assignment:
    """Held, and before the due moment."""
    fresh = locked(assignment)
    require(rules.may_read_paper(by, fresh))
    _require_running(fresh)
    return fresh


@transaction.atomic
def save(assignment: Assignment, data: dict[str, Any], *, by: User, base_revision: int | None = None) -> Review:
    """`data`: `TEXTS` and "points" {criterion: 1–5}; what is not given stays. A review once handed over stays whole."""
    fresh = _reviewing(assignment, by)
    review = _store(fresh, data, base_revision)
    if review.submitted_at is not None:
        _require_whole(review)
    return review


@transaction.atomic
def submit(assignment: Assignment, data: dict[str, Any], *, by: User, base_revision: int | None = None) -> Review:
    """Again: the changed review. Raises `Unfinished`, `TooLate`, `ChangedMeanwhile`."""
    fresh = _reviewing(assignment, by)
    review = _store(fresh, data, base_revision)
    _require_whole(review)
    if fresh.state == AssignmentState.ACCEPTED:
        review.submitted_at = timezone.now()
        review.save(update_fields=["submitted_at"])
        moving.move_assignment(fresh, AssignmentState.REVIEWED)
        letters.overtaken(fresh.letters.filter(state=LetterState.WAITING))
    log(by, "review.submitted", fresh)
    return review


def _store(assignment: Assignment, data: dict[str, Any], base_revision: int | None) -> Review:
    review, _new = Review.objects.select_for_update().get_or_create(assignment=assignment)
    if base_revision is not None and base_revision != review.revision:
        raise ChangedMeanwhile
    for name in TEXTS:
        if name in data:
            setattr(review, name, data[name])
    if review.submitted_at is not None and (missing := _missing(review)):
        raise Unfinished(missing)
    review.revision += 1
    review.saved_at = timezone.now()
    review.save()
    for criterion, points in data.get("points", {}).items():
        if points:
            Score.objects.update_or_create(review=review, criterion_id=criterion, defaults={"points": points})
        else:
            Score.objects.filter(review=review, criterion_id=criterion).delete()
    return review


def _missing(review: Review) -> list[str]:
    wanted = {"advice": review.advice, "confidence": review.confidence, "to_authors": review.to_authors.strip()}
    return [name for name, value in wanted.items() if not value]


def _require_whole(review: Review) -> None:
    track = review.assignment.submission.track_id
    given = set(review.scores.values_list("criterion", flat=True))
    rubric = Criterion.objects.filter(track=track).values_list("pk", flat=True)
    if missing := [*_missing(review), *(f"criterion_{pk}" for pk in rubric if pk not in given)]:
        raise Unfinished(missing)


@transaction.atomic
def remark(submission: Submission, text: str, *, by: User) -> Remark:
    """By a chair, or by a reviewer who has handed over their review of this round."""
    fresh = Submission.objects.select_related("edition").select_for_update(of=("self",)).get(pk=submission.pk)
    own = Assignment.objects.filter(submission=fresh, round=fresh.round, reviewer__user=by)
    mine = own.select_related("reviewer", "submission__edition").first()
    require(rules.may_discuss(by, fresh) or (mine is not None and rules.may_discuss_as_reviewer(by, mine)))
    if fresh.state != SubmissionState.SUBMITTED or rules.is_decided(fresh, fresh.round):
        raise TooLate
    made = Remark.objects.create(submission=fresh, round=fresh.round, by=by, text=reason_in(text)[:3000])
    log(by, "review.remarked", made)
    return made


def begin_round(submission: Submission) -> Submission:
    """Call in the transaction in which a revised paper is handed in: state REVISION, row locked by the caller.

    The round counts one more; those who reviewed the last are proposed again, for the chair to send.
    """
    if submission.state != SubmissionState.REVISION:
        raise IllegalTransition(submission, submission.state, SubmissionState.SUBMITTED)
    before = Assignment.objects.filter(submission=submission, round=submission.round, state=AssignmentState.REVIEWED)
    reviewers = list(before.filter(reviewer__state=ReviewerState.ACCEPTED).values_list("reviewer", flat=True))
    submission.round += 1
    submission.save(update_fields=["round"])
    Assignment.objects.bulk_create(
        Assignment(
            submission=submission,
            reviewer_id=pk,
            round=submission.round,
            by_hand=True,
            why=[{"code": "again", "points": 0, "words": []}],
        )
        for pk in reviewers
    )
    return submission


def end(submission: Submission) -> None:
    """Call in the transaction of a withdrawal: nobody reviews it any more, and no letter about it leaves."""
    rows = Assignment.objects.filter(submission=submission)
    for assignment in rows.select_for_update().filter(state__in=rules.UNFINISHED):
        moving.move_assignment(assignment, AssignmentState.CANCELLED)
    letters.overtaken(submission.letters.all())
    rows.filter(state=AssignmentState.PROPOSED).delete()
