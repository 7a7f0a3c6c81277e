"""The working programme of an edition at the desk, read in a fixed number of statements."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Prefetch, QuerySet

from accounts.models import User
from conferences.models import (
    Attendance,
    CommitteeMember,
    Edition,
    ProgrammeItem,
    ProgrammeSession,
    Registration,
    Room,
    Schedule,
    SessionChair,
    Submission,
    Unavailability,
)
from conferences.states import RegistrationState, SubmissionState

DAY = datetime.timedelta(days=1)


def rows(edition: Edition) -> "QuerySet[ProgrammeSession]":
    """Sessions with all that stands in them; six statements."""
    items = ProgrammeItem.objects.select_related("speaker", "submission__submitter", "submission__track")
    chairs = SessionChair.objects.select_related("member__user")
    return (
        ProgrammeSession.objects.filter(edition=edition)
        .select_related("room", "track")
        .prefetch_related(
            Prefetch("chairs", chairs), Prefetch("items", items.prefetch_related("submission__authors__affiliation"))
        )
    )


def unplaced(edition: Edition) -> "QuerySet[Submission]":
    """Accepted, and nowhere in the programme."""
    found = Submission.objects.filter(edition=edition, state=SubmissionState.ACCEPTED, programme_items=None)
    return (
        found.select_related("track", "submitter")
        .prefetch_related("authors__affiliation")
        .order_by("track__position", "number")
    )


def placeable(edition: Edition) -> "QuerySet[Submission]":
    return Submission.objects.filter(edition=edition, state=SubmissionState.ACCEPTED).order_by("number")


def days_of(edition: Edition, sessions: list[ProgrammeSession]) -> list[datetime.date]:
    """Of the edition, and any other on which a session stands."""
    length = (edition.ends_on - edition.starts_on).days + 1
    own = {edition.starts_on + number * DAY for number in range(length)}
    return sorted(own | {day_of(session, edition) for session in sessions})


def day_of(session: ProgrammeSession, edition: Edition) -> datetime.date:
    return session.starts_at.astimezone(edition.tz).date()


@dataclass
class Working:
    """The programme as it stands at the desk, each part read once and when it is wanted."""

    edition: Edition

    @cached_property
    def rooms(self) -> list[Room]:
        return list(self.edition.rooms.all())

    @cached_property
    def sessions(self) -> list[ProgrammeSession]:
        found = list(rows(self.edition))
        for session in found:
            session.edition = self.edition
        return found

    @cached_property
    def unplaced(self) -> list[Submission]:
        return list(unplaced(self.edition))

    @cached_property
    def unavailable(self) -> list[Unavailability]:
        return list(self.edition.unavailabilities.all())

    @cached_property
    def confirmed(self) -> int:
        """How many will come to the venue."""
        rows = Registration.objects.filter(edition=self.edition, state=RegistrationState.CONFIRMED)
        return rows.filter(attendance=Attendance.ON_SITE).count()

    @cached_property
    def days(self) -> list[datetime.date]:
        return days_of(self.edition, self.sessions)


def addresses_of_users(addresses: set[str]) -> dict[str, User]:
    """By address in small letters: who signs in with it or has confirmed it; two statements."""
    found = {user.email.lower(): user for user in User.objects.filter(email__in=addresses)}
    others = EmailAddress.objects.filter(email__in=addresses, verified=True).select_related("user")
    return {row.email.lower(): row.user for row in others} | found


def members(edition: Edition) -> "QuerySet[CommitteeMember]":
    return edition.committee.select_related("user")


def schedules(edition: Edition) -> "QuerySet[Schedule]":
    return edition.schedules.select_related("published_by")


def last_schedule(edition: Edition) -> Schedule | None:
    return edition.schedules.order_by("-number").first()


def session_at_desk(edition: Edition, pk: int) -> ProgrammeSession | None:
    found = rows(edition).filter(pk=pk).first()
    if found is not None:
        found.edition = edition
    return found


def item_at_desk(edition: Edition, pk: int) -> ProgrammeItem | None:
    found = ProgrammeItem.objects.select_related("session__room", "speaker", "submission")
    item: ProgrammeItem | None = found.filter(pk=pk, session__edition=edition).first()
    if item is not None:
        item.session.edition = edition
    return item


def submissions_among(edition: Edition, pks: Any) -> list[Submission]:
    """Of those that wait for a place, in the order of the list."""
    return list(unplaced(edition).filter(pk__in=pks))


__all__ = ["Working", "addresses_of_users", "days_of", "last_schedule", "members", "schedules", "session_at_desk"]
