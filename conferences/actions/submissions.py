"""What authors do: start, save, send, withdraw, throw away."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language

from accounts.actions import log
from accounts.models import User
from accounts.names import parse_name
from conferences import phases
from conferences.actions import conflicts, reviews, submission_mails, submission_warnings
from conferences.actions.submission_parts import write
from conferences.models import Edition, LateLink, Submission, SubmissionAuthor, Track
from conferences.rules import submissions as rules
from conferences.rules.committee import is_active
from conferences.states import SUBMISSION_TRANSITIONS, SubmissionState
from conferences.submission_checks import Check, unmet
from evidence.actions.common import reason_in, require
from publications.states import check_transition

MOST_DRAFTS = 10  # of one person in one edition


class Closed(Exception):
    """The deadline has passed, or the submission is not with its author any more."""


class Conflict(Exception):
    """Saved in another window since this edit began; nothing was overwritten."""

    def __init__(self, current: Submission) -> None:
        super().__init__(f"submission {current.pk} is at revision {current.revision}")
        self.current = current


class Incomplete(Exception):
    """`missing`: the checks that are not met."""

    def __init__(self, missing: list[Check]) -> None:
        super().__init__([check.field for check in missing])
        self.missing = missing


class TooMany(Exception):
    """Of one's drafts in an edition."""


def locked(submission: Submission) -> Submission:
    """The submission as it is now, held until the transaction ends; its edition is read, not held."""
    fresh = Submission.objects.select_for_update().get(pk=submission.pk)
    fresh.edition, fresh.track = submission.edition, Track.objects.get(pk=fresh.track_id)
    return fresh


@transaction.atomic
def start(track: Track, *, by: User, at: datetime.datetime | None = None) -> Submission:
    """A draft with its submitter as first author."""
    require(is_active(by))
    if not (track.is_open and phases.is_call_open(track.edition, at)):
        raise Closed
    return _begun(track, by)


def _begun(track: Track, by: User) -> Submission:
    User.objects.select_for_update().get(pk=by.pk)  # so that the limit holds for two windows at once
    drafts = Submission.objects.filter(submitter=by, edition=track.edition, state=SubmissionState.DRAFT)
    if drafts.count() >= MOST_DRAFTS:
        raise TooMany
    language = "en" if get_language() == "en" else "id"
    submission = Submission.objects.create(edition=track.edition, track=track, submitter=by, language=language)
    SubmissionAuthor.objects.create(submission=submission, position=1, **_as_author(by))
    log(by, "submission.started", submission)
    return submission


def _as_author(user: User) -> dict[str, Any]:
    known = getattr(user, "person", None)
    name = parse_name(user.name)
    values: dict[str, Any] = {"given_name": name.given, "family_name": name.family or user.email.partition("@")[0]}
    if known is not None:
        values = {"given_name": known.given_name, "family_name": known.family_name}
        values |= {"affiliation": known.affiliation, "orcid": known.orcid or ""}
    return {**values, "email": user.email, "is_presenter": True}


@transaction.atomic
def start_late(link: LateLink, track: Track, *, by: User, at: datetime.datetime | None = None) -> Submission:
    """The one submission of a late link; the same person comes back to it."""
    require(is_active(by))
    fresh = LateLink.objects.select_for_update().get(pk=link.pk)
    if not fresh.is_open_at(at or timezone.now()) or track.edition_id != fresh.edition_id:
        raise Closed
    if fresh.track_id not in (None, track.pk):
        raise Closed
    if fresh.submission is not None:
        require(rules.is_submitter(by, fresh.submission))
        return fresh.submission
    submission = _begun(track, by)
    fresh.submission = submission
    fresh.save(update_fields=["submission"])
    log(by, "late_link.opened", fresh, {"submission": [None, submission.pk]})
    return submission


@transaction.atomic
def save(
    submission: Submission,
    data: dict[str, Any],
    *,
    by: User,
    base_revision: int | None = None,
    at: datetime.datetime | None = None,
) -> Submission:
    """Save the given parts (see `submission_parts.write`).

    Raises `Closed`; `Conflict` if `base_revision` is older than what is stored; `Incomplete` if what was handed in
    already would lack something.
    """
    fresh = locked(submission)
    require_open(by, fresh, at)
    if base_revision is not None and base_revision != fresh.revision:
        raise Conflict(fresh)
    if "track" in data:
        _check_track(fresh, data["track"], at)
    before = {check.field for check in unmet(fresh)} if fresh.state == SubmissionState.SUBMITTED else set()
    changes = write(fresh, data)
    if not changes:
        return fresh
    if "authors" in changes:
        submission_warnings.refresh(fresh)
        if fresh.state == SubmissionState.SUBMITTED:
            conflicts.refresh_submission(fresh)
    fresh.revision += 1
    fresh.saved_at = timezone.now()
    fresh.save(update_fields=["revision", "saved_at"])
    log(by, "submission.edited", fresh, {name: pair for name, pair in changes.items() if name != "answers"})
    is_handed_in = fresh.state == SubmissionState.SUBMITTED
    if is_handed_in and (missing := [check for check in unmet(fresh) if check.field not in before]):
        raise Incomplete(missing)
    return fresh


