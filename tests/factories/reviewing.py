"""Reviewers, assignments and reviews, made by the actions of the site where that is not too slow."""

import datetime
import itertools
from typing import Any

from django.utils import timezone

from accounts.models import User
from conferences.actions import letters, reviewers, reviews, rubrics
from conferences.models import (
    Assignment,
    Edition,
    Letter,
    LetterKind,
    Reviewer,
    Submission,
    Track,
)
from conferences.states import AssignmentState, LetterState, ReviewerState
from tests.factories.accounts import make_user
from tests.factories.conferences import committee, make_edition, make_submission, make_track

_numbers = itertools.count(1)
DAY = datetime.timedelta(days=1)
REVIEW = {
    "advice": "talk",
    "confidence": 4,
    "to_authors": "Jelas dan bermanfaat.",
    "to_committee": "Rahasia panitia.",
}


def chair(edition: Edition) -> User:
    return committee(edition, "programme_chair")


def make_reviewer(
    edition: Edition, state: str = ReviewerState.ACCEPTED, *, user: User | None = None, **fields: Any
) -> Reviewer:
    """Of every track unless `tracks` says which; with an account if they answered."""
    number = next(_numbers)
    email = fields.pop("email", f"penelaah{number}@contoh.id")
    tracks, pmks = fields.pop("tracks", None), fields.pop("pmks", [])
    answered = state in (ReviewerState.ACCEPTED, ReviewerState.DECLINED)
    if answered and user is None:
        user = make_user(email, name=f"Dewi Penelaah{number}")
    reviewer = Reviewer.objects.create(
        **{
            "edition": edition,
            "email": email,
            "name": f"Dewi Penelaah{number}",
            "state": state,
            "user": user if answered else None,
            "answered_at": timezone.now() if answered else None,
            "invited_by": chair(edition),
            **fields,
        }
    )
    reviewer.tracks.set(edition.tracks.all() if tracks is None else tracks)
    reviewer.pmks.set(pmks)
    return reviewer


def make_assignment(
    submission: Submission,
    state: str = AssignmentState.SENT,
    *,
    reviewer: Reviewer | None = None,
    due: float | datetime.datetime = 14,
    **fields: Any,
) -> Assignment:
    """`due`: days from now, or a moment."""
    due_at = due if isinstance(due, datetime.datetime) else timezone.now() + due * DAY
    sent = state != AssignmentState.PROPOSED
    assignment = Assignment.objects.create(
        **{
            "submission": submission,
            "reviewer": reviewer or make_reviewer(submission.edition),
            "round": submission.round,
            "state": AssignmentState.ACCEPTED if state == AssignmentState.REVIEWED else state,
            "due_at": due_at if sent else None,
            "sent_at": timezone.now() - 30 * DAY if sent else None,
            **fields,
        }
    )
    if state == AssignmentState.REVIEWED:
        give_review(assignment)
    return assignment


def give_review(assignment: Assignment, points: int = 4, **changes: Any) -> None:
    criteria = assignment.submission.track.criteria.all()
    data = {**REVIEW, "points": {line.pk: points for line in criteria}, **changes}
    reviews.submit(assignment, data, by=assignment.reviewer.user)  # type: ignore[arg-type]
    assignment.refresh_from_db()


def make_review_round(count: int = 1, each: int = 2, **edition: Any) -> tuple[Edition, Track, list[Submission]]:
    """An edition with a rubric and submissions."""
    made = make_edition(**{"reviews_each": each, **edition})
    track = make_track(made)
    rubrics.take_usual(track, by=chair(made))
    return made, track, [make_submission(track) for _ in range(count)]


def letter_of(kind: str, **about: Any) -> Letter:
    return Letter.objects.get(kind=kind, state=LetterState.WAITING, **about)


def send(letter: Letter, by: User | None = None) -> Letter:
    return letters.send(letter, by=by or chair(letter.edition), seen=letter.revision)


__all__ = ["LetterKind", "reviewers"]
