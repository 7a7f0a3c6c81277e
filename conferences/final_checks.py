"""What is asked of a final paper, as pure functions over what was read in it. One with a fault is never approved."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from conferences.checker.texts import plain

A4 = (595.3, 841.9)  # in points
TOLERANCE = 6.0  # two millimetres
UNREADABLE_SHARE = 0.3
MOST_NAMED = 30
MIN_WORDS = 3
WORD = re.compile(r"[^\W\d_]{2,}")
REFERENCES = re.compile(
    r"^[\s\d.]*(?:daftar\s+(?:pustaka|referensi|rujukan|bacaan)|referensi|rujukan|kepustakaan|bibliografi|pustaka\s+acuan|"
    r"references(?:\s+list)?|reference\s+list|bibliography|works\s+cited|literature\s+cited)\s*:?\s*$",
    re.IGNORECASE | re.MULTILINE,
)
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


class Asked(StrEnum):
    SIZE = "size"
    FONTS = "fonts"
    TEXT = "text"
    LIMIT = "limit"
    LOCK = "lock"
    SCRIPTS = "scripts"
    ATTACHMENTS = "attachments"
    TITLE = "title"
    REFERENCES = "references"


@dataclass(frozen=True, slots=True)
class PageRead:
    number: int
    text: str
    unmapped: float = 0.0  # share of letters that stand for no known character


@dataclass(frozen=True, slots=True)
class Read:
    """What the children saw. `sizes` in points as shown; `fonts`: {name: pages} of those that are not in the file."""

    pages: Sequence[PageRead]
    sizes: Sequence[Sequence[float]]
    fonts: dict[str, list[int]] = field(default_factory=dict)
    encrypted: bool = False
    carries: Iterable[str] = ()


Check = dict[str, Any]


def _check(asked: Asked, level: Level, **told: Any) -> Check:
    return {"check": asked.value, "level": level.value, "told": told}


def judged(read: Read, *, pages_max: int, titles: Iterable[str]) -> list[Check]:
    """As `FinalPaper.checks` keeps them."""
    carried = set(read.carries)
    return [
        _sizes(read.sizes),
        _fonts(read.fonts),
        _text(read.pages),
        _limit(len(read.sizes), pages_max),
        _check(Asked.LOCK, Level.FAULT if read.encrypted else Level.OK),
        _check(Asked.SCRIPTS, Level.FAULT if "scripts" in carried else Level.OK),
        _check(Asked.ATTACHMENTS, Level.FAULT if "attachments" in carried else Level.OK),
        _title(read.pages, titles),
        _references(read.pages),
    ]


def has_fault(checks: Iterable[Check]) -> bool:
    return any(check["level"] == Level.FAULT for check in checks)


def _fits(size: Sequence[float], wanted: Sequence[float]) -> bool:
    return all(abs(side - asked) <= TOLERANCE for side, asked in zip(size, wanted, strict=True))


def _sizes(sizes: Sequence[Sequence[float]]) -> Check:
    wrong = [number for number, size in enumerate(sizes, 1) if not (_fits(size, A4) or _fits(size, A4[::-1]))]
    if wrong:
        width, height = sizes[wrong[0] - 1]
        millimetres = [round(width / 72 * 25.4), round(height / 72 * 25.4)]
        return _check(Asked.SIZE, Level.FAULT, pages=wrong[:MOST_NAMED], count=len(wrong), first=millimetres)
    if lying := [number for number, size in enumerate(sizes, 1) if not _fits(size, A4)]:
        return _check(Asked.SIZE, Level.WARNING, pages=lying[:MOST_NAMED], count=len(lying))
    return _check(Asked.SIZE, Level.OK)


def _fonts(fonts: dict[str, list[int]]) -> Check:
    rows = [{"name": name, "pages": pages[:MOST_NAMED]} for name, pages in sorted(fonts.items())]
    return _check(Asked.FONTS, Level.FAULT if rows else Level.OK, fonts=rows[:MOST_NAMED])


def _text(pages: Iterable[PageRead]) -> Check:
    """Words, and such as can be copied, on each page."""
    empty, unreadable = [], []
    for page in pages:
        if len(WORD.findall(page.text)) < MIN_WORDS:
            empty.append(page.number)
        elif page.unmapped > UNREADABLE_SHARE:
            unreadable.append(page.number)
    level = Level.FAULT if empty or unreadable else Level.OK
    return _check(Asked.TEXT, level, pages=empty[:MOST_NAMED], unreadable=unreadable[:MOST_NAMED])


def _limit(count: int, most: int) -> Check:
    return _check(Asked.LIMIT, Level.FAULT if count > most else Level.OK, count=count, most=most)


def _letters(text: str) -> str:
    """What is the same however a title is broken into lines and whatever its dashes and quotation marks are."""
    return "".join(character for character in plain(text) if character.isalnum())


def _title(pages: Sequence[PageRead], titles: Iterable[str]) -> Check:
    first = _letters(pages[0].text) if pages else ""
    found = any(sought in first for title in titles if (sought := _letters(title)))
    return _check(Asked.TITLE, Level.OK if found else Level.WARNING)


def _references(pages: Sequence[PageRead]) -> Check:
    """The last heading of this kind that something follows: a table of contents may name it, too."""
    best = None
    for page, entries in _lists(pages):
        if best is None or entries or not best[1]:
            best = (page, entries)
    if best is None:
        return _check(Asked.REFERENCES, Level.WARNING, entries=0)
    return _check(Asked.REFERENCES, Level.OK if best[1] else Level.WARNING, page=best[0], entries=best[1])


def _lists(pages: Sequence[PageRead]) -> Iterator[tuple[int, int]]:
    """(page of the heading, lines with a year behind it)"""
    for place, page in enumerate(pages):
        for heading in REFERENCES.finditer(page.text):
            rest = [page.text[heading.end() :], *(later.text for later in pages[place + 1 :])]
            yield page.number, sum(bool(YEAR.search(line)) for text in rest for line in text.splitlines())
