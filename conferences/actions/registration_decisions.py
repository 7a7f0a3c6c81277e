"""What the committee decides about registrations, each on what it has read."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.actions import log
from accounts.models import User
from conferences.actions import needs
from conferences.actions import registration_mails as mails
from conferences.actions.common import ChangedMeanwhile, reason_in, require
from conferences.actions.registration_places import has_place, locked, locked_terms, move
from conferences.actions.registrations import AlreadyRegistered, Full, active_of
from conferences.models import Edition, Registration, RegistrationTerms
from conferences.rules.registration import may_register_others
from conferences.states import REGISTRATION_TRANSITIONS, RegistrationState
from publications.states import check_transition

MOST_AT_ONCE = 500


@transaction.atomic
def confirm(registration: Registration, *, by: User, seen: int) -> Registration:
    """On the waiting list where no place is left; raises `Full` for who waits there already."""
    terms, fresh = _locked_for(registration, by, seen)
    _confirm(terms, fresh, by)
    return fresh


def _confirm(terms: RegistrationTerms, registration: Registration, by: User) -> None:
    check_transition(registration, registration.state, RegistrationState.CONFIRMED, REGISTRATION_TRANSITIONS)
    _refuse_second(registration)
    if has_place(terms, registration.attendance):
        _decide(registration, RegistrationState.CONFIRMED, by, "registration.confirmed")
    elif registration.state == RegistrationState.WAITING:
        raise Full
    else:
        _decide(registration, RegistrationState.WAITING, by, "registration.waits")


@transaction.atomic
def put_on_waiting_list(registration: Registration, *, by: User, seen: int) -> Registration:
    _terms, fresh = _locked_for(registration, by, seen)
    _refuse_second(fresh)
    _decide(fresh, RegistrationState.WAITING, by, "registration.waits")
    return fresh


@transaction.atomic
def decline(registration: Registration, reason: str, *, by: User, seen: int) -> Registration:
    """They read the reason. What they need is forgotten at once."""
    _terms, fresh = _locked_for(registration, by, seen)
    _decide(fresh, RegistrationState.DECLINED, by, "registration.declined", reason_in(reason)[:500])
    needs.forget(fresh)
    return fresh


def _locked_for(registration: Registration, by: User, seen: int) -> tuple[RegistrationTerms, Registration]:
    terms, fresh = locked(registration)
    require(may_register_others(by, terms.edition))
    if seen != fresh.revision:
        raise ChangedMeanwhile
    return terms, fresh


def _refuse_second(registration: Registration) -> None:
    """Somebody who was declined may have registered anew meanwhile."""
    if registration.state != RegistrationState.DECLINED or registration.user is None:
        return
    if (known := active_of(registration.user, registration.edition)) is not None:
        raise AlreadyRegistered(known)


def _decide(registration: Registration, after: RegistrationState, by: User, action: str, reason: str = "") -> None:
    move(registration, after, decided_by=by, decided_at=timezone.now(), reason=reason)
    log(by, action, registration)
    mails.state_told(registration)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many became what; `left` as they were: changed meanwhile, or nothing to confirm."""

    confirmed: int
    waiting: int
    left: int


@transaction.atomic
def confirm_all(edition: Edition, seen: Mapping[int, int], *, by: User) -> Outcome:
    """`seen`: {registration: revision}. In the order of the line; who finds no place any more waits."""
    terms = locked_terms(edition)
    require(may_register_others(by, terms.edition))
    rows = (
        Registration.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(edition=edition, pk__in=list(seen)[:MOST_AT_ONCE])
    )
    found = list(rows.filter(state__in=[RegistrationState.REQUESTED, RegistrationState.WAITING]).order_by("queued_at"))
    became = []
    for registration in found:
        registration.edition = terms.edition
        if seen[registration.pk] == registration.revision:
            became.append(_confirmed_or_waiting(terms, registration, by))
    confirmed, waiting = became.count("confirmed"), became.count("waiting")
    return Outcome(confirmed, waiting, len(seen) - confirmed - waiting)


def _confirmed_or_waiting(terms: RegistrationTerms, registration: Registration, by: User) -> str:
    """Empty: it waits already and goes on waiting."""
    try:
        _confirm(terms, registration, by)
    except Full:
        return ""
    return registration.state
