"""Registering, entering somebody by hand, changing, cancelling."""

import datetime
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.actions import changes_between, log
from accounts.models import User
from conferences.actions import needs
from conferences.actions import registration_mails as mails
from conferences.actions.common import ChangedMeanwhile, reason_in, require
from conferences.actions.registration_places import has_place, locked, locked_terms, move, move_up, next_number
from conferences.models import Edition, Registration, RegistrationTerms
from conferences.rules import registration as rules
from conferences.rules.committee import is_active
from conferences.states import ACTIVE_REGISTRATIONS, RegistrationState

FIELDS = (
    "category", "attendance", "name", "badge_name", "phone", "language", "institution", "institution_name",
    "position_title",
)  # fmt: skip
TOLD = ("category", "attendance", "language")  # in the log; the rest is personal
Data = dict[str, Any]


class Closed(Exception):
    """Registration is not open."""


class Full(Exception):
    """No place is left for this way of taking part."""


class AlreadyRegistered(Exception):
    def __init__(self, registration: Registration) -> None:
        super().__init__(f"registration {registration.pk}")
        self.registration = registration


def active_of(user: User, edition: Edition) -> Registration | None:
    rows = Registration.objects.filter(edition=edition, user=user, state__in=ACTIVE_REGISTRATIONS)
    return rows.select_related("edition").first()


@transaction.atomic
def register(edition: Edition, data: Data, *, by: User, at: datetime.datetime | None = None) -> Registration:
    """Oneself. `data`: of `FIELDS`, and "need". Raises `Closed` and `AlreadyRegistered`."""
    terms = locked_terms(edition)
    require(is_active(by))
    if not rules.may_register(by, terms, at):
        raise Closed
    if (known := active_of(by, edition)) is not None:
        raise AlreadyRegistered(known)
    moment = at or timezone.now()
    state = _first_state(terms, data["attendance"])
    registration = _create(terms, data, state=state, user=by, email=by.email, registered_at=moment, queued_at=moment)
    log(by, "registration.made", registration, {"state": [None, str(state.label)]})
    mails.state_told(registration)
    return registration


def _first_state(terms: RegistrationTerms, attendance: str) -> RegistrationState:
    if terms.needs_approval:
        return RegistrationState.REQUESTED
    return RegistrationState.CONFIRMED if has_place(terms, attendance) else RegistrationState.WAITING


def _create(terms: RegistrationTerms, data: Data, **values: Any) -> Registration:
    given = {name: data[name] for name in FIELDS if name in data}
    registration = Registration.objects.create(
        edition=terms.edition, number=next_number(terms.edition), badge_key=uuid.uuid4(), **{**given, **values}
    )
    needs.write(registration, data.get("need", ""))
    return registration


@transaction.atomic
def enter(edition: Edition, data: Data, *, by: User) -> Registration:
    """Somebody without an account, at the door for instance: confirmed at once, also beyond the places there are.

    `data`: of `FIELDS` ("category" and "name" at least), "email" and "need". With an address they get a mail.
    """
    terms = locked_terms(edition)
    require(rules.may_register_others(by, terms.edition))
    moment = timezone.now()
    registration = _create(
        terms, data, state=RegistrationState.CONFIRMED, email=data.get("email", ""), decided_by=by, decided_at=moment,
        registered_at=moment, queued_at=moment,
    )  # fmt: skip
    log(by, "registration.entered", registration)
    mails.state_told(registration)
    return registration


@transaction.atomic
def edit(registration: Registration, data: Data, *, by: User, seen: int) -> Registration:
    """By whose it is, or by the committee. Raises `ChangedMeanwhile`; `Full` if the other way of taking part is."""
    terms, fresh = locked(registration)
    require(rules.may_edit(by, fresh))
    if seen != fresh.revision:
        raise ChangedMeanwhile
    names = [name for name in (*FIELDS, "email") if name in data]
    before, was = _told(fresh, names), fresh.attendance
    for name in names:
        setattr(fresh, name, data[name])
    has_moved = fresh.attendance != was
    if has_moved:
        _take_other_place(terms, fresh)
    fresh.revision += 1
    fresh.save(update_fields=[*names, "queued_at", "revision"])
    if "need" in data:
        needs.write(fresh, data["need"])
    changes = changes_between(before, _told(fresh, names))
    log(by, "registration.edited", fresh, {n: pair if n in TOLD else [None, None] for n, pair in changes.items()})
    if has_moved:
        move_up(terms, by)
    return Registration.objects.get(pk=fresh.pk)


def _told(registration: Registration, names: list[str]) -> Data:
    """Choices in words, as the log shows them."""
    return {
        name: str(getattr(registration, f"get_{name}_display")() if name in TOLD else getattr(registration, name))
        for name in names
    }


def _take_other_place(terms: RegistrationTerms, registration: Registration) -> None:
    """Who waits goes to the end of the other line."""
    if registration.state == RegistrationState.CONFIRMED and not has_place(terms, registration.attendance):
        raise Full
    registration.queued_at = timezone.now()


@transaction.atomic
def cancel(registration: Registration, *, by: User, seen: int | None = None, reason: str = "") -> Registration:
    """By whose it is, or by the committee with a reason. What they need and their letter is forgotten at once."""
    terms, fresh = locked(registration)
    require(rules.may_cancel(by, fresh))
    if seen is not None and seen != fresh.revision:
        raise ChangedMeanwhile
    is_own = rules.is_own(by, fresh)
    told = reason.strip() if is_own else reason_in(reason)
    move(fresh, RegistrationState.CANCELLED, reason=told[:500], letter=None, letter_name="")
    needs.forget(fresh)
    log(by, "registration.cancelled", fresh)
    mails.cancelled(fresh)
    move_up(terms, by)
    return fresh


@transaction.atomic
def forget(user: User) -> None:
    """An account is deleted: who is to come frees the place; how to reach them, their letter and needs go in any case.

    The name stays where somebody was there, since the record of the event and its certificates stand on it.
    """
    for registration in Registration.objects.filter(user=user).select_related("edition"):
        _forget(registration, user)


def _forget(registration: Registration, user: User) -> None:
    terms, fresh = locked(registration)
    needs.forget(fresh)
    was_there = fresh.check_ins.filter(undone_at=None).exists()
    if fresh.state in ACTIVE_REGISTRATIONS and not was_there:
        move(fresh, RegistrationState.CANCELLED)
        log(None, "registration.cancelled", fresh)
    values: Data = {"email": "", "phone": "", "badge_name": "", "letter": None, "letter_name": ""}
    if not was_there:
        with override("id"):
            values |= {"name": str(_("deleted account")), "position_title": ""}
    Registration.objects.filter(pk=fresh.pk).update(**values)
    move_up(terms, None)
