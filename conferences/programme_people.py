"""Who does what when in a programme, and whether two of them are the same person."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from accounts.models import User
from accounts.names import parse_name
from accounts.queries import normalised
from conferences.models import (
    ProgrammeItem,
    ProgrammeSession,
    SessionChair,
    Speaker,
    Submission,
    SubmissionAuthor,
    Unavailability,
)

MINUTE = datetime.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Who:
    """`marks`: what somebody is known by. A single name is one only together with where they are."""

    name: str
    email: str = ""
    user: User | None = None
    language: str = "id"
    orcid: str = ""
    marks: frozenset[str] = field(default=frozenset(), compare=False)

    def is_same(self, other: "Who") -> bool:
        if self.orcid and other.orcid and self.orcid != other.orcid:
            return False
        return bool(self.marks & other.marks)


@dataclass(frozen=True, slots=True)
class Engagement:
    """Somebody presents an item, or chairs the session where `item` is none."""

    who: Who
    session: ProgrammeSession
    item: ProgrammeItem | None
    starts_at: datetime.datetime
    ends_at: datetime.datetime

    @property
    def chairs(self) -> bool:
        return self.item is None

    def overlaps(self, starts_at: datetime.datetime, ends_at: datetime.datetime) -> bool:
        return self.starts_at < ends_at and starts_at < self.ends_at


class People:
    """`users`: accounts by address, read once by the caller (`addresses_in` says which)."""

    def __init__(self, users: dict[str, User]) -> None:
        self.users = users

    def who(
        self, name: str, email: str = "", orcid: str = "", place: str = "", user: User | None = None,
        language: str = "id",
    ) -> Who:  # fmt: skip
        email = (email or (user.email if user else "")).lower()
        user = user or self.users.get(email)
        marks = {f"e:{email}" if email else "", f"o:{orcid}" if orcid else "", f"u:{user.pk}" if user else ""}
        marks.add(_name_mark(name, place))
        language = user.language if user else language
        return Who(name, email, user, language, orcid, frozenset(marks - {""}))

    def presenters(self, submission: Submission) -> list[Who]:
        """The authors who present, with the submitter's address where they gave none; without any, the submitter."""
        sender = submission.submitter
        chosen = [author for author in submission.authors.all() if author.is_presenter]
        if not chosen:
            return [self.who(sender.name, sender.email, user=sender)]
        return [
            self.who(author.name, author.email, author.orcid, place_of(author), language=submission.language)
            for author in chosen
        ]

    def speaker(self, speaker: Speaker) -> Who:
        return self.who(speaker.name, place=speaker.affiliation)

    def chair(self, chair: SessionChair) -> Who:
        member = chair.member
        place = member.affiliation if member else ""
        return self.who(chair.name, chair.email, place=place, user=member.user if member else None)

    def unavailable(self, row: Unavailability) -> Who:
        return self.who(row.name, row.email)

    def of_item(self, item: ProgrammeItem) -> list[Who]:
        if item.submission:
            return self.presenters(item.submission)
        return [self.speaker(item.speaker)] if item.speaker else []

    def engagements(self, sessions: Iterable[ProgrammeSession]) -> Iterator[Engagement]:
        for session in sessions:
            for chair in session.chairs.all():
                yield Engagement(self.chair(chair), session, None, session.starts_at, session.ends_at)
            for item in session.items.all():
                ends = item.starts_at + item.minutes * MINUTE
                for who in self.of_item(item):
                    yield Engagement(who, session, item, item.starts_at, ends)


def place_of(author: SubmissionAuthor) -> str:
    return str(author.affiliation) if author.affiliation else author.affiliation_name


def addresses_in(sessions: Iterable[ProgrammeSession], unavailable: Iterable[Unavailability] = ()) -> set[str]:
    """Every address that a programme knows, in small letters."""
    found = {row.email for row in unavailable}
    for session in sessions:
        found |= {chair.email for chair in session.chairs.all()}
        for item in session.items.all():
            if item.submission:
                found |= {author.email for author in item.submission.authors.all()}
    return {email.lower() for email in found if email}


def _name_mark(name: str, place: str) -> str:
    parsed = parse_name(name)
    plain = normalised(f"{parsed.given} {parsed.family}")
    if " " in plain:
        return f"n:{plain}"
    return f"n:{plain}|{normalised(place)}" if plain and place else ""
