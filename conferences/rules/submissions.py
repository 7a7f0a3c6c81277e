"""What authors may do with what they hand in."""

import datetime

from django.utils import timezone

from accounts.models import User
from conferences import phases
from conferences.models import DateKind, LateLink, Submission
from conferences.rules.committee import is_active
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
