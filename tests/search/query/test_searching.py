"""Searches over a real index of outputs that the site's own actions published."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from publications.models import Identifier, Page
from publications.queries.generation import content_generation
from search import synonyms
from search.index.reading import IndexNotReady
from search.loading import load_synonyms
from search.query import running
from search.query.related import related_outputs
from search.query.request import SearchRequest
from search.query.results import Pieces, Result
from search.query.vocabulary import vocabulary
from taxonomy import umbrella
from taxonomy.models import Pmks
from tests.factories.accounts import make_person
from tests.factories.publications import make_output, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
TODAY = datetime.date(2026, 11, 24)
GENERATION = 1 << 60  # while a test's own transaction is open there is none
Index = Callable[[], None]
_DEFAULTS: dict[str, Any] = {
    "title_en": "", "abstract_id": "Isi.", "abstract_en": "", "keywords_id": [], "keywords_en": [],
    "container_title": "", "publisher": "",
}  # fmt: skip


def published(title: str, **fields: Any) -> Any:
    return make_output(**(_DEFAULTS | {"title_id": title} | fields))


def read(query: str, **fields: Any) -> SearchRequest:
    return SearchRequest.from_querydict(QueryDict(query), vocabulary(content_generation()), **fields)


def search(query: str, **fields: Any) -> Result:
    return running.search(read(query, **fields), TODAY, content_generation())


def titles(result: Result) -> list[str]:
    return [hit.row.version.title for hit in result.hits]


def text(pieces: Pieces) -> str:
    return "".join(f"<{piece.text}>" if piece.is_hit else piece.text for piece in pieces)


@pytest.fixture
def thesaurus(db: Any) -> None:
    load_synonyms()


def counts(result: Result, name: str) -> dict[str, int | None]:
    return {option.value: option.count for option in result.facets[name].options}


def test_without_an_index_it_says_so(index: Index) -> None:
    with pytest.raises(IndexNotReady):
        search("q=lansia")


def test_the_whole_title_comes_first_however_it_is_written(index: Index) -> None:
    published("Peran keluarga: sebuah kajian peran keluarga, peran keluarga")
    published("Peran keluarga")
    published('Ma’arif & peran keluarga -- "tanpa" OR -panti')
    index()
    assert titles(search("q=PERAN+kelúarga!"))[0] == "Peran keluarga"
    assert titles(search("q=maarif+peran+keluarga+tanpa+or+-panti"))[0].startswith("Ma’arif")


def test_title_before_abstract_before_text_and_words_before_synonyms(index: Index, thesaurus: None) -> None:
    published("Satu", abstract_id="Layanan gelandangan di kota.")
    published("Layanan gelandangan")
    published("Layanan tunawisma")
    index()
    assert titles(search("q=gelandangan")) == ["Layanan gelandangan", "Layanan tunawisma", "Satu"]


def test_the_newest_of_equals_comes_first(index: Index) -> None:
    for year in (2011, 2015, 2013):
        published("Panti", date=datetime.date(year, 1, 1))
    index()
    assert [hit.row.output.year for hit in search("q=panti").hits] == [2015, 2013, 2011]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('q="rumah+singgah"', ["Rumah singgah"]),
        ("q=rumah+-tua", ["Rumah singgah"]),
        ("q=panti+OR+asrama", ["Asrama", "Panti"]),
        ("q=judul:panti", ["Panti"]),
        ("q=penulis:rahmawati+panti", ["Panti"]),
        ('q=penulis:"Rahmawati+Siti"', ["Panti"]),
        ("q=tahun:2001..2005", ["Asrama"]),
        ("q=yang", ["Yang tersisa"]),
        ("q=10.5555/a.b", ["Yang tersisa"]),
        ("q=singgah&urut=judul", ["Rumah singgah", "Singgah di rumah tua"]),
    ],
)
def test_the_query_language(index: Index, query: str, expected: list[str]) -> None:
    nobody: dict[str, Any] = {"contributors": [{"family_name": "Lain"}]}
    published("Rumah singgah", **nobody)
    published("Singgah di rumah tua", **nobody)
    published("Panti", contributors=[{"given_name": "Siti", "family_name": "Rahmawati"}])
    published("Asrama", date=datetime.date(2003, 1, 1), **nobody)
    last = published("Yang tersisa", **nobody)
    Identifier.objects.create(version=last.current, scheme="doi", value="10.5555/a.b")
    index()
    assert sorted(titles(search(query))) == expected


def test_a_facet_is_not_narrowed_by_its_own_selection(index: Index) -> None:
    published("Satu", pmks=["PMKS-08"], provinces=["ID-JT"])
    published("Dua", pmks=["PMKS-08"], provinces=["ID-BA"])
    published("Tiga", pmks=["PMKS-11"], provinces=["ID-BA"])
    index()
    result = search("pmks=gelandangan&provinsi=bali")
    assert titles(result) == ["Tiga"] and result.total == 1
    assert counts(result, "pmks") == {"lanjut-usia-terlantar": 1, "gelandangan": 1}
    assert counts(result, "provinsi") == {"bali": 1}
    assert [option.value for option in result.facets["pmks"].chosen] == ["gelandangan"]
    both = search("pmks=gelandangan&pmks=lanjut-usia-terlantar&provinsi=bali")
    assert both.total == 2 and counts(both, "pmks") == counts(result, "pmks")


def test_every_count_is_what_choosing_the_value_gives(index: Index) -> None:
    for number, (kind, province, year) in enumerate(
        (kind, province, year)
        for kind in ("PMKS-08", "PMKS-11") for province in ("ID-JT", "ID-BA") for year in (2014, 2016, 2016)
    ):  # fmt: skip
        published(f"Kajian {number}", pmks=[kind], provinces=[province], date=datetime.date(year, 1, 1))
    index()
    asked = read("q=kajian&pmks=gelandangan&dari=2015")
    result = running.search(asked, TODAY, content_generation())
    for name in ("provinsi", "klaster", "jenis", "akses", "bahasa", "metode"):
        for value, number in counts(result, name).items():
            assert running.count(asked.with_(chosen=(name, value))) == number
    for value, number in counts(result, "pmks").items():
        assert running.count(asked.without("pmks").with_(chosen=("pmks", value))) == number
    assert [(bar.year, bar.count, bar.is_chosen) for bar in result.years] == [
        (2014, 2, False), (2015, 0, True), (2016, 4, True),
    ]  # fmt: skip


def test_a_page_about_something_narrows_its_counts(index: Index) -> None:
    published("Satu", pmks=["PMKS-08"])
    published("Dua", pmks=["PMKS-11"])
    index()
    result = search("", within=[("pmks", "gelandangan")])
    assert titles(result) == ["Dua"] and counts(result, "pmks") == {"gelandangan": 1}


def test_what_was_withdrawn_does_not_appear_though_the_index_has_it(index: Index) -> None:
    output = published("Panti lama")
    published("Panti baru")
    index()
    withdraw(output)
    assert titles(search("q=panti")) == ["Panti baru"]


def test_a_hit_names_its_page_while_its_file_is_open(index: Index) -> None:
    output = published("Panti", abstract_id="Tidak ada.")
    file = output.current.files.get()
    for number, content in enumerate(("Pendahuluan.", "Di sini kata zamrud\ndibahas. Zamrud.", "Penutup zamrud."), 1):
        Page.objects.create(blob=file.blob, number=number, text=content)
    index()
    (hit,) = search("q=zamrud").hits
    assert hit.page is not None and (hit.page.number, hit.page.file_name) == (2, file.name)
    assert hit.is_from_page and text(hit.snippet) == "Di sini kata <zamrud> dibahas. <Zamrud>."
    type(output.current).objects.filter(pk=output.current.pk).update(access="restricted")
    (hit,) = running.search(read("q=zamrud"), TODAY, None).hits
    assert hit.page is None and "zamrud" not in text(hit.snippet)


def test_marks_and_synonyms(index: Index, thesaurus: None) -> None:
    published("Perawatan lanjut usia", abstract_id="Tentang panti jompo dan lansia.")
    index()
    result = search("q=lansia")
    (hit,) = result.hits
    assert text(hit.title) == "Perawatan <lanjut usia>"
    assert "<lansia>" in text(hit.snippet)
    assert "lanjut usia" in result.synonyms
    assert not {"jompo", "manula", "panti jompo"} & set(result.synonyms)
    assert "elderly" not in result.synonyms, "no output has it"


def test_the_name_of_a_pmks_finds_what_stands_under_it(index: Index, thesaurus: None) -> None:
    named, other = (
        published("Tentang lansia terlantar", pmks=["PMKS-04"]),
        published("Di sebuah desa", pmks=["PMKS-08"]),
    )
    published("Di sebuah kota", pmks=["PMKS-04"])
    index()
    for words in ("lanjut+usia+terlantar", "lansia+terlantar", "neglected+older+person", "lansia+terlantar+-kota"):
        assert other in [hit.row.output for hit in search(f"q={words}").hits], words
    assert [hit.row.output for hit in search("q=lansia+terlantar").hits] == [named, other]
    for words in ("usia", "%22lanjut+usia+terlantar%22", "judul:desa+lansia", "lansia+kota"):
        assert other not in [hit.row.output for hit in search(f"q={words}").hits], words


def test_what_nearly_fits_follows_and_is_not_counted(index: Index) -> None:
    published("Panti dan sekolah")
    published("Panti saja")
    index()
    result = search("q=panti+sekolah")
    assert (titles(result), result.total) == (["Panti dan sekolah"], 1)
    assert [hit.row.version.title for hit in result.nearly] == ["Panti saja"]


def test_when_nothing_has_all_the_words_some_will_do(index: Index) -> None:
    published("Panti saja")
    index()
    result = search("q=panti+gempa")
    assert titles(result) == ["Panti saja"]
    assert [notice.kind for notice in result.notices] == ["widened"]


def test_did_you_mean_keeps_everything_else(index: Index) -> None:
    for number in range(4):
        published(f"Penyandang disabilitas {number}")
    index()
    (kind,) = counts(search(""), "jenis")
    result = search(f"q=judul:disabiltas+-panti&jenis={kind}")
    assert result.did_you_mean is not None
    assert result.did_you_mean.request.words == "judul:disabilitas -panti"
    assert result.did_you_mean.request.values("jenis") == (kind,)
    assert text(result.did_you_mean.pieces) == "judul:<disabilitas> -panti"
    assert result.did_you_mean.total == running.count(result.did_you_mean.request)
    assert search("q=disabilitas").did_you_mean is None
    assert search("q=janda").did_you_mean is None


@pytest.mark.parametrize("typed", ["penyandnag disabilitas", "penyandang disbiltas", "disabilitsa"])
def test_two_wrong_letters_still_find(index: Index, typed: str) -> None:
    published("Penyandang disabilitas")
    for number in range(8):
        published(f"Hal lain {number}")
    index()
    assert "Penyandang disabilitas" in titles(search(f"q={typed}"))[:5]


def test_pages_follow_each_other_and_behind_the_end_is_the_last(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.query.ranking.HEAD", 3)
    monkeypatch.setattr("search.query.running.PAGE_SIZE", 2)
    monkeypatch.setattr("search.query.ranking.BATCH", 4)
    made = {published(f"Panti {'panti ' * (number % 3)}", abstract_id="panti").pk for number in range(9)}
    index()
    for order in ("cocok", "terbaru", "terlama", "judul", "dibaca"):
        asked = read(f"q=panti&urut={order}")
        in_batches = list(running.ids(asked))
        assert set(in_batches) == made and len(in_batches) == len(made)
    result = search("q=panti&halaman=99")
    assert [notice.kind for notice in result.notices] == ["page"]
    assert result.request.page == result.paging.number


def test_the_number_of_statements_does_not_grow(index: Index) -> None:
    numbers = []
    for more in (1, 3):
        for number in range(more):
            output = published(f"Panti {number}", contributors=[{"family_name": f"Orang {number}"}])
            Page.objects.create(blob=output.current.files.get().blob, number=1, text="panti")
        index()
        asked, generation = read("q=panti&urut=terbaru"), GENERATION + more
        vocabulary(generation)
        synonyms.edition()
        with CaptureQueriesContext(connection) as queries:
            assert running.search(asked, TODAY, generation).hits
        numbers.append(len(queries))
    assert numbers == [4, 4]


def test_the_same_question_is_answered_from_memory_until_something_changes(index: Index) -> None:
    published("Panti")
    index()
    asked, generation = read("q=panti"), GENERATION
    first = running.search(asked, TODAY, generation)
    with CaptureQueriesContext(connection) as queries:
        assert running.search(asked, TODAY, generation) is first
    assert len(queries) <= 1  # the number of the synonyms' edition, at most twice a second
    with override("en"):
        assert running.search(asked, TODAY, generation) is not first
    published("Panti kedua")
    index()
    assert running.search(asked, TODAY, GENERATION + 1).total == 2


def test_related_outputs_tell_why(index: Index) -> None:
    person = make_person("Siti Rahmawati")
    by = {"contributors": [{"given_name": "Siti", "family_name": "Rahmawati", "person": person}]}
    other = {"contributors": [{"family_name": "Lain"}]}
    output = published(
        "Perawatan lansia di desa terpencil", pmks=["PMKS-08"], abstract_id="Gunungkidul pramuwreda.", **by
    )
    published("Perpustakaan kota", pmks=["PMKS-08"], **other)
    published("Ekonomi pasar", pmks=["PMKS-11"], **by)
    published(
        "Perawatan lansia di desa terpencil lain", pmks=["PMKS-11"], abstract_id="Gunungkidul pramuwreda.", **other
    )
    gone = published("Perawatan lansia", pmks=["PMKS-08"], **by)
    published("Sepak bola", pmks=["PMKS-11"], **other)
    index()
    withdraw(gone)
    with override("en"):
        found = {one.row.version.title: one.reasons for one in related_outputs(output.current, content_generation())}
    assert found == {
        "Perpustakaan kota": [f"same {umbrella.current()}: {Pmks.objects.get(code='PMKS-08').label_en}"],
        "Ekonomi pasar": ["same author: Siti Rahmawati"],
        "Perawatan lansia di desa terpencil lain": ["similar content"],
    }


def test_without_an_index_nothing_is_related(index: Index) -> None:
    assert related_outputs(published("Panti").current, None) == ()
