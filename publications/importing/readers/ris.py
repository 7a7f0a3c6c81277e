"""RIS, record by record; `rispy` reads the tags."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import rispy

from publications.importing.building import Value, build
from publications.importing.limits import MAX_CELL_CHARS, MAX_LINE_BYTES
from publications.importing.problems import Problem
from publications.importing.records import Row
from publications.importing.texts import find_encoding, text_lines, unpacked

_TAG = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*)|)$")
_MAX_LINES = 5000  # of one record
# Each of our fields, and rispy's names for it; the first that is there counts.
_FIELDS = {
    "source_id": ("accession_number", "id", "label"),
    "title": ("title", "primary_title"),
    "abstract": ("abstract", "notes_abstract"),
    "keywords": ("keywords",),
    "authors": ("authors", "first_authors"),
    "editors": ("secondary_authors", "subsidiary_authors"),
    "supervisors": ("tertiary_authors",),
    "date": ("date",),
    "year": ("year", "publication_year"),
    "language": ("language",),
    "container": ("journal_name", "secondary_title", "alternate_title3", "alternate_title2", "alternate_title1"),
    "volume": ("volume",),
    "issue": ("number",),
    "page_first": ("start_page",),
    "page_last": ("end_page",),
    "publisher": ("publisher",),
    "doi": ("doi",),
    "url": ("urls",),
    "file": ("file_attachments1",),
}
_TAGS = {name: tag for tag, name in rispy.TAG_KEY_MAPPING.items()}
_NAMES = {key: _TAGS[names[0]] for key, names in _FIELDS.items()}
_NAMES |= {"type": "TY", "issn": "SN", "isbn": "SN"}


def read(file: BinaryIO, mapping: dict[str, str]) -> Iterator[Row]:
    encoding, damaged = find_encoding(unpacked(file))
    if damaged:
        yield Row(0, None, (Problem("damaged_text"),))
    yield from read_lines(_bounded(text_lines(unpacked(file), encoding)))


def _bounded(lines: Any) -> Iterator[str]:
    while line := lines.readline(MAX_LINE_BYTES):
        yield line


def read_lines(lines: Iterator[str]) -> Iterator[Row]:
    """Rows are numbered by the line on which their record begins."""
    for start, record in _records(lines):
        yield _row(start, record)


def _records(lines: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
    """Lines from TY to ER; a record whose ER is missing ends where the next begins."""
    start = 0
    record: list[str] = []
    for number, line in enumerate(lines, 1):
        line = line.rstrip("\r\n").lstrip("\ufeff")
        match = _TAG.match(line)
        tag = match[1] if match else ""
        if tag == "TY":
            if record:
                yield start, record
            start, record = number, []
        elif not record:
            if line.strip() and tag != "ER":
                yield number, []
            continue
        if tag == "ER":
            yield start, record
            record = []
        elif len(record) < _MAX_LINES:
            record.append(f"{tag}  - {match[2] or ''}" if match else _harmless(line))
    if record:
        yield start, record


def _harmless(line: str) -> str:
    """A line that continues the one before, never one that the parser takes for a tag."""
    return " " + line.strip()


def _row(number: int, lines: list[str]) -> Row:
    if not lines:
        return Row(number, None, (Problem("broken_ris", number),))
    entries = rispy.loads("\n".join([*lines, "ER  - "]))
    if len(entries) != 1:
        return Row(number, None, (Problem("broken_ris", number),))
    return build(number, _fields(entries[0]), _NAMES)


def _fields(entry: dict[str, Any]) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    for key, names in _FIELDS.items():
        value = next((entry[name] for name in names if entry.get(name)), None)
        if value:
            fields[key] = value if isinstance(value, list) else str(value)[:MAX_CELL_CHARS]
    if isinstance(urls := fields.get("url"), list):
        fields["url"] = urls[0]
    fields["type"] = [str(entry.get("type_of_work") or ""), f"ris:{entry['type_of_reference']}"]
    _numbers(fields, str(entry.get("issn") or ""))
    _when(fields)
    return fields


def _numbers(fields: dict[str, Value], text: str) -> None:
    """SN is the ISSN of a journal and the ISBN of a book."""
    digits = len(re.findall(r"[\dXx]", re.sub(r"\(.*?\)", "", text)))
    if digits:
        fields["issn" if digits <= 8 or digits % 8 == 0 else "isbn"] = text


def _when(fields: dict[str, Value]) -> None:
    """PY and DA are written 2019, 2019/05/17/ or 2019/05//."""
    for key in ("date", "year"):
        if isinstance(text := fields.get(key), str):
            fields[key] = re.sub(r"/+[^/\d].*$", "", text).rstrip("/ ")
    if isinstance(date := fields.get("date"), str) and not re.match(r"\d{4}", date):
        del fields["date"]
