"""The programme of an edition as data: what a schedule keeps and its pages, calendars and files are made of.

Moments are ISO 8601 in UTC; texts are {"id", "en"}; nobody's address is in it. `external` is what an imported schedule
said besides; answers that people gave to its organisers stay out unless `whole` asks for them.
"""

from typing import Any

from django.db.models import Prefetch

from conferences.models import Edition, ProgrammeItem, ProgrammeSession, Room, SubmissionAuthor

FORMAT = 1
PRIVATE = {"answers"}


def snapshot(edition: Edition, *, whole: bool = False) -> dict[str, Any]:
    """In five statements, however long the programme is."""
    told = snapshot_of_all(edition)
    return told if whole else without_answers(told)


def snapshot_of_all(edition: Edition) -> dict[str, Any]:
    sessions = edition.sessions.select_related("track").prefetch_related("chairs", _items())
    return {
        "format": FORMAT,
        "rooms": [_room(room) for room in edition.rooms.all()],
        "sessions": [_session(session) for session in sessions],
        "external": edition.external,
    }


def without_answers(told: Any) -> Any:
    if isinstance(told, list):
        return [without_answers(one) for one in told]
    if isinstance(told, dict):
        return {name: without_answers(value) for name, value in told.items() if name not in PRIVATE}
    return told


def _items() -> "Prefetch[str]":
    authors = Prefetch("submission__authors", SubmissionAuthor.objects.select_related("affiliation"))
    rows = ProgrammeItem.objects.select_related("submission", "speaker").prefetch_related(authors)
    return Prefetch("items", rows)


def both(thing: Any, name: str) -> dict[str, str]:
    return {language: getattr(thing, f"{name}_{language}") for language in ("id", "en")}


def _room(room: Room) -> dict[str, Any]:
    told = {"place": room.place, "capacity": room.capacity, "online_url": room.online_url}
    return {"id": room.pk, "name": both(room, "name"), **told, "external": room.external}


def _session(session: ProgrammeSession) -> dict[str, Any]:
    track = session.track
    return {
        "id": session.pk,
        "kind": session.kind,
        "title": both(session, "title"),
        "about": both(session, "about"),
        "track": track and {"code": track.code, "name": both(track, "name")},
        "room": session.room_id,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "chairs": [chair.name for chair in session.chairs.all()],
        "items": [_item(item) for item in session.items.all()],
    }


def _item(item: ProgrammeItem) -> dict[str, Any]:
    """`submission` and `speaker` are their ids; an own title stands before theirs."""
    title, about, people = _said_by(item)
    return {
        "key": str(item.key),
        "sequence": item.sequence,
        "submission": item.submission_id,
        "speaker": item.speaker_id,
        "title": both(item, "title") if item.title_id else title,
        "abstract": about,
        "people": people,
        "starts_at": item.starts_at.isoformat(),
        "minutes": item.minutes,
        "board": item.board,
        "external": item.external,
    }


def _said_by(item: ProgrammeItem) -> tuple[dict[str, str], dict[str, str], list[dict[str, Any]]]:
    """Title, abstract, people."""
    if submission := item.submission:
        return both(submission, "title"), both(submission, "abstract"), [_author(a) for a in submission.authors.all()]
    if speaker := item.speaker:
        people = [{"name": speaker.name, "affiliation": speaker.affiliation, "orcid": "", "presents": True}]
        topic = both(speaker, "topic") if speaker.topic else {"id": speaker.name, "en": ""}
        return topic, both(speaker, "about"), people
    about = "\n\n".join(filter(None, (item.external.get(name) for name in ("abstract", "description"))))
    language = "en" if str(item.external.get("language") or "").startswith("en") else "id"
    abstract = {"id": "", "en": "", language: about}
    return both(item, "title"), abstract, [_named(person) for person in item.external.get("persons", [])]


def _named(person: dict[str, Any]) -> dict[str, Any]:
    name = str(person.get("public_name") or person.get("name") or "")
    return {"name": name, "affiliation": "", "orcid": "", "presents": True}


def _author(author: SubmissionAuthor) -> dict[str, Any]:
    place = str(author.affiliation) if author.affiliation else author.affiliation_name
    return {"name": author.name, "affiliation": place, "orcid": author.orcid, "presents": author.is_presenter}
