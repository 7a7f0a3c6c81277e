"""Who has earned a certificate of each kind, by what is recorded and by nothing else.

participant: a confirmed registration that was checked in, at the door or in a session.
presenter: a presenting author of an accepted submission, in a session of the published programme that is over. Recorded
    is it where the author was checked in, too; of others the committee says itself that they presented.
reviewer: at least one review handed over. What of stays where it is: a certificate names no submission.
committee: named on the site as a member, with all roles on one certificate.
chair: named for a session of the published programme that is over.
"""

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from conferences.models import (
    CertificateKind,
    CheckIn,
    CommitteeMember,
    Edition,
    Registration,
    Reviewer,
    SessionChair,
    SubmissionAuthor,
)
from conferences.practice import counts_from
from conferences.queries.snapshot import both
from conferences.states import AssignmentState, RegistrationState, SubmissionState


@dataclass(frozen=True, slots=True)
class Earned:
    """`subject`: the record that it stands on. `detail`: for what, as values for `words`. `is_recorded`: False where
    the committee has to say that it was so.
    """

    kind: str
    subject: str
    name: str
    email: str = ""
    user_id: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    is_recorded: bool = True


def earned(edition: Edition, kind: str) -> list[Earned]:
    """In an order that stays; a constant number of statements."""
    return _BY_KIND[kind](edition)


def _participants(edition: Edition) -> list[Earned]:
    standing = CheckIn.objects.filter(undone_at=None, at__gte=counts_from(edition))
    rows = Registration.objects.filter(edition=edition, state=RegistrationState.CONFIRMED, check_ins__in=standing)
    rows = rows.distinct().order_by("number").prefetch_related(Prefetch("check_ins", standing, to_attr="seen"))
    return [
        Earned(
            CertificateKind.PARTICIPANT, f"registration:{row.pk}", row.name, row.email, row.user_id,
            {"days": _days(row.seen, edition)},
        )
        for row in rows
    ]  # fmt: skip


def _days(seen: Iterable[CheckIn], edition: Edition) -> list[str]:
    return sorted({row.at.astimezone(edition.tz).date().isoformat() for row in seen})


@dataclass(frozen=True, slots=True)
class _Over:
    """Of the published programme what is over: its sessions as data, by their id."""

    sessions: dict[int, dict[str, Any]]

    @classmethod
    def of(cls, edition: Edition) -> "_Over":
        schedule = edition.schedules.order_by("-number").first()
        now = timezone.now()
        found = schedule.data.get("sessions", []) if schedule else []
        return cls({session["id"]: session for session in found if _moment(session["ends_at"]) <= now})

    @property
    def presented(self) -> set[int]:
        items = (item for session in self.sessions.values() for item in session["items"])
        return {item["submission"] for item in items if item["submission"]}


def _moment(text: str) -> datetime.datetime:
    moment = parse_datetime(text)
    if moment is None:
        raise ValueError(text)
    return moment


def _presenters(edition: Edition) -> list[Earned]:
    authors = SubmissionAuthor.objects.filter(
        submission__edition=edition, submission__state=SubmissionState.ACCEPTED, is_presenter=True,
        submission__in=_Over.of(edition).presented,
    ).select_related("submission").order_by("submission__number", "position")  # fmt: skip
    here = _addresses_seen(edition)
    return [
        Earned(
            CertificateKind.PRESENTER, _subject("submission", author.submission_id, author.email or author.name),
            author.name, author.email,
            detail={"title": both(author.submission, "title"), "as": author.submission.accepted_as},
            is_recorded=author.email.casefold() in here,
        )
        for author in authors
    ]  # fmt: skip


def _addresses_seen(edition: Edition) -> set[str]:
    """Of those who were checked in: as registered, and of their accounts."""
    rows = CheckIn.objects.filter(registration__edition=edition, undone_at=None, at__gte=counts_from(edition))
    pairs = rows.values_list("registration__email", "registration__user__email").distinct()
    return {address.casefold() for pair in pairs for address in pair if address}


def _subject(of: str, pk: int, who: str) -> str:
    """Rows of authors and chairs are written anew at each change; who it is stays."""
    return f"{of}:{pk}:{hashlib.sha256(who.casefold().encode()).hexdigest()[:16]}"


def _reviewers(edition: Edition) -> list[Earned]:
    rows = Reviewer.objects.filter(
        edition=edition, assignments__state=AssignmentState.REVIEWED, assignments__review__submitted_at__isnull=False
    )
    return [
        Earned(CertificateKind.REVIEWER, f"reviewer:{row.pk}", row.name, row.email, row.user_id)
        for row in rows.distinct().order_by("name", "pk")
    ]


def _committee(edition: Edition) -> list[Earned]:
    rows = edition.committee.filter(is_listed=True, invited_email="").select_related("user")
    people: dict[object, list[CommitteeMember]] = defaultdict(list)
    for row in rows:
        people[row.user_id or row.name.casefold()].append(row)
    return [
        Earned(
            CertificateKind.COMMITTEE, f"member:{min(row.pk for row in own)}", own[0].name,
            own[0].user.email if own[0].user else "", own[0].user_id, {"roles": [row.role for row in own]},
        )
        for own in people.values()
    ]  # fmt: skip


def _chairs(edition: Edition) -> list[Earned]:
    over = _Over.of(edition).sessions
    rows = SessionChair.objects.filter(session__in=list(over), session__edition=edition)
    rows = rows.select_related("member__user").order_by("session__starts_at", "session", "position", "pk")
    return [_chair(row, over[row.session_id]) for row in rows if row.name in over[row.session_id]["chairs"]]


def _chair(row: SessionChair, session: dict[str, Any]) -> Earned:
    user = row.member.user if row.member else None
    email = row.email or (user.email if user else "")
    subject = _subject("session", row.session_id, email or row.name)
    detail = {"title": session["title"]}
    return Earned(CertificateKind.CHAIR, subject, row.name, email, user.pk if user else None, detail)


_BY_KIND: dict[str, Callable[[Edition], list[Earned]]] = {
    CertificateKind.PARTICIPANT: _participants,
    CertificateKind.PRESENTER: _presenters,
    CertificateKind.REVIEWER: _reviewers,
    CertificateKind.COMMITTEE: _committee,
    CertificateKind.CHAIR: _chairs,
}
