"""Taking in a schedule that was made elsewhere: rooms, and one session with one item for each event."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from accounts.actions import log
from accounts.models import User
from conferences.models import Edition, ProgrammeItem, ProgrammeSession, Room, Track
from conferences.schedules.frab import Event, Told
from conferences.states import EditionState

LONGEST_TITLE = 300


class Archived(ValueError):
    """Nothing of an archived edition is changed."""


class HasProgramme(ValueError):
    """There are rooms or sessions already."""


@dataclass(frozen=True, slots=True)
class Taken:
    rooms: int
    tracks: int
    events: int


@transaction.atomic
def take_in(edition: Edition, told: Told, *, by: User | None = None, instead: bool = False) -> Taken:
    """All or nothing. `instead`: of what the programme holds now; what stays keeps its identity in calendars.

    Published schedules stay as they are until the desk publishes the next one.
    """
    fresh = Edition.objects.select_for_update().get(pk=edition.pk)
    if fresh.state == EditionState.ARCHIVED:
        raise Archived
    sequences = _make_room(fresh, instead=instead)
    fresh.external = told.whole
    fresh.save(update_fields=["external"])
    tracks, made = _tracks(fresh, told)
    rooms = _rooms(fresh, told)
    _events(fresh, told, rooms, tracks, sequences)
    numbers = Taken(len(rooms), made, len(told.events))
    log(by, "programme.imported", fresh, {"rooms": [None, numbers.rooms], "events": [None, numbers.events]})
    return numbers


def _make_room(edition: Edition, *, instead: bool) -> dict[uuid.UUID, int]:
    """Sequences of the items that were there."""
    items = ProgrammeItem.objects.filter(session__edition=edition)
    sequences = dict(items.values_list("key", "sequence"))
    if not instead:
        if edition.sessions.exists() or edition.rooms.exists():
            raise HasProgramme
        return {}
    edition.sessions.all().delete()
    edition.rooms.all().delete()
    return sequences


def _tracks(edition: Edition, told: Told) -> tuple[dict[str, Track], int]:
    """By name; those that the edition lacks are made without a call."""
    tracks = {track.name_id: track for track in edition.tracks.all()}
    codes = {track.code for track in tracks.values()}
    missing = [name for name in dict.fromkeys(event.track for event in told.events) if name and name not in tracks]
    for name in missing:
        code = _code(name, codes)
        codes.add(code)
        tracks[name] = edition.tracks.create(code=code, name_id=name, is_open=False, position=len(tracks))
    return tracks, len(missing)


def _code(name: str, taken: set[str]) -> str:
    stem = slugify(name)[:34].strip("-") or "bidang"
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (stem, *numbered) if code not in taken)


def _rooms(edition: Edition, told: Told) -> dict[str, Room]:
    rows = []
    for position, room in enumerate(told.rooms):
        capacity = room.get("capacity")
        seats = capacity if isinstance(capacity, int) and 0 < capacity <= 32_000 else None
        rows.append(Room(edition=edition, name_id=room["name"], capacity=seats, external=room, position=position))
    return {room.name_id: room for room in Room.objects.bulk_create(rows)}


def _events(
    edition: Edition, told: Told, rooms: dict[str, Room], tracks: dict[str, Track], sequences: dict[uuid.UUID, int]
) -> None:
    keys = _keys(edition, told.events)
    sessions = [
        ProgrammeSession(
            edition=edition,
            **_titles(event),
            track=tracks.get(event.track),
            room=rooms[event.room],
            starts_at=event.starts_at,
            ends_at=event.starts_at + datetime.timedelta(minutes=event.minutes),
        )
        for event in told.events
    ]
    ProgrammeSession.objects.bulk_create(sessions, 500)
    ProgrammeItem.objects.bulk_create(
        [
            ProgrammeItem(
                session=session,
                **_titles(event),
                starts_at=event.starts_at,
                minutes=event.minutes,
                key=keys[event.guid],
                sequence=sequences.get(keys[event.guid], 0),
                external=_besides(event, keys[event.guid]),
            )
            for session, event in zip(sessions, told.events, strict=True)
        ],
        500,
    )


def _titles(event: Event) -> dict[str, str]:
    title = event.title[:LONGEST_TITLE]
    is_english = str(event.rest.get("language") or "").startswith("en")
    return {"title_id": title, "title_en": title if is_english else ""}


def _besides(event: Event, key: uuid.UUID) -> dict[str, object]:
    more: dict[str, object] = {"guid": event.guid} if event.guid != str(key) else {}
    if len(event.title) > LONGEST_TITLE:
        more["title"] = event.title
    return {**event.rest, **more}


def _keys(edition: Edition, events: list[Event]) -> dict[str, uuid.UUID]:
    """By guid: itself where it is one and nobody else has it."""
    plain = {event.guid: found for event in events if (found := _uuid(event.guid))}
    taken = set(ProgrammeItem.objects.filter(key__in=plain.values()).values_list("key", flat=True))
    own = {guid: key for guid, key in plain.items() if key not in taken}
    made = {event.guid: uuid.uuid5(uuid.NAMESPACE_URL, f"{edition.pk}:{event.guid}") for event in events}
    return {**made, **own} if len(set(own.values())) == len(own) else made


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
