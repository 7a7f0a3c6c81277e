"""Addresses that hold a signature: who gets one by mail may fetch the file without an account."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from conferences.models import Certificate

_signer = Signer(salt="conferences.certificates")


def download_url(certificate: Certificate) -> str:
    signed = _signer.sign(str(certificate.pk))
    return f"{settings.SITE_URL}{reverse('conferences:download_certificate', args=[signed])}"


def certificate_in(signed: str) -> int | None:
    try:
        return int(_signer.unsign(signed))
    except (BadSignature, ValueError):
        return None
