"""Abstracts and keywords in both languages, from the rows behind their headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from publications.pdf.language import language_of
from publications.pdf.layout import ABSTRACT, HEADING, KEYWORDS, SUMMARY, Row

AFTER_ABSTRACT = re.compile(
    r"^\W{0,2}(article history|histori artikel|info artikel|article info|corresponding author|how to cite|"
    r"cara (?:me)?ngutip|cara menyitir|\*?\s?penulis korespondensi|korespondensi|©|doi\b|jel\b.{0,20}:|pacs\b|"
    r"(?:received|diterima|submitted|disubmit)\b.{0,12}\d{4}|categories and subject|general terms|ccs concepts|"
    r"permission to make)",
    re.IGNORECASE,
)
OPENING = re.compile(r"^\W{0,2}(abstrak|abstraksi|intisari|abstract)\W{0,3}", re.IGNORECASE)
ENGLISH_LABELS = ("key", "index")
LONGEST_ABSTRACT = 6_000
MOST_KEYWORDS = 15


@dataclass(frozen=True, slots=True)
class Found:
    text: str
    language: str
    page: int


@dataclass(frozen=True, slots=True)
class FoundKeywords:
    words: tuple[str, ...]
    language: str
    page: int


def find_abstracts(group: Sequence[Row]) -> list[Found]:
    """In the order they stand; a section called summary counts only where no abstract is."""
    found = [abstract for index, row in enumerate(group) if ABSTRACT.match(row.text)
             if (abstract := _abstract(group, index))]  # fmt: skip
    if found:
        return found
    return [abstract for index, row in enumerate(group[:80]) if SUMMARY.match(row.text)
            if (abstract := _abstract(group, index))][:1]  # fmt: skip


def _abstract(group: Sequence[Row], start: int) -> Found | None:
    heading = group[start]
    inline = "" if SUMMARY.match(heading.text) else OPENING.sub("", heading.text)
    parts = [inline] if inline else []
    body: Row | None = heading if inline else None
    for row in group[start + 1 :]:
        if _ends(row, body, parts):
            break
        if body is not None and _is_elsewhere(row, body):
            continue
        body = body or row
        parts.append(row.text)
        if sum(map(len, parts)) > LONGEST_ABSTRACT:
            break
    text = " ".join(" ".join(parts).split())
    if len(text.split()) < 20:
        return None
    return Found(text, language_of(text), heading.page)


def _ends(row: Row, body: Row | None, parts: list[str]) -> bool:
    signs = (ABSTRACT, SUMMARY, KEYWORDS, HEADING, AFTER_ABSTRACT)
    if any(sign.match(row.text) for sign in signs):
        return bool(parts) or not KEYWORDS.match(row.text)
    if body is None:
        return False
    short = len(row.text) < 70
    return short and (row.size > body.size + 1.0 or (row.bold and not body.bold and row.main.text.strip() == row.text))


def _is_elsewhere(row: Row, body: Row) -> bool:
    """Small print of a margin, a header or a footer that the page mixes in."""
    return row.size < body.size - 1.2 or (row.page != body.page and abs(row.size - body.size) > 0.6)


def find_keywords(group: Sequence[Row]) -> list[FoundKeywords]:
    found = []
    for index, row in enumerate(group):
        label = KEYWORDS.match(row.text)
        if label and (words := _keywords(group, index, row.text[label.end() :])):
            language = "en" if label["label"].lower().startswith(ENGLISH_LABELS) else "id"
            found.append(FoundKeywords(words, language, row.page))
    return found


def _keywords(group: Sequence[Row], start: int, inline: str) -> tuple[str, ...]:
    if inline.strip():
        rest = _continued(group, start, inline)
        parts = re.split(r"[;•·]" if ";" in rest or "•" in rest else r"[,;]", rest)
    else:
        parts = _listed(group, start)
    words = (" ".join(part.split()).strip(" .:,–-") for part in parts)
    return tuple(dict.fromkeys(word for word in words if 1 < len(word) <= 80))[:MOST_KEYWORDS]


def _continued(group: Sequence[Row], start: int, inline: str) -> str:
    """A list that runs over the line goes on close below, in the same size, and ends with its full stop."""
    text, last = inline, group[start]
    for row in group[start + 1 : start + 4]:
        full_line = last.x1 >= 0.9 * max(other.x1 for other in group[max(0, start - 6) : start + 1])
        close = 0 < last.y - row.y < 1.6 * row.size and row.page == last.page
        if text.rstrip().endswith(".") or not (full_line or text.rstrip().endswith((",", ";"))) or not close:
            break
        if _ends(row, None, [text]) or abs(row.size - last.size) > 0.6:
            break
        text, last = f"{text} {row.text}", row
    return text


def _listed(group: Sequence[Row], start: int) -> list[str]:
    """One keyword a line, or a paragraph of them below the label."""
    listed: list[Row] = []
    for row in group[start + 1 : start + 1 + MOST_KEYWORDS]:
        away = listed and (row.x0 != listed[0].x0 and abs(row.x0 - listed[0].x0) > 3)
        if _ends(row, None, ["x"]) or away or (listed and abs(row.size - listed[0].size) > 0.6):
            break
        listed.append(row)
    text = " ".join(row.text for row in listed)
    if ";" in text or text.count(",") >= len(listed):
        return re.split(r"[;,]", text)
    return [row.text for row in listed if len(row.text.split()) <= 6]
