"""What authors may do with what they hand in."""

import datetime

from django.utils import timezone

from accounts.models import User
from conferences import phases
from conferences.models import DateKind, LateLink, Slot, Submission, SubmissionFile
from conferences.rules.committee import conflicted, is_active, may_list_submissions
from conferences.states import SubmissionState


def is_submitter(user: User, submission: Submission) -> bool:
    return is_active(user) and submission.submitter_id == user.pk


def is_in_time(submission: Submission, at: datetime.datetime | None = None) -> bool:
    """Before the deadline of its round, or through a late link that still works."""
    moment = at or timezone.now()
    edition = submission.edition
    if submission.state == SubmissionState.REVISION:
        return not phases.is_past(edition, DateKind.REVISIONS_CLOSE, moment)
    if submission.track.is_open and phases.is_call_open(edition, moment):
        return True
    link = LateLink.objects.filter(submission=submission).first()
    return link is not None and link.is_open_at(moment)


def may_edit(user: User, submission: Submission, at: datetime.datetime | None = None) -> bool:
    """A first version until the call closes, even when it was sent; a revised one until revisions close."""
    if not is_submitter(user, submission) or submission.round > 1 and submission.state == SubmissionState.SUBMITTED:
        return False
    editable = (SubmissionState.DRAFT, SubmissionState.SUBMITTED, SubmissionState.REVISION)
    return submission.state in editable and is_in_time(submission, at)


def may_withdraw(user: User, submission: Submission) -> bool:
    """At any time before the paper is in a volume; a draft is thrown away instead."""
    open_states = (SubmissionState.SUBMITTED, SubmissionState.REVISION, SubmissionState.ACCEPTED)
    return is_submitter(user, submission) and submission.state in open_states


def may_discard(user: User, submission: Submission) -> bool:
    return is_submitter(user, submission) and submission.state == SubmissionState.DRAFT


def working_round(submission: Submission) -> int:
    """The round whose files its author changes now: while a revision is being made, the next one."""
    return submission.round + (submission.state == SubmissionState.REVISION)


def slots_of(submission: Submission) -> list[str]:
    """Which files can be handed in now."""
    if submission.state == SubmissionState.REVISION:
        return [Slot.ANONYMOUS, Slot.FULL, Slot.ANSWER]
    return [Slot.ANONYMOUS, Slot.FULL] if submission.track.wants_paper else []


def may_read_file(user: User, file: SubmissionFile) -> bool:
    """Its author, and of what was handed in the committee that may list; reviewers come by their own way.

    Members of the committee in conflict see no more of it than that it exists.
    """
    submission = file.submission
    if is_submitter(user, submission):
        return True
    is_handed_in = submission.state != SubmissionState.DRAFT and file.round <= submission.round
    may_list = may_list_submissions(user, submission.edition)
    return is_handed_in and may_list and not conflicted(user, [submission])
