"""What the deposit form may suggest from a PDF. Guesses, each with the page it was seen on; nobody has to take them."""

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

from publications.pdf.language import language_of
from publications.pdf.layout import Row, article_page, rows, without_running_heads
from publications.pdf.people import Name, find_authors
from publications.pdf.reading import PdfReading
from publications.pdf.sections import find_abstracts, find_keywords
from publications.pdf.titles import Titles, find_titles, head_rows

T = TypeVar("T")
DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>{}|\\^`\[\]]+", re.IGNORECASE)
LABELLED_DOI = re.compile(
    r"doi(?:\.org/|\s*:?\s*)(?:https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE
)
LANGUAGE_PAGES = 6
METADATA_PAGE = 0
AUTHOR_ROWS = 14
MARGIN = 0.13
WORDS_OF_A_PAPER = 100


@dataclass(frozen=True, slots=True)
class Suggested(Generic[T]):
    """``page`` is 0 where the value comes from the properties of the file."""

    value: T
    page: int


@dataclass(frozen=True, slots=True)
class Suggestions:
    title: Suggested[str] | None = None
    title_id: Suggested[str] | None = None
    title_en: Suggested[str] | None = None
    authors: Suggested[tuple[Name, ...]] | None = None
    abstract_id: Suggested[str] | None = None
    abstract_en: Suggested[str] | None = None
    keywords_id: Suggested[tuple[str, ...]] | None = None
    keywords_en: Suggested[tuple[str, ...]] | None = None
    doi: Suggested[str] | None = None
    language: Suggested[str] | None = None


def suggest(reading: PdfReading) -> Suggestions:
    if not reading.ok or not reading.lines or (reading.is_scan and len(reading.text.split()) < WORDS_OF_A_PAPER):
        return Suggestions()
    everything = rows(reading.lines)
    group = without_running_heads(everything)
    page = article_page(group)
    titles = _titles(group, page, reading)
    language = _language(reading, page)
    by_language = _by_language(titles, language)
    opening = [row for row in group if page <= row.page <= page + 1]
    abstracts, keywords = _abstracts(opening, language), _keywords(opening)
    return Suggestions(
        title=Suggested(titles.texts[0], titles.page) if titles.texts else None,
        title_id=by_language.get("id"),
        title_en=by_language.get("en"),
        authors=_authors(titles, group, reading),
        abstract_id=abstracts.get("id"),
        abstract_en=abstracts.get("en"),
        keywords_id=keywords.get("id"),
        keywords_en=keywords.get("en"),
        doi=_doi(everything, reading, (page, titles.page)),
        language=Suggested(language, page) if language else None,
    )


def _titles(group: list[Row], page: int, reading: PdfReading) -> Titles:
    pages = [[row for row in group if row.page == number] for number in (page, *range(1, page))]
    return find_titles(pages, reading.metadata.get("Title", ""))


def _language(reading: PdfReading, page: int) -> str:
    return language_of("\n".join(item.text for item in reading.pages if page <= item.number < page + LANGUAGE_PAGES))


def _by_language(titles: Titles, language: str) -> dict[str, Suggested[str]]:
    found: dict[str, Suggested[str]] = {}
    for title in titles.texts:
        found.setdefault(language_of(title) or language or "id", Suggested(title, titles.page))
    return found


def _authors(titles: Titles, group: list[Row], reading: PdfReading) -> Suggested[tuple[Name, ...]] | None:
    if not titles.rows:
        return None
    page_rows = [row for row in group if row.page == titles.page]
    top = max(row.y for row in titles.rows)
    below = [row for row in head_rows(page_rows) if row.y < top and row not in titles.rows]
    names = find_authors((row.plain, row.size) for row in below[:AUTHOR_ROWS])
    if names:
        return Suggested(tuple(names), titles.page)
    return _authors_from_metadata(reading, page_rows)


def _authors_from_metadata(reading: PdfReading, page_rows: list[Row]) -> Suggested[tuple[Name, ...]] | None:
    """Only names that the page shows too: the field often holds whoever owned the computer."""
    shown = " ".join(row.text for row in page_rows).casefold()
    names = [
        name for name in find_authors([(reading.metadata.get("Author", ""), 10.0)]) if str(name).casefold() in shown
    ]
    return Suggested(tuple(names), METADATA_PAGE) if names else None


def _abstracts(opening: list[Row], language: str) -> dict[str, Suggested[str]]:
    found: dict[str, Suggested[str]] = {}
    for abstract in find_abstracts(opening):
        found.setdefault(abstract.language or language or "id", Suggested(abstract.text, abstract.page))
    return found


def _keywords(opening: list[Row]) -> dict[str, Suggested[tuple[str, ...]]]:
    found: dict[str, Suggested[tuple[str, ...]]] = {}
    for keywords in find_keywords(opening):
        found.setdefault(keywords.language, Suggested(keywords.words, keywords.page))
    return found


def _doi(group: list[Row], reading: PdfReading, numbers: tuple[int, ...]) -> Suggested[str] | None:
    """From the pages the paper begins on: its head and margins first, for further down stand the DOIs of others."""
    heights = {page.number: page.height for page in reading.pages}
    for number in numbers:
        page_rows = [row for row in group if row.page == number]
        head = [*head_rows(page_rows), *(row for row in page_rows if _in_margin(row, heights.get(number, 0.0)))]
        for part in (head, page_rows):
            if value := _doi_in("\n".join(row.text for row in part)):
                return Suggested(value, number)
    return None


def _in_margin(row: Row, height: float) -> bool:
    return not MARGIN * height < row.y < (1 - MARGIN) * height


def _doi_in(text: str) -> str:
    whole = re.sub(r"(https?:)\s+(?=//)|(doi\.org/)\s+(?=10\.)", r"\1\2", text)
    match = LABELLED_DOI.search(whole)
    value = match[1] if match else next(iter(DOI.findall(whole)), "")
    return value.rstrip(".,;:)]'\u2019\u201d").lower()
