"""A file is what its bytes say. Whatever could do harm is refused, with a reason for a person."""

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from publications.sniff import REASONS, Reason, sniff
from tests.publications.pdf import samples

OOXML = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
ODT = "application/vnd.oasis.opendocument.text"


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def image(form: str, size: tuple[int, int] = (8, 8)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size).save(buffer, form)
    return buffer.getvalue()


def locked_zip() -> bytes:
    data = bytearray(packed({"a.csv": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def huge_png() -> bytes:
    data = bytearray(image("PNG"))
    data[16:24] = struct.pack(">II", 11_000, 11_000)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    return bytes(data)


DOCX = {"[Content_Types].xml": OOXML, "word/document.xml": b"<w/>"}


@pytest.mark.parametrize(
    ("data", "name", "kind", "extension"),
    [
        (samples.page(), "a.pdf", "pdf", ".pdf"),
        (samples.page(), "photo.png", "pdf", ".pdf"),
        (b"\xef\xbb\xbf" + samples.page(), "a.pdf", "pdf", ".pdf"),
        (packed(DOCX), "a.docx", "document", ".docx"),
        (packed({"[Content_Types].xml": OOXML, "xl/workbook.xml": b""}), "a.xlsx", "spreadsheet", ".xlsx"),
        (packed({"[Content_Types].xml": OOXML, "ppt/presentation.xml": b""}), "a.pptx", "slides", ".pptx"),
        (packed({"mimetype": ODT.encode(), "content.xml": b""}), "a.odt", "document", ".odt"),
        (packed({"mimetype": ODT.replace("text", "spreadsheet").encode()}), "a.ods", "spreadsheet", ".ods"),
        (packed({"mimetype": ODT.replace("text", "presentation").encode()}), "a.odp", "slides", ".odp"),
        (packed({"data/a.csv": b"a,b", "analysis.R": b"1"}), "a.zip", "archive", ".zip"),
        (b"nama,umur\nSiti,61\n", "a.csv", "data", ".csv"),
        ("Catatan é\n".encode(), "a.txt", "text", ".txt"),
        (b"# Judul\n", "README.md", "text", ".md"),
        (image("PNG"), "a.png", "image", ".png"),
        (image("JPEG"), "a.jpeg", "image", ".jpg"),
        (image("WEBP"), "a.webp", "image", ".webp"),
        (b"PAR1....PAR1", "a.parquet", "data", ".parquet"),
        (b"$FL2@(#) SPSS DATA FILE" + b"\x00" * 100, "a.sav", "data", ".sav"),
        (b"<stata_dta><header>" + b"\x00" * 100, "a.dta", "data", ".dta"),
        (b"\x73\x02\x01\x00" + b"\x00" * 100, "a.dta", "data", ".dta"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_accepted_by_content(data, name, kind, extension):
    found = sniff(io.BytesIO(data), name)
    assert (found.ok, found.kind, found.extension, found.reason) == (True, kind, extension, None)
    assert "/" in found.mime and found.message == ""


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.pdf", Reason.EMPTY),
        (b"<!DOCTYPE html><p>x</p>", "a.pdf", Reason.WEB_PAGE),
        (b"  \n<html onload=alert(1)>", "a.txt", Reason.WEB_PAGE),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "a.svg", Reason.WEB_PAGE),
        (b"hello <script>alert(1)</script>", "a.md", Reason.WEB_PAGE),
        (b"MZ\x90\x00" + b"\x00" * 60, "a.pdf", Reason.PROGRAM),
        (b"\x7fELF" + b"\x00" * 60, "a.csv", Reason.PROGRAM),
        (packed({"META-INF/MANIFEST.MF": b"", "A.class": b""}), "a.zip", Reason.PROGRAM),
        (b"#!/bin/sh\nrm -rf /\n", "a.txt", Reason.SCRIPT),
        (b"<?php system($_GET[0]);", "a.txt", Reason.SCRIPT),
        (b"alert(1)", "a.js", Reason.SCRIPT),
        (packed({**DOCX, "word/vbaProject.bin": b"x"}), "a.docx", Reason.MACROS),
        (packed({**DOCX, "[Content_Types].xml": OOXML + b"macroEnabled"}), "a.docm", Reason.MACROS),
        (packed({"mimetype": ODT.encode(), "Basic/Standard/Module1.xml": b"x"}), "a.odt", Reason.MACROS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 60, "a.doc", Reason.OLD_OFFICE),
        (samples.page() + packed({"a": b"b"}), "a.pdf", Reason.TWO_FORMATS),
        (image("PNG") + packed({"a": b"b"}), "a.png", Reason.TWO_FORMATS),
        (b"GIF89a" + samples.page(), "a.pdf", Reason.PDF_NOT_AT_START),
        (b"<script>x</script>" + samples.page(), "a.html", Reason.PDF_NOT_AT_START),
        (lambda: packed({"a": b"\x00" * 100_000_000}), "a.zip", Reason.ZIP_TOO_LARGE),
        (lambda: packed({f"{number}": b"" for number in range(10_001)}), "a.zip", Reason.ZIP_TOO_LARGE),
        (locked_zip(), "a.zip", Reason.ZIP_ENCRYPTED),
        (packed({"../../etc/passwd": b"x"}), "a.zip", Reason.ZIP_UNSAFE),
        (packed({"C:\\windows\\a.dll": b"x"}), "a.zip", Reason.ZIP_UNSAFE),
        (packed({"a": b"b"})[:-30], "a.zip", Reason.DAMAGED),
        (b"PK\x03\x04" + b"\x00" * 100, "a.docx", Reason.DAMAGED),
        (b"\x89PNG\r\n\x1a\nnot a picture", "a.png", Reason.DAMAGED),
        (b"PAR1 cut short", "a.parquet", Reason.DAMAGED),
        (huge_png(), "a.png", Reason.IMAGE_TOO_LARGE),
        (b"Rar!\x1a\x07\x00", "a.rar", Reason.OTHER_ARCHIVE),
        (b"\x1f\x8b\x08" + b"\x00" * 20, "a.csv.gz", Reason.OTHER_ARCHIVE),
        ("caf\xe9".encode("latin-1"), "a.csv", Reason.NOT_UTF8),
        ("nama;umur".encode("utf-16"), "a.csv", Reason.NOT_UTF8),
        (b"\x00\x01\x02\x03" * 20, "a.bin", Reason.UNKNOWN),
        (b"text with \x07 bell", "a.dat", Reason.UNKNOWN),
        (b"just words", "noextension", Reason.UNKNOWN),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refused_with_a_reason(data, name, reason):
    found = sniff(io.BytesIO(data() if callable(data) else data), name)
    assert (found.ok, found.reason) == (False, reason)
    assert str(found.message)


def test_members_that_share_bytes_are_refused():
    data = bytearray(packed({"a": b"x" * 500, "b": b"y" * 500}, zipfile.ZIP_STORED))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = (10).to_bytes(4, "little")
    assert sniff(io.BytesIO(bytes(data)), "a.zip").reason in (Reason.ZIP_UNSAFE, Reason.DAMAGED)


def test_zip_directory_is_bounded_before_it_is_read():
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 5, 5, 50_000_000, 0, 0)
    assert sniff(io.BytesIO(b"PK\x03\x04" + b"\x00" * 100 + end), "a.zip").reason is Reason.ZIP_TOO_LARGE


def test_late_bytes_of_a_text_count_too():
    assert sniff(io.BytesIO(b"a,b\n" * 500_000 + b"\xff"), "a.csv").reason is Reason.NOT_UTF8


def test_position_of_a_file_object_is_kept_and_paths_work(tmp_path):
    file = io.BytesIO(samples.page())
    file.seek(7)
    assert sniff(file, "a.pdf").ok and file.tell() == 7
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n")
    assert sniff(path, "a.csv").mime == "text/csv"


def test_every_reason_has_a_sentence():
    assert set(REASONS) == set(Reason)
