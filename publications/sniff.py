"""What a file is, by its content. The name only tells kinds of plain text apart and never makes a file acceptable."""

import codecs
import io
import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

HEAD = 4096
TAIL = 22 + 65_535
CHUNK = 1024 * 1024
ZIP_MEMBERS = 10_000
ZIP_DIRECTORY_BYTES = 4 * 1024 * 1024
ZIP_BYTES = 2 * 1024**3
ZIP_RATIO = 200
ZIP_SMALL = 64 * 1024 * 1024
IMAGE_PIXELS = 100_000_000
CONTENT_TYPES_BYTES = 1024 * 1024
PDF_SEARCHED = 1024


class Reason(StrEnum):
    EMPTY = "empty"
    WEB_PAGE = "web_page"
    PROGRAM = "program"
    SCRIPT = "script"
    MACROS = "macros"
    OLD_OFFICE = "old_office"
    TWO_FORMATS = "two_formats"
    PDF_NOT_AT_START = "pdf_not_at_start"
    ZIP_TOO_LARGE = "zip_too_large"
    ZIP_ENCRYPTED = "zip_encrypted"
    ZIP_UNSAFE = "zip_unsafe"
    DAMAGED = "damaged"
    IMAGE_TOO_LARGE = "image_too_large"
    OTHER_ARCHIVE = "other_archive"
    NOT_UTF8 = "not_utf8"
    UNKNOWN = "unknown"


REASONS: dict[Reason, Promise] = {
    Reason.EMPTY: _("The file is empty. Check it on your computer and upload it again."),
    Reason.WEB_PAGE: _(
        "Web pages and SVG drawings are not accepted because they can run scripts. Upload a PDF instead."
    ),
    Reason.PROGRAM: _("Programs are not accepted. Upload documents or data only."),
    Reason.SCRIPT: _(
        "Scripts are not accepted as single files. Put them into a ZIP file with the data they belong to."
    ),
    Reason.MACROS: _(
        "The document contains macros. Save it without macros (for example as .docx or .xlsx) and upload it."
    ),
    Reason.OLD_OFFICE: _("This is an old Office format. Save it as .docx, .xlsx, .pptx or PDF and upload it again."),
    Reason.TWO_FORMATS: _("The file is two formats in one, which can hide things from readers. Save it again cleanly."),
    Reason.PDF_NOT_AT_START: _(
        "Something stands before the beginning of the PDF. "
        "Open it in a PDF reader, save it again and upload the new file."
    ),
    Reason.ZIP_TOO_LARGE: _("The compressed file is too large or has too many parts when unpacked. Split it up."),
    Reason.ZIP_ENCRYPTED: _("The compressed file is locked with a password. Pack it without a password."),
    Reason.ZIP_UNSAFE: _("The compressed file has parts with unsafe names. Pack it again from a plain folder."),
    Reason.DAMAGED: _("The file is damaged or incomplete. Check that it opens on your computer and upload it again."),
    Reason.IMAGE_TOO_LARGE: _("The picture has too many pixels. Make it smaller and upload it again."),
    Reason.OTHER_ARCHIVE: _("Only ZIP is accepted as a compressed file. Pack the contents as ZIP and upload that."),
    Reason.NOT_UTF8: _("The text is not in UTF-8. Save it with the encoding UTF-8 and upload it again."),
    Reason.UNKNOWN: _(
        "Files of this kind are not accepted. Upload PDF, Office or OpenDocument files, CSV, text, pictures, ZIP, "
        "Parquet, SPSS or Stata files."
    ),
}


@dataclass(frozen=True, slots=True)
class Sniffed:
    mime: str
    kind: str
    extension: str
    ok: bool = True
    reason: Reason | None = None

    @property
    def message(self) -> Promise | str:
        return REASONS[self.reason] if self.reason else ""


