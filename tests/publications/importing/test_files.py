"""A ZIP of PDFs beside the records."""

import io
import zipfile
from typing import Any

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.test import override_settings

from publications.actions import importing
from publications.models import Blob, File, ImportedFile, Output, Version

from .test_importing import HEADINGS, ROW, one

FILED = "id,judul,penulis,tahun,jenis,doi,berkas,akses\n"


def pdf(text: str = "Anak jalanan di kota") -> bytes:
    """One page with this text, as small as PDF can be."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    font = made.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    made.pages[0].Contents = made.make_stream(f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode())
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def zipped(**files: bytes) -> bytes:
    return zipped_names({name.replace("__", "."): data for name, data in files.items()})


def zipped_names(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def codes(batch: Any) -> list[str]:
    return [problem.code for problem in batch.problems.all()]


def read_waiting() -> None:
    for waiting in ImportedFile.objects.all():
        importing.read_waiting(waiting.pk)


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("a1,A,X,2020,artikel,,tulisan.pdf,\n", "tulisan.pdf"),
        ("a1,A,X,2020,artikel,,folder/Tulisan,\n", "lain/TULISAN.PDF"),
        ("a1,A,X,2020,artikel,10.1234/ab.c,,\n", "10.1234_ab.c.pdf"),
        ("a1,A,X,2020,artikel,10.1234/ab.c,,\n", "pdf/10.1234-AB.C.pdf"),
        ("a1,A,X,2020,artikel,,,\n", "a1.pdf"),
    ],
)
def test_a_pdf_finds_its_row(bring_in: Any, row: str, name: str) -> None:
    batch = bring_in(FILED + row, archive=zipped_names({name: pdf()}))
    file = File.objects.get()
    assert (batch.file_count, file.kind, file.version.access) == (1, "main", "open")
    assert file.blob.reading_state == "waiting" and default_storage.exists(file.blob.content.name)
    assert "/" not in file.name and file.name.endswith(".pdf")


def test_a_public_output_gets_its_pdf_after_it_was_read(bring_in: Any) -> None:
    bring_in(FILED + "a1,A,X,2020,artikel,,a.pdf,\n", archive=zipped(a__pdf=pdf()), publish=True)
    assert one().current.access == "metadata_only" and not File.objects.exists()
    read_waiting()
    assert one().current.access == "open"
    assert "jalanan" in File.objects.get().blob.pages.get().text


def test_a_pdf_with_personal_numbers_is_held_back_until_a_curator_has_looked(bring_in: Any, curator: Any) -> None:
    text = "Nama: X, NIK 3273014501900001"
    batch = bring_in(FILED + "a1,A,X,2020,artikel,,a.pdf,restricted\n", archive=zipped(a__pdf=pdf(text)), publish=True)
    read_waiting()
    held = ImportedFile.objects.get()
    assert held.state == "held" and not File.objects.exists() and one().current.access == "metadata_only"
    importing.release(held, by=curator)
    importing.release(held, by=curator)
    assert File.objects.count() == 1 and one().current.access == "restricted"
    assert batch.problems.count() == 0


def test_a_damaged_pdf_stays_back(bring_in: Any) -> None:
    bring_in(FILED + "a1,A,X,2020,artikel,,a.pdf,\n", archive=zipped(a__pdf=pdf()[:200]), publish=True)
    read_waiting()
    assert ImportedFile.objects.get().state == "held" and not File.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "detail"),
    [
        ("a.pdf", b"<html><script>alert(1)</script>", "entry_not_pdf"),
        ("a.pdf", b"MZ" + b"\x00" * 500, "entry_not_pdf"),
        ("a.pdf", b"", "entry_not_pdf"),
        ("a.pdf", b"%PDF-1.4" + b" " * 40_000_000, "entry_too_large"),
    ],
)
def test_what_is_no_pdf_is_refused_and_the_row_comes_without_it(
    bring_in: Any, name: str, data: bytes, detail: str
) -> None:
    batch = bring_in(FILED + "a1,A,X,2020,artikel,,a.pdf,\n", archive=zipped_names({name: data}), publish=True)
    problem = batch.problems.get()
    assert (problem.code, problem.row, problem.column) == ("file_refused", 2, "berkas")
    assert problem.params["detail"] == detail
    assert one().current.access == "metadata_only" and not Blob.objects.exists()
    assert detail not in problem.message


@override_settings(MAX_UPLOAD_BYTES=1000)
def test_a_pdf_larger_than_an_upload_may_be(bring_in: Any) -> None:
    batch = bring_in(FILED + "a1,A,X,2020,artikel,,a.pdf,\n", archive=zipped(a__pdf=pdf() + b"%" + b"x" * 2000))
    assert codes(batch) == ["file_refused"]


@pytest.mark.parametrize("name", ["../../a.pdf", "/etc/a.pdf", "x\\..\\a.pdf", "C:a.pdf", "a\x07.pdf", "b/../../a.pdf"])
def test_names_that_lead_out_of_the_zip(bring_in: Any, name: str) -> None:
    batch = bring_in(FILED + "a1,A,X,2020,artikel,,,\n", archive=zipped_names({name: pdf()}))
    assert "file_unsafe_name" in codes(batch) and not Blob.objects.exists()


@pytest.mark.parametrize("data", [b"", b"bukan zip", b"PK\x03\x04kurang"])
def test_what_is_no_zip(bring_in: Any, data: bytes) -> None:
    batch = bring_in(FILED + "a1,A,X,2020,artikel,,,\n", archive=data or b"x")
    assert "broken_archive" in codes(batch) and batch.created_count == 1


def test_an_encrypted_entry_is_refused(bring_in: Any) -> None:
    data = bytearray(zipped(a__pdf=pdf()))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    batch = bring_in(FILED + "a1,A,X,2020,artikel,,a.pdf,\n", archive=bytes(data))
    assert codes(batch) == ["file_refused"] and batch.created_count == 1


def test_missing_doubled_and_left_over_files_are_told(bring_in: Any) -> None:
    archive = zipped_names({"x/a1.pdf": pdf(), "y/a1.pdf": pdf("lain"), "sisa.pdf": pdf()})
    rows = "a1,A,X,2020,artikel,,,\nb2,B,Y,2020,artikel,,tidakada.pdf,\n"
    found = set(codes(bring_in(FILED + rows, archive=archive)))
    assert found == {"file_twice", "file_missing", "file_unmatched"}


def test_an_exchanged_pdf_counts_as_a_change_and_the_same_one_does_not(bring_in: Any) -> None:
    row = FILED + "a1,A,X,2020,artikel,,a.pdf,\n"
    first = zipped(a__pdf=pdf())
    bring_in(row, archive=first)
    again = bring_in(row, archive=first)
    assert (again.unchanged_count, Blob.objects.count()) == (1, 1)
    bring_in(row, archive=zipped(a__pdf=pdf("Versi yang diperbaiki")))
    assert Blob.objects.count() == 2 and File.objects.get().blob == Blob.objects.latest("pk")


def test_records_that_come_again_without_the_zip_keep_their_access(bring_in: Any) -> None:
    row = FILED + "a1,A,X,2020,artikel,,a.pdf,\n"
    bring_in(row, archive=zipped(a__pdf=pdf()), publish=True)
    read_waiting()
    bring_in(row.replace("A,X", "Judul baru,X"), publish=True)
    assert (one().current.access, one().current.title_id) == ("open", "Judul baru")


def test_a_piece_that_fails_leaves_no_content_behind(
    bring_in: Any, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
) -> None:
    from publications.actions.importing import pieces

    def fail(*_args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(pieces, "create_outputs", fail)
    settings.MEDIA_ROOT = tmp_path  # nobody else stores here meanwhile
    before = _stored()
    with pytest.raises(RuntimeError):
        bring_in(FILED + "a1,A,X,2020,artikel,,a.pdf,\n", archive=zipped(a__pdf=pdf()))
    assert _stored() == before and not Output.objects.exists()


def _stored() -> set[str]:
    from publications.actions.storage import stored_names

    return set(stored_names())


def test_undoing_while_a_pdf_waits(bring_in: Any, curator: Any) -> None:
    batch = bring_in(FILED + "a1,A,X,2020,artikel,,a.pdf,\n", archive=zipped(a__pdf=pdf()), publish=True)
    importing.undo_batch(batch, by=curator)
    read_waiting()
    assert one().state == "withdrawn"
    again = bring_in(HEADINGS + ROW, publish=True)
    assert again.state == "done" and Version.objects.count() == 1
