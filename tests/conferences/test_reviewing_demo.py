"""The sample reviews: through the actions people use, with something waiting for everybody."""

import pytest

from conferences.demo.accounts import PROGRAMME_CHAIR, REVIEWER, user_of
from conferences.demo.reviewing import load_reviews
from conferences.models import Assignment, DateKind, Letter, LetterKind, Remark, Review, Reviewer
from conferences.queries.reviewing import my_assignments
from conferences.states import AssignmentState, LetterState, ReviewerState
from publications.demo.accounts import create_accounts
from tests.factories.conferences import committee, make_edition, make_submission, make_track

pytestmark = pytest.mark.django_db


def test_the_edition_is_in_the_middle_of_reviewing() -> None:
    create_accounts()
    edition = make_edition(dates={DateKind.SUBMISSIONS_CLOSE: -12, DateKind.REVIEWS_DUE: 9})
    committee(edition, "programme_chair", user=user_of(PROGRAMME_CHAIR))
    for track in (make_track(edition), make_track(edition)):
        for _ in range(4):
            make_submission(track, pmks=["PMKS-08"], methods=["camp"])
    count = load_reviews(edition)
    assert count == Review.objects.filter(submitted_at__isnull=False).count() > 10
    states = set(Assignment.objects.values_list("state", flat=True))
    assert states == {AssignmentState.SENT, AssignmentState.ACCEPTED, AssignmentState.REVIEWED}
    assert Reviewer.objects.filter(state=ReviewerState.INVITED).count() == 1
    waiting = Letter.objects.filter(state=LetterState.WAITING)
    assert {LetterKind.REVIEWER_INVITATION, LetterKind.REMINDER} == set(waiting.values_list("kind", flat=True))
    assert Remark.objects.count() == 2
    assert len(my_assignments(user_of(REVIEWER))) > 1
