"""A part of the programme: of a day, a room, a track, a person; what is on now and what comes next."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from conferences.schedules.reading import Item, Programme, Session, name_slug

NAMES = ("hari", "ruang", "bidang", "orang")  # in addresses


@dataclass(frozen=True, slots=True)
class Day:
    date: datetime.date
    sessions: list[Session]


@dataclass(frozen=True, slots=True)
class Choice:
    """What an address asks for; what the programme does not have is left out."""

    hari: str = ""
    ruang: str = ""
    bidang: str = ""
    orang: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str], programme: Programme) -> "Choice":
        known = {
            "hari": {day.isoformat() for day in programme.days},
            "ruang": {str(room.id) for room in programme.rooms},
            "bidang": {code for code, _name in programme.tracks},
            "orang": {slug for slug, _name in programme.people},
        }
        return cls(**{name: asked[name] for name in NAMES if asked.get(name) in known[name]})

    @property
    def is_all(self) -> bool:
        return self == Choice()

    @property
    def query(self) -> str:
        """For addresses of the same part: '?hari=2027-03-01', or nothing."""
        return self._query(self)

    def with_day(self, day: str) -> str:
        return self._query(replace(self, hari=day))

    @staticmethod
    def _query(choice: "Choice") -> str:
        chosen = {name: value for name in NAMES if (value := getattr(choice, name))}
        return f"?{urlencode(chosen)}" if chosen else ""


def chosen_sessions(programme: Programme, choice: Choice) -> list[Session]:
    """In order. Of a person: what they lead as a whole, else what they give; what is for all rooms is in each room."""
    found = []
    for session in programme.sessions:
        if choice.hari and session.day.isoformat() != choice.hari:
            continue
        if choice.ruang and session.room and str(session.room.id) != choice.ruang:
            continue
        if choice.bidang and session.track != choice.bidang:
            continue
        if part := _of_person(session, choice.orang):
            found.append(part)
    return found


def _of_person(session: Session, slug: str) -> Session | None:
    if not slug or slug in map(name_slug, session.chairs):
        return session
    items = tuple(item for item in session.items if any(person.slug == slug for person in item.people))
    return replace(session, items=items) if items else None


def by_day(sessions: list[Session]) -> list[Day]:
    ordered = sorted(sessions, key=lambda session: session.starts_at)
    return [Day(date, list(found)) for date, found in groupby(ordered, key=lambda session: session.day)]


@dataclass(frozen=True, slots=True)
class Present:
    """What is on, and what begins next; both empty once the programme is over."""

    now: list[tuple[Session, list[Item]]]
    next: list[Session]

    def __bool__(self) -> bool:
        return bool(self.now or self.next)


def present(programme: Programme, at: datetime.datetime) -> Present:
    now = [
        (session, [item for item in session.items if item.is_on(at)])
        for session in programme.sessions
        if session.is_on(at)
    ]
    coming = [session for session in programme.sessions if session.starts_at > at]
    first = min((session.starts_at for session in coming), default=None)
    return Present(now, [session for session in coming if session.starts_at == first])
