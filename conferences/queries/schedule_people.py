"""Who is to be told of which places in the programme."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from conferences.models import ProgrammeItem, ProgrammeSession, Submission
from conferences.programme_people import MINUTE, People, Who, addresses_in
from conferences.queries.programme import Working, addresses_of_users, members
from conferences.queries.snapshot import both

ROLES = ("presents", "chairs")


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of somebody's calendar. `uid` and `sequence` are those of the public calendar."""

    uid: str
    sequence: int
    role: str
    title: dict[str, str]
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    room: int | None
    room_name: dict[str, str]


@dataclass(slots=True)
class Recipient:
    who: Who
    places: list[Place]


def session_uid(pk: int) -> str:
    return f"sesi-{pk}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}"


def recipients(working: Working, number: int) -> dict[str, Recipient]:
    """By address: presenters, speakers whose address the conference knows, chairs. `number`: of the new schedule."""
    people = People(addresses_of_users(addresses_in(working.sessions)))
    known = _Known(working, people)
    found: dict[str, Recipient] = {}
    for one in people.engagements(working.sessions):
        place = _of_session(one.session, number) if one.item is None else _of_item(one.item, one.session)
        for who in known.reachable(one.who, one.item):
            recipient = found.setdefault(who.email, Recipient(who, []))
            if place.uid not in {other.uid for other in recipient.places}:
                recipient.places.append(place)
    return found


class _Known:
    """Addresses by name: a speaker has none of their own, but may be on the committee or among the authors."""

    def __init__(self, working: Working, people: People) -> None:
        self.people = people
        committee = [
            people.who(row.name, place=row.affiliation, user=row.user) for row in members(working.edition) if row.user
        ]
        others = [one.who for one in people.engagements(working.sessions) if one.who.email]
        self.everybody = [*committee, *others]

    def reachable(self, who: Who, item: ProgrammeItem | None) -> list[Who]:
        """With an address; for an author without one, who handed the paper in."""
        if who.email:
            return [who]
        if item is not None and item.submission:
            return [self._submitter(item.submission)]
        return [other for other in self.everybody if other.is_same(who)][:1]

    def _submitter(self, submission: Submission) -> Who:
        user = submission.submitter
        return self.people.who(user.name, user.email, user=user)


def _of_session(session: ProgrammeSession, number: int) -> Place:
    where = _where(session)
    return Place(
        session_uid(session.pk), number, "chairs", both(session, "title"), session.starts_at, session.ends_at, *where
    )


def _of_item(item: ProgrammeItem, session: ProgrammeSession) -> Place:
    ends_at = item.starts_at + item.minutes * MINUTE
    where = _where(session)
    return Place(str(item.key), item.sequence, "presents", title_of(item), item.starts_at, ends_at, *where)


def title_of(item: ProgrammeItem) -> dict[str, str]:
    if item.title_id:
        return both(item, "title")
    if item.submission:
        return both(item.submission, "title")
    return both(item.speaker, "topic") if item.speaker and item.speaker.topic_id else {"id": str(item.speaker)}


def _where(session: ProgrammeSession) -> tuple[int | None, dict[str, str]]:
    room = session.room
    return (room.pk, both(room, "name")) if room else (None, {})
