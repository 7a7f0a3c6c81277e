"""CSV: separated by comma, semicolon or tab, in any of the encodings of `texts`."""

import csv
from collections.abc import Iterator
from typing import BinaryIO

from publications.importing.limits import MAX_LINE_BYTES
from publications.importing.problems import Problem
from publications.importing.readers.tables import Cells, table_rows
from publications.importing.records import Row
from publications.importing.texts import find_encoding, text_lines, unpacked

_DELIMITERS = ",;\t|"
# The reader's own limit is one for the whole process: generous, so that too long a cell is a message and not an end.
csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE_BYTES * 4))


def read(file: BinaryIO, mapping: dict[str, str]) -> Iterator[Row]:
    encoding, damaged = find_encoding(unpacked(file))
    if damaged:
        yield Row(0, None, (Problem("damaged_text"),))
    delimiter = find_delimiter(text_lines(unpacked(file), encoding).read(64 * 1024))
    reader = csv.reader(text_lines(unpacked(file), encoding), delimiter=delimiter)
    numbered = _Numbered(reader)
    yield from table_rows(iter(numbered), mapping)
    if numbered.error:
        yield Row(numbered.number, None, (Problem("broken_row", numbered.number, params={"detail": numbered.error}),))


def find_delimiter(start: str) -> str:
    """The one that the headings have most of, outside quotation marks."""
    first = next((line for line in start.splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(_DELIMITERS, key=lambda mark: (outside.count(mark), -_DELIMITERS.index(mark)))


class _Numbered:
    """Rows with their numbers; a row that `csv` cannot read ends the file, with its reason kept."""

    def __init__(self, reader: Iterator[Cells]) -> None:
        self._reader, self.number, self.error = reader, 0, ""

    def __iter__(self) -> Iterator[tuple[int, Cells]]:
        while True:
            self.number += 1
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error:
                self.error = "csv_ends_here"
                return
            yield self.number, cells
