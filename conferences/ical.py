"""A small writer of iCalendar (RFC 5545): lines of at most 75 octets, moments in UTC, UIDs that stay."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

CRLF = "\r\n"
OCTETS = 75
CONTROLS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Event:
    """A moment (`starts` with time), a time from … to, or whole days (`ends` the last one)."""

    uid: str
    summary: str
    starts: datetime.datetime | datetime.date
    ends: datetime.datetime | datetime.date | None = None
    description: str = ""
    location: str = ""
    url: str = ""
    sequence: int = 0
    status: str = ""  # "CANCELLED"
    organizer: str = ""  # an address; with `attendee` it is an invitation for one person
    attendee: str = ""


def calendar(name: str, events: Iterable[Event], *, stamp: datetime.datetime, method: str = "") -> bytes:
    """`stamp` is when what it says was last known to be so; the same content gives the same bytes.

    `method` (RFC 5546): REQUEST or CANCEL for one event by mail; none for a file to subscribe to.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Repositori Kesos//Konferensi//ID", "CALSCALE:GREGORIAN"]
    if method:
        lines.append(f"METHOD:{method}")
    lines.append(f"X-WR-CALNAME:{escape(name)}")
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return CRLF.join([*(piece for line in lines for piece in fold(line)), ""]).encode()


def _event(event: Event, stamp: datetime.datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escape(event.uid)}"
    yield f"DTSTAMP:{_moment(stamp)}"
    yield f"SEQUENCE:{event.sequence}"
    if event.status:
        yield f"STATUS:{event.status}"
    yield from _times(event)
    yield f"SUMMARY:{escape(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{escape(event.description)}"
    if event.location:
        yield f"LOCATION:{escape(event.location)}"
    if event.url:
        yield f"URL:{_clean(event.url)}"
    if event.organizer:
        yield f"ORGANIZER:mailto:{_clean(event.organizer)}"
    if event.attendee:
        yield f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:{_clean(event.attendee)}"
    yield f"TRANSP:{'OPAQUE' if event.attendee else 'TRANSPARENT'}"
    yield "END:VEVENT"


def _times(event: Event) -> Iterator[str]:
    if isinstance(event.starts, datetime.datetime):
        yield f"DTSTART:{_moment(event.starts)}"
        if isinstance(event.ends, datetime.datetime):
            yield f"DTEND:{_moment(event.ends)}"
        return
    after = (event.ends or event.starts) + datetime.timedelta(days=1)  # the end is not part of it
    yield f"DTSTART;VALUE=DATE:{event.starts:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{after:%Y%m%d}"


def _moment(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")


def escape(text: str) -> str:
    for character in "\\;,":
        text = text.replace(character, "\\" + character)
    return _clean(text.replace("\r\n", "\n").replace("\n", "\\n"))


def _clean(text: str) -> str:
    """Nothing in a value can end its line; what joins or turns characters stays."""
    return CONTROLS.sub("", text)


def fold(line: str) -> Iterator[str]:
    """Between characters, never inside one."""
    octets = line.encode()
    start, ahead = 0, ""
    while len(octets) - start > OCTETS - len(ahead):
        end = start + OCTETS - len(ahead)
        while octets[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        yield ahead + octets[start:end].decode()
        start, ahead = end, " "
    yield ahead + octets[start:].decode()
