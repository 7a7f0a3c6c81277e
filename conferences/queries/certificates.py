"""Certificates: what was issued, what could be, and everybody's own."""

import datetime
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from conferences.certifying.earned import Earned, earned
from conferences.models import Certificate, CertificateKind, CertificateRun, Edition, Registration
from conferences.rules.committee import addresses_of
from conferences.states import RegistrationState

STALLED = datetime.timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class KindRow:
    """Of one kind: how many are valid, and whom the next issue would certify."""

    kind: CertificateKind
    valid: int
    ready: list[Earned]
    to_confirm: list[Earned]


def known_subjects(edition: Edition, kind: str) -> set[str]:
    """Revoked ones too: what was taken back comes again only when somebody says so."""
    return set(edition.certificates.filter(kind=kind).values_list("subject", flat=True))


def overview(edition: Edition) -> list[KindRow]:
    rows = edition.certificates.order_by().values_list("kind", "subject", "revoked_at")
    known = {(kind, subject) for kind, subject, _revoked in rows}
    valid = [kind for kind, _subject, revoked in rows if revoked is None]
    return [_row(edition, kind, known, valid.count(kind)) for kind in CertificateKind]


def _row(edition: Edition, kind: CertificateKind, known: set[tuple[str, str]], valid: int) -> KindRow:
    missing = [one for one in earned(edition, kind) if (kind, one.subject) not in known]
    ready = [one for one in missing if one.is_recorded]
    return KindRow(kind, valid, ready, [one for one in missing if not one.is_recorded])


def issued(edition: Edition, kind: str = "", text: str = "") -> "QuerySet[Certificate]":
    rows = edition.certificates.select_related("blob").order_by("kind", "number")
    if kind in CertificateKind:
        rows = rows.filter(kind=kind)
    for word in text.split()[:6]:
        rows = rows.filter(Q(name__icontains=word) | Q(number__icontains=word))
    return rows


def without_file(edition: Edition) -> "QuerySet[Certificate]":
    return edition.certificates.filter(blob=None, revoked_at=None).order_by("pk")


def with_file(edition: Edition) -> "QuerySet[Certificate]":
    rows = edition.certificates.filter(blob__isnull=False, revoked_at=None)
    return rows.select_related("blob").order_by("kind", "number")


def last_run(edition: Edition) -> CertificateRun | None:
    return edition.certificate_runs.first()


def is_running(run: CertificateRun | None) -> bool:
    return run is not None and run.finished_at is None


def is_stalled(run: CertificateRun) -> bool:
    return run.finished_at is None and timezone.now() - run.started_at > STALLED


def to_announce(edition: Edition) -> "QuerySet[Certificate]":
    """Whose holders have an address and were not told yet."""
    rows = edition.certificates.filter(revoked_at=None, announced_at=None)
    return rows.exclude(email="").order_by("pk")


def addressees(edition: Edition) -> dict[str, Any]:
    """How many people, and up to which certificate: who presses the button has seen no more."""
    found = to_announce(edition).aggregate(n=Count("email", distinct=True))
    last = to_announce(edition).order_by("-pk").values_list("pk", flat=True).first()
    return {"people": found["n"], "last": last or 0}


def certificates_of(user: User) -> "QuerySet[Certificate]":
    """One's own, by account or by an address that one has confirmed."""
    mine = reduce(or_, (Q(email__iexact=address) for address in addresses_of(user)), Q(user=user))
    rows = Certificate.objects.filter(mine).select_related("edition", "blob")
    return rows.order_by("-edition__starts_on", "kind", "number")


def badges_of(user: User, today: datetime.date) -> "QuerySet[Registration]":
    """Of editions that are still to come, or are on."""
    rows = Registration.objects.filter(user=user, state=RegistrationState.CONFIRMED, edition__ends_on__gte=today)
    return rows.select_related("edition").order_by("edition__starts_on")


def certificate_by_token(token: str) -> Certificate | None:
    return Certificate.objects.select_related("edition__series").filter(token=token).first()
