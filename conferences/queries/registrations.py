"""Reads of registrations for whose they are."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from conferences.models import Attendance, Edition, Registration, RegistrationTerms
from conferences.states import RegistrationState


def place_in_line(registration: Registration) -> int:
    """1 is the next; each way of taking part has its own line."""
    rows = Registration.objects.filter(
        edition=registration.edition_id, state=RegistrationState.WAITING, attendance=registration.attendance
    )
    before = Q(queued_at__lt=registration.queued_at) | Q(queued_at=registration.queued_at, pk__lt=registration.pk)
    return rows.filter(before).count() + 1


def terms_of(edition: Edition) -> RegistrationTerms:
    """As stored, or what holds until somebody has set them: nothing is offered."""
    found = RegistrationTerms.objects.filter(edition=edition).first() or RegistrationTerms(edition=edition)
    found.edition = edition
    return found


def attendances_of(edition: Edition) -> list[Attendance]:
    """The ways of taking part that there are."""
    has_venue = bool(edition.venue or edition.city) or not edition.is_online
    ways = [Attendance.ON_SITE] if has_venue else []
    return [*ways, Attendance.ONLINE] if edition.is_online else ways


@dataclass(frozen=True, slots=True)
class Places:
    """`total` and `left` are None where as many may come as want to."""

    attendance: Attendance
    total: int | None
    left: int | None
    waiting: int


def places_of(terms: RegistrationTerms) -> list[Places]:
    """One statement."""
    counts = {
        f"{state}_{way}": Count("pk", filter=Q(state=state, attendance=way))
        for state in (RegistrationState.CONFIRMED, RegistrationState.WAITING)
        for way in Attendance
    }
    counted = Registration.objects.filter(edition=terms.edition_id).order_by().aggregate(**counts)
    quotas = {Attendance.ON_SITE: terms.quota, Attendance.ONLINE: terms.quota_online}
    return [
        Places(
            way,
            quotas[way],
            None if (total := quotas[way]) is None else max(0, total - counted[f"confirmed_{way}"]),
            counted[f"waiting_{way}"],
        )
        for way in attendances_of(terms.edition)
    ]


def registration_of(pk: int, edition: Edition) -> Registration | None:
    """With what its page shows; the caller checks the rules."""
    rows = Registration.objects.filter(edition=edition).select_related("user", "institution", "letter", "need")
    found = rows.filter(pk=pk).first()
    if found is not None:
        found.edition = edition
    return found


def mine(user: User) -> QuerySet[Registration]:
    """The newest first."""
    return Registration.objects.filter(user=user).select_related("edition").order_by("-registered_at", "-pk")
