"""Titles and authors of real papers, each seen by eye on the page and typed in here."""

import functools

import pytest

from publications.pdf.reader import read_pdf
from publications.pdf.suggest import Suggestions, suggest
from publications.pdf.titles import squeeze
from tests.publications.pdf.shared import FOLDER, kinds, needs_shared

pytestmark = needs_shared

TRUE_TITLES = {
    "10.21105.jose.00013.pdf": "The Riffomonas Reproducible Research Tutorial Series",
    "10.21105.jose.00029.pdf": "Mikrokosmos: an educational lambda calculus interpreter",
    "10.21105.jose.00037.pdf": "Python for Atmosphere and Ocean Scientists",
    "10.21105.jose.00050.pdf": "Emacs-reveal: A software bundle to create OER presentations",
    "10.21105.jose.00070.pdf": "DraggleSimulator: An Open Source Web Application for Teaching Genetic Drift",
    "10.21105.jose.00091.pdf": (
        "General relativity in R: visual representation of Schwarzschild space using different coordinate systems"
    ),
    "10.21105.jose.00117.pdf": "An Open-Source Active Learning Curriculum for Data Science in Engineering",
    "10.21105.jose.00184.pdf": "The Data Behind Dark Matter: Exploring Galactic Rotation",
    "10.21105.jose.00223.pdf": "An R Companion for Introduction to Data Mining",
    "tracemonkey.pdf": "Trace-based Just-in-Time Type Specialization for Dynamic Languages",
    "1.+Halim+_202-213_.pdf": (
        "Document Plagiarism Detection Application Using Web-Based TF-IDF and Cosine Similarity Methods"
    ),
    "125-Article+Text-246-2-10-20180702.pdf": (
        "IDENTIFIKASI KEMIRIPAN JUDUL TUGAS AKHIR PSTI DAN PSMI DI POLITEKNIK NEGERI MALANG"
    ),
    "12406-Article_Text-51785-1-10-20250108.pdf": (
        "PENERAPAN ALGORITMA TF-IDF DAN COSINE SIMILARITY DALAM SISTEM REKOMENDASI LOWONGAN PEKERJAAN"
    ),
    "referensi_terbaru.pdf": (
        "Integrasi Tf-Idf Dan Algoritma Cosine Similarity Untuk Deteksi Tingkat Kemiripan Judul Penelitian "
        "(Studi Kasus Mahasiswa Fakultas Ilmu Komputer UNISAN Gorontalo)"
    ),
    "Perbandingan_Algoritma_Kemiripan_Teks_untuk_Perbaikan.pdf": (
        "Perbandingan Algoritma Kemiripan Teks untuk Perbaikan dan Saran Penulisan Frasa dalam Bahasa Alami"
    ),
}
TRUE_AUTHORS = {
    "10.21105.jose.00013.pdf": ["Patrick D Schloss"],
    "10.21105.jose.00029.pdf": ["Mario Román"],
    "10.21105.jose.00037.pdf": ["Damien B Irving"],
    "10.21105.jose.00050.pdf": ["Jens Lechtenbörger"],
    "10.21105.jose.00070.pdf": ["Mark A Fisher"],
    "10.21105.jose.00091.pdf": ["Robin K. S. Hankin"],
    "10.21105.jose.00117.pdf": ["Zachary del Rosario"],
    "10.21105.jose.00184.pdf": [
        "A. N. Villano", "Kitty C. Harris", "Judit Bergfalk", "Raphael Hatami", "Francis Vititoe", "Julia Johnston",
    ],
    "10.21105.jose.00223.pdf": ["Michael Hahsler"],
    "tracemonkey.pdf": [
        "Andreas Gal", "Brendan Eich", "Mike Shaver", "David Anderson", "David Mandelin", "Mohammad R. Haghighat",
        "Blake Kaplan", "Graydon Hoare", "Boris Zbarsky", "Jason Orendorff", "Jesse Ruderman", "Edwin Smith",
        "Rick Reitmaier", "Michael Bebenita", "Mason Chang", "Michael Franz",
    ],
    "1.+Halim+_202-213_.pdf": ["Jimmy Halim", "Desiyanna Lasut"],
    "125-Article+Text-246-2-10-20180702.pdf": [
        "Bariroh Isriya Nur Aini", "Dwi Puspitasari", "Yan Watequlis Syaifudin",
    ],
    "12406-Article_Text-51785-1-10-20250108.pdf": [
        "Venny Meida Hersianty", "Eka Larasati Amalia", "Dwi Puspitasari", "Dimas Wahyu Wibowo",
    ],
    "referensi_terbaru.pdf": ["Asmaul Husnah Nasrullah"],
    "Perbandingan_Algoritma_Kemiripan_Teks_untuk_Perbaikan.pdf": [
        "Nambi Sembilu", "Febriliyan Samopa", "Mahendrawathi Er",
    ],
}  # fmt: skip


@functools.cache
def suggestions(name: str) -> Suggestions:
    return suggest(read_pdf(FOLDER / "good" / name))


def test_every_scholarly_file_has_its_true_title_here():
    assert set(TRUE_TITLES) == {name for name, kind in kinds().items() if kind.startswith("scholarly")}


@pytest.mark.parametrize("name", TRUE_TITLES)
def test_title(name):
    found = suggestions(name).title
    assert found is not None
    assert " ".join(found.value.casefold().split()) == " ".join(TRUE_TITLES[name].casefold().split())


@pytest.mark.parametrize("name", TRUE_AUTHORS)
def test_authors(name):
    found = suggestions(name).authors
    assert found is not None and [str(author) for author in found.value] == TRUE_AUTHORS[name]


def test_title_is_in_its_own_language_and_on_its_page():
    found = suggestions("Perbandingan_Algoritma_Kemiripan_Teks_untuk_Perbaikan.pdf")
    assert found.title_id == found.title and found.title.page == 6
    assert found.title_en is None


def test_both_abstracts_with_their_keywords():
    found = suggestions("Perbandingan_Algoritma_Kemiripan_Teks_untuk_Perbaikan.pdf")
    assert found.abstract_en.value.startswith("Natural Language Processing (NLP) is a branch of science")
    assert found.abstract_en.value.endswith("the indicated value of the ROC curve 0948.")
    assert found.abstract_id.value.startswith("Natural Language Processing (NLP) merupakan salah satu cabang")
    assert found.abstract_id.value.endswith("dengan nilai kurva ROC 0.948.")
    assert found.keywords_id.value == ("Prediksi Text", "Algoritma Kemiripan Teks", "Pemrosesan Bahasa Alami")
    assert found.keywords_en.value[0] == "Text Prediction"


def test_keywords_in_a_column_of_their_own():
    found = suggestions("1.+Halim+_202-213_.pdf")
    assert found.keywords_en.value == ("Cosine Similarity", "Detection", "Plagiarism", "TF-IDF", "Website")
    assert found.abstract_en.value.endswith("it can be used to detect plagiarism.")


@pytest.mark.parametrize("name", [name for name in TRUE_TITLES if name.startswith("10.21105")])
def test_doi(name):
    assert suggestions(name).doi.value == f"10.21105/jose.{name[14:19]}"


@pytest.mark.parametrize(("name", "language"), [("referensi_terbaru.pdf", "id"), ("tracemonkey.pdf", "en")])
def test_language(name, language):
    assert suggestions(name).language.value == language


def test_squeeze_ignores_case_space_and_signs():
    assert squeeze("Tf-Idf  DAN\nCosine") == squeeze("TF IDF dan cosine")
