"""The places of an edition. Whoever gives or frees one holds the lock of its terms, so that none is given twice."""

from typing import Any

from django.db.models import Max

from accounts.actions import log
from accounts.models import User
from conferences.actions import registration_mails as mails
from conferences.models import Attendance, Edition, Registration, RegistrationTerms
from conferences.rules.registration import is_to_come
from conferences.states import REGISTRATION_TRANSITIONS, RegistrationState
from publications.states import check_transition


def locked_terms(edition: Edition) -> RegistrationTerms:
    """The terms as they are now, held until the transaction ends; its edition is read anew, with its dates."""
    RegistrationTerms.objects.get_or_create(edition=edition)
    terms = RegistrationTerms.objects.select_for_update().get(edition=edition)
    terms.edition = Edition.objects.prefetch_related("dates").get(pk=edition.pk)
    return terms


def locked(registration: Registration) -> tuple[RegistrationTerms, Registration]:
    """The terms first, so that nobody deadlocks."""
    terms = locked_terms(registration.edition)
    fresh = Registration.objects.select_for_update().get(pk=registration.pk)
    fresh.edition = terms.edition
    if fresh.user_id is not None:
        fresh.user = User.objects.get(pk=fresh.user_id)
    return terms, fresh


def places_left(terms: RegistrationTerms, attendance: str) -> int | None:
    """None: as many as come. Below zero where the committee let more in."""
    places = terms.quota if attendance == Attendance.ON_SITE else terms.quota_online
    if places is None:
        return None
    confirmed = Registration.objects.filter(edition=terms.edition_id, state=RegistrationState.CONFIRMED)
    return places - confirmed.filter(attendance=attendance).count()


def has_place(terms: RegistrationTerms, attendance: str) -> bool:
    left = places_left(terms, attendance)
    return left is None or left > 0


def next_number(edition: Edition) -> int:
    last = Registration.objects.filter(edition=edition).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def move(registration: Registration, after: RegistrationState, **values: Any) -> None:
    check_transition(registration, registration.state, after, REGISTRATION_TRANSITIONS)
    changed = {**values, "state": after, "revision": registration.revision + 1}
    for name, value in changed.items():
        setattr(registration, name, value)
    registration.save(update_fields=list(changed))


def move_up(terms: RegistrationTerms, by: User | None) -> list[Registration]:
    """Who waits longest gets what is free, unless the committee confirms each; nobody any more once it is over."""
    if terms.needs_approval or not is_to_come(terms.edition):
        return []
    moved = [one for attendance in Attendance.values for one in _first_in_line(terms, attendance)]
    for registration in moved:
        move(registration, RegistrationState.CONFIRMED)
        log(by, "registration.moved_up", registration)
        mails.moved_up(registration)
    return moved


def _first_in_line(terms: RegistrationTerms, attendance: str) -> list[Registration]:
    left = places_left(terms, attendance)
    if left is not None and left <= 0:
        return []
    waiting = Registration.objects.select_for_update().filter(edition=terms.edition_id, attendance=attendance)
    found = list(waiting.filter(state=RegistrationState.WAITING).order_by("queued_at", "pk")[:left])
    for registration in found:
        registration.edition = terms.edition
    return found
