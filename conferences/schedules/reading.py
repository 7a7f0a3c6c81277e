"""A published schedule (`Schedule.data`) as values, in the language of the page and the zone of the edition."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.text import slugify
from django.utils.translation import get_language

from conferences.models import Edition, Schedule, SessionKind
from conferences.programme_differences import session_key
from evidence.models.texts import Said

Data = dict[str, Any]


def said(text: dict[str, str]) -> Said:
    """In the language of the page, else in the other; as `Bilingual` says columns."""
    here = "en" if get_language() == "en" else "id"
    there = "id" if here == "en" else "en"
    if text.get(here):
        return Said(text[here], here)
    return Said(text.get(there, ""), there if text.get(there) else here)


def name_slug(name: str) -> str:
    """How a person is named in addresses: the same name is the same person."""
    return slugify(name) or slugify(name, allow_unicode=True) or name.encode("utf-8", "replace").hex()


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    affiliation: str
    orcid: str
    presents: bool

    @property
    def slug(self) -> str:
        return name_slug(self.name)


@dataclass(frozen=True, slots=True)
class ProgrammeRoom:
    id: int
    name: Said
    place: str
    capacity: int | None
    online_url: str


@dataclass(frozen=True, slots=True)
class Timed:
    """What takes place from … to; `zone` is the edition's."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime

    @property
    def day(self) -> datetime.date:
        return self.starts_at.date()

    def is_on(self, at: datetime.datetime) -> bool:
        return self.starts_at <= at < self.ends_at

    def overlaps(self, other: "Timed") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Item(Timed):
    key: str
    sequence: int
    session_id: int
    submission: int | None
    title: Said
    abstract: Said
    people: tuple[Person, ...]
    board: str
    kind: str  # as an imported schedule calls it
    is_withdrawn: bool

    @property
    def mark(self) -> str:
        """What an agenda keeps."""
        return self.key

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class Session(Timed):
    id: int
    kind: str
    title: Said
    about: Said
    track: str
    track_name: Said
    room: ProgrammeRoom | None
    chairs: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def mark(self) -> str:
        return session_key(self.id)

    @property
    def kind_label(self) -> str:
        return str(SessionKind(self.kind).label) if self.kind in SessionKind.values else self.kind

    @property
    def is_told(self) -> bool:
        """Whether its kind says something that its title need not."""
        return self.kind in (SessionKind.PLENARY, SessionKind.POSTERS)

    @property
    def is_break(self) -> bool:
        return self.kind == SessionKind.BREAK

    @property
    def is_single(self) -> bool:
        """One item under the same title: nothing that would have to be said twice."""
        return len(self.items) == 1 and self.items[0].title == self.title


class Programme:
    """`withdrawn`: ids of submissions that were withdrawn since it was published."""

    def __init__(self, schedule: Schedule, edition: Edition, withdrawn: Collection[int] = ()) -> None:
        self.schedule, self.edition, self.withdrawn = schedule, edition, frozenset(withdrawn)
        self.data: Data = schedule.data

    @cached_property
    def rooms(self) -> list[ProgrammeRoom]:
        names = ("place", "capacity", "online_url")
        return [
            ProgrammeRoom(room["id"], said(room["name"]), *(room[name] for name in names))
            for room in self.data["rooms"]
        ]

    @cached_property
    def sessions(self) -> list[Session]:
        rooms = {room.id: room for room in self.rooms}
        return [self._session(row, rooms) for row in self.data["sessions"]]

    @cached_property
    def items(self) -> list[Item]:
        return [item for session in self.sessions for item in session.items]

    @cached_property
    def days(self) -> list[datetime.date]:
        return sorted({session.day for session in self.sessions})

    @cached_property
    def tracks(self) -> list[tuple[str, Said]]:
        found = {session.track: session.track_name for session in self.sessions if session.track}
        return sorted(found.items(), key=lambda row: row[1].lower())

    @cached_property
    def people(self) -> list[tuple[str, str]]:
        """Slug and name of everybody who is named, by name."""
        names = [person.name for item in self.items for person in item.people]
        names += [chair for session in self.sessions for chair in session.chairs]
        return sorted({name_slug(name): name for name in names}.items(), key=lambda row: row[1].lower())

    @cached_property
    def marks(self) -> set[str]:
        """What an agenda can keep of it."""
        return {session.mark for session in self.sessions} | {item.mark for item in self.items}

    def session(self, pk: int) -> Session | None:
        return next((session for session in self.sessions if session.id == pk), None)

    def item(self, key: str) -> Item | None:
        return next((item for item in self.items if item.key == key), None)

    def slots_of(self, item: Item) -> list[Item]:
        """Everywhere where the same submission is given, in order."""
        same = [one for one in self.items if item.submission and one.submission == item.submission] or [item]
        return sorted(same, key=lambda one: one.starts_at)

    def _moment(self, text: str) -> datetime.datetime:
        return datetime.datetime.fromisoformat(text).astimezone(self.edition.tz)

    def _session(self, row: Data, rooms: dict[int, ProgrammeRoom]) -> Session:
        track = row["track"] or {"code": "", "name": {}}
        return Session(
            starts_at=self._moment(row["starts_at"]),
            ends_at=self._moment(row["ends_at"]),
            id=row["id"],
            kind=row["kind"],
            title=said(row["title"]),
            about=said(row["about"]),
            track=track["code"],
            track_name=said(track["name"]),
            room=rooms.get(row["room"]),
            chairs=tuple(row["chairs"]),
            items=tuple(self._item(item, row) for item in row["items"]),
        )

    def _item(self, row: Data, session: Data) -> Item:
        starts_at = self._moment(row["starts_at"])
        return Item(
            starts_at=starts_at,
            ends_at=starts_at + datetime.timedelta(minutes=row["minutes"]),
            key=row["key"],
            sequence=row["sequence"],
            session_id=session["id"],
            submission=row["submission"],
            title=said(row["title"]),
            abstract=said(row["abstract"]),
            people=tuple(
                Person(person["name"], person["affiliation"], person["orcid"], person["presents"])
                for person in row["people"]
            ),
            board=row["board"],
            kind=str(row.get("external", {}).get("type") or ""),
            is_withdrawn=row["submission"] in self.withdrawn,
        )
