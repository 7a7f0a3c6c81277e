"""The programme of an edition as data: what a schedule keeps and its pages, calendars and files are made of.

Moments are ISO 8601 in UTC; texts are {"id", "en"}; nobody's address is in it.
"""

from typing import Any

from django.db.models import Prefetch

from conferences.models import Edition, ProgrammeItem, ProgrammeSession, Room, SubmissionAuthor

FORMAT = 1


def snapshot(edition: Edition) -> dict[str, Any]:
    """In five statements, however long the programme is."""
    sessions = edition.sessions.select_related("track").prefetch_related("chairs", _items())
    return {
        "format": FORMAT,
        "rooms": [_room(room) for room in edition.rooms.all()],
        "sessions": [_session(session) for session in sessions],
    }


def _items() -> "Prefetch[str]":
    authors = Prefetch("submission__authors", SubmissionAuthor.objects.select_related("affiliation"))
    rows = ProgrammeItem.objects.select_related("submission", "speaker").prefetch_related(authors)
    return Prefetch("items", rows)


def both(thing: Any, name: str) -> dict[str, str]:
    return {language: getattr(thing, f"{name}_{language}") for language in ("id", "en")}


def _room(room: Room) -> dict[str, Any]:
    told = {"place": room.place, "capacity": room.capacity, "online_url": room.online_url}
    return {"id": room.pk, "name": both(room, "name"), **told}


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
    }


def _said_by(item: ProgrammeItem) -> tuple[dict[str, str], dict[str, str], list[dict[str, Any]]]:
    """Title, abstract, people."""
    if submission := item.submission:
        return both(submission, "title"), both(submission, "abstract"), [_author(a) for a in submission.authors.all()]
    if speaker := item.speaker:
        people = [{"name": speaker.name, "affiliation": speaker.affiliation, "orcid": "", "presents": True}]
        return both(speaker, "topic"), both(speaker, "about"), people
    return both(item, "title"), {"id": "", "en": ""}, []


def _author(author: SubmissionAuthor) -> dict[str, Any]:
    place = str(author.affiliation) if author.affiliation else author.affiliation_name
    return {"name": author.name, "affiliation": place, "orcid": author.orcid, "presents": author.is_presenter}
