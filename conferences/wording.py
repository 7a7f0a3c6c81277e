"""Dates of conferences in words, in the language of the page and the zone of the edition."""

import datetime

from django.utils.formats import date_format
from django.utils.text import capfirst

from conferences.models import DateKind, Edition, ImportantDate
from evidence.models.texts import Bilingual

LABEL = Bilingual("label")


def days(first: datetime.date, last: datetime.date) -> str:
    """'8–9 Februari 2027', '31 Januari–1 Februari 2027', '31 Desember 2026–1 Januari 2027'."""
    ending = date_format(last, "j F Y")
    if first == last:
        return ending
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{ending}"
    beginning = date_format(first, "j F" if first.year == last.year else "j F Y")
    return f"{beginning}–{ending}"


def moment(at: datetime.datetime, edition: Edition) -> str:
    """'25 Desember 2026, 23.59 WIB'."""
    return f"{date_format(at.astimezone(edition.tz), 'DATETIME_FORMAT')} {edition.get_zone_display()}"


def label(date: ImportantDate) -> str:
    """What happens, in its own words where it has some."""
    if date.kind == DateKind.OTHER or date.label_id:
        return LABEL.__get__(date)
    return capfirst(str(date.get_kind_display()))


def place(edition: Edition) -> str:
    return ", ".join(filter(None, [edition.venue, edition.address, edition.city]))