class _Refused(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


OOXML = {
    "word/": Sniffed("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "document", ".docx"),
    "xl/": Sniffed("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "spreadsheet", ".xlsx"),
    "ppt/": Sniffed("application/vnd.openxmlformats-officedocument.presentationml.presentation", "slides", ".pptx"),
}
ODF = {
    "application/vnd.oasis.opendocument.text": Sniffed("application/vnd.oasis.opendocument.text", "document", ".odt"),
    "application/vnd.oasis.opendocument.spreadsheet": Sniffed(
        "application/vnd.oasis.opendocument.spreadsheet", "spreadsheet", ".ods"
    ),
    "application/vnd.oasis.opendocument.presentation": Sniffed(
        "application/vnd.oasis.opendocument.presentation", "slides", ".odp"
    ),
}
IMAGES = {
    "PNG": Sniffed("image/png", "image", ".png"),
    "JPEG": Sniffed("image/jpeg", "image", ".jpg"),
    "WEBP": Sniffed("image/webp", "image", ".webp"),
}
TEXTS = {
    ".csv": Sniffed("text/csv", "data", ".csv"),
    ".tsv": Sniffed("text/tab-separated-values", "data", ".tsv"),
    ".txt": Sniffed("text/plain", "text", ".txt"),
    ".md": Sniffed("text/markdown", "text", ".md"),
}
SCRIPT_NAMES = frozenset(
    {".js", ".mjs", ".py", ".r", ".sh", ".bat", ".cmd", ".ps1", ".vbs", ".php", ".pl", ".rb", ".do", ".sps", ".sql"}
)
PDF = Sniffed("application/pdf", "pdf", ".pdf")
ZIP = Sniffed("application/zip", "archive", ".zip")
PARQUET = Sniffed("application/vnd.apache.parquet", "data", ".parquet")
SPSS = Sniffed("application/x-spss-sav", "data", ".sav")
STATA = Sniffed("application/x-stata-dta", "data", ".dta")

REFUSED_STARTS: tuple[tuple[bytes, Reason], ...] = (
    (b"MZ", Reason.PROGRAM),
    (b"\x7fELF", Reason.PROGRAM),
    (b"\xca\xfe\xba\xbe", Reason.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Reason.PROGRAM),
    (b"\xce\xfa\xed\xfe", Reason.PROGRAM),
    (b"\x00asm", Reason.PROGRAM),
    (b"#!", Reason.SCRIPT),
    (b"<?php", Reason.SCRIPT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Reason.OLD_OFFICE),
    (b"{\\rtf", Reason.OLD_OFFICE),
    (b"Rar!", Reason.OTHER_ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Reason.OTHER_ARCHIVE),
    (b"\x1f\x8b", Reason.OTHER_ARCHIVE),
    (b"BZh", Reason.OTHER_ARCHIVE),
    (b"\xfd7zXZ", Reason.OTHER_ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Reason.OTHER_ARCHIVE),
    (b"\xff\xfe", Reason.NOT_UTF8),
    (b"\xfe\xff", Reason.NOT_UTF8),
)
MARKUP = re.compile(
    rb"^\s*<\?xml|<!doctype\s+(?:html|svg)|<(?:html|head|body|script|svg|iframe|object|embed|meta|link)[\s>/]",
    re.IGNORECASE,
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
UNSAFE_NAME = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f]")
MACRO_NAME = re.compile(r"vbaProject\.bin$|vbaData\.xml$|(?:^|/)activeX/|^Basic/|^Scripts/", re.IGNORECASE)
BEFORE_HEADER = b"\xef\xbb\xbf \t\r\n"


def sniff(source: str | os.PathLike[str] | BinaryIO, name: str) -> Sniffed:
    """Never raises for what the file contains. A file object is left at the position it was found at."""
    extension = PurePath(name).suffix.lower()
    with _opened(source) as file:
        try:
            return _identify(file, extension)
        except _Refused as refusal:
            return Sniffed("application/octet-stream", "", extension, ok=False, reason=refusal.reason)


@contextmanager
def _opened(source: str | os.PathLike[str] | BinaryIO) -> Iterator[BinaryIO]:
    if isinstance(source, (str, os.PathLike)):
        with open(source, "rb") as file:
            yield file
        return
    place = source.tell()
    try:
        yield source
    finally:
        source.seek(place)


def _identify(file: BinaryIO, extension: str) -> Sniffed:
    head, tail = _ends_of(file)
    if not head:
        raise _Refused(Reason.EMPTY)
    if head.lstrip(BEFORE_HEADER).startswith(b"%PDF-"):
        _refuse_second_format(tail)
        return PDF
    if b"%PDF-" in head[:PDF_SEARCHED]:
        raise _Refused(Reason.PDF_NOT_AT_START)
    for start, reason in REFUSED_STARTS:
        if head.startswith(start):
            raise _Refused(reason)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip(file, tail)
    return _image(file, head, tail) or _data(head, tail) or _text(file, head, extension)


def _ends_of(file: BinaryIO) -> tuple[bytes, bytes]:
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    file.seek(0)
    return file.read(HEAD), tail


def _refuse_second_format(tail: bytes) -> None:
    """A ZIP directory that ends exactly with the file: unpackers would take the file for an archive."""
    place = tail.rfind(b"PK\x05\x06")
    while place >= 0:
        comment = int.from_bytes(tail[place + 20 : place + 22], "little")
        if place + 22 + comment == len(tail):
            raise _Refused(Reason.TWO_FORMATS)
        place = tail.rfind(b"PK\x05\x06", 0, place)


def _zip(file: BinaryIO, tail: bytes) -> Sniffed:
    _refuse_long_directory(tail)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _refuse_unsafe(members)
            return _office(archive, {member.filename for member in members}) or ZIP
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise _Refused(Reason.DAMAGED) from error


def _refuse_long_directory(tail: bytes) -> None:
    """Before the directory is read: it is read whole, and may be as long as the file. ZIP64 has no use below 4 GB."""
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 22:
        raise _Refused(Reason.DAMAGED)
    count = int.from_bytes(tail[place + 10 : place + 12], "little")
    size = int.from_bytes(tail[place + 12 : place + 16], "little")
    if count > ZIP_MEMBERS or size > ZIP_DIRECTORY_BYTES or tail[place - 20 : place - 16] == b"PK\x06\x07":
        raise _Refused(Reason.ZIP_TOO_LARGE)


def _refuse_unsafe(members: list[zipfile.ZipInfo]) -> None:
    unpacked, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    if len(members) > ZIP_MEMBERS or unpacked > ZIP_BYTES:
        raise _Refused(Reason.ZIP_TOO_LARGE)
    if unpacked > ZIP_SMALL and unpacked > ZIP_RATIO * max(1, packed):
        raise _Refused(Reason.ZIP_TOO_LARGE)
    if any(member.flag_bits & 1 for member in members):
        raise _Refused(Reason.ZIP_ENCRYPTED)
    names = [member.filename for member in members]
    if any(UNSAFE_NAME.search(name) for name in names) or _overlap(members):
        raise _Refused(Reason.ZIP_UNSAFE)


def _overlap(members: list[zipfile.ZipInfo]) -> bool:
    """Members that share bytes: how a small archive unpacks to something endless."""
    ordered = sorted(members, key=lambda member: member.header_offset)
    return any(
        first.header_offset + first.compress_size > second.header_offset
        for first, second in zip(ordered, ordered[1:], strict=False)
    )


def _office(archive: zipfile.ZipFile, names: set[str]) -> Sniffed | None:
    if "META-INF/MANIFEST.MF" in names or "AndroidManifest.xml" in names:
        raise _Refused(Reason.PROGRAM)
    if "[Content_Types].xml" in names:
        types = _member(archive, "[Content_Types].xml")
        if b"macroEnabled" in types or any(MACRO_NAME.search(name) for name in names):
            raise _Refused(Reason.MACROS)
        return next((kind for folder, kind in OOXML.items() if any(name.startswith(folder) for name in names)), None)
    if "mimetype" in names:
        kind = ODF.get(_member(archive, "mimetype").decode("ascii", "replace").strip())
        if kind and any(MACRO_NAME.search(name) for name in names if not name.endswith("/")):
            raise _Refused(Reason.MACROS)
        return kind
    return None


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(CONTENT_TYPES_BYTES)


def _image(file: BinaryIO, head: bytes, tail: bytes) -> Sniffed | None:
    webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    if not (head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) or webp):
        return None
    _refuse_second_format(tail)
    file.seek(0)
    try:
        with Image.open(file, formats=tuple(IMAGES)) as image:
            if image.width * image.height > IMAGE_PIXELS:
                raise _Refused(Reason.IMAGE_TOO_LARGE)
            return IMAGES[image.format or ""]
    except Image.DecompressionBombError as error:
        raise _Refused(Reason.IMAGE_TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, KeyError) as error:
        raise _Refused(Reason.DAMAGED) from error


def _data(head: bytes, tail: bytes) -> Sniffed | None:
    if head.startswith(b"PAR1"):
        if not tail.endswith(b"PAR1"):
            raise _Refused(Reason.DAMAGED)
        return PARQUET
    if head.startswith((b"$FL2", b"$FL3")):
        return SPSS
    old_stata = head[0] in range(110, 116) and head[1:2] in (b"\x01", b"\x02") and head[2:4] == b"\x01\x00"
    return STATA if head.startswith(b"<stata_dta>") or old_stata else None


def _text(file: BinaryIO, head: bytes, extension: str) -> Sniffed:
    if MARKUP.search(head):
        raise _Refused(Reason.WEB_PAGE)
    if b"\x00" in head or not _is_utf8(file):
        raise _Refused(Reason.NOT_UTF8 if extension in TEXTS and b"\x00" not in head else Reason.UNKNOWN)
    if extension in SCRIPT_NAMES:
        raise _Refused(Reason.SCRIPT)
    if extension not in TEXTS:
        raise _Refused(Reason.UNKNOWN)
    return TEXTS[extension]


def _is_utf8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while block := file.read(CHUNK):
            if CONTROL.search(decoder.decode(block)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
