"""``read_pdf``: everything a PDF says about itself, or why it is refused. Never raises for a bad file."""

import base64
import binascii
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from publications.pdf.codes import REFUSALS, Code
from publications.pdf.limits import DEFAULT, Limits
from publications.pdf.reading import Line, Page, PdfReading, Picture, Span
from publications.pdf.runner import Run, run_child

SCAN_SHARE = 0.5
GARBLED_SHARE = 0.3
MEMORY_SHARE = 0.6
BEFORE_HEADER = b"\xef\xbb\xbf \t\r\n"


@dataclass(slots=True)
class _Notes:
    """What the children said so far."""

    document: dict[str, Any] = field(default_factory=dict)
    found: set[Code] = field(default_factory=set)
    error: Code | None = None
    warnings: set[Code] = field(default_factory=set)
    pages: dict[int, Page] = field(default_factory=dict)
    lines: dict[int, tuple[Line, ...]] = field(default_factory=dict)
    picture: Picture | None = None
    last_page: int = 0
    ended: bool = False
    peak_kib: int = 0

    def hear(self, messages: Iterable[dict[str, Any]]) -> None:
        self.ended = False
        for message in messages:
            kind = message.pop("kind")
            getattr(self, f"_hear_{kind}", self._ignore)(message)

    def _ignore(self, message: dict[str, Any]) -> None:
        """A kind this version does not know."""

    def _hear_document(self, message: dict[str, Any]) -> None:
        self.document = message

    def _hear_found(self, message: dict[str, Any]) -> None:
        self.found.add(Code(message["code"]))

    def _hear_reading(self, message: dict[str, Any]) -> None:
        self.last_page = message["page"]

    def _hear_page(self, message: dict[str, Any]) -> None:
        self.last_page = message["number"]
        self.pages[self.last_page] = Page(**message)

    def _hear_lines(self, message: dict[str, Any]) -> None:
        number = message["page"]
        self.lines[number] = tuple(
            Line(number, tuple(Span(*span) for span in line["spans"])) for line in message["lines"]
        )

    def _hear_image(self, message: dict[str, Any]) -> None:
        self.picture = picture_of(message)

    def _hear_stopped(self, message: dict[str, Any]) -> None:
        self.warnings.add(Code(message["code"]))

    def _hear_error(self, message: dict[str, Any]) -> None:
        self.error = Code(message["code"])

    def _hear_end(self, message: dict[str, Any]) -> None:
        self.ended = True
        self.peak_kib = max(self.peak_kib, message["peak"])


def picture_of(message: dict[str, Any]) -> Picture | None:
    try:
        return Picture(**{**message, "data": base64.b64decode(message["data"], validate=True)})
    except binascii.Error:
        return None


def read_pdf(path: str | os.PathLike[str], *, limits: Limits = DEFAULT) -> PdfReading:
    started = time.monotonic()
    file = Path(path).resolve()
    notes = _Notes(error=_refuse_by_start(file))
    if notes.error is None:
        _read_pages(file, limits, notes)
        notes.error = notes.error or _why_nothing(notes)
        if notes.error in (None, Code.CANNOT_OPEN):
            left = limits.total_seconds - limits.picture_seconds - (time.monotonic() - started)
            _inspect(file, limits, notes, max(left, limits.inspect_seconds))
    if notes.error is None:
        left = limits.total_seconds - (time.monotonic() - started)
        _make_picture(file, limits, notes, max(left, limits.picture_seconds))
    return _conclude(notes, limits, time.monotonic() - started)


def _refuse_by_start(file: Path) -> Code | None:
    try:
        with file.open("rb") as stream:
            start = stream.read(1024)
    except OSError:
        return Code.CANNOT_OPEN
    if not start:
        return Code.EMPTY_FILE
    return None if start.lstrip(BEFORE_HEADER).startswith(b"%PDF-") else Code.NOT_PDF


def _read_pages(file: Path, limits: Limits, notes: _Notes) -> None:
    """A page that kills the child is left out: the next child goes on behind it, while time lasts."""
    deadline = time.monotonic() + limits.read_seconds
    first = 1
    for _attempt in range(limits.restarts + 1):
        run = run_child("read", file, limits, number=first, seconds=max(0.1, deadline - time.monotonic()))
        _listen(run, notes, limits)
        if notes.ended or run.killed or not notes.document or deadline - time.monotonic() < 0.5:
            return
        first = max(first, notes.last_page) + 1
        if first > int(notes.document["page_count"]):
            return


