"""Issuing, revoking and announcing certificates. Each is issued once; again only what is missing."""

import secrets
from collections import defaultdict
from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.actions import log
from accounts.mail import send_mail_to
from accounts.models import User
from conferences.actions import certificate_files
from conferences.actions.common import ChangedMeanwhile, reason_in, require
from conferences.actions.editions_common import locked
from conferences.certifying.earned import Earned, earned
from conferences.certifying.links import download_url
from conferences.certifying.words import basis_of, number_of
from conferences.models import Certificate, CertificateKind, CommitteeMember, CommitteeRole, Edition
from conferences.queries.certificates import known_subjects, to_announce
from conferences.rules.registration import may_certify
from publications.states import IllegalTransition

TOKEN_BYTES = 16


@transaction.atomic
def issue(edition: Edition, kinds: Collection[str], confirmed: Collection[str], *, by: User) -> list[Certificate]:
    """What is recorded and not yet certified. `confirmed`: subjects of which `by` says that it was so, though no
    check-in shows it. Their PDFs are made by the worker.
    """
    require(may_certify(by, edition))
    fresh = locked(edition)
    made = [one for kind in CertificateKind if kind in kinds for one in _issue(fresh, kind, confirmed, by)]
    if made:
        certificate_files.start(fresh, by=by)
    return made


def _issue(edition: Edition, kind: CertificateKind, confirmed: Collection[str], by: User) -> list[Certificate]:
    known = known_subjects(edition, kind)
    due = [one for one in earned(edition, kind) if one.subject not in known]
    due = [one for one in due if one.is_recorded or one.subject in confirmed]
    due = list({one.subject: one for one in due}.values())
    made = _written(edition, kind, due, by)
    if made:
        by_hand = sum(not one.is_recorded for one in due)
        log(by, "certificate.issued", edition, {kind.value: [None, len(made)], "by_committee": [None, by_hand]})
    return made


def _written(edition: Edition, kind: CertificateKind, due: list[Earned], by: User) -> list[Certificate]:
    """Numbers go on where they stopped; the edition is held, so that nobody else counts meanwhile."""
    count, signer = edition.certificates.filter(kind=kind).count(), _signer(edition)
    rows = [
        Certificate(
            edition=edition, kind=kind, number=number_of(edition, kind, count + place), subject=one.subject,
            name=one.name, user_id=one.user_id, email=one.email, issued_by=by,
            basis=basis_of(edition, one, signer, not one.is_recorded), token=secrets.token_urlsafe(TOKEN_BYTES),
        )
        for place, one in enumerate(due, 1)
    ]  # fmt: skip
    return Certificate.objects.bulk_create(rows)


def _signer(edition: Edition) -> CommitteeMember | None:
    return edition.committee.filter(role=CommitteeRole.CHAIR, is_listed=True).first()


def _held(certificate: Certificate, by: User) -> Certificate:
    require(may_certify(by, certificate.edition))
    locked(certificate.edition)
    return Certificate.objects.select_for_update().get(pk=certificate.pk)


@transaction.atomic
def revoke(certificate: Certificate, reason: str, *, by: User) -> Certificate:
    """Its page says so from now on; the holder reads the reason. Raises `ReasonMissing`."""
    fresh = _held(certificate, by)
    if fresh.revoked_at is not None:
        raise IllegalTransition(fresh, "revoked", "revoked")
    fresh.revoked_at, fresh.revoked_reason = timezone.now(), reason_in(reason)
    fresh.save(update_fields=["revoked_at", "revoked_reason"])
    log(by, "certificate.revoked", fresh.edition, {"number": [fresh.number, None]})
    return fresh


@transaction.atomic
def issue_anew(certificate: Certificate, *, by: User) -> Certificate:
    """In place of a revoked one, with a new number, if what it stands on is still on record."""
    fresh = _held(certificate, by)
    edition, kind = fresh.edition, CertificateKind(fresh.kind)
    valid = edition.certificates.filter(kind=kind, subject=fresh.subject, revoked_at=None)
    due = [one for one in earned(edition, kind) if one.subject == fresh.subject]
    by_hand = fresh.basis.get("by_committee", False)
    if fresh.revoked_at is None or valid.exists() or not due or not (due[0].is_recorded or by_hand):
        raise IllegalTransition(fresh, "revoked" if fresh.revoked_at else "valid", "issued anew")
    (made,) = _written(edition, kind, due[:1], by)
    log(by, "certificate.issued_anew", edition, {"number": [fresh.number, made.number]})
    certificate_files.start(edition, by=by)
    return made


@transaction.atomic
def announce(edition: Edition, *, last_seen: int, by: User) -> int:
    """One mail to each holder with an address, about all that they were not told of; returns how many left.

    `last_seen`: the last certificate that the page counted. Raises `ChangedMeanwhile` where nobody is left to tell.
    """
    require(may_certify(by, edition))
    locked(edition)
    rows = list(to_announce(edition).filter(pk__lte=last_seen).select_related("user", "edition"))
    if not rows:
        raise ChangedMeanwhile
    holders: dict[str, list[Certificate]] = defaultdict(list)
    for row in rows:
        holders[row.email.casefold()].append(row)
    for own in holders.values():
        _tell(own)
    Certificate.objects.filter(pk__in=[row.pk for row in rows]).update(announced_at=timezone.now())
    log(by, "certificate.announced", edition, {"mails": [None, len(holders)]})
    return len(holders)


def _tell(own: list[Certificate]) -> None:
    user = own[0].user
    language = user.language if user else "id"
    send_mail_to(own[0].email, "conferences/day/mail/certificates", mail_values(own, language), language)


def mail_values(own: list[Certificate], language: str) -> dict[str, object]:
    """Primitives alone."""
    edition = own[0].edition
    with override(language):
        return {
            "name": own[0].name,
            "edition": str(edition.title),
            "certificates": [
                {"kind": str(one.get_kind_display()), "number": one.number, "url": download_url(one)} for one in own
            ],
            "account_url": settings.SITE_URL + reverse("conferences:my_certificates"),
            "contact": edition.contact_email,
        }


def forget(user: User) -> None:
    """A closed account: the certificates stay valid, without its address."""
    Certificate.objects.filter(user=user).update(user=None, email="")
