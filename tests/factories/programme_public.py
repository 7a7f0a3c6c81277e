"""Rooms, sessions and items, and schedules published of them as the desk publishes them."""

import datetime
import itertools
import uuid
from typing import Any

from django.utils import timezone

from conferences.models import (
    Edition,
    Material,
    ProgrammeItem,
    ProgrammeSession,
    Room,
    Schedule,
    SessionChair,
    Speaker,
    Submission,
)
from conferences.queries.snapshot import snapshot
from conferences.states import SubmissionState
from tests.factories.conferences import make_edition, make_submission, make_track
from tests.factories.publications import make_blob

_numbers = itertools.count(1)


def at(edition: Edition, hour: int = 9, minute: int = 0, day: int = 0) -> datetime.datetime:
    """On the clock of the edition, on its first day or so many days later."""
    date = edition.starts_on + datetime.timedelta(days=day)
    return datetime.datetime.combine(date, datetime.time(hour, minute), edition.tz)


def add_room(edition: Edition, name: str = "", **fields: Any) -> Room:
    position = edition.rooms.count()
    return Room.objects.create(edition=edition, name_id=name or f"Ruang {position + 1}", position=position, **fields)


def add_session(
    edition: Edition, starts_at: datetime.datetime, minutes: int = 60, *, chair: str = "", **fields: Any
) -> ProgrammeSession:
    ends_at = starts_at + datetime.timedelta(minutes=minutes)
    title = fields.pop("title_id", f"Sesi {next(_numbers)}")
    session = ProgrammeSession.objects.create(
        edition=edition, starts_at=starts_at, ends_at=ends_at, title_id=title, **fields
    )
    if chair:
        SessionChair.objects.create(session=session, name=chair)
    return session


def add_item(session: ProgrammeSession, minutes: int = 20, **fields: Any) -> ProgrammeItem:
    """After those that are there."""
    position = session.items.count()
    fields.setdefault("starts_at", session.starts_at + datetime.timedelta(minutes=20 * position))
    fields.setdefault("key", uuid.uuid4())
    return ProgrammeItem.objects.create(session=session, minutes=minutes, position=position, **fields)


def publish_schedule(edition: Edition, **fields: Any) -> Schedule:
    number = edition.schedules.count() + 1
    fields.setdefault("published_at", timezone.now())
    return Schedule.objects.create(edition=edition, number=number, data=snapshot(edition), **fields)


def accepted(edition: Edition, **fields: Any) -> Submission:
    track = edition.tracks.first() or make_track(edition)
    return make_submission(track, SubmissionState.ACCEPTED, **fields)


def make_programme(edition: Edition | None = None, times: int = 1, **fields: Any) -> Edition:
    """Two days: a plenary with a speaker, a break, parallel sessions of papers, one of which has a poster, too."""
    edition = edition or make_edition(**fields)
    halls = [add_room(edition, "Aula", capacity=200, place="Lantai 1"), add_room(edition, "Ruang Melati")]
    speaker = Speaker.objects.create(edition=edition, name="Prof. Tamu", topic_id="Arah kebijakan", about_id="Tentang.")
    opening = add_session(
        edition, at(edition, 9), kind="plenary", room=halls[0], title_id="Pembukaan", chair="Dr. Ketua"
    )
    add_item(opening, speaker=speaker)
    add_session(edition, at(edition, 10), 15, kind="break", title_id="Rehat kopi")
    track = edition.tracks.first() or make_track(edition)
    for number in range(times):
        parallel = add_session(
            edition, at(edition, 11, number), room=halls[number % 2], track=track, chair="Dr. Moderator"
        )
        for _ in range(2):
            add_item(parallel, submission=accepted(edition))
    posters = add_session(edition, at(edition, 13, day=1), 90, kind="posters", room=halls[1], title_id="Sesi poster")
    talk = parallel.items.first()
    add_item(posters, 90, submission=talk.submission, board="P-01", starts_at=posters.starts_at)
    return edition


def make_material(submission: Submission, kind: str = "slides", **fields: Any) -> Material:
    values = {"original_name": "salindia.pdf", "pages": 3, "uploaded_by": submission.submitter, **fields}
    return Material.objects.create(submission=submission, kind=kind, blob=make_blob(), **values)
