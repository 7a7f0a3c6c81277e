"""Somebody was seen, at the door or in a session, or was not after all. A phone may tell it again and again.

The rows themselves say who told it and when, so only what is undone stands in the log.
"""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.actions import log
from accounts.models import User
from conferences.actions.common import require
from conferences.models import CheckIn, Edition, Registration
from conferences.practice import counts_from, is_practice
from conferences.queries.check_ins import sessions_to_attend
from conferences.rules.registration import may_register_others
from conferences.states import RegistrationState

MOST_AT_ONCE = 200
MOST_AGO = datetime.timedelta(days=2)  # how long a phone may have kept something to itself


@dataclass(frozen=True, slots=True)
class Told:
    """What a phone tells: whom it saw (by `number`, or by the `badge` it read) how long ago, or, with `is_undone`, that
    what it told under this key was a mistake. Ages instead of moments: clocks of phones are wrong.
    """

    key: uuid.UUID
    number: int | None = None
    badge: uuid.UUID | None = None
    session: int | None = None
    ago: datetime.timedelta = datetime.timedelta(0)
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """`state`: in, duplicate (`row` is the first), undone, refused (not confirmed), unknown."""

    told: Told
    state: str
    registration: Registration | None = None
    row: CheckIn | None = None


@transaction.atomic
def record(edition: Edition, told: Sequence[Told], *, by: User) -> list[Outcome]:
    """In a constant number of statements. What is told twice counts once; whom two tell of was seen by the first."""
    require(may_register_others(by, edition))
    told = told[:MOST_AT_ONCE]
    people = _People(edition, told)
    _end_practice(edition)
    _undo([one.key for one in told if one.is_undone], edition, by)
    CheckIn.objects.bulk_create(_new_rows(told, people, by), ignore_conflicts=True)
    rows = _Rows(told, people)
    return [_outcome(one, people, rows) for one in told]


def _end_practice(edition: Edition) -> None:
    """So that nobody is here already because of it."""
    if not is_practice(edition):
        rows = CheckIn.objects.filter(registration__edition=edition, at__lt=counts_from(edition), undone_at=None)
        rows.update(undone_at=timezone.now())


class _People:
    def __init__(self, edition: Edition, told: Iterable[Told]) -> None:
        numbers = {one.number for one in told if one.number is not None}
        badges = {one.badge for one in told if one.badge is not None}
        rows = Registration.objects.filter(Q(number__in=numbers) | Q(badge_key__in=badges), edition=edition)
        self.by_number = {row.number: row for row in rows}
        self.by_badge = {row.badge_key: row for row in self.by_number.values()}
        self.sessions = {None, *sessions_to_attend(edition).values_list("pk", flat=True)}

    def of(self, told: Told) -> Registration | None:
        if told.session not in self.sessions:
            return None
        return self.by_badge.get(told.badge) if told.badge else self.by_number.get(told.number or 0)


def _new_rows(told: Iterable[Told], people: _People, by: User) -> list[CheckIn]:
    now, rows = timezone.now(), []
    for one in told:
        person = people.of(one)
        if person is None or person.state != RegistrationState.CONFIRMED:
            continue
        at = now - min(max(one.ago, datetime.timedelta(0)), MOST_AGO)
        undone = now if one.is_undone else None  # so that what was sent before and arrives later stays undone
        values: dict[str, Any] = {"session_id": one.session, "at": at, "received_at": now, "undone_at": undone}
        rows.append(CheckIn(registration=person, client_key=one.key, by=by, **values))
    return rows


class _Rows:
    """What stands after it was told."""

    def __init__(self, told: Iterable[Told], people: _People) -> None:
        known = list(people.by_number.values())
        standing = Q(registration__in=known, undone_at=None)
        rows = CheckIn.objects.filter(standing | Q(client_key__in=[one.key for one in told])).select_related("by")
        self.by_key = {row.client_key: row for row in rows}
        self.standing = {(row.registration_id, row.session_id): row for row in rows if row.undone_at is None}


def _outcome(told: Told, people: _People, rows: _Rows) -> Outcome:
    person, row = people.of(told), rows.by_key.get(told.key)
    if person is None or (row is not None and row.registration_id != person.pk):
        return Outcome(told, "unknown")
    if row is not None:
        return Outcome(told, "in" if row.undone_at is None else "undone", person, row)
    if person.state != RegistrationState.CONFIRMED:
        return Outcome(told, "refused", person)
    return Outcome(told, "duplicate", person, rows.standing.get((person.pk, told.session)))


@transaction.atomic
def undo(row: CheckIn, *, by: User) -> None:
    """Once; the row stays, to be read by whoever wonders."""
    edition = row.registration.edition
    require(may_register_others(by, edition))
    _undo([row.client_key], edition, by)


def _undo(keys: list[uuid.UUID], edition: Edition, by: User) -> None:
    mistaken = CheckIn.objects.filter(client_key__in=keys, registration__edition=edition, undone_at=None)
    rows = list(mistaken.select_for_update(of=("self",)).select_related("registration"))
    CheckIn.objects.filter(pk__in=[row.pk for row in rows]).update(undone_at=timezone.now())
    for row in rows:
        log(by, "check_in.undone", edition, {"registration": [row.registration.number, None]})
