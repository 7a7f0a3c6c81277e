"""Who may see and do what in reviewing. Whoever is in conflict with a submission sees nothing of its review."""

import datetime

from django.utils import timezone

from accounts.models import User
from conferences.models import Assignment, Blinding, Decision, Edition, Letter, Slot, Submission
from conferences.rules.committee import (
    ORGANISERS,
    PROGRAMME,
    R,
    conflicted,
    has_role,
    is_active,
    may_lead_review,
    may_see_reviews,
    may_send_letters,
)
from conferences.states import AssignmentState, EditionState, ReviewerState, SubmissionState

READING = (AssignmentState.ACCEPTED, AssignmentState.REVIEWED)
UNFINISHED = (AssignmentState.SENT, AssignmentState.ACCEPTED)
FIRST_ROUND = 1


def may_open_reviewing(user: User, edition: Edition) -> bool:
    """Progress and scores: chairs of the programme and of tracks; each submission asks `may_see_reviews` again."""
    return has_role(user, edition, PROGRAMME | {R.TRACK_CHAIR})


def may_open_programme_desk(user: User, edition: Edition) -> bool:
    """Reviewers, assignment, rubrics, wording; of an archived edition to read alone."""
    return has_role(user, edition, PROGRAMME)


def may_open_outbox(user: User, edition: Edition) -> bool:
    return has_role(user, edition, ORGANISERS | PROGRAMME)


def may_send_letter(user: User, letter: Letter) -> bool:
    """Neither send nor read what concerns a submission one is in conflict with."""
    if not may_send_letters(user, letter.edition):
        return False
    return letter.submission is None or not conflicted(user, [letter.submission])


def is_reviewer(user: User, assignment: Assignment) -> bool:
    """Its reviewer, still taking part, and without a conflict that came to light since."""
    reviewer = assignment.reviewer
    is_own = is_active(user) and reviewer.user_id == user.pk and reviewer.state == ReviewerState.ACCEPTED
    return is_own and not conflicted(user, [assignment.submission])


def may_answer(user: User, assignment: Assignment) -> bool:
    """Accept or decline, having seen the abstract alone."""
    return assignment.state == AssignmentState.SENT and is_under_review(assignment) and is_reviewer(user, assignment)


def may_read_paper(user: User, assignment: Assignment) -> bool:
    """Files, answers for reviewers, rubric: once the assignment is accepted."""
    return assignment.state in READING and is_reviewer(user, assignment)


def is_under_review(assignment: Assignment) -> bool:
    """This round is the running one, and nothing is decided."""
    submission = assignment.submission
    return (
        submission.state == SubmissionState.SUBMITTED
        and submission.round == assignment.round
        and submission.edition.state != EditionState.ARCHIVED
        and not is_decided(submission, assignment.round)
    )


def is_decided(submission: Submission, round_number: int) -> bool:
    return Decision.objects.filter(submission=submission, round=round_number).exists()


def is_due(assignment: Assignment, at: datetime.datetime | None = None) -> bool:
    """At the due moment itself it is too late."""
    return assignment.due_at is not None and assignment.due_at <= (at or timezone.now())


def may_review(user: User, assignment: Assignment, at: datetime.datetime | None = None) -> bool:
    """Write and change the review, until the due moment or the decision."""
    return may_read_paper(user, assignment) and not is_due(assignment, at) and is_under_review(assignment)


def may_give_back(user: User, assignment: Assignment) -> bool:
    """Decline later than at first, or declare a conflict: as long as one may not have judged."""
    return assignment.state in UNFINISHED and is_reviewer(user, assignment)


def may_declare_conflict(user: User, assignment: Assignment) -> bool:
    """At any time, also after the review."""
    return assignment.state in (AssignmentState.SENT, *READING) and is_reviewer(user, assignment)


def may_discuss_as_reviewer(user: User, assignment: Assignment) -> bool:
    """Who has judged: not before, so that nobody is led by the others."""
    return assignment.state == AssignmentState.REVIEWED and is_reviewer(user, assignment)


def may_discuss(user: User, submission: Submission) -> bool:
    return may_lead_review(user, submission) and submission.state == SubmissionState.SUBMITTED


def blinding_of(edition: Edition, round_number: int) -> str:
    return edition.first_blinding if round_number == FIRST_ROUND else edition.revision_blinding


def knows_authors(assignment: Assignment) -> bool:
    return blinding_of(assignment.submission.edition, assignment.round) == Blinding.SINGLE


def slots_for(assignment: Assignment) -> list[str]:
    """Which files of the paper a reviewer gets."""
    slots = [Slot.ANONYMOUS, Slot.ANSWER]
    return [*slots, Slot.FULL] if knows_authors(assignment) else list(slots)


__all__ = ["may_lead_review", "may_see_reviews"]
