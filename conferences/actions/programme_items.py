"""What is given in sessions: added, edited, ordered, moved to another session, removed; submissions placed in a row."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actions import log
from accounts.models import User
from conferences.actions.parts import TooMany
from conferences.actions.programme import Gone, check_own, fresh_session, held, touched
from conferences.models import ProgrammeItem, ProgrammeSession, SessionKind, Submission
from conferences.states import SubmissionState

FIELDS = ("submission", "speaker", "title_id", "title_en", "starts_at", "minutes", "board")
MOST = 200  # items of a session
MINUTE = datetime.timedelta(minutes=1)


class AlreadyThere(Exception):
    def __str__(self) -> str:
        return _("This submission stands in this session already.")


def ends_at(item: ProgrammeItem) -> datetime.datetime:
    return item.starts_at + item.minutes * MINUTE


def next_start(session: ProgrammeSession, items: Sequence[ProgrammeItem]) -> datetime.datetime:
    """After the last one; posters are all shown from the beginning."""
    if session.kind == SessionKind.POSTERS or not items:
        return session.starts_at
    return max(ends_at(item) for item in items)


@transaction.atomic
def add_item(session: ProgrammeSession, data: dict[str, Any], *, by: User, seen: int | None) -> ProgrammeItem:
    """Without `starts_at` it comes after what is there."""
    fresh = fresh_session(session, by, seen)
    items = list(fresh.items.all())
    if len(items) >= MOST:
        raise TooMany
    _check(fresh, data, items)
    item = ProgrammeItem(session=fresh, key=uuid.uuid4(), position=len(items))
    _assign(item, data, next_start(fresh, items))
    item.save()
    touched(fresh)
    _log(by, "item_added", item)
    return item


@transaction.atomic
def edit_item(item: ProgrammeItem, data: dict[str, Any], *, by: User, seen: int | None) -> ProgrammeItem:
    session, fresh = _fresh(item, by, seen)
    others = [one for one in session.items.all() if one.pk != fresh.pk]
    _check(session, data, others)
    _assign(fresh, data, next_start(session, others))
    fresh.save()
    touched(session)
    _log(by, "item_edited", fresh)
    return fresh


@transaction.atomic
def order_item(item: ProgrammeItem, *, up: bool, by: User, seen: int | None) -> bool:
    """One place earlier or later in its session; the pauses between the places stay. False at either end."""
    session, fresh = _fresh(item, by, seen)
    items = list(session.items.all())
    at = items.index(fresh)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(items):
        return False
    starts = items[0].starts_at
    pauses = [later.starts_at - ends_at(earlier) for earlier, later in zip(items, items[1:], strict=False)]
    items[at], items[to] = items[to], items[at]
    if session.kind != SessionKind.POSTERS:
        _lay_out(items, starts, pauses)
    for place, one in enumerate(items):
        one.position = place
    ProgrammeItem.objects.bulk_update(items, ["starts_at", "position"])
    touched(session)
    _log(by, "item_moved", fresh)
    return True


def _lay_out(items: list[ProgrammeItem], at: datetime.datetime, pauses: list[datetime.timedelta]) -> None:
    for place, one in enumerate(items):
        one.starts_at = at
        at = ends_at(one) + (pauses[place] if place < len(pauses) else datetime.timedelta())


@transaction.atomic
def move_item(
    item: ProgrammeItem, to: ProgrammeSession, starts_at: datetime.datetime | None, *, by: User, seen: int | None
) -> ProgrammeItem:
    """To another session or time; its key stays, so that calendars know it again."""
    session, fresh = _fresh(item, by, seen)
    check_own(session.edition, [to])
    target = session if to.pk == session.pk else ProgrammeSession.objects.filter(pk=to.pk).first()
    if target is None:
        raise Gone
    others = [one for one in target.items.all() if one.pk != fresh.pk]
    if len(others) >= MOST:
        raise TooMany
    _refuse_twice(fresh.submission_id, others)
    fresh.session, fresh.position = target, max((one.position for one in others), default=-1) + 1
    fresh.starts_at = starts_at or next_start(target, others)
    fresh.save()
    touched(session)
    if target.pk != session.pk:
        touched(target)
    _log(by, "item_moved", fresh)
    return fresh


@transaction.atomic
def remove_item(item: ProgrammeItem, *, by: User, seen: int | None) -> None:
    session, fresh = _fresh(item, by, seen)
    _log(by, "item_removed", fresh)
    fresh.delete()
    touched(session)


@transaction.atomic
def place(
    session: ProgrammeSession, submissions: Iterable[Submission], minutes: int, *, by: User
) -> tuple[int, list[Submission]]:
    """One after the other behind what is there; posters get boards. Returns also those that were placed meanwhile."""
    edition = held(session.edition, by)
    fresh = ProgrammeSession.objects.filter(pk=session.pk, edition=edition).first()
    if fresh is None:
        raise Gone
    wanted = list(submissions)
    check_own(edition, wanted)
    rows = Submission.objects.filter(pk__in=[one.pk for one in wanted], state=SubmissionState.ACCEPTED)
    free = set(rows.filter(programme_items=None).values_list("pk", flat=True))
    chosen = [one for one in wanted if one.pk in free]
    if fresh.items.count() + len(chosen) > MOST:
        raise TooMany
    ProgrammeItem.objects.bulk_create(_in_a_row(fresh, chosen, minutes))
    touched(fresh)
    log(by, "programme.placed", edition, {"programmesession": [str(fresh)[:200]] * 2, "count": [None, len(chosen)]})
    return len(chosen), [one for one in wanted if one.pk not in free]


def _in_a_row(session: ProgrammeSession, submissions: list[Submission], minutes: int) -> list[ProgrammeItem]:
    items = list(session.items.all())
    at, first = next_start(session, items), session.items.aggregate(last=Max("position"))["last"]
    position = -1 if first is None else first
    is_posters = session.kind == SessionKind.POSTERS
    length = int((session.ends_at - session.starts_at) / MINUTE) if is_posters else minutes
    step = datetime.timedelta() if is_posters else minutes * MINUTE
    boards = [str(number) for number in range(len(items) + 1, len(items) + len(submissions) + 1)]
    return [
        ProgrammeItem(
            session=session, submission=submission, key=uuid.uuid4(), minutes=length, starts_at=at + place * step,
            position=position + 1 + place, board=boards[place] if is_posters else "",
        )
        for place, submission in enumerate(submissions)
    ]  # fmt: skip


def _fresh(item: ProgrammeItem, by: User, seen: int | None) -> tuple[ProgrammeSession, ProgrammeItem]:
    """The item and its session as they are now; `seen` is the session's revision."""
    session = fresh_session(item.session, by, seen)
    fresh = session.items.filter(pk=item.pk).first()
    if fresh is None:
        raise Gone
    fresh.session = session
    return session, fresh


