"""CSV and XLSX: headings, encodings, hostile files."""

import datetime
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from publications.importing import limits
from publications.importing.readers import xlsx

from .conftest import codes, read, records

HEADINGS = "id;judul;penulis;tahun;pmks\n"


def sheet(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_indonesian_and_english_headings_with_any_delimiter(delimiter: str) -> None:
    for headings in (
        ["Judul", "Penulis", "Tahun", "Kata Kunci"],
        ["title", "AUTHORS", "year", "key_words" and "keywords"],
    ):
        lines = [headings, ["Anak jalanan di kota", "Sukarno|Budi Santoso", "2020", "anak|kota"]]
        (record,) = records("\n".join(delimiter.join(line) for line in lines), "csv")
        assert record.titles == {"id": "Anak jalanan di kota"}
        assert [person.family for person in record.contributors] == ["Sukarno", "Santoso"]
        assert record.date is not None and record.date.year == 2020


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    content = "judul;penulis\nPendidikan é “kutip”;Andrés Peña\n".encode(encoding)
    (record,) = records(content, "csv")
    assert record.title == "Pendidikan é “kutip”"
    assert record.contributors[0].family == "Peña"


def test_mostly_utf8_with_broken_bytes_is_told_and_read() -> None:
    content = "judul\nsatu é à ü\ndua ".encode() + b"\xff\n"
    assert "damaged_text" in codes(content, "csv")
    assert [record.title for record in records(content, "csv")] == ["satu é à ü", "dua \ufffd"]


def test_rows_are_numbered_as_in_a_spreadsheet() -> None:
    rows = read(HEADINGS + "a;Satu;X;2020;\n;;;;\nb;;Y;2020;\n", "csv")
    assert [row.number for row in rows] == [2, 4]
    assert [(p.row, p.column, p.code) for p in rows[1].problems] == [(4, "judul", "no_title")]


def test_values_that_cannot_be_taken_are_told_by_row_and_column() -> None:
    content = "judul,doi,tahun,ISSN,orcid,penulis,url\nA,bukan,besok,1234-5678,0000-0002-1825-0098,Budi,javascript:x\n"
    (row,) = read(content, "csv")
    found = {(problem.code, problem.column) for problem in row.problems}
    assert found == {
        ("bad_doi", "doi"), ("bad_date", "tahun"), ("bad_issn", "ISSN"), ("bad_orcid", "orcid"), ("bad_url", "url"),
    }  # fmt: skip
    assert row.is_usable


def test_one_affiliation_for_all_or_one_for_each() -> None:
    (record,) = records("judul;penulis;afiliasi\n" + '"A";"Sukarno; Budi Santoso";"Universitas Contoh"\n', "csv")
    assert [person.affiliation for person in record.contributors] == ["Universitas Contoh"] * 2
    (record,) = records("judul;penulis;orcid\n" + '"A";"Sukarno; Budi Santoso";";0000-0002-1825-0097"\n', "csv")
    assert [person.orcid for person in record.contributors] == ["", "0000-0002-1825-0097"]


@pytest.mark.parametrize(
    ("written", "families"),
    [
        ("Budi Santoso, Siti Aminah", ["Santoso", "Aminah"]),
        ("Santoso, Budi", ["Santoso"]),
        ("Budi Santoso, M.Si., Siti Aminah, S.Sos.", ["Santoso", "Aminah"]),
        ("Budi Santoso dan Siti Aminah", ["Santoso", "Aminah"]),
        ("Santoso, B.; Aminah, S.", ["Santoso", "Aminah"]),
        ("Sukarno", ["Sukarno"]),
    ],
)
def test_authors_in_one_cell(written: str, families: list[str]) -> None:
    (record,) = records(f'judul\tpenulis\nA\t"{written}"\n', "csv")
    assert [person.family for person in record.contributors] == families


def test_an_english_abstract_under_an_indonesian_title() -> None:
    content = (
        "judul,abstrak,bahasa\nPemberdayaan anak di kota,The aim of this study is to show the role of shelters,id\n"
    )
    (record,) = records(content, "csv")
    assert set(record.titles) == {"id"} and set(record.abstracts) == {"en"}


def test_the_same_row_without_identifier_is_recognised_again() -> None:
    content = "judul,penulis,tahun\nPendahuluan,Sukarno,2019\nPendahuluan,Hatta,2019\n"
    first, second = records(content, "csv"), records(content, "csv")
    assert [r.source_id for r in first] == [r.source_id for r in second]
    assert first[0].source_id != first[1].source_id


# Hostile


def test_ten_thousand_columns() -> None:
    content = ",".join(f"kolom{i}" for i in range(10_000)) + "\n" + "x," * 9_999 + "x\n"
    assert codes(content, "csv") == ["too_many_columns", "no_records"]


def test_a_row_with_more_cells_than_headings() -> None:
    assert codes("judul,tahun\nA,2020,lebih\n", "csv") == ["extra_cells"]


def test_no_headings_that_are_known() -> None:
    assert "no_known_column" in codes("x,y\n1,2\n", "csv")
    assert "no_title_column" in codes("penulis,tahun\nA,2020\n", "csv")


@pytest.mark.parametrize(
    "content", [b"", b"\n\n\n", b"\xff\xfe", b"\x00" * 5000, b'"' * 3001, b"judul\n" + b'"' + b"a" * 200_000]
)
def test_no_csv_however_broken_raises(content: bytes) -> None:
    assert codes(content, "csv")


def test_a_cell_that_never_ends_leaves_the_row_out() -> None:
    found = codes("judul\n" + "a" * (limits.MAX_CELL_CHARS + 1) + "\nB\n", "csv")
    assert found[0] == "broken_row"


def test_csv_that_breaks_off_says_so_in_the_language_of_the_reader() -> None:
    *_good, row = read("judul,penulis\nA,Sukarno\nB," + "a" * (5 * 1024 * 1024) + "\nC,Sukarno\n", "csv")
    assert "baris-baris sesudahnya" in row.problems[0].message and "field" not in row.problems[0].message


def test_a_title_that_is_too_long_is_cut_and_told() -> None:
    (row,) = read("judul,penulis\n" + "a" * 600 + ",Sukarno\n", "csv")
    assert row.record is not None and len(row.record.title) == limits.MAX_TITLE
    assert [problem.code for problem in row.problems] == ["value_too_long"]


def test_xlsx_with_numbers_and_dates() -> None:
    content = sheet(["Judul", "Tahun", "Tanggal", "Volume"], ["A", 2019.0, datetime.datetime(2020, 5, 17), 12])
    (record,) = records(content, "xlsx")
    assert record.date is not None and record.date.first_day == datetime.date(2020, 5, 17)
    assert record.volume == "12"


def test_formulas_are_not_run() -> None:
    assert records(sheet(["Judul", "Penulis"], ['=HYPERLINK("http://x")', "Sukarno"]), "xlsx") == []
    (record,) = records("judul,penulis\n=1+1,Sukarno\n", "csv")
    assert record.title == "=1+1"


def test_a_zip_bomb_in_xlsx_clothes(monkeypatch: pytest.MonkeyPatch) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (limits.MAX_XLSX_UNPACKED_BYTES + 1))
    assert len(target.getvalue()) < 400_000
    assert codes(target.getvalue(), "xlsx") == ["suspicious_sheet", "no_records"]


def test_xml_entities_are_not_expanded() -> None:
    target = io.BytesIO(sheet(["Judul"], ["A"]))
    bomb = io.BytesIO()
    with zipfile.ZipFile(target) as source, zipfile.ZipFile(bomb, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                data = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + data
            archive.writestr(name, data)
    assert codes(bomb.getvalue(), "xlsx") == ["suspicious_sheet", "no_records"]


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"bukan zip", b"PK\x05\x06" + b"\x00" * 18])
def test_what_is_no_sheet(content: bytes) -> None:
    assert codes(content, "xlsx") == ["broken_sheet", "no_records"]


def test_a_stray_cell_far_away_costs_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_BLANK_ROWS", 100)
    book = openpyxl.Workbook()
    book.active.append(["Judul"])
    book.active.append(["A"])
    book.active["XFD1048576"] = "jauh"
    target = io.BytesIO()
    book.save(target)
    assert [record.title for record in records(target.getvalue(), "xlsx")] == ["A"]
