"""Who is expected and who was seen: at the door, and in each session."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from conferences.desk_numbers import NUMBERS, Number
from conferences.models import Audience, CheckIn, Edition, ProgrammeSession, Registration, SessionKind
from conferences.practice import shown_from
from conferences.rules.registration import may_open_registrations
from conferences.states import RegistrationState


def expected_at(edition: Edition) -> "QuerySet[Registration]":
    rows = Registration.objects.filter(edition=edition, state=RegistrationState.CONFIRMED)
    return rows.select_related("institution").order_by("number")


def sessions_to_attend(edition: Edition) -> "QuerySet[ProgrammeSession]":
    """Where one can be seen: a break counts nobody."""
    return edition.sessions.exclude(kind=SessionKind.BREAK).select_related("room")


def seen(edition: Edition, session: ProgrammeSession | None) -> "QuerySet[CheckIn]":
    """Check-ins that stand, in the order of coming; without a session those at the door."""
    rows = CheckIn.objects.filter(registration__edition=edition, session=session, undone_at=None)
    rows = rows.filter(at__gte=shown_from(edition))
    return rows.select_related("registration__institution", "by")


def counts(edition: Edition, session: ProgrammeSession | None) -> dict[str, int]:
    return {"seen": seen(edition, session).count(), "expected": expected_at(edition).count()}


def by_category(edition: Edition) -> list[dict[str, Any]]:
    """Seen at the door, and expected; audiences of whom nobody is expected are left out."""
    at_door = Q(check_ins__at__gte=shown_from(edition), check_ins__session=None, check_ins__undone_at=None)
    rows = Registration.objects.filter(edition=edition, state=RegistrationState.CONFIRMED).values("category")
    counted = rows.annotate(
        here=Count("pk", filter=at_door, distinct=True), everybody=Count("pk", distinct=True)
    ).order_by()
    found = {row["category"]: row for row in counted}
    return [
        {"label": one.label, "seen": found[one.value]["here"], "expected": found[one.value]["everybody"]}
        for one in Audience
        if one.value in found
    ]


def by_session(edition: Edition) -> "QuerySet[ProgrammeSession]":
    """Each with `seen_count`."""
    standing = Q(check_ins__undone_at=None, check_ins__at__gte=shown_from(edition))
    return sessions_to_attend(edition).annotate(seen_count=Count("check_ins", filter=standing))


def found_by(edition: Edition, text: str, most: int = 20) -> list[Registration]:
    """By number, or by every word of the name or of the badge."""
    rows = expected_at(edition)
    if text.isascii() and text.isdigit():
        return list(rows.filter(number=int(text[:9])))
    wanted = Q()
    for word in text.split()[:6]:
        wanted &= Q(name__icontains=word) | Q(badge_name__icontains=word)
    return list(rows.filter(wanted)[:most]) if wanted else []


def first_seen(
    edition: Edition, registrations: list[Registration], session: ProgrammeSession | None
) -> dict[int, CheckIn]:
    """By registration."""
    return {row.registration_id: row for row in seen(edition, session).filter(registration__in=registrations)}


def numbers(user: User, edition: Edition) -> list[Number]:
    """On the first page of the desk, from the first day on."""
    if not may_open_registrations(user, edition) or timezone.localdate() < edition.starts_on:
        return []
    found = counts(edition, None)
    note = _("of %(n)s expected") % {"n": found["expected"]}
    return [Number(_("arrived"), found["seen"], note)] if found["expected"] else []


NUMBERS.append(numbers)


def told(row: CheckIn, edition: Edition) -> dict[str, Any]:
    """When and by whom, as every phone shows it."""
    local = row.at.astimezone(edition.tz)
    return {"at": f"{local:%H.%M}", "by": row.by.name, "key": str(row.client_key)}
