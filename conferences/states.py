"""The states of editions, submissions, reviews and letters, and the legal transitions, as data."""

from django.db import models
from django.utils.translation import pgettext_lazy


class EditionState(models.TextChoices):
    """An edition's site: seen by its committee alone, by everybody, by everybody and no longer changed."""

    DRAFT = "draft", pgettext_lazy("edition", "in preparation")
    PUBLIC = "public", pgettext_lazy("edition", "public")
    ARCHIVED = "archived", pgettext_lazy("edition", "archived")


EDITION_TRANSITIONS: dict[str, frozenset[str]] = {
    EditionState.DRAFT: frozenset({EditionState.PUBLIC}),
    EditionState.PUBLIC: frozenset({EditionState.ARCHIVED}),
    EditionState.ARCHIVED: frozenset({EditionState.PUBLIC}),
}


class SubmissionState(models.TextChoices):
    """What becomes of a submission. A decision shows here only once its letter has left."""

    DRAFT = "draft", pgettext_lazy("submission", "draft")
    SUBMITTED = "submitted", pgettext_lazy("submission", "submitted")
    REVISION = "revision", pgettext_lazy("submission", "to be revised")
    ACCEPTED = "accepted", pgettext_lazy("submission", "accepted")
    REJECTED = "rejected", pgettext_lazy("submission", "not accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("submission", "withdrawn")


SUBMISSION_TRANSITIONS: dict[str, frozenset[str]] = {
    SubmissionState.DRAFT: frozenset({SubmissionState.SUBMITTED}),
    SubmissionState.SUBMITTED: frozenset(
        {
            SubmissionState.REVISION,
            SubmissionState.ACCEPTED,
            SubmissionState.REJECTED,
            SubmissionState.WITHDRAWN,
        }
    ),
    SubmissionState.REVISION: frozenset({SubmissionState.SUBMITTED, SubmissionState.WITHDRAWN}),
    SubmissionState.ACCEPTED: frozenset({SubmissionState.WITHDRAWN}),
    SubmissionState.REJECTED: frozenset(),
    SubmissionState.WITHDRAWN: frozenset(),
}
WITH_AUTHOR = frozenset({SubmissionState.DRAFT, SubmissionState.SUBMITTED, SubmissionState.REVISION})


class ReviewerState(models.TextChoices):
    """Somebody asked to review for an edition."""

    INVITED = "invited", pgettext_lazy("reviewer", "invited")
    ACCEPTED = "accepted", pgettext_lazy("reviewer", "takes part")
    DECLINED = "declined", pgettext_lazy("reviewer", "declined")
    REMOVED = "removed", pgettext_lazy("reviewer", "removed")


REVIEWER_TRANSITIONS: dict[str, frozenset[str]] = {
    ReviewerState.INVITED: frozenset({ReviewerState.ACCEPTED, ReviewerState.DECLINED, ReviewerState.REMOVED}),
    ReviewerState.ACCEPTED: frozenset({ReviewerState.DECLINED, ReviewerState.REMOVED}),
    ReviewerState.DECLINED: frozenset({ReviewerState.ACCEPTED, ReviewerState.INVITED}),
    ReviewerState.REMOVED: frozenset({ReviewerState.INVITED}),
}


class AssignmentState(models.TextChoices):
    """One submission in the hand of one reviewer: proposed by us, sent, taken on, reviewed."""

    PROPOSED = "proposed", pgettext_lazy("assignment", "proposed")
    SENT = "sent", pgettext_lazy("assignment", "waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("assignment", "being reviewed")
    DECLINED = "declined", pgettext_lazy("assignment", "declined")
    REVIEWED = "reviewed", pgettext_lazy("assignment", "reviewed")
    CANCELLED = "cancelled", pgettext_lazy("assignment", "taken back")


# A proposed one that is dropped is deleted. A review comes back to its reviewer while the discussion lasts.
ASSIGNMENT_TRANSITIONS: dict[str, frozenset[str]] = {
    AssignmentState.PROPOSED: frozenset({AssignmentState.SENT}),
    AssignmentState.SENT: frozenset({AssignmentState.ACCEPTED, AssignmentState.DECLINED, AssignmentState.CANCELLED}),
    AssignmentState.ACCEPTED: frozenset(
        {AssignmentState.REVIEWED, AssignmentState.DECLINED, AssignmentState.CANCELLED}
    ),
    AssignmentState.DECLINED: frozenset(),
    AssignmentState.REVIEWED: frozenset({AssignmentState.CANCELLED}),
    AssignmentState.CANCELLED: frozenset(),
}
OPEN_ASSIGNMENTS = frozenset({AssignmentState.SENT, AssignmentState.ACCEPTED, AssignmentState.REVIEWED})


class LetterState(models.TextChoices):
    """A letter in the outbox: nothing leaves unseen."""

    WAITING = "waiting", pgettext_lazy("letter", "to be looked at")
    SENT = "sent", pgettext_lazy("letter", "sent")
    DROPPED = "dropped", pgettext_lazy("letter", "not sent")


LETTER_TRANSITIONS: dict[str, frozenset[str]] = {
    LetterState.WAITING: frozenset({LetterState.SENT, LetterState.DROPPED}),
    LetterState.SENT: frozenset(),
    LetterState.DROPPED: frozenset(),
}
