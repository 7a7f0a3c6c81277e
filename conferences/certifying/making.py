"""From certificates to PDFs: many are set in one run and parted afterwards, each made of its row alone."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, override, pgettext

from conferences.models import Certificate
from publications.typesetting import typeset
from publications.typesetting.qr import qr_svg

TEMPLATE = Path(__file__).parent / "certificates.typ"
AT_ONCE = 25  # so that its progress moves every few seconds


def pdfs_of(certificates: Sequence[Certificate]) -> list[bytes]:
    """In the same order. Raises `NotTypeset`."""
    values: dict[str, Any] = {
        "timestamp": int(max(one.issued_at for one in certificates).timestamp()),
        "title": gettext("Certificates"),
        "certificates": [_values(one) for one in certificates],
        **_phrases(),
    }
    return _parted(typeset(TEMPLATE, values), certificates)


def _phrases() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ("id", "en"):
        with override(language):
            found |= {f"{name}_{language}": text for name, text in _said().items()}
    return found


def _said() -> dict[str, str]:
    return {
        "heading": gettext("Certificate"),
        "to": pgettext("certificate", "is given to"),
        "as": pgettext("certificate", "as"),
        "at": pgettext("certificate", "at"),
        "signed": gettext("Chair of the committee"),
        "check": gettext("Whether it is valid can be seen at"),
    }


def _values(certificate: Certificate) -> dict[str, Any]:
    basis, url = certificate.basis, verification_url(certificate)
    with override("id"):
        issued = date_format(certificate.issued_at, "j F Y")
        sample = gettext("sample data") if basis["sample"] else ""
    return {
        "number": certificate.number,
        "name": certificate.name,
        "id": basis["id"],
        "en": basis["en"],
        "signed_by": basis["signed_by"],
        "sample": sample,
        "issued": issued,
        "url": url,
        "qr": qr_svg(url),
    }


def verification_url(certificate: Certificate) -> str:
    """The same for everybody, so without a language."""
    with override("id"):
        return f"{settings.SITE_URL}{reverse('conferences:certificate', args=[certificate.token])}"


def _parted(pdf: bytes, certificates: Sequence[Certificate]) -> list[bytes]:
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        if len(whole.pages) != len(certificates):
            raise ValueError("a certificate takes more or less than its page")
        return [_alone(page, one) for page, one in zip(whole.pages, certificates, strict=True)]


def _alone(page: pikepdf.Page, certificate: Certificate) -> bytes:
    with pikepdf.new() as single:
        single.pages.append(page)
        for name in ("/StructParents", "/Tabs"):  # of the structure of the whole, which stays behind
            if name in single.pages[0]:
                del single.pages[0][name]
        single.Root.Lang = "id"
        single.docinfo["/Title"] = f"{certificate.number} · {certificate.name}"
        buffer = io.BytesIO()
        single.save(buffer, deterministic_id=True)
        return buffer.getvalue()


def file_name_of(certificate: Certificate) -> str:
    """Of the number alone: '001-PESERTA-KNPKS-2027.pdf'."""
    return f"{certificate.number.replace('/', '-')}.pdf"
