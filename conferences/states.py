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


class FinalState(models.TextChoices):
    """A final paper: handed in, taken by the editor, given back."""

    WAITING = "waiting", pgettext_lazy("final paper", "to be looked at")
    APPROVED = "approved", pgettext_lazy("final paper", "taken into the proceedings")
    RETURNED = "returned", pgettext_lazy("final paper", "given back")


# A new file begins again at `waiting`, as long as the volume is not published.
FINAL_TRANSITIONS: dict[str, frozenset[str]] = {
    FinalState.WAITING: frozenset({FinalState.APPROVED, FinalState.RETURNED}),
    FinalState.APPROVED: frozenset({FinalState.RETURNED, FinalState.WAITING}),
    FinalState.RETURNED: frozenset({FinalState.WAITING}),
}


class RegistrationState(models.TextChoices):
    """Somebody who wants to come."""

    REQUESTED = "requested", pgettext_lazy("registration", "waiting for the committee")
    WAITING = "waiting", pgettext_lazy("registration", "on the waiting list")
    CONFIRMED = "confirmed", pgettext_lazy("registration", "confirmed")
    DECLINED = "declined", pgettext_lazy("registration", "declined")
    CANCELLED = "cancelled", pgettext_lazy("registration", "cancelled")


REGISTRATION_TRANSITIONS: dict[str, frozenset[str]] = {
    RegistrationState.REQUESTED: frozenset(
        {
            RegistrationState.CONFIRMED,
            RegistrationState.WAITING,
            RegistrationState.DECLINED,
            RegistrationState.CANCELLED,
        }
    ),
    RegistrationState.WAITING: frozenset(
        {RegistrationState.CONFIRMED, RegistrationState.DECLINED, RegistrationState.CANCELLED}
    ),
    RegistrationState.CONFIRMED: frozenset({RegistrationState.CANCELLED}),
    RegistrationState.DECLINED: frozenset({RegistrationState.CONFIRMED, RegistrationState.WAITING}),
    RegistrationState.CANCELLED: frozenset(),
}
ACTIVE_REGISTRATIONS = frozenset({RegistrationState.REQUESTED, RegistrationState.WAITING, RegistrationState.CONFIRMED})


class VolumeState(models.TextChoices):
    PREPARING = "preparing", pgettext_lazy("volume", "in preparation")
    PUBLISHED = "published", pgettext_lazy("volume", "published")


VOLUME_TRANSITIONS: dict[str, frozenset[str]] = {
    VolumeState.PREPARING: frozenset({VolumeState.PUBLISHED}),
    VolumeState.PUBLISHED: frozenset(),
}


class BuildState(models.TextChoices):
    """The making of a volume's PDF."""

    WAITING = "waiting", pgettext_lazy("build", "waiting")
    RUNNING = "running", pgettext_lazy("build", "being made")
    DONE = "done", pgettext_lazy("build", "made")
    FAILED = "failed", pgettext_lazy("build", "failed")


BUILD_TRANSITIONS: dict[str, frozenset[str]] = {
    BuildState.WAITING: frozenset({BuildState.RUNNING, BuildState.FAILED}),
    BuildState.RUNNING: frozenset({BuildState.DONE, BuildState.FAILED}),
    BuildState.DONE: frozenset(),
    BuildState.FAILED: frozenset(),
}
