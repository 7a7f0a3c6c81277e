"""What a person is told about a PDF: every code, on files made here."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from publications.pdf import reader
from publications.pdf.codes import REFUSALS, WARNINGS, Code
from publications.pdf.limits import DEFAULT, MIB
from publications.pdf.messages import MESSAGES, message, refuses
from publications.pdf.reader import read_pdf
from publications.pdf.reading import PdfReading
from publications.pdf.runner import Run
from tests.publications.pdf import samples
from tests.publications.pdf.samples import CATALOG, assemble, page, pages, picture, picture_page, stream


@pytest.fixture
def read(tmp_path):
    def reading_of(data: bytes, **limits) -> PdfReading:
        file = tmp_path / "file.pdf"
        file.write_bytes(data)
        return read_pdf(file, limits=replace(DEFAULT, **limits))

    return reading_of


def locked(data: bytes, **encryption) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(buffer, encryption=pikepdf.Encryption(**encryption))
    return buffer.getvalue()


def with_attachment(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.attachments["data.csv"] = b"a,b\n1,2\n"
        document.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()


def in_object_streams(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()


SCRIPT = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>"
HIDDEN_SCRIPT = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/J#61vaScript/J#53(app.alert\\(1\\))>>>>"
LAUNCH = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(calc.exe)>>>>"
XFA = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]/XFA 6 0 R>>>>"
SIGNATURE = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[6 0 R]>>>>"
SIGNED_FIELD = b"<</FT/Sig/T(s)/V<</Type/Sig/Filter/Adobe.PPKLite/Contents<00>/ByteRange[0 1 2 3]>>>>"
ODD_FONT = b"<</Type/Font/Subtype/TrueType/BaseFont/Odd/FirstChar 32/LastChar 32/Widths[500]/FontDescriptor 6 0 R>>"
ODD_DESCRIPTOR = b"<</Type/FontDescriptor/FontName/Odd/Flags 4>>"


def test_good_file_is_read_whole(read):
    reading = read(pages(3))
    assert reading.ok and reading.warnings == ()
    assert reading.page_count == 3 and [item.number for item in reading.pages] == [1, 2, 3]
    assert all(item.text == "The pages of this paper can be read." for item in reading.pages)
    assert reading.lines[0].text == reading.pages[0].text and reading.lines[0].size == 12
    assert 0 < reading.peak_kib < 200 * 1024


def test_picture_of_the_first_page_is_a_bounded_webp(read):
    reading = read(page())
    with Image.open(io.BytesIO(reading.thumbnail)) as image:
        assert (image.format, image.size) == ("WEBP", reading.thumbnail_size)
        assert max(image.size) == 800
    assert reading.thumbnail_mime == "image/webp"


@pytest.mark.parametrize("box", [b"0 0 200000 200000", b"0 0 200000 1", b"0 0 1 1", b"0 0 -5 0", b"0 0 1e30 1e30"])
def test_picture_is_bounded_whatever_the_page_claims(read, box):
    reading = read(page(box=box))
    assert reading.error in (None, Code.UNREADABLE)
    assert max(reading.thumbnail_size) <= 901


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.EMPTY_FILE),
        (b"<html><body>%PDF-1.4</body></html>", Code.NOT_PDF),
        (b"#!/bin/sh\n" + page(), Code.NOT_PDF),
        (b"%PDF-1.7\nnothing that could be a document", Code.CANNOT_OPEN),
        (page(trailer=b"/Encrypt<</Filter/Foo/V 9>>/ID[<00><00>]"), Code.UNKNOWN_ENCRYPTION),
        (assemble([CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"]), Code.NO_PAGES),
        (assemble([CATALOG, b"<</Type/Pages/Kids[9 0 R]/Count 1>>"]), Code.UNREADABLE),
        (locked(page(), user="secret", owner="more secret"), Code.NEEDS_PASSWORD),
    ],
    ids=lambda value: value if isinstance(value, Code) else "",
)
def test_refused_with_a_reason(read, data, code):
    reading = read(data)
    assert reading.error is code and not reading.ok
    assert reading.thumbnail is None
    assert refuses(code) and str(message(code))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (page(catalog=SCRIPT), Code.JAVASCRIPT),
        (page(catalog=HIDDEN_SCRIPT), Code.JAVASCRIPT),
        (in_object_streams(page(catalog=SCRIPT)), Code.JAVASCRIPT),
        (locked(page(catalog=SCRIPT), user="", owner="x"), Code.JAVASCRIPT),
        (page(catalog=LAUNCH), Code.LAUNCHES_PROGRAM),
        (page(catalog=XFA, more=(stream(b"<xdp/>"),)), Code.XFA),
        (with_attachment(page()), Code.ATTACHMENTS),
        (page(catalog=SIGNATURE, more=(SIGNED_FIELD,)), Code.SIGNED),
        (locked(page(), user="", owner="x"), Code.ENCRYPTED),
        (
            locked(page(), user="", owner="x", allow=pikepdf.Permissions(print_lowres=False, print_highres=False)),
            Code.RESTRICTED,
        ),
        (picture_page(), Code.SCAN),
        (page(stream(b" ")), Code.NO_TEXT),
        (page(font=ODD_FONT, more=(ODD_DESCRIPTOR,)), Code.GARBLED),
        (page().replace(b"startxref\n", b"startxref\n9"), Code.DAMAGED),
        (page(stream(b"not deflated at all", b"/Filter/FlateDecode")), Code.DAMAGED),
        (page(box=b"0 0 14000 14000"), Code.HUGE_PAGE),
        (picture_page(30_000, 30_000), Code.HUGE_PICTURE),
    ],
    ids=lambda value: value if isinstance(value, Code) else "",
)
def test_accepted_with_a_warning(read, data, code):
    reading = read(data)
    assert reading.ok
    assert code in reading.warnings
    assert not refuses(code) and str(message(code))


def test_flags_follow_the_warnings(read):
    assert read(page(catalog=SCRIPT)).has_javascript
    assert read(with_attachment(page())).has_attachments
    scan = read(picture_page())
    assert scan.is_scan and scan.pages_without_text == (1,)


@pytest.mark.parametrize(
    ("limits", "code", "text"),
    [
        ({"pages": 2}, Code.TOO_MANY_PAGES, 2 * 36),
        ({"page_chars": 10}, Code.TEXT_CUT, 5 * 10),
        ({"total_chars": 40}, Code.TEXT_CUT, 2 * 36),
        ({"output_bytes": 1_500}, Code.TEXT_CUT, None),
    ],
)
def test_what_is_too_much_is_cut_and_said(read, limits, code, text):
    reading = read(pages(5), **limits)
    assert reading.ok and code in reading.warnings and reading.page_count == 5
    assert text is None or sum(len(item.text) for item in reading.pages) == text


def test_slow_file_is_stopped_and_keeps_its_pages(read):
    heavy = stream(b"BT /F1 12 Tf 72 700 Td " + b"(word ) Tj " * 12_000 + b"ET", packed=True)
    slow = pages(2_000).replace(stream(samples.TEXT), heavy)
    reading = read(slow, read_seconds=1.5)
    assert Code.STOPPED_TIME in reading.warnings
    assert 0 < len(reading.pages) < 2_000 and reading.page_count == 2_000
    assert reading.seconds < 8


def test_page_that_never_ends_is_killed_from_outside(read):
    endless = page(stream(b"0 0 m 1 1 l S " * 3_000_000, packed=True))
    reading = read(endless, read_seconds=1.0)
    assert reading.error is Code.UNREADABLE
    assert {Code.STOPPED_TIME, Code.STOPPED_MEMORY} & set(reading.warnings)
    assert reading.seconds < 4


def test_page_that_eats_memory_is_left_out_and_the_others_stay(read):
    bomb = stream(b" " * 400_000_000, packed=True)
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 4 0 R>>>>>>"
    kids = [leaf % 3, leaf % 5, leaf % 3]
    tree = b"<</Type/Pages/Kids[6 0 R 7 0 R 8 0 R]/Count 3>>"
    reading = read(assemble([CATALOG, tree, stream(samples.TEXT), samples.FONT, bomb, *kids]), memory_bytes=300 * MIB)
    assert reading.ok and [item.number for item in reading.pages] == [1, 3]
    assert Code.STOPPED_MEMORY in reading.warnings or Code.STOPPED_CRASH in reading.warnings
    assert reading.peak_kib <= 300 * 1024


def test_crash_is_told_apart_from_hunger(read, monkeypatch):
    said = b'{"kind":"document","page_count":1,"metadata":{},"encrypted":false,"restricted":false,"javascript":false,'
    said += b'"xfa":false,"attachments":0,"signatures":0}\n{"kind":"page","number":1,"text":"kept"}\n{"kind":"li'
    monkeypatch.setattr(reader, "run_child", lambda *_args, **_options: Run(said, -11, "", 0.1, 40_000))
    reading = read(page())
    assert reading.ok and reading.text == "kept"
    assert reading.warnings == (Code.STOPPED_CRASH, Code.NO_PICTURE)


def test_no_picture_is_said(read):
    reading = read(page(), picture_seconds=0.01, total_seconds=0)
    assert reading.warnings == (Code.NO_PICTURE,) and reading.thumbnail is None and reading.text


def test_jbig2_that_lies_about_its_size_is_noticed(read):
    segment = b"\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13" + (100_000).to_bytes(4, "big") * 2 + b"\x00" * 11
    head = b"/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode"
    assert Code.HUGE_PICTURE in read(page(xobject=stream(segment, head))).warnings


def test_text_is_fit_for_a_database(read):
    odd = read(page(stream(b"BT /F1 12 Tf 72 700 Td (a\\000b\\001c) Tj ET")))
    assert odd.ok and "\x00" not in odd.text and "\x01" not in odd.text


def test_missing_file_is_a_refusal(tmp_path):
    assert read_pdf(tmp_path / "nowhere.pdf").error is Code.CANNOT_OPEN


def test_names_of_files_cannot_become_options(tmp_path):
    file = tmp_path / "--help; $(touch x) 'a' \"b\".pdf"
    file.write_bytes(page())
    assert read_pdf(file).ok
    assert read_pdf(str(file)).ok
    assert not Path("x").exists()


def test_every_code_has_a_sentence_and_a_side():
    assert set(MESSAGES) == set(Code)
    assert set(Code) == REFUSALS | WARNINGS and not REFUSALS & WARNINGS


def test_picture_sample_is_small():
    assert len(picture(30_000, 30_000)) < 5_000
