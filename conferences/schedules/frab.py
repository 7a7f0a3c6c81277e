"""The form in which frab and pretalx tell a schedule, as the values of their `schedule.json`:

{"version", …, "conference": {"acronym", …, "days": [{"date", "day_start", "day_end", …, "rooms": {name: [event]}}]}}

What is read is checked here, whether it came as JSON or as XML, before anything is made of it.
"""

import datetime
import json
import re
import zoneinfo
from dataclasses import dataclass, field
from typing import Any

Values = dict[str, Any]
MOST_BYTES = 32 * 1024 * 1024
MOST_EVENTS = 5000
MOST_ROOMS = 500
LONGEST_ROOM = 120
LONGEST_TRACK = 200
DAY_MINUTES = 24 * 60
_DURATION = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})", re.ASCII)


class BadSchedule(ValueError):
    """Says in a sentence what is wrong with a file and where."""


@dataclass(frozen=True, slots=True)
class Event:
    """`rest` is what it says besides, in the form of schedule.json."""

    guid: str
    room: str
    title: str
    track: str
    starts_at: datetime.datetime
    minutes: int
    rest: Values


@dataclass(frozen=True, slots=True)
class Told:
    """A whole schedule. `whole`: what it says of itself, of the conference and of its days."""

    rooms: list[Values]
    events: list[Event]
    whole: Values = field(default_factory=dict)


def checked(values: Any) -> Told:
    """Raises `BadSchedule`."""
    _storable(values)
    schedule = _of_kind(values, dict, "The schedule")
    conference = _of_kind(schedule.get("conference"), dict, "“conference”")
    days = _of_kind(conference.get("days"), list, "“days” of the conference")
    events = [event for number, day in enumerate(days, 1) for event in _events_of(day, number)]
    if not events:
        raise BadSchedule("There is no event in it.")
    if len(events) > MOST_EVENTS:
        raise BadSchedule(f"It has {len(events)} events; at most {MOST_EVENTS} are taken in.")
    _each_once(events)
    return Told(_rooms(conference, events), events, _whole(schedule, conference, days, events))


def _storable(values: Any) -> None:
    """PostgreSQL takes neither NUL nor halves of characters, JSON no infinity."""
    try:
        text = json.dumps(values, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (ValueError, RecursionError) as error:
        raise BadSchedule("It holds numbers or characters that cannot be stored.") from error
    if "\\u0000" in text:
        raise BadSchedule("It holds characters that cannot be stored.")


def _of_kind(value: Any, kind: type, name: str) -> Any:
    if not isinstance(value, kind):
        raise BadSchedule(f"{name} is missing or is not of the kind it should be.")
    return value


def _events_of(day: Any, number: int) -> list[Event]:
    rooms = _of_kind(_of_kind(day, dict, f"Day {number}").get("rooms"), dict, f"“rooms” of day {number}")
    return [
        _event(event, room, f"Event {place} of “{room[:80]}” on day {number}")
        for room, events in rooms.items()
        for place, event in enumerate(_of_kind(events, list, f"“{room[:80]}” of day {number}"), 1)
    ]


def _event(values: Any, room: str, name: str) -> Event:
    rest = dict(_of_kind(values, dict, name))
    title = _text(rest.pop("title", ""), f"The title of: {name}")
    if not title.strip():
        raise BadSchedule(f"{name} has no title.")
    guid = _text(rest.pop("guid", "") or str(rest.get("id") or ""), f"The guid of: {name}")
    if not guid:
        raise BadSchedule(f"{name} has neither guid nor id.")
    starts_at = _moment(rest.pop("date", ""), name)
    minutes = _minutes(rest.pop("duration", ""), name)
    track = _track(rest)
    for derived in ("start", "room"):
        rest.pop(derived, None)
    for person in _of_kind(rest.get("persons", []), list, f"“persons” of: {name}"):
        _of_kind(person, dict, f"A person of: {name}")
    return Event(guid, room, title, track, starts_at, minutes, rest)


def _track(rest: Values) -> str:
    """Taken out of the rest where it can be one of ours."""
    track = rest.get("track")
    if not isinstance(track, str) or not track.strip() or len(track) > LONGEST_TRACK:
        return ""
    del rest["track"]
    return track


def _text(value: Any, name: str) -> str:
    return str(_of_kind(value, str, name))


def _moment(value: Any, name: str) -> datetime.datetime:
    try:
        at = datetime.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        at = None
    if at is None or at.tzinfo is None or not 1900 < at.year < 2200:
        raise BadSchedule(f"{name} has no date with time and zone (“date”, ISO 8601).")
    return at


def _minutes(value: Any, name: str) -> int:
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    days, hours, minutes = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    found = days * DAY_MINUTES + hours * 60 + minutes
    if not 1 <= found <= DAY_MINUTES:
        raise BadSchedule(f"{name} has no duration between 00:01 and 24:00 (“duration”, hh:mm).")
    return found


def _each_once(events: list[Event]) -> None:
    seen = set()
    for event in events:
        if event.guid in seen:
            raise BadSchedule(f"Two events have the guid {event.guid[:80]}.")
        seen.add(event.guid)


def _rooms(conference: Values, events: list[Event]) -> list[Values]:
    """In the order in which they first appear, with what the conference says of them."""
    listed = conference.get("rooms")
    known = {
        room["name"]: room
        for room in (listed if isinstance(listed, list) else [])
        if isinstance(room, dict) and isinstance(room.get("name"), str)
    }
    names = list(dict.fromkeys([*known, *(event.room for event in events)]))
    if len(names) > MOST_ROOMS:
        raise BadSchedule(f"It has {len(names)} rooms; at most {MOST_ROOMS} are taken in.")
    if any(not name.strip() or len(name) > LONGEST_ROOM for name in names):
        raise BadSchedule(f"A room has no name, or one of more than {LONGEST_ROOM} letters.")
    return [known.get(name, {"name": name}) for name in names]


def _whole(schedule: Values, conference: Values, days: list[Values], events: list[Event]) -> Values:
    return {
        "head": {name: value for name, value in schedule.items() if name != "conference"},
        "conference": {name: value for name, value in conference.items() if name not in ("days", "rooms")},
        "days": [{name: value for name, value in day.items() if name != "rooms"} for day in days],
        "has_rooms": "rooms" in conference,
        "zone": _zone(conference.get("time_zone_name"), events[0].starts_at),
    }


def _zone(name: Any, first: datetime.datetime) -> str:
    """Of what it says on the clock: a zone's name, else how far the first event is from UTC, in minutes."""
    try:
        return zoneinfo.ZoneInfo(name).key
    except (TypeError, ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        offset = first.utcoffset() or datetime.timedelta()
        return str(int(offset.total_seconds() // 60))


def zone_of(text: str) -> datetime.tzinfo:
    if re.fullmatch(r"-?\d{1,4}", text, re.ASCII):
        return datetime.timezone(datetime.timedelta(minutes=int(text)))
    return zoneinfo.ZoneInfo(text)
