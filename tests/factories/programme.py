"""The programme of an edition, made by the actions of the desk."""

import datetime
from typing import Any

from conferences import parts
from conferences.actions import parts as part_actions
from conferences.actions import programme, programme_items, publishing
from conferences.actions.programme import Chair
from conferences.models import Edition, ProgrammeItem, ProgrammeSession, Room, Schedule, Speaker, Submission
from conferences.states import SubmissionState
from tests.factories.conferences import committee, make_submission, make_track


def maker(edition: Edition) -> Any:
    return committee(edition, "programme_chair")


def make_room(edition: Edition, name: str = "Aula", **fields: Any) -> Room:
    data = {"name_id": name, "name_en": "", "place": "", "capacity": None, "online_url": "", **fields}
    room: Room = part_actions.add(parts.ROOMS, edition, data, by=maker(edition))
    return room


def at(edition: Edition, clock: str, day: int = 0) -> datetime.datetime:
    date = edition.starts_on + datetime.timedelta(days=day)
    return datetime.datetime.combine(date, datetime.time.fromisoformat(clock), edition.tz)


def make_session(
    edition: Edition, starts: str = "09:00", ends: str = "10:30", *, day: int = 0, chairs: tuple[Chair, ...] = (),
    **fields: Any,
) -> ProgrammeSession:  # fmt: skip
    data = {
        "kind": "parallel", "title_id": f"Sesi {edition.sessions.count() + 1}", "title_en": "", "about_id": "",
        "about_en": "", "track": None, "room": None, "expected": None, "starts_at": at(edition, starts, day),
        "ends_at": at(edition, ends, day), **fields,
    }  # fmt: skip
    return programme.add_session(edition, data, chairs, by=maker(edition))


def make_item(session: ProgrammeSession, what: Any = None, **fields: Any) -> ProgrammeItem:
    """`what`: a submission, a speaker, or a title."""
    names = {Submission: "submission", Speaker: "speaker"}
    data = {names.get(type(what), "title_id"): what or "Sambutan", "minutes": 15, **fields}
    session.refresh_from_db()
    return programme_items.add_item(session, data, by=maker(session.edition), seen=session.revision)


def accepted(edition: Edition, **fields: Any) -> Submission:
    track = edition.tracks.first() or make_track(edition)
    return make_submission(track, SubmissionState.ACCEPTED, **fields)


def publish(edition: Edition, note: str = "") -> tuple[Schedule, int]:
    draft = publishing.draft_of(edition)
    return publishing.publish(edition, note, "", by=maker(edition), seen=draft.stamp)
