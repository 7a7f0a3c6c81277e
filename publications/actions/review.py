"""Curation: claim, comment, return, publish, withdraw, reinstate, correct."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions import log
from accounts.models import User
from publications.checks import Incomplete, unmet
from publications.models import Comment, Output, Version
from publications.publicid import new_public_id
from publications.rules import editing
from publications.states import (
    OUTPUT_TRANSITIONS,
    VERSION_TRANSITIONS,
    IllegalTransition,
    OutputState,
    VersionState,
    check_transition,
)

from . import notify
from .common import locked_output, locked_version, require
from .drafts import Conflict
from .fields import write
from .listing import publish_change
from .people import link_people


class ReasonMissing(ValueError):
    """A return or a withdrawal needs a reason that a reader understands."""


def _reason(text: str) -> str:
    if not text.strip():
        raise ReasonMissing
    return text.strip()


def _require_seen(version: Version, seen: str | None) -> None:
    """`seen`: the mark of what the curator has read, so that nothing is decided unread; None where nobody reads."""
    if seen is not None and seen != version.content_mark():
        raise Conflict(version)


@transaction.atomic
def claim(version: Version, *, by: User) -> Version:
    """Take a submitted version in hand, also from another curator."""
    fresh = _submitted(version, by)
    previous, fresh.claimed_by = fresh.claimed_by, by
    fresh.save(update_fields=["claimed_by"])
    log(by, "version.claimed", fresh.output, {"claimed_by": [str(previous) if previous else None, str(by)]})
    return fresh


@transaction.atomic
def release(version: Version, *, by: User) -> Version:
    fresh = _submitted(version, by)
    fresh.claimed_by = None
    fresh.save(update_fields=["claimed_by"])
    log(by, "version.released", fresh.output)
    return fresh


def _submitted(version: Version, by: User) -> Version:
    fresh = locked_version(version)
    require(editing.may_curate(by, fresh))
    if fresh.state != VersionState.SUBMITTED:
        raise IllegalTransition(fresh, fresh.state, "in hand")
    return fresh


@transaction.atomic
def comment(version: Version, text: str, *, by: User, field: str = "") -> Comment:
    """Write in the thread; the other side gets a mail."""
    require(editing.may_comment(by, version))
    made = Comment.objects.create(version=version, author=by, field=field, text=_reason(text))
    log(by, "version.commented", version.output, {"field": [None, field]})
    notify.commented(made)
    return made


@transaction.atomic
def resolve_comment(made: Comment, *, by: User) -> None:
    require(editing.may_comment(by, made.version))
    made.resolved_at = timezone.now()
    made.save(update_fields=["resolved_at"])


@transaction.atomic
def return_to_author(version: Version, reason: str, *, by: User, seen: str | None = None) -> Version:
    """`seen`: see `_require_seen`."""
    fresh = locked_version(version)
    require(editing.may_curate(by, fresh))
    check_transition(fresh, fresh.state, VersionState.RETURNED, VERSION_TRANSITIONS)
    _require_seen(fresh, seen)
    text = _reason(reason)
    Comment.objects.create(version=fresh, author=by, text=text, is_return_reason=True)
    fresh.state = VersionState.RETURNED
    fresh.returned_at = timezone.now()
    fresh.claimed_by = by
    fresh.save(update_fields=["state", "returned_at", "claimed_by"])
    log(by, "version.returned", fresh.output, {"reason": [None, text]})
    notify.returned(fresh, text)
    return fresh


@transaction.atomic
def publish(version: Version, *, by: User, at: datetime.datetime | None = None, seen: str | None = None) -> Output:
    """Approve a submitted version: it becomes what the public sees, under the output's lasting identifier.

    `at` is for history (demo, import); `seen`: see `_require_seen`. Raises `Incomplete` when something required is
    missing.
    """
    fresh = locked_version(version)
    output = fresh.output
    require(editing.may_curate(by, fresh))
    check_transition(fresh, fresh.state, VersionState.PUBLISHED, VERSION_TRANSITIONS)
    if output.state == OutputState.WITHDRAWN:
        raise IllegalTransition(output, output.state, OutputState.PUBLISHED)
    _require_seen(fresh, seen)
    if missing := unmet(fresh):
        raise Incomplete(missing)
    fresh.state, fresh.curator, fresh.published_at = VersionState.PUBLISHED, by, at or timezone.now()
    fresh.claimed_by = None
    fresh.save(update_fields=["state", "curator", "published_at", "claimed_by"])
    link_people(fresh)
    _make_current(output, fresh)
    log(by, "version.published", output, {"version": [None, fresh.number], "public_id": [None, output.public_id]})
    publish_change([output])
    notify.published(fresh)
    return output


def _make_current(output: Output, version: Version) -> None:
    """Point the output to its new public version; a first one also gets the identifier (retried on a collision)."""
    output.current = version
    output.type, output.sort_date = version.type, version.date
    output.year = version.date.year if version.date else None
    if output.state == OutputState.UNPUBLISHED:
        check_transition(output, output.state, OutputState.PUBLISHED, OUTPUT_TRANSITIONS)
        output.state = OutputState.PUBLISHED
        output.first_published_at = version.published_at
    fields = ["current", "type", "sort_date", "year", "state", "first_published_at", "public_id"]
    for _attempt in range(20):
        output.public_id = output.public_id or new_public_id()
        try:
            with transaction.atomic():
                output.save(update_fields=fields)
        except IntegrityError as error:
            if "public_id" not in str(error):
                raise
            output.public_id = None
        else:
            return
    raise RuntimeError("no free public identifier found")


@transaction.atomic
def withdraw(output: Output, reason: str, *, by: User) -> Output:
    """Take an output back: its page becomes a tombstone with this reason, its citation stays."""
    fresh = locked_output(output)
    require(editing.may_withdraw(by, fresh))
    check_transition(fresh, fresh.state, OutputState.WITHDRAWN, OUTPUT_TRANSITIONS)
    fresh.withdrawal_reason = _reason(reason)
    fresh.state, fresh.withdrawn_at = OutputState.WITHDRAWN, timezone.now()
    fresh.save(update_fields=["state", "withdrawn_at", "withdrawal_reason"])
    log(by, "output.withdrawn", fresh, {"reason": [None, fresh.withdrawal_reason]})
    publish_change([fresh])
    notify.withdrawn(fresh)
    return fresh


@transaction.atomic
def reinstate(output: Output, reason: str, *, by: User) -> Output:
    """Undo a withdrawal; the reason goes to the log."""
    fresh = locked_output(output)
    require(editing.may_withdraw(by, fresh))
    if fresh.state != OutputState.WITHDRAWN:
        raise IllegalTransition(fresh, fresh.state, OutputState.PUBLISHED)
    check_transition(fresh, fresh.state, OutputState.PUBLISHED, OUTPUT_TRANSITIONS)
    text = _reason(reason)
    fresh.state, fresh.withdrawn_at, fresh.withdrawal_reason = OutputState.PUBLISHED, None, ""
    fresh.save(update_fields=["state", "withdrawn_at", "withdrawal_reason"])
    log(by, "output.reinstated", fresh, {"reason": [None, text]})
    publish_change([fresh])
    return fresh


@transaction.atomic
def correct(version: Version, data: dict[str, Any], note: str, *, by: User, seen: str | None = None) -> Version:
    """Mend the metadata of the current public version in place (a typing error, a wrong PMKS); logged with its note.

    A correction of the content is a new version with `is_correction`. `seen`: see `_require_seen`.
    """
    fresh = locked_version(version)
    require(editing.may_curate(by, fresh))
    if fresh.output.state != OutputState.PUBLISHED or fresh.output.current_id != fresh.pk:
        raise IllegalTransition(fresh, fresh.state, "corrected")
    _require_seen(fresh, seen)
    changes = write(fresh, data)
    if not changes:
        return fresh
    fresh.revision += 1
    fresh.save(update_fields=["revision"])
    if missing := unmet(fresh):
        raise Incomplete(missing)
    link_people(fresh)
    log(by, "version.corrected", fresh.output, {**changes, "note": [None, _reason(note)]})
    publish_change([fresh.output])
    return fresh
