"""What is offered while somebody types."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from accounts.models import Person
from publications.models import Output
from search.index import place
from search.loading import load_synonyms
from search.suggesting import gathering
from taxonomy.models import Pmks
from tests.factories.accounts import PASSWORD, make_organisation, make_user
from tests.factories.publications import make_draft, make_output, make_submitted, withdraw
from tests.factories.search import index  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies", "fresh")]

Index = Callable[[], None]


@pytest.fixture
def fresh(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    cache.clear()


def ask(words: str, prefix: str = "", client: Client | None = None) -> dict[str, list[tuple[str, str]]]:
    """The labels of each group, with where they lead."""
    response = (client or Client()).get(f"{prefix}/cari/saran/", {"q": words})
    assert response.status_code == 200
    groups = html.fromstring(response.content).xpath("//*[@role='group']")
    return {
        group.get("aria-label"): [
            (option.xpath("string(.//*[@class='suggestions-label'])"), option.get("href"))
            for option in group.xpath(".//*[@role='option']")
        ]
        for group in groups
    }


def labels(words: str, group: str, prefix: str = "", client: Client | None = None) -> list[str]:
    return [label for label, _address in ask(words, prefix, client).get(group, [])]


# --- titles ----------------------------------------------------------------------------------------------------------


def test_a_title_leads_to_its_page(index: Index) -> None:  # noqa: F811
    output = make_output()
    index()
    title = output.current.title_id
    for words in (
        "perawatan",
        "PERAWATAN ber",
        "perawatan berbasis kel",
        "lanjut perawatan",
        "Perawatàn  berbasis ",
        title,
    ):
        assert ask(words)["Publikasi"] == [(title, f"/publikasi/{output.public_id}/")], words
    assert ask("perawatan", "/en")["Publications"][0][1] == f"/en/publikasi/{output.public_id}/"


def test_only_the_last_word_may_be_cut(index: Index) -> None:  # noqa: F811
    make_output()
    index()
    assert not labels("perawat berbasis", "Publikasi")
    assert not labels("awatan", "Publikasi")


def test_the_title_that_has_the_words_is_shown(index: Index) -> None:  # noqa: F811
    output = make_output()
    index()
    assert labels("family-based", "Publikasi") == [output.current.title_en]
    assert labels("family-based", "Publications", "/en") == [output.current.title_en]
    assert labels("perdesaan", "Publications", "/en") == [output.current.title_id]


def test_titles_that_begin_so_come_first(index: Index) -> None:  # noqa: F811
    begins = make_output(title_id="Dukungan keluarga bagi lansia", title_en="")
    make_output(title_id="Peran dukungan keluarga", title_en="")
    index()
    assert labels("dukungan kel", "Publikasi") == [begins.current.title_id, "Peran dukungan keluarga"]


# --- people and organisations ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["siti rah", "SITI", "rahmawati s", "Rahm", "sítí rahmawati"])
def test_people_by_any_of_their_names(index: Index, words: str) -> None:  # noqa: F811
    make_output()
    index()
    person = Person.objects.get(family_name="Rahmawati")
    assert ask(words)["Orang"] == [("Siti Rahmawati", f"/penulis/{person.pk}/")]


def test_people_with_names_left_out_between(index: Index) -> None:  # noqa: F811
    make_output()
    index()
    assert labels("maria lel", "Orang") == ["Maria Goreti Lelang"]
    assert not labels("maria rahma", "Orang")


def test_short_names_are_whole_words(index: Index) -> None:  # noqa: F811
    make_output(contributors=[{"given_name": "Li", "family_name": "Wijaya"}, {"family_name": "Lina"}])
    index()
    assert labels("li", "Orang") == ["Li Wijaya"]
    assert labels("lin", "Orang") == ["Lina"]


def test_who_has_published_more_comes_first(index: Index) -> None:  # noqa: F811
    make_output(contributors=[{"given_name": "Sari", "family_name": "Satu"}])
    for number in (1, 2):
        make_output(title_id=f"Kajian {number}", contributors=[{"given_name": "Sari", "family_name": "Dua"}])
    index()
    assert labels("sari", "Orang") == ["Sari Dua", "Sari Satu"]
    assert "2 publikasi" in Client().get("/cari/saran/", {"q": "sari dua"}).content.decode()


def test_organisations_by_name_english_name_and_acronym(index: Index) -> None:  # noqa: F811
    university = make_organisation("Universitas Melati", name_en="Jasmine University", acronym="UM")
    make_output(contributors=[{"family_name": "Sukarno", "affiliation": university}])
    index()
    address = f"/lembaga/{university.pk}/"
    for words in ("universitas mel", "melati", "um", "UM", "jasmine"):
        assert ask(words)["Lembaga"] == [("Universitas Melati", address)], words
    assert ask("melati", "/en")["Organisations"] == [("Jasmine University", f"/en{address}")]


# --- topics ----------------------------------------------------------------------------------------------------------

OLDER = ("Lanjut Usia Terlantar", "/topik/lanjut-usia-terlantar/")


@pytest.mark.parametrize("words", ["lanjut us", "lansia", "LANSIA terl", "jompo", "elderly", "neglected older", "LUT"])
def test_topics_by_all_their_names(index: Index, words: str) -> None:  # noqa: F811
    load_synonyms()
    index()
    assert OLDER in ask(words)["Topik"]


def test_topics_by_abbreviation_and_former_name(index: Index) -> None:  # noqa: F811
    load_synonyms()
    index()
    assert set(labels("gepeng", "Topik")) == {"Gelandangan", "Pengemis"}
    assert "Orang dengan HIV/AIDS" in labels("odha", "Topik")
    assert "Orang dengan HIV/AIDS" in labels("hiv/ai", "Topik")
    assert labels("anak nakal", "Topik") == ["Anak yang Berhadapan dengan Hukum"]
    assert labels("penyandang cac", "Topik") == ["Penyandang Disabilitas"]


def test_topics_with_more_publications_come_first(index: Index) -> None:  # noqa: F811
    make_output(pmks=["PMKS-04"])
    index()
    assert labels("anak", "Topik")[:2] == ["Anak Jalanan", "Anak Balita Terlantar"]


def test_outdated_names_are_not_shown(index: Index) -> None:  # noqa: F811
    load_synonyms()
    index()
    body = Client().get("/cari/saran/", {"q": "jompo"}).content.decode()
    assert "jompo" not in body
    assert "lansia" in Client().get("/cari/saran/", {"q": "lansia"}).content.decode()


def test_ambiguous_abbreviations_only_in_capitals(index: Index) -> None:  # noqa: F811
    index()
    assert "Anak Terlantar" in labels("AT", "Topik")
    assert "Anak Terlantar" not in labels("at", "Topik")


def test_an_edit_of_a_topic_shows_at_once(index: Index) -> None:  # noqa: F811
    index()
    assert labels("pemulung", "Topik") == ["Pemulung"]
    Pmks.objects.filter(slug="pemulung").update(label_id="Pemulung sampah")
    assert labels("pemulung", "Topik") == ["Pemulung sampah"]


def test_a_retired_topic_leads_to_its_successor(index: Index) -> None:  # noqa: F811
    successor = Pmks.objects.get(slug="gelandangan")
    Pmks.objects.filter(slug="pemulung").update(retired_on="2026-01-01", replaced_by=successor)
    index()
    assert ask("pemulung")["Topik"] == [("Gelandangan", "/topik/gelandangan/")]


def test_in_english(index: Index) -> None:  # noqa: F811
    index()
    assert ask("homeless", "/en")["Topics"] == [("Homeless person", "/en/topik/gelandangan/")]


# --- how many --------------------------------------------------------------------------------------------------------


def test_at_most_eight_of_all_kinds(index: Index) -> None:  # noqa: F811
    for number in range(9):
        make_output(
            title_id=f"Anak jalanan {number}",
            title_en="",
            contributors=[
                {
                    "given_name": "Anak",
                    "family_name": f"Agung {'ABCDEFGHI'[number]}",
                    "affiliation": make_organisation(f"Anak Bangsa {number}"),
                }
            ],
        )
    index()
    numbers = {group: len(found) for group, found in ask("anak").items()}
    assert numbers == {"Topik": 2, "Publikasi": 3, "Orang": 2, "Lembaga": 1}
    assert len(labels("jalanan", "Publikasi")) == gathering.MOST - 1


def test_number_of_queries_is_constant(index: Index) -> None:  # noqa: F811
    for number in range(5):
        make_output(
            title_id=f"Anak jalanan {number}", contributors=[{"given_name": "Anak", "family_name": str(number)}]
        )
    index()
    ask("anak")
    with CaptureQueriesContext(connection) as queries:
        ask("anak j")
    assert len(queries) <= 5, [query["sql"] for query in queries]


# --- what is not public ----------------------------------------------------------------------------------------------


def test_nothing_of_drafts_and_what_was_submitted(index: Index) -> None:  # noqa: F811
    for make in (make_draft, make_submitted):
        make(title_id="Zirkonium rahasia", contributors=[{"given_name": "Zubaidah", "family_name": "Tersembunyi"}])
    index()
    for words in ("zirkonium", "zubaidah", "tersembunyi"):
        assert ask(words) == {}


def test_withdrawn_is_gone_before_the_index_knows_and_after(index: Index) -> None:  # noqa: F811
    institute = make_organisation("Zaitun Institut")
    people = [{"given_name": "Zubaidah", "family_name": "Hilang", "affiliation": institute}]
    output = make_output(title_id="Zirkonium ditarik", title_en="", contributors=people)
    make_output(title_id="Tetap ada", title_en="")
    index()
    asked = {"zirkonium": "Publikasi", "zubaidah": "Orang", "zaitun": "Lembaga"}
    assert all(labels(words, group) for words, group in asked.items())
    withdraw(output)
    assert all(ask(words) == {} for words in asked)
    index()
    assert all(ask(words) == {} for words in asked)


def test_metadata_of_embargoed_and_restricted_outputs_only(index: Index) -> None:  # noqa: F811
    output = make_output(title_id="Kajian terbatas", title_en="", access="restricted")
    assert Output.objects.public().filter(pk=output.pk).exists()
    index()
    assert labels("kajian terb", "Publikasi") == ["Kajian terbatas"]


def test_merged_people_are_one(index: Index) -> None:  # noqa: F811
    make_output(contributors=[{"given_name": "Rina", "family_name": "Wati"}])
    kept = Person.objects.create(given_name="Rina", family_name="Wulandari")
    Person.objects.filter(family_name="Wati").update(merged_into=kept)
    index()
    assert labels("rina", "Orang") == ["Rina Wulandari"]


# --- as it is asked --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "", " ", "a", "\0", "\0\0ab", "..", "*", "(.*)+", "[a-", "\\", '"', "a" * 5000, "anak " * 900, "😀😀", "ß", "ﬁ",
        "<script>alert(1)</script>", "' OR 1=1 --", "\ud800", "é" * 400, "م ر", "日本", "a\tb\t1", "siti\t", "%",
        "½", "{}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_anything_may_be_typed(index: Index, words: str, prefix: str) -> None:  # noqa: F811
    make_output()
    index()
    path = f"{prefix}/cari/saran/?q=" + re.sub(r"[^a-z]", _quoted, words)
    body = Client().get(path)
    assert body.status_code == 200
    assert b"<script" not in body.content


def _quoted(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def test_bytes_that_are_no_text(index: Index) -> None:  # noqa: F811
    index()
    assert Client().get("/cari/saran/?q=%ff%fe&q=%00").status_code == 200
    assert Client().get("/cari/saran/").status_code == 200
    assert Client().post("/cari/saran/", {"q": "anak"}).status_code == 405


def test_names_are_escaped(index: Index) -> None:  # noqa: F811
    make_output(title_id="Kajian <b>tebal</b> & lain", title_en="")
    index()
    body = Client().get("/cari/saran/", {"q": "kajian"}).content.decode()
    assert "Kajian &lt;b&gt;tebal&lt;/b&gt; &amp; lain" in body


def test_without_an_index_there_is_nothing_and_no_noise(index: Index) -> None:  # noqa: F811
    response = Client().get("/cari/saran/", {"q": "anak"})
    assert (response.status_code, response.content, response["Cache-Control"]) == (204, b"", "no-store")
    index()
    assert ask("anak")


def test_a_damaged_index_is_as_none(index: Index) -> None:  # noqa: F811
    make_output()
    index()
    found = place.current()
    assert found is not None
    found.damage.write_text("torn")
    from search.index import reading

    reading.forget()
    assert Client().get("/cari/saran/", {"q": "anak"}).status_code == 204


def test_readers_are_told_how_many(index: Index) -> None:  # noqa: F811
    index()
    messages = [
        html.fromstring(Client().get(f"{prefix}/cari/saran/", {"q": words}).content).get("data-message")
        for prefix, words in (("", "pemulung"), ("/en", "waste"), ("/en", "xyzzy"))
    ]
    assert messages == [
        "1 saran; gunakan tombol panah atas dan bawah.",
        "1 suggestion; use the up and down arrow keys.",
        "No suggestions.",
    ]


@pytest.mark.django_db(transaction=True)
def test_kept_for_anonymous_readers_until_the_index_changes(index: Index) -> None:  # noqa: F811
    make_output(title_id="Kajian pertama", title_en="")
    index()
    client = Client()
    first = client.get("/cari/saran/", {"q": "kajian"})
    with CaptureQueriesContext(connection) as queries:
        second = client.get("/cari/saran/", {"q": "kajian"})
    assert len(queries) <= 2 and second.content == first.content
    again = client.get("/cari/saran/", {"q": "kajian"}, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    make_output(title_id="Kajian kedua", title_en="")
    assert labels("kajian", "Publikasi") == ["Kajian pertama"]  # kept again, at the new content and the old index
    index()
    assert set(labels("kajian", "Publikasi")) == {"Kajian pertama", "Kajian kedua"}


def test_who_is_signed_in_gets_the_same(index: Index) -> None:  # noqa: F811
    make_user("siti@example.org")
    make_output()
    index()
    client = Client()
    assert client.login(email="siti@example.org", password=PASSWORD)
    assert ask("perawatan", client=client) == ask("perawatan")
