"""The first pages as rows and blocks: what stands together, in which size, before which heading."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from publications.pdf.reading import Line, Span

ABSTRACT = re.compile(r"^\W{0,2}(abstrak|abstraksi|intisari|abstract)\b", re.IGNORECASE)
SUMMARY = re.compile(r"^\W{0,2}(\d\.? )?(summary|ringkasan|ikhtisar)\W{0,2}$", re.IGNORECASE)
KEYWORDS = re.compile(
    r"^\W{0,2}(?P<label>kata[ -]?kata kunci|kata[ -]?kunci|key ?-?words?(?: and phrases)?|index terms)\b\W{0,3}",
    re.IGNORECASE,
)
HEADING = re.compile(
    r"^\W{0,2}(?:(?:\d{1,2}|[ivx]{1,4}|[a-h])[.)]?\s{0,3})?(?:bab\s\w+\s)?"
    r"(pendahuluan|latar belakang|introduction|background|daftar isi|contents|daftar pustaka|references|"
    r"tinjauan pustaka|kajian pustaka|metode|metodologi|methods?)\b\W{0,2}(?:$|masalah$|penelitian$)",
    re.IGNORECASE,
)
FURNITURE = re.compile(
    r"https?://|www\.|\bdoi\b|\bissn\b|\bisbn\b|\bvol(?:ume)?\b\W{0,2}\s?\d|\bno(?:mor)?\b\.?:?\s?\d+,|@|©|copyright|"
    r"creative commons|available online|tersedia online|open access|corresponding author|received\b.*\d{4}|"
    r"accepted\b.*\d{4}|submitted\b|diterima\b.*\d|^page\b|^halaman\b|^hal\b\.?|artikel penelitian$|"
    r"^research article$|^original article$|^short communication$|\.ac\.id\b",
    re.IGNORECASE,
)
# In small type the name of a journal or a volume; in large type it may be the title of the volume itself.
SERIES = re.compile(r"^jurnal\b|\bjournal\b|^majalah\b|\bproceedings of\b|^prosiding\b|^buletin\b", re.IGNORECASE)
DOCUMENT_KIND = re.compile(
    r"^(laporan|skripsi|tesis|disertasi|makalah|proposal|naskah|policy brief|working paper|tugas akhir|karya tulis)\b",
    re.IGNORECASE,
)
SMALL = 0.82
SIZE_SLACK = 0.6


@dataclass(frozen=True)
class Row:
    """What a reader sees as one line: pdfium may have cut it into several."""

    page: int
    spans: tuple[Span, ...]

    @cached_property
    def text(self) -> str:
        return join_spans(self.spans)

    @cached_property
    def main(self) -> Span:
        return max(self.spans, key=lambda span: len(span.text.strip()))

    @property
    def size(self) -> float:
        return self.main.size

    @property
    def bold(self) -> bool:
        return self.main.bold

    @property
    def y(self) -> float:
        return self.main.y

    @property
    def x0(self) -> float:
        return min(span.x0 for span in self.spans)

    @property
    def x1(self) -> float:
        return max(span.x1 for span in self.spans)

    @property
    def plain(self) -> str:
        """Without raised or small signs: what is left of a line of authors are the names, with commas for the signs."""
        return join_spans(
            [Span(",", span.size, span.bold, span.x0, span.x1, span.y) if self._is_mark(span) else span
             for span in self.spans]
        )  # fmt: skip

    def _is_mark(self, span: Span) -> bool:
        small = span.size < SMALL * self.size or span.y - self.y > 0.2 * self.size
        return small and len(span.text.strip()) <= 12


def join_spans(spans: Iterable[Span]) -> str:
    parts: list[str] = []
    edge: float | None = None
    for span in spans:
        if edge is not None and span.x0 - edge > 0.2 * span.size:
            parts.append(" ")
        parts.append(span.text)
        edge = span.x1
    return " ".join("".join(parts).split())


def rows(lines: Iterable[Line]) -> list[Row]:
    """Lines that continue each other on the same height become one row; a wide gap is a new column."""
    result: list[Row] = []
    for line in lines:
        last = result[-1] if result else None
        if last and _continues(last, line):
            result[-1] = Row(last.page, last.spans + line.spans)
        else:
            result.append(Row(line.page, line.spans))
    return result


def without_running_heads(group: Sequence[Row]) -> list[Row]:
    """Without what stands in the same place on several pages."""
    places: dict[tuple[str, int], set[int]] = {}
    for row in group:
        places.setdefault(_place(row), set()).add(row.page)
    return [row for row in group if len(places[_place(row)]) < 2 or len(_place(row)[0]) < 4]


def _place(row: Row) -> tuple[str, int]:
    return "".join(filter(str.isalpha, row.text.casefold())), round(row.y / 3)


def _continues(row: Row, line: Line) -> bool:
    gap = line.x0 - row.x1
    return row.page == line.page and abs(row.y - line.y) < 2.0 and -1.0 <= gap < 1.5 * max(line.size, row.size)


@dataclass(frozen=True)
class Block:
    """Rows of one size directly below each other."""

    rows: tuple[Row, ...]

    @cached_property
    def text(self) -> str:
        return join_rows(self.rows)

    @property
    def size(self) -> float:
        return self.rows[0].size

    @property
    def page(self) -> int:
        return self.rows[0].page


def is_furniture(row: Row, body: float) -> bool:
    """What belongs to the page or the journal rather than to the paper."""
    return bool(FURNITURE.search(row.text)) or (row.size <= 1.25 * body and bool(SERIES.search(row.text)))


def join_rows(group: Iterable[Row]) -> str:
    return " ".join(" ".join(row.text for row in group).split())


def blocks(group: Sequence[Row]) -> Iterator[Block]:
    current: list[Row] = []
    for row in group:
        if current and not _same_block(current, row):
            yield Block(tuple(current))
            current = []
        current.append(row)
    if current:
        yield Block(tuple(current))


def _same_block(current: list[Row], row: Row) -> bool:
    last = current[-1]
    step = last.y - row.y
    usual = current[-2].y - last.y if len(current) > 1 else 1.7 * row.size
    alike = abs(last.size - row.size) <= SIZE_SLACK and last.bold == row.bold
    return alike and row.page == last.page and 0 < step <= max(1.15 * usual, 1.35 * row.size)


def article_page(group: Sequence[Row]) -> int:
    """The page the paper begins on: not the journal's cover, not its editors, not its table of contents."""
    by_page: dict[int, list[Row]] = {}
    for row in group:
        by_page.setdefault(row.page, []).append(row)
    for page, page_rows in by_page.items():
        if any(ABSTRACT.match(row.text) and not _is_contents(row) for row in page_rows):
            return page
    return next((page for page, page_rows in by_page.items() if len(page_rows) > 1), 1)


def _is_contents(row: Row) -> bool:
    return bool(re.search(r"\.{6,}\s*\w+$", row.text))


def body_size(group: Iterable[Row]) -> float:
    """The size most letters of a page are set in."""
    count: Counter[float] = Counter()
    for row in group:
        count[round(row.size * 2) / 2] += len(row.text)
    return count.most_common(1)[0][0] if count else 10.0
