"""Text in tables that people open with a spreadsheet program."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language, override
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_IN_CELL = 32_000
BOM = "\ufeff"  # without it, spreadsheet programs take UTF-8 for something else
# What such a program would take for a formula when a CSV file is opened; full-width signs count too.
_FORMULA = ("=", "+", "-", "@", "|", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def harmless(value: str) -> str:
    """As text, whatever program opens the file: an apostrophe before what would be a formula."""
    return f"'{value}" if value.lstrip(" \n\xa0").startswith(_FORMULA) else value


# Where a program that parts cells at semicolons or tabs, as Excel does for Indonesian, could see a cell begin: a whole
# run of parting signs, spaces and quotes (it never starts within one, so that long runs cost no more than short ones).
_BEFORE_FORMULA = re.compile('(?<![;\\s"])[;\\s"]++(?=[=+\\-@|\uff1d\uff0b\uff0d\uff20])')
_PARTING = re.compile(r"[;\t\n\r]")


def harmless_in_csv(value: str) -> str:
    """Harmless also where the file is parted at other signs than commas; in a workbook cells are what they are."""
    return _BEFORE_FORMULA.sub(_guarded, harmless(value))


def _guarded(run: re.Match[str]) -> str:
    return f"{run[0]}'" if _PARTING.search(run[0]) else run[0]


Row = Sequence[object]


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Headings first. Numbers stay numbers, None is an empty cell."""
    yield BOM
    for row in rows:
        line = io.StringIO(newline="")
        csv.writer(line).writerow([harmless_in_csv(cell) if isinstance(cell, str) else cell for cell in row])
        yield line.getvalue()


def csv_response(rows: Iterable[Row], name: str) -> StreamingHttpResponse:
    """A download of all rows, written while they are read; `name` tells it from others."""
    lines = csv_lines(_in_language(rows, get_language()))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    file_name = f"repositori-kesos-{name}-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-cache"
    return response


def _in_language(rows: Iterable[Row], language: str | None) -> Iterator[Row]:
    """The rows are read when the language of the page is no longer set."""
    remaining = iter(rows)
    while True:
        with override(language):
            try:
                row = next(remaining)
            except StopIteration:
                return
        yield row


def xlsx_response(rows: Iterable[Row], name: str, sheet: str) -> HttpResponse:
    """The same rows as a workbook."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet[:31])
    for row in rows:
        page.append([_in_cell(cell) if isinstance(cell, str) else cell for cell in row])
    target = io.BytesIO()
    book.save(target)
    response = HttpResponse(target.getvalue(), content_type=XLSX)
    file_name = f"repositori-kesos-{name}-{timezone.localdate().isoformat()}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _in_cell(value: str) -> str:
    return str(ILLEGAL_CHARACTERS_RE.sub("", harmless(value)))[:MOST_IN_CELL]
