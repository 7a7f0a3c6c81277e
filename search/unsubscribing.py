"""The links of mails that stop them: signed, so that they work without signing in, and for nobody else.

They hold two numbers, never expire (a mail may be found years later) and can do nothing but stop mails.
"""

from typing import Any

from django.core import signing

_SALT = "search.digest.stop"


def token_for(user_id: int, alert_id: int | None = None) -> str:
    return signing.dumps([user_id, alert_id or 0], salt=_SALT)


def read_token(token: str) -> tuple[int, int | None] | None:
    """Whose mails, and which alert's if not all; None for what is no such token."""
    try:
        found: Any = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return int(found[0]), int(found[1]) or None