def _check(session: ProgrammeSession, data: dict[str, Any], others: Iterable[ProgrammeItem]) -> None:
    check_own(session.edition, [data.get("submission"), data.get("speaker")])
    submission = data.get("submission")
    _refuse_twice(submission.pk if submission else None, others)


def _refuse_twice(submission: int | None, others: Iterable[ProgrammeItem]) -> None:
    if submission is not None and submission in {one.submission_id for one in others}:
        raise AlreadyThere


def _assign(item: ProgrammeItem, data: dict[str, Any], otherwise: datetime.datetime) -> None:
    for name in FIELDS:
        if name in data:
            setattr(item, name, data[name])
    item.starts_at = data.get("starts_at") or otherwise


def _log(by: User, done: str, item: ProgrammeItem) -> None:
    """With titles, never with who presents."""
    edition = item.session.edition
    told = {"programmesession": [str(item.session)[:200]] * 2, "programmeitem": [_title(item)] * 2}
    starts = f"{item.starts_at.astimezone(edition.tz):%Y-%m-%d %H:%M}"
    log(by, f"programme.{done}", edition, told | {"programmeitem.starts_at": [None, starts]})


def _title(item: ProgrammeItem) -> str:
    own = item.title or (item.submission.title if item.submission else "")
    return str(own or item.speaker or "")[:200]