def require_open(by: User, submission: Submission, at: datetime.datetime | None = None) -> None:
    """Only its submitter learns that it is closed."""
    require(rules.is_submitter(by, submission))
    if not rules.may_edit(by, submission, at):
        raise Closed


def _check_track(submission: Submission, track: Track, at: datetime.datetime | None) -> None:
    """To another one that takes submissions now; a late link may be for one track alone."""
    if track.pk == submission.track_id:
        return
    link = LateLink.objects.filter(submission=submission).first()
    if track.edition_id != submission.edition_id or submission.state == SubmissionState.REVISION:
        raise Closed
    if link is not None and link.track_id is not None:
        raise Closed
    if link is None and not (track.is_open and phases.is_call_open(submission.edition, at)):
        raise Closed


@transaction.atomic
def submit(submission: Submission, *, by: User, at: datetime.datetime | None = None) -> Submission:
    """Hand it in, or hand in its revision; raises `Closed` and `Incomplete`. `at` is for history (demo)."""
    fresh = locked(submission)
    require(rules.is_submitter(by, fresh))
    check_transition(fresh, fresh.state, SubmissionState.SUBMITTED, SUBMISSION_TRANSITIONS)
    require_open(by, fresh, at)
    if missing := unmet(fresh):
        raise Incomplete(missing)
    if fresh.state == SubmissionState.REVISION:
        _hand_in_revision(fresh)
    else:
        _hand_in(fresh, at or timezone.now())
    conflicts.refresh_submission(fresh)
    log(by, "submission.submitted", fresh, {"number": [None, fresh.number], "round": [None, fresh.round]})
    submission_mails.submitted(fresh)
    return fresh


def _hand_in(submission: Submission, now: datetime.datetime) -> None:
    submission.number = _next_number(submission.edition)
    submission.state = SubmissionState.SUBMITTED
    submission.submitted_at = now
    submission.revision += 1
    submission.save(update_fields=["number", "state", "submitted_at", "revision"])
    LateLink.objects.filter(submission=submission, used_at=None).update(used_at=now)


def _next_number(edition: Edition) -> int:
    """One after the other: the edition is held, so that what is rolled back leaves no gap and none is given twice."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    last = Submission.objects.filter(edition=edition).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def _hand_in_revision(submission: Submission) -> None:
    reviews.begin_round(submission)
    submission.state = SubmissionState.SUBMITTED
    submission.revision += 1
    submission.save(update_fields=["state", "revision"])


@transaction.atomic
def withdraw(submission: Submission, reason: str, *, by: User) -> Submission:
    """Its number stays taken; the committee reads the reason."""
    fresh = locked(submission)
    require(rules.is_submitter(by, fresh))
    check_transition(fresh, fresh.state, SubmissionState.WITHDRAWN, SUBMISSION_TRANSITIONS)
    require(rules.may_withdraw(by, fresh))
    fresh.state = SubmissionState.WITHDRAWN
    fresh.withdrawn_at, fresh.withdrawal_reason = timezone.now(), reason_in(reason)[:1000]
    fresh.save(update_fields=["state", "withdrawn_at", "withdrawal_reason"])
    reviews.end(fresh)
    log(by, "submission.withdrawn", fresh)
    submission_mails.withdrawn(fresh)
    return fresh


@transaction.atomic
def discard(submission: Submission, *, by: User) -> None:
    """A draft that was never sent; nothing of it stays. A late link that it came through can begin another."""
    fresh = locked(submission)
    require(rules.may_discard(by, fresh))
    LateLink.objects.filter(submission=fresh).update(submission=None)
    log(by, "submission.discarded", fresh)
    fresh.delete()


def forget(user: User) -> None:
    """An account is deleted: drafts go with it, what was handed in stays with the committee as it was signed."""
    drafts = Submission.objects.filter(submitter=user, state=SubmissionState.DRAFT)
    LateLink.objects.filter(submission__in=drafts).update(submission=None)
    drafts.delete()
    mine = Submission.objects.filter(submitter=user)
    SubmissionAuthor.objects.filter(submission__in=mine, email__iexact=user.email).update(email="")
    mine.update(note="")
