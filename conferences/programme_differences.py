"""What differs between two states of a programme, each as `queries.snapshot` tells it."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

Data = dict[str, Any]
MINUTE = datetime.timedelta(minutes=1)


class Change(models.TextChoices):
    ADDED = "added", _("new")
    REMOVED = "removed", _("removed")
    MOVED = "moved", _("at another time")
    ROOM = "room", _("in another room")
    TITLE = "title", _("another title")


@dataclass(frozen=True, slots=True)
class Slot:
    """When and where something is. `room` is none for all rooms."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime
    room: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A session, or what is given in one (`key`)."""

    key: str
    title: dict[str, str]
    slot: Slot
    is_session: bool
    record: Data
    session: Data


@dataclass(frozen=True, slots=True)
class Difference:
    changes: tuple[Change, ...]
    before: Entry | None
    after: Entry | None

    @property
    def entry(self) -> Entry:
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of them is there
        return found

    @property
    def moves(self) -> bool:
        return bool({Change.MOVED, Change.ROOM}.intersection(self.changes))


def entries(data: Data) -> Iterator[Entry]:
    for session in data["sessions"]:
        slot = Slot(_moment(session["starts_at"]), _moment(session["ends_at"]), session["room"])
        yield Entry(session_key(session["id"]), session["title"], slot, True, session, session)
        for item in session["items"]:
            starts_at = _moment(item["starts_at"])
            slot = Slot(starts_at, starts_at + item["minutes"] * MINUTE, session["room"])
            yield Entry(item["key"], item["title"], slot, False, item, session)


def session_key(pk: int) -> str:
    return f"sesi-{pk}"


def differences(before: Data, after: Data) -> list[Difference]:
    """In the order of the newer state, then what is gone."""
    old = {entry.key: entry for entry in entries(before)}
    new = {entry.key: entry for entry in entries(after)}
    found = [Difference(changes(old.get(key), entry), old.get(key), entry) for key, entry in new.items()]
    gone = [Difference((Change.REMOVED,), entry, None) for key, entry in old.items() if key not in new]
    return [one for one in found if one.changes] + gone


def changes(before: Entry | None, after: Entry) -> tuple[Change, ...]:
    if before is None:
        return (Change.ADDED,)
    checks: dict[Change, Callable[[Entry], Any]] = {
        Change.MOVED: lambda entry: (entry.slot.starts_at, entry.slot.ends_at),
        Change.ROOM: lambda entry: entry.slot.room,
        Change.TITLE: lambda entry: entry.title,
    }
    return tuple(change for change, told in checks.items() if told(before) != told(after))


def rooms_of(data: Data) -> dict[int, dict[str, str]]:
    return {room["id"]: room["name"] for room in data["rooms"]}


def _moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)
