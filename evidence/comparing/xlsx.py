"""A comparison as a workbook. Every cell is text: nothing in it is ever taken for a formula."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from evidence.comparing.cells import absolute, heading, lines_of, plain, remarks
from evidence.comparing.table import Comparison
from publications.spreadsheets import harmless

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LABEL_WIDTH, WIDTH = 28, 44
LONGEST = 32_000  # a cell holds 32,767
_TOP = Alignment(vertical="top", wrap_text=True)
_HEAD = PatternFill("solid", fgColor="FFE1EEEB")


def workbook_of(comparison: Comparison, address: str) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = plain(heading())[:31]
    _write(sheet, 1, 1, heading(), is_bold=True)
    for column, thing in enumerate(comparison.things, 2):
        cell = _write(sheet, 1, column, f"{thing.letter}. {thing.title}", is_bold=True)
        cell.hyperlink = absolute(thing.url)
    for number, row in enumerate(comparison.rows, 2):
        _write(sheet, number, 1, row.label, is_bold=True)
        for column, values in enumerate(row.cells, 2):
            _write(sheet, number, column, "\n".join(lines_of(row, values)))
    for number, text in enumerate(remarks(comparison, address), len(comparison.rows) + 3):
        _write(sheet, number, 1, text).alignment = Alignment(wrap_text=False)
    for column in range(1, len(comparison.things) + 2):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTH if column > 1 else LABEL_WIDTH
    for cell in sheet[1]:
        cell.fill = _HEAD
    sheet.freeze_panes = "B2"
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    return _bytes(book)


def _write(sheet: Any, row: int, column: int, text: str, *, is_bold: bool = False) -> Any:
    cell = sheet.cell(row, column)
    cell.value = harmless(plain(text))[:LONGEST]
    cell.data_type = "s"
    cell.alignment, cell.font = _TOP, Font(bold=is_bold)
    return cell


def _bytes(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
