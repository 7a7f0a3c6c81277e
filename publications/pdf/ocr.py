"""Recognising scanned pages with Tesseract, where the administrator installed it with its Indonesian data.

A background job: each page is drawn by the confined child, then read by a confined Tesseract. A page that takes too
long is left out; the others come one by one, so that a job that is ended half-way keeps what it has.
"""

import functools
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import IO

from publications.pdf.codes import Code
from publications.pdf.limits import DEFAULT, MIB, Limits
from publications.pdf.reader import picture_of
from publications.pdf.reading import Line, Page, PdfReading, Picture, Span
from publications.pdf.runner import run, run_child
from publications.pdf.text import clean

LANGUAGE = "ind"
PAGE_SECONDS = 60.0
TOTAL_SECONDS = 1_800.0
OCR_MEMORY = 1536 * MIB
OUTPUT_BYTES = 16 * MIB
LINE_CLASSES = {"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"}
SAME_SIZE = 1.15


@dataclass(frozen=True, slots=True)
class OcrPage:
    number: int
    text: str = ""
    lines: tuple[Line, ...] = ()
    error: Code | None = None


@functools.cache
def ocr_available() -> bool:
    return "ind" in _languages()


def _languages() -> list[str]:
    program = shutil.which("tesseract")
    if program is None:
        return []
    try:
        answer = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return answer.stdout.split()


def recognise(
    path: str | Path,
    pages: Iterable[int],
    *,
    limits: Limits = DEFAULT,
    page_seconds: float = PAGE_SECONDS,
    total_seconds: float = TOTAL_SECONDS,
) -> Iterator[OcrPage]:
    """Page by page; a page that failed says why and has no text."""
    deadline = time.monotonic() + total_seconds
    for number in pages:
        left = deadline - time.monotonic()
        if left <= 0:
            yield OcrPage(number, error=Code.STOPPED_TIME)
            return
        yield recognise_page(Path(path).resolve(), number, limits, min(left, page_seconds))


def recognise_page(path: Path, number: int, limits: Limits, seconds: float) -> OcrPage:
    started = time.monotonic()
    drawn = run_child("render", path, limits, number=number, seconds=min(seconds, limits.render_seconds))
    picture = next((picture_of(_content(m)) for m in drawn.messages if m["kind"] == "image"), None)
    if picture is None:
        return OcrPage(number, error=Code.STOPPED_TIME if drawn.killed == "time" else Code.STOPPED_CRASH)
    with tempfile.TemporaryFile() as file:
        file.write(picture.data)
        file.seek(0)
        return _read_picture(file, picture, number, max(1.0, seconds - (time.monotonic() - started)))


def _content(message: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in message.items() if key != "kind"}


def _read_picture(file: IO[bytes], picture: Picture, number: int, seconds: float) -> OcrPage:
    languages = "+".join(name for name in (LANGUAGE, "eng") if name in _known_languages())
    dpi = max(70, round(72 * picture.scale))
    command = [*_launcher(seconds), "tesseract", "stdin", "stdout", "-l", languages, "--dpi", str(dpi), "hocr"]
    done = run(command, seconds=seconds, output_bytes=OUTPUT_BYTES, stdin=file.fileno())
    if done.killed or done.returncode != 0:
        return OcrPage(number, error=Code.STOPPED_TIME if done.killed == "time" else Code.STOPPED_CRASH)
    reader = _Hocr(number, picture)
    reader.feed(done.output.decode("utf-8", "replace"))
    return OcrPage(number, reader.text, reader.finish())


@functools.cache
def _known_languages() -> frozenset[str]:
    return frozenset(_languages())


def _launcher(seconds: float) -> list[str]:
    return [sys.executable, "-s", "-m", "publications.pdf.confine", str(OCR_MEMORY), str(seconds)]


class _Hocr(HTMLParser):
    """Tesseract's hOCR: lines with a box and an estimated size, paragraphs that become paragraphs of the text."""

    def __init__(self, number: int, picture: Picture) -> None:
        super().__init__()
        self.number, self.picture = number, picture
        self.words: list[str] = []
        self.place: tuple[float, float, float, float] | None = None
        self.found: list[Span] = []
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "p" or attributes.get("class") in LINE_CLASSES:
            self._end_line()
        if tag == "p" and self.parts:
            self.parts.append("")
        if attributes.get("class") in LINE_CLASSES:
            self.place = self._place(attributes.get("title") or "")

    def handle_data(self, data: str) -> None:
        if self.place and data.strip():
            self.words.append(data.strip())

    def _place(self, title: str) -> tuple[float, float, float, float]:
        box = [float(number) for number in re.findall(r"bbox (\d+) (\d+) (\d+) (\d+)", title)[0]]
        size = re.search(r"x_size ([\d.]+)", title)
        height = float(size[1]) if size else box[3] - box[1]
        scale = self.picture.scale or 1.0
        # x_size spans from the foot of a p to the top of an l, which is about nine tenths of the nominal size.
        return box[0] / scale, box[2] / scale, (self.picture.height - box[3]) / scale, height / scale / 0.9

    def _end_line(self) -> None:
        if self.place and self.words:
            left, right, foot, size = self.place
            text = clean(" ".join(self.words))
            self.parts.append(text)
            self.found.append(Span(text, size, False, left, right, foot))
        self.words, self.place = [], None

    @property
    def text(self) -> str:
        self._end_line()
        return "\n".join(self.parts).strip()

    def finish(self) -> tuple[Line, ...]:
        """Estimated sizes scatter, so those close together are made one."""
        self._end_line()
        snapped: dict[float, float] = {}
        base = 0.0
        for size in sorted({span.size for span in self.found}):
            base = base if base and size <= base * SAME_SIZE else size
            snapped[size] = round(base, 1)
        return tuple(Line(self.number, (replace(span, size=snapped[span.size]),)) for span in self.found)


def with_recognised(reading: PdfReading, recognised: Iterable[OcrPage]) -> PdfReading:
    """The reading as if the recognised pages had had this text from the beginning, so that it can be suggested from."""
    new = {page.number: page for page in recognised if page.text}
    pages = tuple(_with_text(page, new.get(page.number)) for page in reading.pages)
    kept = tuple(line for line in reading.lines if line.page not in new)
    lines = kept + tuple(line for page in new.values() for line in page.lines)
    return replace(reading, pages=pages, lines=tuple(sorted(lines, key=lambda line: line.page)))


def _with_text(page: Page, recognised: OcrPage | None) -> Page:
    return page if recognised is None else replace(page, text=recognised.text, image=False, unmapped=0.0)
