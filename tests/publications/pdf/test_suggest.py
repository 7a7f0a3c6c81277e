"""What is suggested from layouts that Indonesian journals, reports and theses use."""

import pytest

from publications.pdf.codes import Code
from publications.pdf.language import language_of
from publications.pdf.people import Name, find_authors, names_of, parse_name
from publications.pdf.reader import read_pdf
from publications.pdf.reading import PdfReading
from publications.pdf.suggest import Suggestions, suggest
from publications.pdf.titles import plausible
from tests.publications.pdf import papers, samples


@pytest.fixture(scope="module")
def suggested(tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers")
    return {
        name: suggest(read_pdf(samples.paper(getattr(papers, name), folder, f"{name}.pdf")))
        for name in ("TWO_COLUMNS", "ONE_BLOCK", "MASTHEAD", "THESIS")
    }


def test_titles_in_both_languages(suggested):
    found = suggested["TWO_COLUMNS"]
    assert found.title_id.value == ("PERAWATAN BERBASIS KELUARGA BAGI LANJUT USIA TERLANTAR DI PERDESAAN JAWA TENGAH")
    assert found.title_en.value == "Family-Based Care for Neglected Older People in Rural Central Java"
    assert found.title == found.title_id and found.title.page == 1


def test_titles_in_one_block_are_parted(suggested):
    found = suggested["ONE_BLOCK"]
    assert found.title_id.value == "Peran Pekerja Sosial dalam Rehabilitasi Penyandang Disabilitas di Kota Bandung"
    assert found.title_en.value == (
        "The Role of Social Workers in the Rehabilitation of Persons with Disabilities in Bandung"
    )


def test_name_of_the_journal_is_not_the_title(suggested):
    assert suggested["MASTHEAD"].title.value == (
        "Ketahanan Keluarga Penerima Manfaat Program Keluarga Harapan: Studi Kasus di Kabupaten Sleman"
    )


def test_cover_gives_title_and_author_and_second_page_the_abstract(suggested):
    found = suggested["THESIS"]
    assert found.title.value == "PENGARUH BANTUAN SOSIAL TERHADAP KESEJAHTERAAN KELUARGA MISKIN DI KOTA PALU"
    assert found.authors.value == (Name("Nurhayati", "Lamakarate"),)
    assert (found.title.page, found.abstract_id.page) == (1, 2)


def test_authors_in_order_without_degrees_and_marks(suggested):
    assert suggested["TWO_COLUMNS"].authors.value == (
        Name("Siti", "Rahmawati"),
        Name("", "Sukarno"),
        Name("I Made", "Suardhana"),
    )
    assert suggested["ONE_BLOCK"].authors.value == (Name("", "Suryani"), Name("Muhammad", "bin Abdullah"))
    assert suggested["MASTHEAD"].authors.value == (Name("Tri", "Hastutiningrum"), Name("Endah Sri", "Palupiningtyas"))


@pytest.mark.parametrize("name", ["TWO_COLUMNS", "ONE_BLOCK", "MASTHEAD", "THESIS"])
def test_abstract_begins_and_ends_where_it_should(suggested, name):
    assert suggested[name].abstract_id.value == papers.ABSTRAK


def test_english_abstract_and_keywords(suggested):
    found = suggested["TWO_COLUMNS"]
    assert found.abstract_en.value == papers.ABSTRACT
    assert found.keywords_id.value == ("lanjut usia", "perawatan keluarga", "keterlantaran", "Jawa Tengah")
    assert found.keywords_en.value == ("older people", "family care", "neglect", "Central Java")
    assert suggested["MASTHEAD"].keywords_id.value == ("keluarga", "bantuan sosial", "ketahanan")


def test_doi_of_the_paper_and_not_of_one_it_cites(suggested):
    assert suggested["TWO_COLUMNS"].doi.value == "10.5555/contoh.v12i2.101"
    assert suggested["THESIS"].doi is None


def test_language(suggested):
    assert {found.language.value for found in suggested.values()} == {"id"}


@pytest.mark.parametrize(
    "data",
    [samples.page(), samples.picture_page(), samples.page(samples.stream(b" ")), b"no pdf", samples.pages(12)],
)
def test_nothing_to_suggest_is_no_error(tmp_path, data):
    file = tmp_path / "file.pdf"
    file.write_bytes(data)
    found = suggest(read_pdf(file))
    assert found.authors is None and found.doi is None and found.abstract_id is None


def test_refused_file_suggests_nothing():
    assert suggest(PdfReading(error=Code.NEEDS_PASSWORD)) == Suggestions()


@pytest.mark.parametrize(
    ("text", "given", "family"),
    [
        ("Sukarno", "", "Sukarno"),
        ("Siti Rahmawati", "Siti", "Rahmawati"),
        (["Prof. Dr. H. Ahmad Fauzi", " M.Ag."][0], "Ahmad", "Fauzi"),
        ("Drs. Bambang Wicaksana M.Si", "Bambang", "Wicaksana"),
        ("Zachary del Rosario", "Zachary", "del Rosario"),
        ("Muhammad bin Abdullah", "Muhammad", "bin Abdullah"),
        ("A. N. Villano", "A. N.", "Villano"),
        ("NI KETUT AYU PRABHASARI", "NI Ketut Ayu", "Prabhasari"),
        ("Ma'ruf Al-Hakim", "Ma'ruf", "Al-Hakim"),
        ("Dr Maria Goreti Ngadhu", "Maria Goreti", "Ngadhu"),
    ],
)
def test_one_name(text, given, family):
    found = parse_name(text)
    assert (found.given_name.casefold(), found.family_name.casefold()) == (given.casefold(), family.casefold())


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Jimmy Halim1)*, Desiyanna Lasut2)", ["Jimmy Halim", "Desiyanna Lasut"]),
        ("Bariroh Nur Aini[1], Yan Syaifudin [3]", ["Bariroh Nur Aini", "Yan Syaifudin"]),
        ("Anisah, S.Kom., M.Sc., ITILF., Siti Aminah, S.ST., M.P.S.Sp.", ["Anisah", "Siti Aminah"]),
        ("SAID ADI, BUDI, SITI DEWI, MSi", ["Said Adi", "Budi", "Siti Dewi"]),
        ("Andi Said, M.Si, MA", ["Andi Said"]),
        ("DEA, SE, MM", ["Dea"]),
        ("Budi Santoso S.Sos., M.Kesos & Ani Yudhoyono, Ph.D", ["Budi Santoso", "Ani Yudhoyono"]),
        ("Suharto dan Wagiman", ["Suharto", "Wagiman"]),
        ("Dr. Rina Kurnia, S.H., M.H.; Dewi, SKM, MPH", ["Rina Kurnia", "Dewi"]),
        ("Table 1 shows that", []),
        ("January 3, 2024", []),
    ],
)
def test_names_of_a_line(line, names):
    assert [str(name).casefold() for name in names_of(line)] == [name.casefold() for name in names]


def test_authors_stop_at_the_address():
    lines = [("Siti Rahmawati1, Sukarno2", 11.0), ("1 Sentra Terpadu", 9.0), ("Bandung", 9.0), ("Ani", 11.0)]
    assert [str(name) for name in find_authors(lines)] == ["Siti Rahmawati", "Sukarno"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Peran pekerja sosial dalam rehabilitasi anak", "id"),
        ("The role of social workers in the rehabilitation of children", "en"),
        ("Tracemonkey", ""),
        ("", ""),
    ],
)
def test_language_by_small_words(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["Microsoft Word - skripsi.docx", "untitled", "11.11", "Adobe Photoshop PDF", ""])
def test_properties_that_are_no_title(text):
    assert not plausible(text)
