"""Letters that tell people their places in the programme, with entries for their calendars, into the outbox.

Each letter keeps what it says of each place, so that the next one says what has changed since for its reader, whatever
became of the letters between.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from accounts.models import User
from conferences.actions import letters
from conferences.ical import Event, calendar
from conferences.models import Edition, Letter, LetterKind, Schedule
from conferences.programme_warnings import span_text
from conferences.queries.letters import Wordings
from conferences.queries.programme import Working
from conferences.queries.schedule_people import Place, Recipient, recipients
from conferences.states import LetterState

KIND = LetterKind.SCHEDULE_CHANGE
PAGE = "conferences:edition_programme"
REQUEST, CANCEL = "REQUEST", "CANCEL"
MOVING = ("starts_at", "ends_at", "room")
Told = dict[str, dict[str, Any]]  # uid → what was said of it


def write(schedule: Schedule, working: Working, *, by: User) -> int:
    """To those for whom something is new, moved or gone; letters that wait are replaced. Returns how many."""
    edition = schedule.edition
    _replace_waiting(edition)
    told = _told(edition)
    now = recipients(working, schedule.number)
    wordings = Wordings(edition)
    written = 0
    for email in {**now, **told}:
        recipient = now.get(email)
        changes = _changes(told[email][1] if email in told else {}, recipient, schedule.number)
        if changes:
            name, language = (recipient.who.name, recipient.who.language) if recipient else told[email][0]
            _draft(schedule, _Reader(email, name, language), changes, wordings, by)
            written += 1
    return written


@dataclass(frozen=True, slots=True)
class _Reader:
    email: str
    name: str
    language: str


def _replace_waiting(edition: Edition) -> None:
    """They told nobody anything."""
    waiting = Letter.objects.filter(edition=edition, kind=KIND, state=LetterState.WAITING)
    waiting.update(state=LetterState.DROPPED, schedule=None)


def _told(edition: Edition) -> dict[str, tuple[tuple[str, str], Told]]:
    """By address: name and language, and what was said last. What the committee chose not to send counts as said."""
    names: dict[str, tuple[str, str]] = {}
    said: dict[str, Told] = defaultdict(dict)
    rows = Letter.objects.filter(edition=edition, kind=KIND, schedule__isnull=False).order_by("pk")
    for email, name, language, attachments in rows.values_list("email", "name", "language", "attachments"):
        names[email] = (name, language)
        for one in attachments:
            place = one["place"]
            if one["method"] == CANCEL:
                said[email].pop(place["uid"], None)
            else:
                said[email][place["uid"]] = place
    return {email: (names[email], said[email]) for email in names}


@dataclass(frozen=True, slots=True)
class _Change:
    """`before`: what was said of a place; `after`: what holds now. One of them may be missing."""

    before: dict[str, Any] | None
    after: dict[str, Any] | None
    number: int

    @property
    def place(self) -> dict[str, Any]:
        """What the calendar entry says. One that is gone gets a higher sequence than any before."""
        if self.after is not None:
            return self.after
        assert self.before is not None  # noqa: S101 - one of them is there
        sequence = self.before["sequence"]
        return {**self.before, "sequence": max(sequence + 1, self.number if self.before["role"] == "chairs" else 0)}

    @property
    def method(self) -> str:
        return REQUEST if self.after is not None else CANCEL


def _changes(told: Told, recipient: Recipient | None, number: int) -> list[_Change]:
    now = {place.uid: _plain(place) for place in recipient.places} if recipient else {}
    found = [
        _Change(told.get(uid), place, number)
        for uid, place in now.items()
        if uid not in told or any(told[uid][name] != place[name] for name in MOVING)
    ]
    return found + [_Change(place, None, number) for uid, place in told.items() if uid not in now]


def _plain(place: Place) -> dict[str, Any]:
    moments = {"starts_at": place.starts_at.isoformat(), "ends_at": place.ends_at.isoformat()}
    rest = ("uid", "sequence", "role", "title", "room", "room_name")
    return {name: getattr(place, name) for name in rest} | moments


def _draft(schedule: Schedule, reader: _Reader, changes: list[_Change], wordings: Wordings, by: User) -> None:
    edition = schedule.edition
    with override(reader.language):
        values = {
            "conference": str(edition.title),
            "name": reader.name,
            "link": settings.SITE_URL + reverse(PAGE, args=[edition.slug]),
            "changes": "\n".join(_line(change, edition) for change in changes),
            "version": str(schedule.number),
            "reason": str(schedule.note),
        }
        attachments = [_attachment(place, change, schedule, reader) for place, change in enumerate(changes, 1)]
    words = letters.written(wordings.get(KIND, "", reader.language), values)
    letters.draft(
        edition, KIND, words, email=reader.email, name=reader.name, language=reader.language, schedule=schedule,
        attachments=attachments, made_by=by,
    )  # fmt: skip


def _line(change: _Change, edition: Edition) -> str:
    place = change.place
    chairs = place["role"] == "chairs"
    title = _in_language(place["title"])
    what = _("you chair “%(title)s”") % {"title": title} if chairs else f"“{title}”"
    if change.after is None:
        return _("- No longer in the programme: %(what)s (%(when)s)") % {"what": what, "when": _when(place, edition)}
    if change.before is None:
        return _("- New: %(what)s: %(when)s") % {"what": what, "when": _when(place, edition)}
    words = {"what": what, "from": _when(change.before, edition), "to": _when(place, edition)}
    return _("- Moved: %(what)s: from %(from)s to %(to)s") % words


def _when(place: dict[str, Any], edition: Edition) -> str:
    room = _in_language(place["room_name"]) or _("all rooms")
    return f"{span_text(_moment(place, 'starts_at'), _moment(place, 'ends_at'), edition)}, {room}"


def _in_language(texts: dict[str, str]) -> str:
    """In the language that is set, else in the other."""
    return texts.get(get_language() or "id") or next((text for text in texts.values() if text), "")


def _moment(place: dict[str, Any], name: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(place[name])


def _attachment(number: int, change: _Change, schedule: Schedule, reader: _Reader) -> dict[str, Any]:
    """One event for one person (RFC 5546 allows no more in a request)."""
    edition, place = schedule.edition, change.place
    event = Event(
        uid=place["uid"],
        summary=_in_language(place["title"]),
        starts=_moment(place, "starts_at"),
        ends=_moment(place, "ends_at"),
        location=", ".join(filter(None, [_in_language(place["room_name"]), edition.venue])),
        url=settings.SITE_URL + reverse(PAGE, args=[edition.slug]),
        sequence=place["sequence"],
        status="CANCELLED" if change.method == CANCEL else "CONFIRMED",
        organizer=edition.contact_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        attendee=reader.email,
    )
    content = calendar(str(edition.title), [event], stamp=schedule.published_at, method=change.method)
    return {
        "name": f"jadwal-{number}.ics",
        "type": f"text/calendar; method={change.method}; charset=utf-8",
        "content": content.decode(),
        "method": change.method,
        "place": place,
    }
