"""Reviewers of an edition: invited by mail address, answering by a signed link, removed, invited again."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from accounts.actions import log
from accounts.models import User
from conferences.actions import conflicts, letters, moving
from conferences.actions.common import reason_in, require
from conferences.models import Assignment, Edition, Letter, LetterKind, Reviewer
from conferences.queries.letters import Wordings
from conferences.queries.values import for_invitation
from conferences.rules.committee import is_active, may_lead_programme
from conferences.states import AssignmentState, EditionState, LetterState, ReviewerState
from publications.states import IllegalTransition

MOST_SUBMISSIONS = 30
OPEN_WORK = (AssignmentState.SENT, AssignmentState.ACCEPTED)


class AddressNotConfirmed(Exception):
    """Only an account whose address was confirmed answers an invitation."""


class AnsweredByAnother(Exception):
    """One account answered already, or this account reviews under another invitation."""


def locked(reviewer: Reviewer) -> Reviewer:
    return Reviewer.objects.select_for_update().get(pk=reviewer.pk)


@transaction.atomic
def invite(edition: Edition, rows: list[dict[str, Any]], *, by: User) -> tuple[list[Reviewer], list[str]]:
    """`rows`: email, name, language, tracks. Letters wait in the outbox; returns also the addresses known already."""
    require(may_lead_programme(by, edition))
    words, made, known = Wordings(edition), [], []
    for row in rows:
        email = row["email"].strip().lower()
        if Reviewer.objects.filter(edition=edition, email__iexact=email).exists():
            known.append(email)
            continue
        reviewer = Reviewer.objects.create(
            edition=edition, email=email, name=row["name"], language=row.get("language") or "id", invited_by=by
        )
        reviewer.tracks.set(row["tracks"])
        _write(reviewer, words, by)
        log(by, "reviewer.invited", reviewer)
        made.append(reviewer)
    if made:
        conflicts.refresh(edition)
    return made, known


def _write(reviewer: Reviewer, words: Wordings, by: User) -> Letter:
    wording = words.get(LetterKind.REVIEWER_INVITATION, "", reviewer.language)
    return letters.draft(
        reviewer.edition,
        LetterKind.REVIEWER_INVITATION,
        letters.written(wording, for_invitation(reviewer)),
        email=reviewer.email,
        name=reviewer.name,
        language=reviewer.language,
        reviewer=reviewer,
        made_by=by,
    )


@transaction.atomic
def invite_again(reviewer: Reviewer, *, by: User) -> Reviewer:
    """Who declined or was removed; a new letter waits in the outbox."""
    require(may_lead_programme(by, reviewer.edition))
    fresh = locked(reviewer)
    moving.move_reviewer(fresh, ReviewerState.INVITED, invited_at=timezone.now(), decline_reason="")
    _write(fresh, Wordings(fresh.edition), by)
    log(by, "reviewer.invited", fresh)
    return fresh


@transaction.atomic
def set_tracks(reviewer: Reviewer, tracks: list[Any], *, by: User) -> None:
    require(may_lead_programme(by, reviewer.edition))
    reviewer.tracks.set(tracks)
    log(by, "reviewer.edited", reviewer)


@transaction.atomic
def remove(reviewer: Reviewer, *, by: User) -> Reviewer:
    """What they have not reviewed is taken back; what they have reviewed stays."""
    require(may_lead_programme(by, reviewer.edition))
    fresh = locked(reviewer)
    moving.move_reviewer(fresh, ReviewerState.REMOVED)
    _take_work_back(fresh)
    log(by, "reviewer.removed", fresh)
    return fresh


def _take_work_back(reviewer: Reviewer) -> None:
    work = Assignment.objects.select_for_update().filter(reviewer=reviewer)
    for assignment in work.filter(state__in=OPEN_WORK):
        moving.move_assignment(assignment, AssignmentState.CANCELLED)
    letters.overtaken(Letter.objects.filter(reviewer=reviewer, state=LetterState.WAITING))
    work.filter(state=AssignmentState.PROPOSED).delete()


def _answering(reviewer: Reviewer, by: User) -> Reviewer:
    """Held; the edition still runs, the account is confirmed and is the one that answered before, if any did."""
    require(is_active(by))
    fresh = locked(reviewer)
    if fresh.edition.state == EditionState.ARCHIVED:
        raise IllegalTransition(fresh, fresh.state, ReviewerState.ACCEPTED)
    if not EmailAddress.objects.filter(user=by, verified=True).exists():
        raise AddressNotConfirmed
    others = Reviewer.objects.filter(edition=fresh.edition, user=by).exclude(pk=fresh.pk)
    if fresh.user_id not in (None, by.pk) or others.exists():
        raise AnsweredByAnother
    return fresh


@transaction.atomic
def accept(reviewer: Reviewer, data: dict[str, Any], *, by: User) -> Reviewer:
    """`data`: pmks, methods, most. Again: what they know is changed."""
    fresh = _answering(reviewer, by)
    if fresh.state == ReviewerState.ACCEPTED:
        fresh.most = data["most"]
        fresh.save(update_fields=["most"])
    else:
        now = timezone.now()
        moving.move_reviewer(fresh, ReviewerState.ACCEPTED, user=by, answered_at=now, most=data["most"])
        log(by, "reviewer.accepted", fresh)
    fresh.pmks.set(data["pmks"])
    fresh.methods.set(data["methods"])
    conflicts.refresh(fresh.edition)
    return fresh


@transaction.atomic
def decline(reviewer: Reviewer, reason: str, *, by: User) -> Reviewer:
    fresh = _answering(reviewer, by)
    values = {"user": by, "answered_at": timezone.now(), "decline_reason": reason_in(reason)[:500]}
    moving.move_reviewer(fresh, ReviewerState.DECLINED, **values)
    _take_work_back(fresh)
    log(by, "reviewer.declined", fresh)
    return fresh
