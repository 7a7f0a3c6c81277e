"""All that is found as a file: complete, in order, streamed, harmless to whoever opens it."""

import csv
import datetime
import io
import itertools
import json
import random
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from publications.importing.columns import meaning_of
from publications.models import Output
from publications.spreadsheets import harmless, harmless_in_csv
from search.exports import EXPORTS, batches, reading, xlsx
from search.exports.tables import headings
from tests.factories.publications import make_output, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies", "storage")]

Index = Callable[[], None]
FORMATS = list(EXPORTS)


@pytest.fixture
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def of(title: str, year: int = 2014, **data: Any) -> Output:
    return make_output(**({"title_id": title, "title_en": "", "date": datetime.date(year, 5, 1)} | data))


def fetched(extension: str, query: str = "", prefix: str = "") -> bytes:
    response = Client().get(f"{prefix}/cari/ekspor/{extension}?{query}")
    assert response.status_code == 200 and response.streaming
    return b"".join(response)  # type: ignore[arg-type]


def csv_rows(query: str = "", prefix: str = "") -> list[dict[str, str]]:
    text = fetched("csv", query, prefix).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def xlsx_rows(content: bytes) -> list[list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book]


def titles(extension: str, content: bytes) -> list[str]:
    """The titles in a file, in its order."""
    if extension == "csv":
        return [row["judul indonesia"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    if extension == "xlsx":
        (rows,) = xlsx_rows(content)
        return [str(row[rows[0].index("judul indonesia")]) for row in rows[1:]]
    if extension == "json":
        return [item["title"] for item in json.loads(content)]
    pattern = r"^TI  - (.*?)\r?$" if extension == "ris" else r"^  title = \{\{(.*)\}\}"
    return re.findall(pattern, content.decode(), re.MULTILINE)


@pytest.mark.parametrize("extension", FORMATS)
def test_everything_that_is_found_in_its_order(index: Index, extension: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BATCH", 3)
    for number in range(30):
        of(f"Rumah {number:02}", 1990 + number)
    of("Panti")
    index()
    assert titles(extension, fetched(extension, "q=rumah&urut=terlama&halaman=2")) == [
        f"Rumah {number:02}" for number in range(30)
    ]
    assert titles(extension, fetched(extension, "q=rumah&dari=2018&urut=terbaru")) == ["Rumah 29", "Rumah 28"]


@pytest.mark.parametrize("extension", FORMATS)
def test_nothing_found_is_an_empty_file(index: Index, extension: str) -> None:
    of("Panti")
    index()
    assert titles(extension, fetched(extension, "tahun=1900")) == []


@pytest.mark.parametrize("extension", FORMATS)
def test_names_and_types(index: Index, extension: str) -> None:
    index()
    response = Client().get(f"/cari/ekspor/{extension}")
    today = response["Content-Disposition"].split("kesos-")[1][:10]
    assert response["Content-Disposition"] == f'attachment; filename="repositori-kesos-{today}.{extension}"'
    assert response["Content-Type"] == EXPORTS[extension].mime and response["X-Robots-Tag"] == "noindex"


def test_a_row_says_everything(index: Index) -> None:
    place = Organisation.objects.create(name="Balai; Besar")
    output = make_output(
        contributors=[
            {"given_name": "Siti", "family_name": "Rahmawati", "affiliation": place},
            {"family_name": "Sukarno", "orcid": "0000-0002-1825-0097"},
        ]
    )
    index()
    (row,) = csv_rows()
    expected = {
        "id": output.public_id,
        "tautan": f"http://testserver/publikasi/{output.public_id}/",
        "judul inggris": "Family-based care for neglected older people in rural Central Java",
        "penulis": "Rahmawati, Siti; Sukarno",
        "afiliasi": "Balai, Besar; ",
        "orcid": "; 0000-0002-1825-0097",
        "tanggal terbit": "2014-11-25",
        "pmks": "Lanjut Usia Terlantar",
        "provinsi": "Jawa Tengah",
        "kata kunci indonesia": "lanjut usia; perawatan",
        "lisensi": "CC-BY-4.0",
        "akses": "open",
    }
    assert {name: row[name] for name in expected} == expected
    (english,) = csv_rows(prefix="/en")
    assert english["pmks"] == "Neglected older person"
    ((heading, values),) = xlsx_rows(fetched("xlsx"))
    assert {name: value or "" for name, value in zip(heading, values, strict=True)} == row


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_bulk_import_understands_every_heading(language: str) -> None:
    meanings = [meaning_of(heading) for heading in headings(language)]
    assert all(meanings) and len(set(meanings)) == len(meanings)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r=", " =", "＝", "＠"])  # noqa: RUF001
def test_no_cell_is_a_formula(sign: str) -> None:
    assert harmless(f'{sign}HYPERLINK("http://jahat.example")').startswith("'")
    assert harmless("Rumah = tempat tinggal") == "Rumah = tempat tinggal"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "|", "＝", "＋", "－", "＠"])  # noqa: RUF001
@pytest.mark.parametrize("parting", [";", "; ", "\t", "\n", "\r\n", ";\xa0", ';"', ' ;; "'])
def test_no_part_of_a_cell_is_a_formula_where_semicolons_part(parting: str, sign: str) -> None:
    assert harmless_in_csv(f"judul{parting}{sign}1+1") == f"judul{parting}'{sign}1+1"
    assert harmless(f"judul{parting}{sign}1+1") == f"judul{parting}{sign}1+1"


@pytest.mark.parametrize("text", ["a; b", "a;b=c", "2010-2014; x-y", 'kata "=" saja', "satu\ndua - tiga", "a – b;"])
def test_what_begins_no_formula_stays(text: str) -> None:
    assert harmless_in_csv(text) == text


def test_long_runs_take_no_longer() -> None:
    started = time.process_time()
    assert len(harmless_in_csv("a" + ";\n" * 100_000 + "b")) == 200_002
    assert time.process_time() - started < 1


def test_formulas_stay_text(index: Index) -> None:
    danger = '=HYPERLINK("http://jahat.example","klik")'
    of(danger, keywords_id=["+1", "@a"])
    index()
    (row,) = csv_rows()
    assert row["judul indonesia"] == f"'{danger}" and row["kata kunci indonesia"] == "'+1; '@a"
    sheet = openpyxl.load_workbook(io.BytesIO(fetched("xlsx"))).active
    assert sheet is not None
    cell = next(cell for cell in sheet[2] if cell.value == danger)
    assert cell.data_type == "s" and cell.quotePrefix


@pytest.mark.parametrize("extension", FORMATS)
def test_the_same_queries_for_every_batch(index: Index, extension: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BATCH", 4)
    for number in range(4):
        of(f"Rumah {number}")
    index()
    fetched(extension)
    with CaptureQueriesContext(connection) as one:
        fetched(extension)
    for number in range(8):
        of(f"Lagi {number}", contributors=[{"family_name": "Ani"}, {"family_name": "Budi"}])
    index()
    with CaptureQueriesContext(connection) as three:
        fetched(extension)
    assert len(three) - len(one) == 2 * 5


def test_it_is_written_while_it_is_read(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first bytes leave after the first batch."""
    monkeypatch.setattr(reading, "BATCH", 1)
    ids = [of(f"Rumah {number}").pk for number in range(4)]
    for kind in (kind for kind in EXPORTS.values() if kind.extension != "xlsx"):
        read: list[int] = []

        def noted(read: list[int] = read) -> Any:
            for pk in ids:
                read.append(pk)
                yield pk

        written = kind.write(batches(noted(), "http://x", "id"), "id")
        assert len(list(itertools.islice(written, 2))) == 2 and len(read) < len(ids), kind.extension


def test_a_workbook_leaves_while_its_rows_are_read() -> None:
    dice = random.Random(1)
    read = 0

    def rows() -> Iterator[list[str]]:
        nonlocal read
        for _row in range(20_000):
            read += 1
            yield [f"{dice.random()}" for _column in range(10)]

    written = xlsx.workbook(rows(), "Data")
    sizes = [(read, len(chunk)) for chunk in written]
    assert sizes[0][0] < 3_000 and max(size for _read, size in sizes) < 200_000


def test_what_was_withdrawn_since_is_left_out(index: Index) -> None:
    stays, goes = of("Tetap"), of("Ditarik")
    index()
    withdraw(goes)
    assert [row["id"] for row in csv_rows()] == [stays.public_id]


def test_a_sheet_that_is_full_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROWS", 3)
    for number, sheets in ((0, [0]), (2, [2]), (3, [2, 1]), (4, [2, 2]), (5, [2, 2, 1])):
        rows = [["a", "b"], *([str(n), ""] for n in range(number))]
        found = xlsx_rows(b"".join(xlsx.workbook(rows, "Data")))
        assert [len(sheet) - 1 for sheet in found] == sheets
        assert [row[0] for sheet in found for row in sheet[1:]] == [str(n) for n in range(number)]
        assert {sheet[0] for sheet in found} == {("a", "b")}


@pytest.mark.parametrize("text", ["<&>\"'", " spasi ", "dua\nbaris", "\x00\x0b\ufffe\ud800ada", "é😀", "a" * 40_000])
def test_any_text_fits_into_a_cell(text: str) -> None:
    ((_heading, (value,)),) = xlsx_rows(b"".join(xlsx.workbook([["x"], [text]], "Data")))
    wanted = re.sub("[\x00\x0b\ufffe\ud800]", "", text)[:32_767]
    assert value == wanted


def test_there_is_no_other_format_and_no_file_without_an_index() -> None:
    assert Client().get("/cari/ekspor/exe").status_code == 404
    response = Client().get("/cari/ekspor/csv")
    assert response.status_code == 503 and response["Retry-After"]
