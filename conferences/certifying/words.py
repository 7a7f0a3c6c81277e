"""What a certificate says, in both languages: written down when it is issued, so that it stays what it was."""

import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from conferences import wording
from conferences.certifying.earned import Earned
from conferences.models import CertificateKind, CommitteeMember, CommitteeRole, Edition, Presentation

LANGUAGES = ("id", "en")
# In numbers, which are the same in both languages.
CODES = {
    CertificateKind.PARTICIPANT: "PESERTA",
    CertificateKind.PRESENTER: "PENYAJI",
    CertificateKind.REVIEWER: "PENELAAH",
    CertificateKind.COMMITTEE: "PANITIA",
    CertificateKind.CHAIR: "MODERATOR",
}


def number_of(edition: Edition, kind: str, count: int) -> str:
    """For instance 001/PESERTA/KNPKS/2027."""
    series = edition.series.slug.upper()[:30]
    return f"{count:03}/{CODES[CertificateKind(kind)]}/{series}/{edition.starts_on.year}"


def basis_of(edition: Edition, one: Earned, signer: CommitteeMember | None, confirmed: bool) -> dict[str, Any]:
    """`by_committee`: that it was so was said by the committee, not recorded by a check-in."""
    return {
        "by_committee": confirmed,
        "sample": edition.is_sample,
        "signed_by": signer.name if signer else "",
        **{language: _words(edition, one, language) for language in LANGUAGES},
    }


def _words(edition: Edition, one: Earned, language: str) -> dict[str, str]:
    with override(language):
        return {
            "edition": str(edition.title),
            "theme": str(edition.theme),
            "when": wording.days(edition.starts_on, edition.ends_on),
            "where": ", ".join(filter(None, [edition.venue, edition.city])),
            "kind": capfirst(str(CertificateKind(one.kind).label)),
            "detail": _DETAILS[one.kind](one.detail, language),
        }


def _attended(detail: dict[str, Any], language: str) -> str:
    days = [date_format(datetime.date.fromisoformat(day), "j F Y") for day in detail["days"]]
    return _("attended on %(days)s") % {"days": ", ".join(days)}


def _presented(detail: dict[str, Any], language: str) -> str:
    title = _in(detail["title"], language)
    if detail["as"] == Presentation.POSTER:
        return _("with the poster “%(title)s”") % {"title": title}
    return _("with the paper “%(title)s”") % {"title": title}


def _roles(detail: dict[str, Any], language: str) -> str:
    return ", ".join(capfirst(str(CommitteeRole(role).label)) for role in detail["roles"])


def _chaired(detail: dict[str, Any], language: str) -> str:
    return _("of the session “%(title)s”") % {"title": _in(detail["title"], language)}


def _in(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or texts["id"] or texts["en"]


_DETAILS: dict[str, Any] = {
    CertificateKind.PARTICIPANT: _attended,
    CertificateKind.PRESENTER: _presented,
    CertificateKind.REVIEWER: lambda detail, language: "",
    CertificateKind.COMMITTEE: _roles,
    CertificateKind.CHAIR: _chaired,
}
