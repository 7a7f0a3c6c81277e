"""The signed links by which an author sends somebody a copy of a restricted output.

The signature keeps anybody from guessing a link; whether it still opens is read from the request it names, so that an
author can end it early.
"""

from urllib.parse import urlencode

from django.core import signing
from django.utils import timezone

from publications.models import CopyRequest
from publications.models.curation import CopyRequestState

PARAMETER = "akses"
_signer = signing.Signer(salt="publications.copy")


def make_token(request: CopyRequest) -> str:
    return _signer.sign(str(request.pk))


def granted_request(token: str) -> CopyRequest | None:
    """The request this token was signed for, while it is granted and not expired."""
    try:
        key = int(_signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return CopyRequest.objects.filter(pk=key, state=CopyRequestState.GRANTED, expires_at__gt=timezone.now()).first()


def with_key(address: str, token: str) -> str:
    return f"{address}?{urlencode({PARAMETER: token})}" if token else address
