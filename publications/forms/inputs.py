"""Form fields for what research outputs need: partial dates, keywords, identifiers."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import isbn, issn

from accounts.orcid import normalise_orcid, validate_orcid
from publications.importing.dates import parse_date
from publications.importing.records import PartialDate

from .cleaning import tidy_line, tidy_text

MAX_KEYWORDS, MAX_KEYWORD = 20, 100
_DOI = re.compile(r"10\.\d{4,9}/\S+$")
_DOI_PREFIX = re.compile(r"^(?:https?://)?(?:dx\.)?(?:www\.)?doi\.org/|^(?:info:)?doi[:\s]\s*", re.IGNORECASE)


class LineField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        return tidy_line(super().to_python(value) or "")


class TextField(forms.CharField):
    """Paragraphs."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        return tidy_text(super().to_python(value) or "")


class KeywordsField(forms.CharField):
    """Words parted by semicolons, else by commas or lines."""

    def to_python(self, value: Any) -> Any:
        return split_words(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        if len(value) > MAX_KEYWORDS:
            raise ValidationError(
                _("At most %(limit)s keywords; you wrote %(count)s."),
                params={"limit": MAX_KEYWORDS, "count": len(value)},
            )
        if any(len(word) > MAX_KEYWORD for word in value):
            raise ValidationError(
                _("A keyword has at most %(limit)s characters. Put a semicolon between keywords."),
                params={"limit": MAX_KEYWORD},
            )

    def run_validators(self, value: Any) -> None:
        """The limits above are those of the list, not of a text."""


def split_words(text: str) -> list[str]:
    parts = re.split(r"[;\n]" if ";" in text else r"[,\n]", text)
    return list(dict.fromkeys(word for part in parts if (word := tidy_line(part).strip(" .,;"))))


class PartialDateField(forms.CharField):
    """'2024', '2024-05', '12 Mei 2024' …; gives a `PartialDate` or None."""

    def to_python(self, value: Any) -> Any:
        text = tidy_line(super().to_python(value) or "")
        if not text:
            return None
        found = parse_date(text[:80])
        if found is None or _has_unused_day(text, found):
            raise ValidationError(
                _("This date was not understood. Write a year (2024), a month (May 2024) or a day (12 May 2024).")
            )
        return found

    def run_validators(self, value: Any) -> None:
        """A date is no text whose length could be checked."""


def _has_unused_day(text: str, found: PartialDate) -> bool:
    """'30 Februari 2024' has a day that there is not; a source's date may be read as its month, a person is asked."""
    return found.precision != "day" and len(re.findall(r"\d+", text)) > 1 and bool(re.search(r"[^\W\d_]", text))


class IdentifiersField(forms.CharField):
    """Identifiers of one scheme, parted by semicolons or lines; gives them in canonical form."""

    def __init__(self, clean_one: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.clean_one = clean_one

    def to_python(self, value: Any) -> Any:
        parts = re.split(r"[;\n]", super().to_python(value) or "")
        return list(dict.fromkeys(self.clean_one(text) for part in parts[:50] if (text := tidy_line(part))))

    def run_validators(self, value: Any) -> None:
        """Done for each by `clean_one`."""


def clean_doi(text: str) -> str:
    bare = _DOI_PREFIX.sub("", text).rstrip(".,").lower()
    _refuse(
        _DOI.match(bare) and len(bare) <= 300,
        text,
        _("“%(value)s” is not a DOI. It begins with 10. and has a slash, such as 10.1234/abcd."),
    )
    return bare


def clean_isbn(text: str) -> str:
    compact = isbn.compact(text)
    _refuse(isbn.is_valid(compact), text, _("“%(value)s” is not a valid ISBN. Check each digit."))
    return str(isbn.to_isbn13(compact))


def clean_issn(text: str) -> str:
    _refuse(issn.is_valid(text), text, _("“%(value)s” is not a valid ISSN. Check each digit."))
    return str(issn.format(text))


def clean_report_number(text: str) -> str:
    _refuse(len(text) <= 100, text, _("“%(value)s” is too long for a report number."))
    return text


def clean_web_address(text: str) -> str:
    try:
        return str(forms.URLField(max_length=300, assume_scheme="https").clean(text))
    except ValidationError as error:
        raise ValidationError(_("“%(value)s” is not a web address."), params={"value": text[:80]}) from error


def clean_orcid(text: str) -> str:
    if not text:
        return ""
    orcid = normalise_orcid(text)
    validate_orcid(orcid)
    return orcid


def _refuse(is_valid: Any, text: str, message: Any) -> None:
    if not is_valid:
        raise ValidationError(message, params={"value": text[:80]})
