"""Conflicts of interest: made anew from our records, declared, entered, taken back."""

from collections.abc import Iterable

from django.db import transaction

from accounts.actions import log
from accounts.models import User
from conferences.actions.common import reason_in, require
from conferences.models import Conflict, ConflictKind, Edition, Reviewer, Submission
from conferences.queries.conflicts import OWN_KINDS, found_in_records
from conferences.rules.committee import may_lead_review
from conferences.states import SubmissionState

OVER = (SubmissionState.DRAFT, SubmissionState.WITHDRAWN)


@transaction.atomic
def refresh(edition: Edition, submissions: Iterable[Submission] | None = None) -> int:
    """Call after a submission, its authors, a reviewer or the committee changed; returns how many rows changed."""
    chosen = list(edition.submissions.exclude(state__in=OVER) if submissions is None else submissions)
    now = found_in_records(edition, chosen)
    rows = Conflict.objects.filter(submission__in=chosen, kind__in=OWN_KINDS, made_by=None)
    before = {(row.submission_id, row.user_id, row.email, str(row.kind)): row.pk for row in rows}
    gone = [pk for key, pk in before.items() if key not in now]
    new = [
        Conflict(submission_id=submission, user_id=user, email=email, kind=kind)
        for submission, user, email, kind in sorted(now - before.keys(), key=repr)
    ]
    Conflict.objects.filter(pk__in=gone).delete()
    Conflict.objects.bulk_create(new, ignore_conflicts=True)
    return len(gone) + len(new)


def refresh_submission(submission: Submission) -> int:
    return refresh(submission.edition, [submission])


def declare(submission: Submission, note: str, *, by: User) -> Conflict:
    """Within the transaction of whoever calls; the words stay off the log."""
    conflict, is_new = Conflict.objects.get_or_create(
        submission=submission,
        user=by,
        email="",
        kind=ConflictKind.DECLARED,
        defaults={"note": note.strip()[:500], "made_by": by},
    )
    if is_new:
        log(by, "conflict.declared", conflict)
    return conflict


@transaction.atomic
def enter(submission: Submission, reviewer: Reviewer, note: str, *, by: User) -> Conflict:
    """By the committee, with a reason."""
    require(may_lead_review(by, submission) and reviewer.edition_id == submission.edition_id)
    whom = {"user": reviewer.user, "email": ""} if reviewer.user_id else {"user": None, "email": reviewer.email}
    conflict, is_new = Conflict.objects.get_or_create(
        submission=submission,
        kind=ConflictKind.FOUND,
        **whom,
        defaults={"note": reason_in(note)[:500], "made_by": by},
    )
    if is_new:
        log(by, "conflict.entered", conflict)
    return conflict


@transaction.atomic
def take_back(conflict: Conflict, *, by: User) -> None:
    """Only what the committee entered itself."""
    require(may_lead_review(by, conflict.submission) and conflict.kind == ConflictKind.FOUND)
    log(by, "conflict.taken_back", conflict)
    conflict.delete()
