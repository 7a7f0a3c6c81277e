"""ORCID identifiers: 16 characters, the last a check character (ISO 7064 MOD 11-2)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.iso7064 import mod_11_2


def normalise_orcid(text: str) -> str:
    """'https://orcid.org/0000000218250097' → '0000-0002-1825-0097'; the check character is not verified here."""
    compact = re.sub(r"[\s-]", "", re.sub(r"^https?://(www\.)?orcid\.org/", "", text.strip(), flags=re.I)).upper()
    return "-".join(compact[i : i + 4] for i in range(0, len(compact), 4))


def validate_orcid(text: str) -> None:
    compact = text.replace("-", "")
    if not re.fullmatch(r"[0-9]{15}[0-9X]", compact):
        raise ValidationError(_("An ORCID has 16 digits, the last of which may be an X: 0000-0000-0000-0000."))
    if not mod_11_2.is_valid(compact):
        raise ValidationError(
            _("This is not a valid ORCID: its last character does not match the others. Check each digit.")
        )
