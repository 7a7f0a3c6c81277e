"""Dates as people write them: 2024, 2024-05, 17 Mei 2024, May 2020, 20 October."""

import calendar
import re

from publications.importing.records import PartialDate

_MONTH_NAMES = {
    1: ("januari", "january", "jan"), 2: ("februari", "pebruari", "february", "feb"), 3: ("maret", "march", "mar"),
    4: ("april", "apr"), 5: ("mei", "may"), 6: ("juni", "june", "jun"), 7: ("juli", "july", "jul"),
    8: ("agustus", "august", "agt", "ags", "aug"), 9: ("september", "sept", "sep"),
    10: ("oktober", "october", "okt", "oct"), 11: ("november", "nopember", "nov", "nop"),
    12: ("desember", "december", "des", "dec"),
}  # fmt: skip
MONTHS = {name: number for number, names in _MONTH_NAMES.items() for name in names}
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ]\d{2}:.*)?/{0,2}$")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_FIRST_YEAR, _LAST_YEAR = 1500, 2100


def make_date(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """None if there is no such day; a year nobody can have meant is none either."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if month is None:
        return PartialDate(year)
    if not 1 <= month <= 12:
        return None
    if day is None:
        return PartialDate(year, month)
    return PartialDate(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def parse_date(text: str) -> PartialDate | None:
    text = text.strip()
    if match := _ISO.match(text):
        year, month, day = (int(part) if part else None for part in match.groups())
        return make_date(year or 0, month, day)
    if match := _DAY_FIRST.match(text):
        return make_date(int(match[3]), int(match[2]), int(match[1]))
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", text)
    if len(years) != 1:
        return None
    return join_date(int(years[0]), text.replace(years[0], " "))


def join_date(year: int, month_text: str, day_text: str = "") -> PartialDate | None:
    """A year, and apart from it a month that may carry a day ("20 October") or a range ("May 2 - May 7")."""
    month, day = parse_month(f"{month_text} {day_text}")
    return make_date(year, month, day) or make_date(year, month) or make_date(year)


def parse_month(text: str) -> tuple[int | None, int | None]:
    """(month, day); of a range over two months the first month, of one over several days no day."""
    words = _WORD.findall(text.casefold())
    months = [number for word in words if (number := MONTHS.get(word))]
    numbers = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) <= 2]
    if months:
        return months[0], numbers[0] if len(numbers) == 1 and len(months) == 1 else None
    if len(words) in (1, 2) and len(numbers) == len(words):
        return numbers[0], numbers[1] if len(numbers) == 2 else None
    return None, None
