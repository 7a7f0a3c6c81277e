"""A sample programme: published for the archive of 2014, with its papers in sessions; begun for the current edition.

Of the third conference only its day and its number of participants are facts: the rest says that it is invented.
"""

import datetime
import uuid

from accounts.models import User
from conferences.actions import programme as actions
from conferences.actions import programme_items as items
from conferences.actions import publishing
from conferences.actions.programme import Chair
from conferences.demo.accounts import CHAIR, PROGRAMME_CHAIR, user_of
from conferences.models import Edition, Paper, ProgrammeItem, ProgrammeSession, Room, Schedule, SessionKind, Track

SAMPLE_ID, SAMPLE_EN = " (data contoh)", " (sample data)"
PARTICIPANTS = 150
SLOT = 20
MOST = 4  # talks in a session
INVENTED = (
    ("Pengalaman dari lapangan", "Experience from the field"),
    ("Yang dipelajari dari pendampingan", "What support work has taught"),
    ("Tanggapan dan tanya jawab", "Response and questions"),
)
PUBLISHED = datetime.datetime(2014, 11, 10, 9, tzinfo=datetime.UTC)
ROOMS_2014 = (("Aula", "Hall", 200), ("Ruang A", "Room A", 60), ("Ruang B", "Room B", 60), ("Ruang C", "Room C", 60))
ROOMS_NOW = (
    ("Aula Utama", "Main hall", 300),
    ("Ruang Melati", "Melati Room", 80),
    ("Ruang Kenanga", "Kenanga Room", 60),
)
NOTE = {"note_id": "Data contoh: susunan acara ini karangan.", "note_en": "Sample data: this programme is invented."}
K = SessionKind
# Kind, title in both languages, when it starts and ends.
FRAME_2014 = (
    (K.OTHER, "Registrasi", "Registration", "08:00", "09:00"),
    (K.PLENARY, "Pembukaan dan sidang pleno", "Opening and plenary", "09:00", "10:30"),
    (K.BREAK, "Rehat kopi", "Coffee", "10:30", "10:45"),
    (K.BREAK, "Makan siang", "Lunch", "12:15", "13:15"),
    (K.PLENARY, "Rumusan dan penutupan", "Conclusions and closing", "15:00", "16:00"),
)
TALKS_2014 = (("10:45", "12:15"), ("13:15", "14:45"))


def load_archive(edition: Edition) -> Schedule:
    """Written as rows, since nobody changes an archived edition; then published as its desk would."""
    rooms = _rooms(edition, ROOMS_2014)
    for kind, title_id, title_en, starts, ends in FRAME_2014:
        room = rooms[0] if kind == K.PLENARY else None
        expected = PARTICIPANTS if kind == K.PLENARY else None
        _session(edition, kind, title_id, title_en, starts, ends, room=room, expected=expected)
    _talks(edition, rooms[1:])
    schedule = publishing.store(edition, publishing.draft_of(edition), NOTE, by=user_of(CHAIR))
    schedule.published_at = PUBLISHED
    schedule.save(update_fields=["published_at"])
    return schedule


def _rooms(edition: Edition, rows: tuple[tuple[str, str, int], ...]) -> list[Room]:
    return [
        Room.objects.create(
            edition=edition, name_id=name_id + SAMPLE_ID, name_en=name_en + SAMPLE_EN, capacity=seats, position=place
        )
        for place, (name_id, name_en, seats) in enumerate(rows)
    ]


def _at(edition: Edition, clock: str, day: int = 0) -> datetime.datetime:
    date = edition.starts_on + datetime.timedelta(days=day)
    return datetime.datetime.combine(date, datetime.time.fromisoformat(clock), edition.tz)


def _session(
    edition: Edition, kind: str, title_id: str, title_en: str, starts: str, ends: str, **more: object
) -> ProgrammeSession:
    return ProgrammeSession.objects.create(
        edition=edition, kind=kind, title_id=title_id + SAMPLE_ID, title_en=title_en + SAMPLE_EN,
        starts_at=_at(edition, starts), ends_at=_at(edition, ends), **more,
    )  # fmt: skip


def _talks(edition: Edition, rooms: list[Room]) -> None:
    """One track a room, its papers by turns; invented talks where it has none."""
    tracks = list(zip(edition.tracks.all(), rooms, strict=False))
    places = [(track, room, span) for span in TALKS_2014 for track, room in tracks]
    papers = list(Paper.objects.filter(edition=edition).select_related("output__current").order_by("position"))
    for number, (track, room, (starts, ends)) in enumerate(places):
        titles = f"Sesi {track.name_id}", f"Session: {track.name_en}"
        session = _session(edition, K.PARALLEL, *titles, starts, ends, track=track, room=room)
        own = papers[number :: len(places)][:MOST]
        for place, paper in enumerate(own):
            version = paper.output.current
            title_id, title_en = (version.title_id, version.title_en) if version else (str(paper.output), "")
            _talk(session, place, title_id or title_en, title_en)
        for place, (title_id, title_en) in enumerate(INVENTED[len(own) :], len(own)):
            _talk(session, place, title_id + SAMPLE_ID, title_en + SAMPLE_EN)


def _talk(session: ProgrammeSession, place: int, title_id: str, title_en: str) -> None:
    ProgrammeItem.objects.create(
        session=session, title_id=title_id[:300], title_en=title_en[:300], minutes=SLOT, position=place,
        key=uuid.uuid5(uuid.NAMESPACE_URL, f"knpks-2014/{session.pk}/{place}"),
        starts_at=session.starts_at + datetime.timedelta(minutes=place * SLOT),
    )  # fmt: skip


def load_current(edition: Edition) -> None:
    """Rooms, the frame of both days and the invited speakers, as the committee has begun it; nothing is published."""
    chair, rooms = user_of(PROGRAMME_CHAIR), _rooms(edition, ROOMS_NOW)
    opening = _begin(edition, chair, K.PLENARY, "Pembukaan", "Opening", ("09:00", "10:30"), rooms[0])
    for speaker in edition.speakers.all()[:3]:
        opening.refresh_from_db()
        items.add_item(opening, {"speaker": speaker, "minutes": 25}, by=chair, seen=opening.revision)
    _begin(edition, chair, K.BREAK, "Rehat kopi", "Coffee", ("10:30", "11:00"), None)
    for room, track in zip(rooms, edition.tracks.all(), strict=False):
        _begin(edition, chair, K.PARALLEL, track.name_id, track.name_en, ("11:00", "12:30"), room, track=track)
    _begin(edition, chair, K.BREAK, "Makan siang", "Lunch", ("12:30", "13:30"), None)
    _begin(edition, chair, K.POSTERS, "Sesi poster", "Poster session", ("13:30", "15:00"), rooms[0])
    _begin(edition, chair, K.PLENARY, "Penutupan", "Closing", ("14:00", "15:00"), rooms[0], day=1)


def _begin(
    edition: Edition, by: User, kind: str, title_id: str, title_en: str, span: tuple[str, str], room: Room | None,
    *, track: Track | None = None, day: int = 0,
) -> ProgrammeSession:  # fmt: skip
    data = {
        "kind": kind, "title_id": title_id, "title_en": title_en, "about_id": "", "about_en": "", "track": track,
        "room": room, "starts_at": _at(edition, span[0], day), "ends_at": _at(edition, span[1], day), "expected": None,
    }  # fmt: skip
    member = edition.committee.filter(user=by).first()
    chairs = [Chair(member.name, "", member)] if kind == K.PLENARY and member else []
    return actions.add_session(edition, data, chairs, by=by)
