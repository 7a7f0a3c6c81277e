"""The sample documents: real PDF files with pages, text and metadata, the same each time."""

from typing import Any

import pypdfium2
import pytest

from publications.demo import content
from publications.demo.typesetting import chart, cite, date_label, full_name, inverted_name, references, typeset

OUTPUTS = {output["key"]: output for output in content.outputs()}
VERSIONS = [(key, number) for key, output in OUTPUTS.items() for number in range(1, len(output["versions"]) + 1)]


@pytest.mark.parametrize(("key", "number"), VERSIONS)
def test_every_document_has_pages_and_text(key: str, number: int) -> None:
    output = OUTPUTS[key]
    with pypdfium2.PdfDocument(typeset(output, number)) as document:
        texts = [document[i].get_textpage().get_text_range() for i in range(len(document))]
        assert document.get_metadata_value("Title") == output["title_id"]
    assert 3 <= len(texts) <= 8
    assert all("data contoh" in text and "sample data" in text for text in texts)
    whole = " ".join(" ".join(texts).split())
    for heading in ("Pendahuluan", "Metode", "Hasil dan pembahasan", "Simpulan", "Saran", "Daftar pustaka", "Tabel 1"):
        assert heading in whole
    assert all(full_name(c) in whole for c in output["contributors"])


def test_the_same_bytes_each_time() -> None:
    output = OUTPUTS["graduasi-bantuan-jateng"]
    assert typeset(output) == typeset(output)


def test_a_second_version_says_what_changed() -> None:
    output = OUTPUTS["hunian-dahulu-jakarta"]
    assert typeset(output, 1) != typeset(output, 2)
    with pypdfium2.PdfDocument(typeset(output, 2)) as document:
        text = "".join(document[i].get_textpage().get_text_range() for i in range(len(document)))
    assert "versi 2" in text


@pytest.mark.parametrize(
    ("date", "label"), [("2014", "2014"), ("2025-02", "Februari 2025"), ("2025-02-18", "18 Februari 2025")]
)
def test_dates_are_as_precise_as_known(date: str, label: str) -> None:
    assert date_label(date) == label


def test_single_names_stay_whole() -> None:
    wagiman = {"given_name": "", "family_name": "Wagiman"}
    bria = {"given_name": "Maria Goreti", "family_name": "Ngadhu"}
    assert (full_name(wagiman), inverted_name(wagiman)) == ("Wagiman", "Wagiman")
    assert (full_name(bria), inverted_name(bria)) == ("Maria Goreti Ngadhu", "Ngadhu, M. G.")


def test_a_citation_names_everybody_and_the_journal() -> None:
    assert cite(OUTPUTS["panti-ke-keluarga-jabar"]) == (
        "Komariah, E., Ruswandi, D., & Nurjanah, L. (2021). Dari lembaga kembali ke keluarga: reunifikasi anak "
        "terlantar di Jawa Barat. Jurnal Contoh Kesejahteraan Sosial, 7(1), 15-34. https://doi.org/10.5555/jcks.v7i1.15"
    )


def test_old_papers_refer_to_no_later_law() -> None:
    oldest = references(OUTPUTS["rumah-layak-huni-2009"])
    assert oldest and not any("2012" in entry or "2021" in entry for entry in oldest)


@pytest.mark.parametrize(
    ("column", "drawn"),
    [(["4", "8", "2"], True), (["4", "8"], False), (["a", "b", "c"], False), (["0", "0", "0"], False)],
)
def test_a_chart_needs_three_numbers(column: list[str], drawn: bool) -> None:
    table: dict[str, Any] = {"columns": ["Daerah", "Jumlah"], "rows": [["x", value] for value in column]}
    assert (chart(table) is not None) is drawn
