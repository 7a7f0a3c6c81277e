"""XLSX: the first sheet, row by row, after a look at what the archive unpacks to."""

import datetime
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from publications.importing.limits import MAX_BLANK_ROWS, MAX_COLUMNS, MAX_ROWS, MAX_XLSX_UNPACKED_BYTES
from publications.importing.problems import Problem
from publications.importing.readers.tables import Cells, table_rows
from publications.importing.records import Row

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
_ENTITY_MARKS = tuple(mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in _ENCODINGS)
_PIECE = 256 * 1024
_BAD_ARCHIVE = (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, NotImplementedError, RuntimeError)
# What openpyxl raises for sheets that nobody's program wrote.
_BAD_SHEET = (
    *_BAD_ARCHIVE, InvalidFileException, ParseError, KeyError, ValueError, TypeError, AttributeError, IndexError,
    SyntaxError, OverflowError,
)  # fmt: skip


def read(file: BinaryIO, mapping: dict[str, str]) -> Iterator[Row]:
    if code := refuse(file):
        yield Row(0, None, (Problem(code),))
        return
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
        if sheet is not None:
            sheet.reset_dimensions()  # files lie about their size
            yield from table_rows(_cells(sheet), mapping)
    except _BAD_SHEET:
        yield Row(0, None, (Problem("broken_sheet"),))


def refuse(file: BinaryIO) -> str:
    """Why the archive is not opened; empty if it may be. An Office file has no document type and no entities."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MAX_XLSX_UNPACKED_BYTES or len(parts) > 2000:
                return "suspicious_sheet"
            xml = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            return "suspicious_sheet" if any(_has_entities(archive, part) for part in xml) else ""
    except _BAD_ARCHIVE:
        return "broken_sheet"


def _has_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with archive.open(part) as stream:
        before = b""
        while piece := stream.read(_PIECE):
            window = before + piece
            if any(mark in window for mark in _ENTITY_MARKS):
                return True
            before = piece[-32:]
    return False


def _cells(sheet: Any) -> Iterator[tuple[int, Cells]]:
    blank = 0
    rows = sheet.iter_rows(max_col=MAX_COLUMNS + 1, max_row=MAX_ROWS + 2, values_only=True)
    for number, values in enumerate(rows, 1):
        cells = [_text(value) for value in values]
        if any(cells):
            blank = 0
            yield number, cells
        else:
            blank += 1
            if blank > MAX_BLANK_ROWS:
                return


def _text(value: Any) -> str:
    """2019 and not 2019.0; a date as a date."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)
