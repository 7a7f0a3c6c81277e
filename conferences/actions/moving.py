"""The changes of state in reviewing, each checked against its table; within the transaction of whoever calls."""

from typing import Any

from django.utils import timezone

from accounts.actions import log
from accounts.models import User
from conferences.models import Advice, Assignment, Decision, Reviewer, Submission
from conferences.states import (
    ASSIGNMENT_TRANSITIONS,
    REVIEWER_TRANSITIONS,
    SUBMISSION_TRANSITIONS,
    AssignmentState,
    ReviewerState,
    SubmissionState,
)
from publications.states import IllegalTransition, check_transition

AFTER = {
    Advice.TALK: SubmissionState.ACCEPTED,
    Advice.POSTER: SubmissionState.ACCEPTED,
    Advice.REVISE: SubmissionState.REVISION,
    Advice.REJECT: SubmissionState.REJECTED,
}


def move_assignment(assignment: Assignment, after: AssignmentState, **values: Any) -> None:
    check_transition(assignment, assignment.state, after, ASSIGNMENT_TRANSITIONS)
    _set(assignment, {"state": after, **values})


def move_reviewer(reviewer: Reviewer, after: ReviewerState, **values: Any) -> None:
    check_transition(reviewer, reviewer.state, after, REVIEWER_TRANSITIONS)
    _set(reviewer, {"state": after, **values})


def _set(thing: Assignment | Reviewer | Submission | Decision, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(thing, name, value)
    thing.save(update_fields=list(values))


def release(decision: Decision, by: User) -> Submission:
    """The decision takes effect: its letter leaves in this transaction."""
    submission = Submission.objects.select_for_update().get(pk=decision.submission_id)
    after = AFTER[Advice(decision.outcome)]
    if submission.round != decision.round:
        raise IllegalTransition(submission, submission.state, after)
    check_transition(submission, submission.state, after, SUBMISSION_TRANSITIONS)
    now = timezone.now()
    _set(submission, {"state": after, "accepted_as": decision.presentation, "decided_at": now})
    _set(decision, {"released_at": now})
    log(by, "decision.released", submission, {"state": [SubmissionState.SUBMITTED, after]})
    return submission
