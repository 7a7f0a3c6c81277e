"""Manuscripts without names: nothing planted around the text reaches the new file, and the text is searched."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from conferences.checker.codes import Refusal, Refused
from conferences.checker.pictures import without_data
from conferences.checker.run import DOCX, PDF, Clean, made_anew
from conferences.checker.texts import Known, warnings
from publications.pdf.reader import read_pdf
from tests.conferences.papers import TOKEN, docx, everything_in, jpeg, pdf, png


def checked(content: bytes, mime: str, folder: Path) -> Clean:
    path = folder / "berkas"
    path.write_bytes(content)
    return made_anew(path, mime)


def holds(content: bytes, token: str) -> bool:
    whole = everything_in(content)
    return any(form in whole for form in (token.encode(), token.encode("utf-16-be"), token.encode("utf-16-le")))


def test_a_planted_token_is_in_no_byte_of_the_new_pdf(tmp_path: Path) -> None:
    planted = pdf(token=TOKEN)
    assert holds(planted, TOKEN)
    clean = checked(planted, PDF, tmp_path)
    assert not holds(clean.content, TOKEN)
    assert {"info", "xmp", "attachments", "scripts", "annotations", "outline", "thumbnails"} <= clean.stripped.keys()
    assert clean.stripped["picture_data"] == 2


def test_the_pages_of_the_new_pdf_show_the_same(tmp_path: Path) -> None:
    clean = checked(pdf("Perawatan keluarga\ndi enam desa", token=TOKEN, pages=3), PDF, tmp_path)
    (tmp_path / "baru.pdf").write_bytes(clean.content)
    read = read_pdf(tmp_path / "baru.pdf")
    assert read.page_count == 3
    assert "Perawatan keluarga" in read.pages[0].text and "enam desa" in read.pages[2].text
    with pikepdf.open(io.BytesIO(clean.content)) as document:
        assert set(document.pages[0].obj.Resources.XObject.keys()) == {"/Im", "/Im2", "/Fm"}


def test_the_same_file_becomes_the_same_bytes(tmp_path: Path) -> None:
    assert checked(pdf(), PDF, tmp_path).content == checked(pdf(), PDF, tmp_path).content
    assert checked(docx(token="a"), DOCX, tmp_path).content == checked(docx(token="a"), DOCX, tmp_path).content


def test_a_planted_token_is_in_no_byte_of_the_new_word_file(tmp_path: Path) -> None:
    planted = docx(token=TOKEN)
    assert holds(planted, TOKEN)
    clean = checked(planted, DOCX, tmp_path)
    assert not holds(clean.content, TOKEN)
    assert {"properties", "comments", "changes", "fields", "embedded", "picture_data"} <= clean.stripped.keys()


def test_the_new_word_file_opens_and_says_the_same(tmp_path: Path) -> None:
    clean = checked(docx("Perawatan keluarga\ndi enam desa", token=TOKEN), DOCX, tmp_path)
    texts = [paragraph.text for paragraph in Document(io.BytesIO(clean.content)).paragraphs]
    assert texts[:2] == ["Perawatan keluarga", "di enam desa"]
    assert "disisipkanisi" in texts
    assert len(Document(io.BytesIO(clean.content)).inline_shapes) == 1
    assert clean.text.startswith("Perawatan keluarga\ndi enam desa")


def locked_pdf() -> bytes:
    target = io.BytesIO()
    document = pikepdf.open(io.BytesIO(pdf()))
    document.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    return target.getvalue()


def bomb() -> bytes:
    """Drawing instructions that unpack to two gigabytes: the same compressed block again and again."""
    block, checksum = b"0 0 5 5 re f " * 80_000, 1
    for _ in range(2_000):
        checksum = zlib.adler32(block, checksum)
    packer = zlib.compressobj(9, wbits=-15)
    middle = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = b"\x78\xda" + middle * 2_000 + packer.flush() + checksum.to_bytes(4, "big")
    document = pikepdf.open(io.BytesIO(pdf()))
    document.pages[0].obj.Contents = pikepdf.Stream(document, packed, Filter=pikepdf.Name.FlateDecode)
    target = io.BytesIO()
    document.save(target, compress_streams=False)
    return target.getvalue()


def xml_bomb() -> bytes:
    target = io.BytesIO()
    entity = '<!DOCTYPE a [<!ENTITY x "aaaaaaaaaa"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>'
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", entity)
    return target.getvalue()


@pytest.mark.parametrize(
    ("make", "mime", "code"),
    [
        (lambda: b"%PDF-1.7 nothing", PDF, Refusal.CANNOT_OPEN),
        (locked_pdf, PDF, Refusal.NEEDS_PASSWORD),
        (bomb, PDF, Refusal.TOO_COSTLY),
        (lambda: b"PK\x03\x04", DOCX, Refusal.CANNOT_OPEN),
        (xml_bomb, DOCX, Refusal.HOSTILE),
        (lambda: b"text", "text/plain", Refusal.NOT_ACCEPTED),
    ],
    ids=["no pdf", "locked", "bomb", "no zip", "entities", "text"],
)
def test_what_cannot_be_checked_is_refused(make: Callable[[], bytes], mime: str, code: Refusal, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        checked(make(), mime, tmp_path)
    assert refused.value.code in (code, Refusal.CANNOT_OPEN)


@pytest.mark.parametrize("picture", [jpeg(TOKEN), png(TOKEN)], ids=["jpeg", "png"])
def test_pictures_lose_their_data_and_keep_their_pixels(picture: bytes) -> None:
    from PIL import Image

    clean = without_data(picture)
    assert clean is not None and TOKEN.encode() not in clean
    before, after = (Image.open(io.BytesIO(content)).convert("RGB").tobytes() for content in (picture, clean))
    assert before == after


def test_a_jpeg_2000_loses_its_texts() -> None:
    head = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
    boxes = [struct.pack(">I4s", 8 + len(text), kind) + text for kind, text in ((b"xml ", b"siti"), (b"ihdr", b"x"))]
    assert without_data(head + b"".join(boxes)) == head + boxes[1]


def test_an_emf_loses_the_name_of_its_maker() -> None:
    words = "Word\0makalah-siti.emf\0\0".encode("utf-16-le")
    head = struct.pack("<II", 1, 100) + bytes(32) + b" EMF" + bytes(16) + struct.pack("<II", len(words) // 2, 100)
    content = head.ljust(100, b"\0") + words
    clean = without_data(content)
    assert clean is not None and "siti".encode("utf-16-le") not in clean and len(clean) == len(content)


AUTHOR = Known("Siti", "Rahmawati", "siti@contoh.id", "0000-0002-1825-0097", ("Poltekesos Bandung",))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("oleh Siti Rahmawati, 2024", "name"),
        ("Rahmawati, S. (2020)", "name"),
        ("oleh SITI  RAH-\nMAWATI", "name"),
        ("Poltekesos\nBandung", "affiliation"),
        ("kirim ke siti@contoh.id", "email"),
        ("surat@lain.ac.id", "email"),
        ("https://orcid.org/0000-0002-1825-0097", "orcid"),
        ("Ucapan Terima Kasih\nkepada", "thanks"),
        ("5. Acknowledgements", "thanks"),
        ("In our earlier work we found", "own_work"),
        ("Penelitian kami sebelumnya", "own_work"),
    ],
)
def test_what_tells_who_wrote_it_is_found_with_its_page(text: str, kind: str) -> None:
    found = warnings([(1, "kosong"), (7, text)], [AUTHOR])
    assert (kind, 7) in {(warned.kind, warned.page) for warned in found}


@pytest.mark.parametrize("text", ["Perawatan keluarga", "Rahmawatiningsih", "terima kasihku", "", "sitinurbaya"])
def test_what_tells_nothing_is_not_warned_of(text: str) -> None:
    assert warnings([(1, text)], [AUTHOR]) == []


def test_a_single_name_is_sought_too() -> None:
    assert [w.text for w in warnings([(1, "menurut Sukarno")], [Known(family_name="Sukarno")])] == ["Sukarno"]


@given(st.text(max_size=200), st.text(max_size=20), st.text(max_size=20))
def test_any_text_and_any_name_can_be_searched(text: str, given_name: str, family: str) -> None:
    for warned in warnings([(1, text)], [Known(given_name, family, affiliations=(family,))]):
        assert warned.page == 1
