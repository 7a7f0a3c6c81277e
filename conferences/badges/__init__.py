"""What a badge carries: an opaque key with our signature. Who has seen one can make no other."""

import base64
import binascii
import hashlib
import uuid

from django.core.signing import BadSignature, Signer

from conferences.models import Registration

_signer = Signer(salt="conferences.badges", sep=".")
MOST_CHARACTERS = 100
MARK_CHARACTERS = 16


def token_of(registration: Registration) -> str:
    key = base64.urlsafe_b64encode(registration.badge_key.bytes).decode().rstrip("=")
    return _signer.sign(key)


def key_in(token: str) -> uuid.UUID | None:
    """The key of a token that we signed; none for anything else."""
    try:
        key = _signer.unsign(token) if len(token) <= MOST_CHARACTERS else ""
        return uuid.UUID(bytes=base64.urlsafe_b64decode(f"{key}==")) if key else None
    except (BadSignature, ValueError, binascii.Error):
        return None


def mark_of(token: str) -> str:
    """By this a phone knows a badge again without holding what would forge one."""
    return hashlib.sha256(token.encode()).hexdigest()[:MARK_CHARACTERS]
