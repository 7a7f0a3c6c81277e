"""Sessions of the programme: added, edited, moved, removed. The edition is held, so that changes come one by one."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Model, ProtectedError

from accounts.actions import changes_between, log
from accounts.models import User
from conferences.actions.editions_common import Conflict, all_values, locked_for
from conferences.actions.parts import InUse, TooMany
from conferences.models import CommitteeMember, Edition, ProgrammeSession, Room, SessionChair
from conferences.rules.programme import may_make_schedule

FIELDS = (
    "kind", "title_id", "title_en", "about_id", "about_en", "track", "room", "starts_at", "ends_at", "expected",
)  # fmt: skip
MOST = 500  # sessions of an edition


class Gone(Exception):
    """Somebody else has removed it meanwhile."""


@dataclass(frozen=True, slots=True)
class Chair:
    name: str
    email: str = ""
    member: CommitteeMember | None = None


def held(edition: Edition, by: User) -> Edition:
    return locked_for(by, edition, may_make_schedule)


def fresh_session(session: ProgrammeSession, by: User, seen: int | None) -> ProgrammeSession:
    """As it is now; `seen`: the revision that was looked at. Raises `Conflict`, `Gone`."""
    edition = held(session.edition, by)
    fresh = ProgrammeSession.objects.filter(pk=session.pk, edition=edition).first()
    if fresh is None:
        raise Gone
    fresh.edition = edition
    if fresh.revision != seen:
        raise Conflict(fresh)
    return fresh


def touched(session: ProgrammeSession) -> None:
    session.revision += 1
    session.save(update_fields=["revision"])


@transaction.atomic
def add_session(edition: Edition, data: dict[str, Any], chairs: Iterable[Chair], *, by: User) -> ProgrammeSession:
    fresh = held(edition, by)
    check_own(fresh, data.values())
    if fresh.sessions.count() >= MOST:
        raise TooMany
    session = ProgrammeSession(edition=fresh)
    _assign(session, data)
    session.save()
    _seat(session, chairs)
    _log(by, "added", session, changes_between({}, _told(session)))
    return session


@transaction.atomic
def edit_session(
    session: ProgrammeSession, data: dict[str, Any], chairs: Iterable[Chair], *, by: User, seen: int | None
) -> ProgrammeSession:
    """What is given in it moves along when it starts at another time."""
    fresh = fresh_session(session, by, seen)
    check_own(fresh.edition, data.values())
    before, started = _told(fresh), fresh.starts_at
    _assign(fresh, data)
    fresh.revision += 1
    fresh.save()
    _shift(fresh, fresh.starts_at - started)
    _seat(fresh, chairs)
    _log(by, "edited", fresh, changes_between(before, _told(fresh)))
    return fresh


@transaction.atomic
def move_session(
    session: ProgrammeSession, starts_at: datetime.datetime, room: Room | None, *, by: User, seen: int | None
) -> ProgrammeSession:
    """As long as it was, with all that is given in it."""
    fresh = fresh_session(session, by, seen)
    check_own(fresh.edition, [room])
    before, by_how_much = _told(fresh), starts_at - fresh.starts_at
    fresh.starts_at, fresh.ends_at, fresh.room = starts_at, fresh.ends_at + by_how_much, room
    fresh.revision += 1
    fresh.save()
    _shift(fresh, by_how_much)
    _log(by, "moved", fresh, changes_between(before, _told(fresh)))
    return fresh


@transaction.atomic
def remove_session(session: ProgrammeSession, *, by: User, seen: int | None) -> None:
    """With all that is given in it; submissions become unplaced again."""
    fresh = fresh_session(session, by, seen)
    _log(by, "removed", fresh, changes_between(_told(fresh), {}))
    try:
        fresh.delete()
    except ProtectedError as error:
        raise InUse from error


def check_own(edition: Edition, values: Iterable[Any]) -> None:
    """Nothing of another edition."""
    for value in values:
        if getattr(value, "edition_id", edition.pk) != edition.pk:
            raise PermissionDenied


def _assign(session: ProgrammeSession, data: dict[str, Any]) -> None:
    for name in FIELDS:
        setattr(session, name, data[name])


def _shift(session: ProgrammeSession, by_how_much: datetime.timedelta) -> None:
    if by_how_much:
        session.items.update(starts_at=F("starts_at") + by_how_much)


def _seat(session: ProgrammeSession, chairs: Iterable[Chair]) -> None:
    rows = [
        SessionChair(session=session, member=chair.member, name=chair.name, email=chair.email, position=place)
        for place, chair in enumerate(chairs)
    ]
    check_own(session.edition, [row.member for row in rows if row.member])
    session.chairs.all().delete()
    SessionChair.objects.bulk_create(rows)


def _told(session: ProgrammeSession) -> dict[str, Any]:
    values = all_values(session, FIELDS)
    return {name: str(value) if isinstance(value, Model) else value for name, value in values.items()}


def _log(by: User, done: str, session: ProgrammeSession, changes: dict[str, list[Any]]) -> None:
    told = {
        f"programmesession.{name}": pair
        for name, pair in changes.items()
        if any(value not in (None, "") for value in pair)
    }
    title = str(session)[:200]
    log(by, f"programme.session_{done}", session.edition, {"programmesession": [title, title], **told})
