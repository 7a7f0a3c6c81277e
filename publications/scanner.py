"""Personal numbers in a text that is about to become public: NIK (identity numbers) and telephone numbers.

A hit tells where it stands and shows a few digits only, so that a log of hits holds nothing personal. No words around
it either: they are often the name.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

# Kemendagri codes, as identity numbers carry them; 93 to 96 came with the provinces of 2022.
PROVINCES = frozenset(
    [*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 97)]
)
FEMALE_DAY = 40
# Whole, in fours, or cut where its parts meet; one kind of separator throughout. Rows of a table look different.
# A line of text may end at any separator.
NIK = re.compile(
    r"(?<![\d\w])(?<!\d[.,/\-\s])(?:\d{16}|\d{4}(?P<s>[ .\-])\n?\d{4}(?P=s)\n?\d{4}(?P=s)\n?\d{4}"
    r"|\d{6}(?P<t>[ .\-])\n?\d{6}(?P=t)\n?\d{4}"
    r"|\d{2}(?P<u>[ .\-])\n?\d{2}(?P=u)\n?\d{2}(?P=u)\n?\d{6}(?P=u)\n?\d{4})"
    r"(?![\d\w])(?![.,\-\s]\d)"
)
MOBILE = r"8(?:1[1-9]|2[1-8]|3[1-8]|5[1-9]|7[5-9]|8[1-9]|9[4-9])"
SEPARATOR = r"(?:[ .\-]\n?)?"
PHONE = re.compile(
    rf"(?<![\d\w/])(?<!\d[.,\-])(?<!\d[ ])(?<![\s(][.,])"
    rf"(?:(?:\(?\+62\)?|\(?0062\)?|62){SEPARATOR}(?:\(0\))?{SEPARATOR}|\(?0){MOBILE}\)?"
    rf"(?:{SEPARATOR}\d){{5,9}}(?![\d\w])(?![ .,\-]\d)"
)
LANDLINE = re.compile(
    rf"(?<![\d\w/])\(?\+62\)?{SEPARATOR}\(?(?:0\)?)?[2-79]\d{{1,2}}\)?"
    rf"{SEPARATOR}\d{{3,4}}{SEPARATOR}\d{{3,4}}(?![\d\w])(?![ .,\-]\d)"
)
LONE_GROUPS = re.compile(r"[ .\-]\n?\d[ .\-]\n?\d[ .\-]")
MASK = "\u2022"


class HitKind(StrEnum):
    NIK = "nik"
    PHONE = "phone"


class HasText(Protocol):
    @property
    def number(self) -> int: ...

    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Hit:
    kind: HitKind
    page: int
    masked_excerpt: str
    start: int
    length: int


def scan(pages: Iterable[HasText]) -> list[Hit]:
    return [hit for page in pages for hit in _scan_page(page)]


def _scan_page(page: HasText) -> Iterator[Hit]:
    found = (
        Hit(kind, page.number, mask(match[0]), match.start(), len(match[0]))
        for kind, pattern, genuine in PATTERNS
        for match in pattern.finditer(page.text)
        if genuine(match[0]) and not _in_identifier(page.text, match.start())
    )
    yield from sorted(found, key=lambda hit: hit.start)


def _in_identifier(text: str, start: int) -> bool:
    """Part of an address or of a DOI, ISBN, ISSN or account of an article rather than a number of a person."""
    before = text[max(0, start - 60) : start]
    word = re.split(r"\s", before)[-1]
    label = re.search(r"\b(?:e-?issn|p-?issn|issn|isbn(?:-1[03])?|doi|orcid)\b\W{0,3}$", before, re.IGNORECASE)
    return bool(label) or "/" in word or "10." in word


def is_nik(text: str) -> bool:
    """By its parts: province, regency, district, a day of birth (plus 40 for women) and a serial number."""
    digits = re.sub(r"\D", "", text)
    if len(digits) != 16 or int(digits[:2]) not in PROVINCES or _are_years(text):
        return False
    if not 1 <= int(digits[2:4]) <= 79 or digits[4:6] == "00" or digits[12:] == "0000":
        return False
    day = int(digits[6:8])
    day -= FEMALE_DAY if day > FEMALE_DAY else 0
    # Day 29 February exists in some year of either century; 2000 stands for all of them.
    year = 2000 + int(digits[10:12])
    return _is_date(year, int(digits[8:10]), day) or _is_date(year - 100, int(digits[8:10]), day)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def _are_years(text: str) -> bool:
    groups = re.split(r"\D", text)
    return len(groups) == 4 and all(group[:2] in ("19", "20") for group in groups)


def is_phone(text: str) -> bool:
    """Ten to fourteen digits, not scattered as single digits of a table."""
    digits = re.sub(r"\D", "", text)
    return 10 <= len(digits) <= 15 and not LONE_GROUPS.search(text)


def mask(text: str) -> str:
    """The first four and the last two digits; the rest as dots, separators kept."""
    places = [index for index, character in enumerate(text) if character.isdigit()]
    hidden = set(places[4:-2])
    return "".join(MASK if index in hidden else character for index, character in enumerate(text))


PATTERNS: tuple[tuple[HitKind, re.Pattern[str], Callable[[str], bool]], ...] = (
    (HitKind.NIK, NIK, is_nik),
    (HitKind.PHONE, PHONE, is_phone),
    (HitKind.PHONE, LANDLINE, is_phone),
)
