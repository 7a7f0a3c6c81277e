"""ROR identifiers of organisations: 0, six characters of Crockford's base 32, two check digits (ISO 7064 MOD 97-10)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def normalise_ror(text: str) -> str:
    """'https://ror.org/05DXPS055' → '05dxps055'; the check digits are not verified here."""
    return re.sub(r"^(https?://)?ror\.org/", "", text.strip(), flags=re.I).strip("/").lower()


def check_digits(characters: str) -> str:
    number = 0
    for character in characters:
        number = number * 32 + ALPHABET.index(character)
    return f"{98 - number * 100 % 97:02}"


def validate_ror(text: str) -> None:
    if not re.fullmatch(rf"0[{ALPHABET}]{{6}}[0-9]{{2}}", text):
        raise ValidationError(_("A ROR has nine characters and begins with 0, for example 05dxps055."))
    if check_digits(text[:7]) != text[7:]:
        raise ValidationError(_("This is not a valid ROR: its last two digits do not match the others."))
