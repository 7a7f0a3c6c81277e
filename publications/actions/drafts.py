"""Drafts: start, save, submit, discard, new version."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import log
from accounts.models import User
from publications.checks import Incomplete, unmet
from publications.models import Output, Version, VersionPmks
from publications.rules import editing
from publications.states import VERSION_TRANSITIONS, VersionState, check_transition

from . import notify
from .common import locked_output, locked_version, require
from .fields import COPIED_MANY, SCALARS, empty_value, write
from .files import add_file


class Conflict(Exception):
    """The version was saved by somebody else (or in another tab) since this edit began; nothing was overwritten."""

    def __init__(self, current: Version) -> None:
        super().__init__(f"version {current.pk} is at revision {current.revision}")
        self.current = current


@transaction.atomic
def start_draft(by: User, **fields: Any) -> Version:
    """A new output with an empty first version; `fields` are for the output (sample data, import source)."""
    output = Output.objects.create(owner=by, **fields)
    version = Version.objects.create(output=output, number=1)
    log(by, "output.started", output)
    return version


@transaction.atomic
def start_with_file(by: User, upload: Any) -> Version:
    """A new draft around an uploaded PDF, or nothing at all where the file is refused."""
    version = start_draft(by)
    add_file(version, upload, by=by)
    return version


@transaction.atomic
def save_draft(version: Version, data: dict[str, Any], *, by: User, base_revision: int | None = None) -> Version:
    """Save the given fields (see `fields.write`) and return the version as saved.

    Raises `Conflict` if `base_revision` is given and older than what is stored.
    """
    fresh = locked_version(version)
    require(editing.may_edit(by, fresh))
    if base_revision is not None and base_revision != fresh.revision:
        raise Conflict(fresh)
    changes = write(fresh, data)
    if changes:
        fresh.revision += 1
        fresh.saved_at = timezone.now()
        fresh.save(update_fields=["revision", "saved_at"])
        log(by, "version.edited", fresh.output, changes)
    return fresh


@transaction.atomic
def undo_suggestion(version: Version, field: str, *, by: User) -> Version:
    """Empty a field that was filled from the PDF and forget the suggestion."""
    fresh = locked_version(version)
    require(editing.may_edit(by, fresh))
    if fresh.suggestions.pop(field, None) is None:
        return fresh
    changes = write(fresh, {field: empty_value(field)})
    fresh.revision += 1
    fresh.saved_at = timezone.now()
    fresh.save(update_fields=["suggestions", "revision", "saved_at"])
    log(by, "version.edited", fresh.output, changes)
    return fresh


@transaction.atomic
def submit(version: Version, *, by: User, at: datetime.datetime | None = None) -> Version:
    """Hand a draft or a returned version to the curators; raises `Incomplete` with what is missing.

    `at` is for history (demo).
    """
    before = locked_version(version)
    require(editing.may_submit(by, before))
    fresh = enter_queue(version, by=by, at=at)
    notify.submitted(fresh, resubmitted=before.state == VersionState.RETURNED)
    return fresh


def enter_queue(version: Version, *, by: User, at: datetime.datetime | None = None) -> Version:
    """In the caller's transaction, which has asked whether `by` may."""
    fresh = locked_version(version)
    check_transition(fresh, fresh.state, VersionState.SUBMITTED, VERSION_TRANSITIONS)
    if missing := unmet(fresh):
        raise Incomplete(missing)
    fresh.state = VersionState.SUBMITTED
    fresh.submitted_at = at or timezone.now()
    fresh.suggestions = {}  # who submits has read them: they are the author's words now
    fresh.save(update_fields=["state", "submitted_at", "suggestions"])
    log(by, "version.submitted", fresh.output, {"version": [None, fresh.number]})
    return fresh


@transaction.atomic
def discard(version: Version, *, by: User) -> None:
    """Remove a version that was never submitted, and its output if it has no other; its blobs go with the clean-up."""
    fresh = locked_version(version)
    require(editing.may_discard(by, fresh))
    output = fresh.output
    log(by, "version.discarded", output, {"title": [fresh.title, None], "version": [fresh.number, None]})
    fresh.delete()
    if not output.versions.exists():
        output.delete()


@transaction.atomic
def new_version(output: Output, *, by: User, is_correction: bool = False) -> Version:
    """A draft that begins as a copy of the current version, files included; the public one stays until then."""
    fresh = locked_output(output)
    require(editing.may_start_version(by, fresh))
    if open_version := fresh.versions.exclude(state=VersionState.PUBLISHED).first():
        return open_version
    current = fresh.current
    if current is None:
        raise ValueError("a published output has a current version")
    copy = Version(output=fresh, number=current.number + 1)
    for name in SCALARS:
        setattr(copy, name, getattr(current, name))
    copy.change_note, copy.is_correction = "", is_correction
    copy.save()
    _copy_related(current, copy)
    log(by, "version.started", fresh, {"version": [None, copy.number]})
    return copy


def _copy_related(source: Version, copy: Version) -> None:
    for name in COPIED_MANY:
        getattr(copy, name).set(getattr(source, name).all())
    VersionPmks.objects.bulk_create(
        VersionPmks(version=copy, pmks_id=row.pmks_id, is_primary=row.is_primary) for row in source.version_pmks.all()
    )
    for rows in (source.contributors.all(), source.identifiers.all(), source.relations.all(), source.files.all()):
        for row in rows:
            row.pk = None
            row.version = copy
            row.save(force_insert=True)
