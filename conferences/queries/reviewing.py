"""Reviews as the desk and reviewers see them, each page in a fixed number of statements.

What somebody is in conflict with comes without anything of its review, and is in no count.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from conferences.models import (
    Answer,
    Assignment,
    Conflict,
    Criterion,
    Decision,
    Edition,
    Remark,
    Review,
    Reviewer,
    Submission,
    SubmissionFile,
    Track,
)
from conferences.rules.committee import conflicted
from conferences.rules.reviewing import slots_for
from conferences.scoring import Summary, summary, weighted
from conferences.states import AssignmentState, ReviewerState, SubmissionState

COUNTED = (AssignmentState.SENT, AssignmentState.ACCEPTED, AssignmentState.REVIEWED)
OPEN = (AssignmentState.SENT, AssignmentState.ACCEPTED)


@dataclass(slots=True)
class ReviewRow:
    """One assignment with what was written, as the chairs see it. `number`: how the others call its reviewer."""

    assignment: Assignment
    number: int
    score: float | None = None
    is_outlier: bool = False
    is_late: bool = False

    @property
    def review(self) -> Review | None:
        review = getattr(self.assignment, "review", None)
        return review if review and self.assignment.state == AssignmentState.REVIEWED else None


@dataclass(slots=True)
class SubmissionRow:
    """`is_hidden`: the reader is in conflict; nothing else is filled then."""

    submission: Submission
    is_hidden: bool
    reviews: list[ReviewRow] = field(default_factory=list)
    summary: Summary = field(default_factory=lambda: summary([]))
    decision: Decision | None = None
    missing: int = 0

    @property
    def late(self) -> int:
        return sum(row.is_late for row in self.reviews)

    @property
    def may_be_decided(self) -> bool:
        is_open = self.decision is None or self.decision.released_at is None
        return not self.is_hidden and self.submission.state == SubmissionState.SUBMITTED and is_open


def rows_of(submissions: list[Submission], user: User) -> list[SubmissionRow]:
    hidden = conflicted(user, submissions)
    seen = [submission for submission in submissions if submission.pk not in hidden]
    assignments, decisions = assignments_of(seen), decisions_of(seen)
    return [
        SubmissionRow(submission, True)
        if submission.pk in hidden
        else _row(submission, assignments[submission.pk], decisions.get(submission.pk))
        for submission in submissions
    ]


def assignments_of(submissions: Iterable[Submission]) -> dict[int, list[Assignment]]:
    """Of the running round, in the order of their numbers; three statements."""
    rounds = {submission.pk: submission.round for submission in submissions}
    rows = Assignment.objects.filter(submission__in=rounds).select_related("reviewer", "review")
    rows = rows.prefetch_related("review__scores__criterion").order_by("pk")
    found: dict[int, list[Assignment]] = defaultdict(list)
    for row in rows:
        if row.round == rounds[row.submission_id]:
            found[row.submission_id].append(row)
    return found


def decisions_of(submissions: Iterable[Submission]) -> dict[int, Decision]:
    rounds = {submission.pk: submission.round for submission in submissions}
    rows = Decision.objects.filter(submission__in=rounds).select_related("by")
    return {row.submission_id: row for row in rows if row.round == rounds[row.submission_id]}


def _row(submission: Submission, assignments: list[Assignment], decision: Decision | None) -> SubmissionRow:
    now = timezone.now()
    numbered = [row for row in assignments if row.state != AssignmentState.PROPOSED]
    reviews = [
        ReviewRow(row, number, score_of(row), is_late=row.state in OPEN and bool(row.due_at and row.due_at <= now))
        for number, row in enumerate(numbered, 1)
    ]
    whole = summary([row.score for row in reviews])
    for place in whole.outliers:
        reviews[place].is_outlier = True
    counted = sum(row.assignment.state in COUNTED for row in reviews)
    return SubmissionRow(submission, False, reviews, whole, decision, max(submission.edition.reviews_each - counted, 0))


def score_of(assignment: Assignment) -> float | None:
    """The weighted mean of a review that was handed over."""
    if assignment.state != AssignmentState.REVIEWED:
        return None
    review = assignment.review
    return weighted([(score.points, score.criterion.weight) for score in review.scores.all()])


def submission_numbered(edition: Edition, number: int) -> Submission | None:
    rows = Submission.objects.filter(edition=edition).handed_in()
    return rows.select_related("edition", "track", "submitter").filter(number=number).first()


def earlier_reviews(submission: Submission) -> "QuerySet[Review]":
    """Of the rounds before."""
    rows = Review.objects.filter(assignment__submission=submission, assignment__round__lt=submission.round)
    return rows.filter(submitted_at__isnull=False).select_related("assignment__reviewer").order_by("assignment__pk")


def remarks_of(submission: Submission, round_number: int) -> list[tuple[Remark, int | None]]:
    """With the number of the reviewer who wrote each; none for the committee. A reviewer is never named to others."""
    rows = Remark.objects.filter(submission=submission, round=round_number).select_related("by")
    numbers = numbers_in(submission, round_number)
    return [(row, numbers.get(row.by_id)) for row in rows]


def numbers_in(submission: Submission, round_number: int) -> dict[int | None, int]:
    """{user: number}: in the order in which they were asked."""
    rows = Assignment.objects.filter(submission=submission, round=round_number).exclude(state=AssignmentState.PROPOSED)
    return {user: number for number, user in enumerate(rows.order_by("pk").values_list("reviewer__user", flat=True), 1)}


def other_reviews(assignment: Assignment) -> list[tuple[int, Review]]:
    """What the others handed over, by number; for a reviewer who has judged, too."""
    rows = Review.objects.filter(
        assignment__submission=assignment.submission_id,
        assignment__round=assignment.round,
        assignment__state=AssignmentState.REVIEWED,
    ).exclude(assignment=assignment)
    numbers = numbers_in(assignment.submission, assignment.round)
    return sorted(
        ((numbers[row.assignment.reviewer.user_id], row) for row in rows.select_related("assignment__reviewer")),
        key=lambda pair: pair[0],
    )


def reviewers_of(edition: Edition) -> "QuerySet[Reviewer]":
    """With tracks and expertise; counts of their work are `loads_of`."""
    rows = Reviewer.objects.filter(edition=edition).select_related("user")
    return rows.prefetch_related("tracks", "pmks", "methods").order_by("state", "name", "pk")


def loads_of(edition: Edition, user: User) -> dict[int, dict[str, Any]]:
    """{reviewer: counts}, without what the reader is in conflict with, which would tell who reviews it."""
    hidden = conflicted(user, Submission.objects.filter(edition=edition).only("pk"))
    rows = Assignment.objects.filter(submission__edition=edition).exclude(submission__in=hidden)
    counted = rows.values("reviewer").annotate(
        open=Count("pk", filter=Q(state__in=OPEN)),
        done=Count("pk", filter=Q(state=AssignmentState.REVIEWED)),
        declined=Count("pk", filter=Q(state=AssignmentState.DECLINED)),
        proposed=Count("pk", filter=Q(state=AssignmentState.PROPOSED)),
    )
    return {row["reviewer"]: dict(row) for row in counted}


def accepted_reviewers(edition: Edition) -> "QuerySet[Reviewer]":
    return Reviewer.objects.filter(edition=edition, state=ReviewerState.ACCEPTED)


def conflicts_on(submission: Submission) -> "QuerySet[Conflict]":
    return Conflict.objects.filter(submission=submission).select_related("user").order_by("kind", "pk")


# What reviewers see.


def my_assignments(user: User) -> list[Assignment]:
    """By edition, the newest first; without what came to be in conflict since."""
    rows = Assignment.objects.filter(reviewer__user=user, reviewer__state=ReviewerState.ACCEPTED)
    shown = (*COUNTED, AssignmentState.DECLINED)
    rows = rows.filter(state__in=shown).select_related("submission__edition", "submission__track", "reviewer")
    found = list(rows.order_by("-submission__edition__starts_on", "state", "due_at", "pk"))
    hidden = conflicted(user, [row.submission for row in found])
    return [row for row in found if row.submission_id not in hidden]


def my_invitations(user: User) -> "QuerySet[Reviewer]":
    rows = Reviewer.objects.filter(user=user, state=ReviewerState.ACCEPTED).select_related("edition")
    return rows.order_by("-edition__starts_on")


def assignment_of(user: User, pk: int) -> Assignment | None:
    rows = Assignment.objects.filter(pk=pk, reviewer__user=user).exclude(state=AssignmentState.PROPOSED)
    return rows.select_related("submission__edition", "submission__track", "reviewer").first()


def files_for(assignment: Assignment) -> list[SubmissionFile]:
    """The newest of each slot up to this round."""
    rows = SubmissionFile.objects.filter(
        submission=assignment.submission_id, slot__in=slots_for(assignment), round__lte=assignment.round
    ).select_related("blob")
    newest: dict[str, SubmissionFile] = {}
    for row in rows.order_by("round"):
        newest[row.slot] = row
    return [newest[slot] for slot in slots_for(assignment) if slot in newest]


def answers_for(assignment: Assignment) -> list[Answer]:
    rows = Answer.objects.filter(submission=assignment.submission_id, question__for_reviewers=True)
    return list(rows.select_related("question").order_by("question__position", "question__pk"))


def criteria_of(track: Track) -> list[Criterion]:
    return list(Criterion.objects.filter(track=track))


def tracks_with_criteria(edition: Edition) -> "QuerySet[Track]":
    return edition.tracks.prefetch_related(
        Prefetch("criteria", Criterion.objects.annotate(used=Count("scores")).order_by("position", "pk"))
    )
