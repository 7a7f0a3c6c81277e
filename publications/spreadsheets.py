"""Text in tables that people open with a spreadsheet program."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language, override

BOM = "\ufeff"  # without it, spreadsheet programs take UTF-8 for something else
# What such a program would take for a formula when a CSV file is opened; full-width signs count too.
_FORMULA = ("=", "+", "-", "@", "|", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def harmless(value: str) -> str:
    """As text, whatever program opens the file: an apostrophe before what would be a formula."""
    return f"'{value}" if value.lstrip(" \n\xa0").startswith(_FORMULA) else value


Row = Sequence[object]


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Headings first. Numbers stay numbers, None is an empty cell."""
    yield BOM
    for row in rows:
        line = io.StringIO(newline="")
        csv.writer(line).writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
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
