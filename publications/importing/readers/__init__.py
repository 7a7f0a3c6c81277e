"""One reader for each format; all give `Row`s and never raise for what is in the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO

from publications.importing.limits import MAX_FILE_BYTES, MAX_ROWS
from publications.importing.problems import Problem
from publications.importing.readers import bibtex, csl, csvfile, jsonl, ris, xlsx
from publications.importing.records import Row
from publications.importing.texts import Broken, TooLarge

READERS = {
    "csv": csvfile.read,
    "xlsx": xlsx.read,
    "jsonl": jsonl.read,
    "bibtex": bibtex.read,
    "ris": ris.read,
    "csl": csl.read,
}
FORMATS = tuple(READERS)
_SUFFIXES = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".bib": "bibtex",
    ".bibtex": "bibtex", ".ris": "ris", ".json": "csl",
}  # fmt: skip


def format_of(file_name: str) -> str:
    """By the end of the name ("acl.jsonl.gz" too); empty if unknown."""
    path = PurePath(file_name.lower())
    if path.suffix == ".gz":
        path = path.with_suffix("")
    return _SUFFIXES.get(path.suffix, "")


@dataclass
class Reading:
    """`mapping` {heading: meaning} fills as soon as the first row is asked for; formats with fixed fields have none."""

    file: BinaryIO
    format: str
    mapping: dict[str, str] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """Rows in the order of the file; a row with number 0 speaks of the file as a whole."""
        try:
            yield from self._bounded()
        except TooLarge:
            yield file_problem("file_too_large")
        except Broken:
            yield file_problem("broken_archive")

    def _bounded(self) -> Iterator[Row]:
        size = self.file.seek(0, 2)
        self.file.seek(0)
        if not size:
            yield file_problem("empty_file")
        elif size > MAX_FILE_BYTES:
            yield file_problem("file_too_large")
        elif self.format not in READERS:
            yield file_problem("unknown_format")
        else:
            yield from self._counted()

    def _counted(self) -> Iterator[Row]:
        count = 0
        for row in READERS[self.format](self.file, self.mapping):
            count += row.number > 0
            if count > MAX_ROWS:
                yield Row(0, None, (Problem("too_many_rows", params={"limit": MAX_ROWS}),))
                return
            yield row
        if not count:
            yield file_problem("no_records")


def file_problem(code: str) -> Row:
    return Row(0, None, (Problem(code),))