def _listen(run: Run, notes: _Notes, limits: Limits) -> None:
    notes.hear(run.messages)
    notes.peak_kib = max(notes.peak_kib, run.peak_kib)
    if notes.ended:
        return
    if run.killed == "time":
        notes.warnings.add(Code.STOPPED_TIME)
    elif run.killed == "output":
        notes.warnings.add(Code.TEXT_CUT)
    elif run.peak_kib * 1024 > MEMORY_SHARE * limits.memory_bytes:
        notes.warnings.add(Code.STOPPED_MEMORY)
    else:
        notes.warnings.add(Code.STOPPED_CRASH)


def _why_nothing(notes: _Notes) -> Code | None:
    if any(not page.broken for page in notes.pages.values()):
        return None
    if not notes.document and not notes.warnings:
        return Code.CANNOT_OPEN
    return Code.UNREADABLE


def _inspect(file: Path, limits: Limits, notes: _Notes, seconds: float) -> None:
    """A second opinion that fails takes nothing away: the pages are read already."""
    _quietly("inspect", file, limits, notes, seconds)
    # pdfium does not open a file without pages, qpdf does: so it knows the better reason.
    if Code.NO_PAGES in notes.found:
        notes.error = Code.NO_PAGES


def _make_picture(file: Path, limits: Limits, notes: _Notes, seconds: float) -> None:
    # Why the picture failed is of no use to anyone; that it failed is.
    _quietly("picture", file, limits, notes, seconds)
    if notes.picture is None:
        notes.warnings.add(Code.NO_PICTURE)


def _quietly(job: str, file: Path, limits: Limits, notes: _Notes, seconds: float) -> None:
    run = run_child(job, file, limits, number=1, seconds=seconds)
    notes.hear(message for message in run.messages if message["kind"] not in ("stopped", "error"))
    notes.peak_kib = max(notes.peak_kib, run.peak_kib)


def _conclude(notes: _Notes, limits: Limits, seconds: float) -> PdfReading:
    document, pages = notes.document, tuple(notes.pages[number] for number in sorted(notes.pages))
    picture = notes.picture
    warnings = notes.warnings | set(_warnings(notes, pages, limits)) if notes.error is None else notes.warnings
    return PdfReading(
        error=notes.error,
        warnings=tuple(code for code in Code if code in warnings and code not in REFUSALS),
        page_count=int(document.get("page_count", 0)),
        pages=pages,
        lines=tuple(line for number in sorted(notes.lines) for line in notes.lines[number]),
        metadata=document.get("metadata", {}),
        thumbnail=picture.data if picture else None,
        thumbnail_mime=picture.mime if picture else "",
        thumbnail_size=(picture.width, picture.height) if picture else (0, 0),
        encrypted=bool(document.get("encrypted")),
        restricted=bool(document.get("restricted")),
        has_javascript=Code.JAVASCRIPT in warnings,
        has_xfa=Code.XFA in warnings,
        has_attachments=Code.ATTACHMENTS in warnings,
        is_scan=Code.SCAN in warnings,
        seconds=round(seconds, 3),
        peak_kib=notes.peak_kib,
    )


def _warnings(notes: _Notes, pages: tuple[Page, ...], limits: Limits) -> Iterable[Code]:
    document, found_inside = notes.document, notes.found
    scanned = sum(page.image for page in pages)
    with_text = [page for page in pages if page.text.strip()]
    sizes = [max(page.width, page.height) for page in pages]
    found = {
        Code.JAVASCRIPT: document["javascript"],
        Code.XFA: document["xfa"],
        Code.ATTACHMENTS: document["attachments"] > 0,
        Code.SIGNED: document["signatures"] > 0,
        Code.ENCRYPTED: document["encrypted"],
        Code.RESTRICTED: document["restricted"],
        Code.SCAN: scanned > SCAN_SHARE * len(pages),
        Code.NO_TEXT: not with_text and not scanned,
        Code.GARBLED: sum(page.unmapped > GARBLED_SHARE for page in with_text) > len(with_text) / 3,
        Code.DAMAGED: any(page.broken for page in pages),
        Code.HUGE_PAGE: max(sizes, default=0) > limits.huge_page_points,
        Code.TEXT_CUT: any(page.cut for page in pages),
    }
    return {code for code, holds in found.items() if holds} | found_inside
