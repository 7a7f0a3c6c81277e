"""Numbers as people in Indonesia and elsewhere write them."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

_ROOM = re.compile(r"^rp\.?|[\s\u00a0\u202f]", re.IGNORECASE)
_NUMBER = re.compile(r"^[+-]?[0-9][0-9.,]*$")
MOST_CHARACTERS = 40


class NumberField(forms.DecimalField):
    """'1.250.000', '1,250,000', '12,5', '12.5', 'Rp 1.250'. A single mark before exactly three figures groups them, if
    it is the mark that the language of the page groups by.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short"})
    default_error_messages = {"invalid": _("Write a number, such as 1250000 or 12.5.")}  # noqa: RUF012

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        text = _ROOM.sub("", str(value).strip()).replace("−", "-")
        if not text or len(text) > MOST_CHARACTERS or not _NUMBER.match(text):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return Decimal(plain(text))
        except InvalidOperation as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        return f"{value.normalize():f}".replace(".", str(get_format("DECIMAL_SEPARATOR")))


def plain(text: str) -> str:
    """With a point before decimals and nothing else."""
    marks = [character for character in text if character in ".,"]
    if not marks:
        return text
    last = marks[-1]
    other = "," if last == "." else "."
    if len(set(marks)) == 2:  # both: the last one parts the decimals
        return text.replace(other, "").replace(last, ".")
    if len(marks) > 1 or _groups_thousands(text, last):
        return text.replace(last, "")
    return text.replace(last, ".")


def _groups_thousands(text: str, mark: str) -> bool:
    return mark == get_format("THOUSAND_SEPARATOR") and len(text.rpartition(mark)[2]) == 3
