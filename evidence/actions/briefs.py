"""Policy briefs: start, gather findings, write, order, delete, make an output of one."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.actions import changes_between, log, values_of
from accounts.models import LogEntry, User
from evidence import rules
from evidence.actions.common import require, without_words
from evidence.briefs import content, description
from evidence.briefs.checks import unmet_for_making
from evidence.checks import Incomplete
from evidence.models import Brief, BriefFinding, Finding
from publications.actions import drafts
from publications.actions.files import add_file
from publications.models import Output, Version
from publications.typesetting import typeset

TEXTS = ("title_id", "title_en", "message_id", "message_en")
NOTES = ("note_id", "note_en")
HOUR = datetime.timedelta(hours=1)


class Conflict(Exception):
    """The brief was saved in another tab since this edit began; nothing was overwritten."""


class TooMany(ValueError):
    """More findings than anybody reads in a brief."""


class TooManyMade(Exception):
    """`again_at`: when the next document may be made."""

    def __init__(self, again_at: datetime.datetime) -> None:
        super().__init__(again_at)
        self.again_at = again_at


@transaction.atomic
def start(by: User, findings: Iterable[Finding] = (), **texts: str) -> Brief:
    require(rules.may_write_briefs(by))
    brief = Brief.objects.create(owner=by, **texts)
    log(by, "brief.started", brief)
    add_findings(brief, findings, by=by)
    brief.refresh_from_db()
    return brief


@transaction.atomic
def add_findings(brief: Brief, findings: Iterable[Finding], *, by: User) -> int:
    """At the end, in this order; how many were new. What is not public is passed over."""
    fresh = _locked(brief, by)
    ids = [finding.pk for finding in findings]
    public = set(Finding.objects.public().filter(pk__in=ids).values_list("pk", flat=True))
    known = set(fresh.items.values_list("finding_id", flat=True))
    added = [pk for pk in dict.fromkeys(ids) if pk in public - known]
    if len(known) + len(added) > rules.MOST_BRIEF_FINDINGS:
        raise TooMany
    last = fresh.items.count()
    BriefFinding.objects.bulk_create(
        BriefFinding(brief=fresh, finding_id=pk, position=place) for place, pk in enumerate(added, last + 1)
    )
    _number(fresh)
    if added:
        _changed(fresh, by, {"findings": [None, added]})
    return len(added)


@transaction.atomic
def save(
    brief: Brief,
    data: Mapping[str, str],
    notes: Mapping[int, Mapping[str, str]] | None = None,
    *,
    by: User,
    base_revision: int | None = None,
) -> Brief:
    """`data`: any of `TEXTS`; `notes`: remarks by finding. Raises `Conflict` as `findings.edit` does."""
    fresh = _locked(brief, by)
    _require_revision(fresh, base_revision)
    before = values_of(fresh, TEXTS)
    for name in TEXTS:
        setattr(fresh, name, data.get(name, getattr(fresh, name)))
    changes = changes_between(before, values_of(fresh, TEXTS))
    for item in fresh.items.all():
        changes |= _note(item, (notes or {}).get(item.finding_id, {}))
    if changes:
        _changed(fresh, by, without_words(changes, changes), TEXTS)
    return fresh


def _note(item: BriefFinding, texts: Mapping[str, str]) -> dict[str, list[Any]]:
    before = values_of(item, NOTES)
    for name in NOTES:
        setattr(item, name, texts.get(name, getattr(item, name)))
    changes = changes_between(before, values_of(item, NOTES))
    if changes:
        item.save(update_fields=NOTES)
    return {f"{name} ({item.finding_id})": pair for name, pair in changes.items()}


def _require_revision(fresh: Brief, base_revision: int | None) -> None:
    if base_revision is not None and base_revision != fresh.revision:
        raise Conflict


@transaction.atomic
def move(brief: Brief, finding: int, by_places: int, *, by: User) -> Brief:
    """Earlier (negative) or later; at the ends nothing happens."""
    fresh = _locked(brief, by)
    order = list(fresh.items.values_list("finding_id", flat=True))
    if finding not in order:
        return fresh
    place = order.index(finding)
    there = min(max(place + by_places, 0), len(order) - 1)
    if there != place:
        order.insert(there, order.pop(place))
        _number(fresh, order)
        _changed(fresh, by, {"position": [f"{finding}: {place + 1}", f"{finding}: {there + 1}"]})
    return fresh


@transaction.atomic
def remove(brief: Brief, finding: int, *, by: User) -> Brief:
    fresh = _locked(brief, by)
    if fresh.items.filter(finding=finding).delete()[0]:
        _number(fresh)
        _changed(fresh, by, {"findings": [finding, None]})
    return fresh


def _number(brief: Brief, order: list[int] | None = None) -> None:
    items = {item.finding_id: item for item in brief.items.all()}
    for position, finding in enumerate(order or list(items), 1):
        items[finding].position = position
    BriefFinding.objects.bulk_update(items.values(), ["position"])


def _changed(brief: Brief, by: User, changes: dict[str, Any], fields: Iterable[str] = ()) -> None:
    brief.revision += 1
    brief.changed_at = timezone.now()
    brief.save(update_fields=["revision", "changed_at", *fields])
    log(by, "brief.edited", brief, changes)


@transaction.atomic
def delete(brief: Brief, *, by: User) -> None:
    """The draft of an output that was made from it stays where it is, in the deposit."""
    fresh = _held(brief)
    require(rules.may_delete_brief(by, fresh))
    log(by, "brief.deleted", fresh)  # without its words: nobody else has read them
    fresh.delete()


def make_output(brief: Brief, *, by: User, on: datetime.date | None = None) -> Version:
    """A draft of an output with the brief as its document, or its draft with a new one.

    Raises `Incomplete`, and `TooManyMade`. The document is typeset before anything is held; `Conflict` if the brief was
    saved meanwhile.
    """
    require(rules.may_edit_brief(by, brief))
    if missing := unmet_for_making(brief):
        raise Incomplete(missing)
    _refuse_many(by)
    day = on or timezone.localdate()
    pdf = typeset(content.TEMPLATE, content.content_of(brief, by, day))
    return _into_output(brief, pdf, day, by)


def _refuse_many(by: User) -> None:
    """Each document costs the machine some seconds and a place on its disk."""
    now = timezone.now()
    made = LogEntry.objects.filter(actor=by, action="brief.made", at__gt=now - HOUR).order_by("-at")
    times = list(made.values_list("at", flat=True)[: rules.MOST_MADE_AN_HOUR])
    if len(times) == rules.MOST_MADE_AN_HOUR:
        raise TooManyMade(times[-1] + HOUR)


@transaction.atomic
def _into_output(brief: Brief, pdf: bytes, day: datetime.date, by: User) -> Version:
    User.objects.select_for_update().get(pk=by.pk)  # so that the limit holds for two windows at once
    _refuse_many(by)
    fresh = _locked(brief, by)
    if fresh.revision != brief.revision or unmet_for_making(fresh):
        raise Conflict
    version = rules.open_version_of(fresh)
    if version is None:
        version = drafts.start_draft(by)
        data = description.first_description(fresh, by, day)
    else:
        data = description.renewed_description(fresh, version)
    version = drafts.save_draft(version, data, by=by)
    add_file(version, ContentFile(pdf, name=content.FILE_NAME), by=by)
    if fresh.findings.filter(output__is_sample=True).exists():  # what rests on invented data says so, too
        Output.objects.filter(pk=version.output_id).update(is_sample=True)
    fresh.output = version.output
    fresh.save(update_fields=["output"])
    log(by, "brief.made", fresh, {"output": [None, str(version.output)], "revision": [None, fresh.revision]})
    return version


def forget(user: User) -> None:
    """An account is deleted: what it has not shown to anybody goes with it."""
    Brief.objects.filter(owner=user, output=None).delete()


def _held(brief: Brief) -> Brief:
    return Brief.objects.select_for_update().get(pk=brief.pk)


def _locked(brief: Brief, by: User) -> Brief:
    """The brief as it is now, held until the transaction ends, if this user may edit it."""
    fresh = _held(brief)
    require(rules.may_edit_brief(by, fresh))
    return fresh
