"""Public identifiers: six random characters and a check character, Crockford's alphabet, ISO 7064 hybrid check.

A single wrong character and nearly every swap of neighbours is noticed, so a mistyped address is never another paper.
"""

import secrets

from stdnum.iso7064 import mod_37_36

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 7
_CONFUSED = str.maketrans("OIL", "011")


def new_public_id() -> str:
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + mod_37_36.calc_check_digit(body, ALPHABET)


def normalise_public_id(text: str) -> str | None:
    """The canonical form of what somebody typed (case, O for 0, I and L for 1); None if it cannot be an identifier."""
    candidate = text.strip().upper().translate(_CONFUSED)
    if len(candidate) != LENGTH or not set(candidate) <= set(ALPHABET):
        return None
    return candidate if mod_37_36.checksum(candidate, ALPHABET) == 1 else None
