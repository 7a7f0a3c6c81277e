"""A ZIP of PDFs beside the file of records: which of them belongs to which record, within bounds."""

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from django.conf import settings

from publications.importing.problems import Problem
from publications.importing.records import Record

MAX_ENTRIES = 20_000
MAX_RATIO = 200
SMALL = 16 * 1024 * 1024  # a small file may be compressed as well as it likes
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, NotImplementedError, ValueError)


class BrokenArchive(Exception):
    """The ZIP cannot be opened or has far too many entries."""


class EntryRefused(Exception):
    """One file of the ZIP that is not taken in; `code` is one of `problems`."""


class PdfArchive:
    """Finds the PDF of a record by the file name it gives, else by its DOI or identifier at the source."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except _BROKEN as error:
            raise BrokenArchive from error
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            raise BrokenArchive
        self.problems: list[Problem] = []
        self.unused: dict[str, zipfile.ZipInfo] = {}
        self._by_name: dict[str, list[zipfile.ZipInfo]] = {}
        for entry in entries:
            self._index(entry)

    def _index(self, entry: zipfile.ZipInfo) -> None:
        path = PurePosixPath(entry.filename)
        if entry.is_dir() or path.name.startswith(".") or "__MACOSX" in path.parts:
            return
        if not is_safe(entry.filename):
            self.problems.append(Problem("file_unsafe_name", params={"value": entry.filename}))
            return
        self.unused[entry.filename] = entry
        for name in {_key(entry.filename), _key(path.name), _key(path.stem)}:
            self._by_name.setdefault(name, []).append(entry)

    def find(self, record: Record) -> tuple[zipfile.ZipInfo | None, list[Problem]]:
        """The record's entry and what there is to say about it."""
        if record.file:
            found = self._by_name.get(_key(record.file)) or self._by_name.get(_key(PurePosixPath(record.file).name))
            if not found:
                return None, [Problem("file_missing", params={"value": record.file})]
        else:
            found = next((self._by_name[name] for name in _names(record) if name in self._by_name), None)
        if not found:
            return None, []
        self.unused.pop(found[0].filename, None)
        twice = [Problem("file_twice", params={"value": found[0].filename})] if len(found) > 1 else []
        return found[0], twice

    @contextmanager
    def open(self, entry: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
        """Its content as a stream that ends at the size it declares; raises `EntryRefused`."""
        too_dense = entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(1, entry.compress_size)
        if entry.file_size > settings.MAX_UPLOAD_BYTES or too_dense:
            raise EntryRefused("entry_too_large")
        try:
            with self._zip.open(entry) as stream:
                yield stream
        except (*_BROKEN, RuntimeError) as error:  # RuntimeError: encrypted
            raise EntryRefused("entry_broken") from error


def is_safe(name: str) -> bool:
    """No way out of the folder, no drive, no other system's separators, nothing invisible."""
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or not name.isprintable())


def mark_of(entry: zipfile.ZipInfo | None) -> str:
    """Changes with the content, so that a row whose PDF was exchanged counts as changed."""
    return f"{entry.CRC:x}-{entry.file_size}" if entry else ""


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().removesuffix(".pdf")


def _names(record: Record) -> Iterator[str]:
    """10.1234/a.b as 10.1234_a.b, 10.1234-a.b, a.b; the identifier likewise."""
    for value in (record.doi, record.source_id):
        if value:
            yield _key(value)
            yield from (_key(re.sub(r"[/:\\]", mark, value)) for mark in "_-.")
            yield _key(value.rpartition("/")[2])
