"""The search page: everything in the address, counts that are right, the same number of queries whatever is found."""

import datetime
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from publications.models import Output, Page
from search import synonyms
from search.index import reading
from search.query.parameters import PARAMETERS
from tests.factories.publications import make_output

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies", "storage")]

Index = Callable[[], None]
Tree = Any


@pytest.fixture
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def opened(address: str, client: Client | None = None) -> Tree:
    response = (client or Client()).get(address)
    assert response.status_code == 200, response.status_code
    return html.fromstring(response.content)


def titles(tree: Tree) -> list[str]:
    return [title.text_content() for title in tree.xpath("//*[@class='hit-title']/a")]


def counts(tree: Tree, facet: str) -> dict[str, int]:
    """What stands beside each value of a facet."""
    boxes = tree.xpath(f"//input[@type='checkbox' and @name='{facet}']")
    return {box.get("value"): int(box.getparent().xpath("string(*[@class='count'])")) for box in boxes}


def of(title: str, year: int = 2014, **data: Any) -> Output:
    texts = {"title_id": title, "title_en": "", "abstract_id": "Isi.", "abstract_en": ""}
    return make_output(**(texts | {"date": datetime.date(year, 5, 1)} | data))


@pytest.fixture
def four(index: Index) -> None:
    of("Rumah singgah A", 2018, pmks=["PMKS-08"], provinces=["ID-JT"])
    of("Rumah singgah B", 2020, pmks=["PMKS-04"], provinces=["ID-AC"], type="c_18ws", access="restricted")
    of("Rumah singgah C", 2020, pmks=["PMKS-08", "PMKS-04"], provinces=["ID-JT"], language="en", methods=[])
    of("Panti D", 2022, pmks=["PMKS-08"], provinces=["ID-BA"])
    index()


# --- the address -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_all_that_was_asked_is_in_the_form_again(four: None, prefix: str) -> None:
    tree = opened(f"{prefix}/cari/?q=rumah&pmks=lanjut-usia-terlantar&provinsi=jawa-tengah&dari=2015&urut=terlama")
    assert sorted(titles(tree)) == ["Rumah singgah A", "Rumah singgah C"]
    assert tree.xpath("//form[@id='cari']//input[@name='q']")[0].get("value") == "rumah"
    assert tree.xpath("//input[@checked]/@value") == ["lanjut-usia-terlantar", "jawa-tengah"]
    assert tree.xpath("//input[@name='dari']")[0].get("value") == "2015"
    assert tree.xpath("//select[@name='urut']/option[@selected]/@value") == ["terlama"]


def test_the_form_needs_no_script(four: None) -> None:
    """Every field outside of it names the form; sent as a browser does, it finds the same."""
    tree = opened("/cari/?q=rumah&tahun=2020")
    form = tree.xpath("//form[@id='cari']")[0]
    assert (form.get("method"), form.get("action")) == ("get", "/cari/")
    outside = tree.xpath("//*[@id='hasil']//*[self::input or self::select or self::button[not(@type)]]")
    assert len(outside) > 10 and {field.get("form") for field in outside} == {"cari"}
    fields = tree.xpath("//input[@name]|//select[@name]")
    sent = [
        (
            field.get("name"),
            field.xpath("string(option[@selected]/@value)") if field.tag == "select" else field.get("value", ""),
        )
        for field in fields
        if field.get("type") != "checkbox" or field.get("checked") is not None
    ]
    response = Client().get("/cari/", sent)
    assert sorted(titles(html.fromstring(response.content))) == ["Rumah singgah B", "Rumah singgah C"]


def test_each_choice_can_be_taken_away(four: None) -> None:
    tree = opened("/cari/?q=rumah&pmks=lanjut-usia-terlantar&pmks=anak-jalanan&dari=2015&sampai=2020&halaman=1")
    links = {
        link.text_content().split("\xd7")[0].strip(): link.get("href")
        for link in tree.xpath("//*[@class='applied']//a")
    }
    assert links["2015–2020"] == "?q=rumah&pmks=anak-jalanan&pmks=lanjut-usia-terlantar"
    assert links["Anak Jalanan"] == "?q=rumah&pmks=lanjut-usia-terlantar&dari=2015&sampai=2020"
    assert "?q=rumah" in links.values()


def test_a_bar_chooses_its_year_alone(four: None) -> None:
    tree = opened("/cari/?q=rumah&dari=2019&provinsi=aceh&provinsi=jawa-tengah")
    links = {link.xpath("string(title)"): link.get("href") for link in tree.xpath("//svg[@class='bars']/a")}
    assert set(links) == {"2018: 1", "2020: 2"}
    assert parse_qsl(urlsplit(links["2018: 1"]).query) == [
        ("q", "rumah"), ("provinsi", "aceh"), ("provinsi", "jawa-tengah"), ("tahun", "2018"),
    ]  # fmt: skip


def test_pages_keep_the_rest_of_the_address(index: Index) -> None:
    for number in range(12):
        of(f"Rumah {number}")
    index()
    tree = opened("/cari/?q=rumah&tahun=2014")
    following = tree.xpath("//a[@rel='next']/@href")[0]
    assert following == "?q=rumah&tahun=2014&halaman=2"
    assert len(titles(tree)) == 10 and len(titles(opened(f"/cari/{following}"))) == 2
    late = opened("/cari/?q=rumah&halaman=99")
    assert len(titles(late)) == 2 and "99" in late.text_content()


def test_search_engines_get_the_empty_page_alone(four: None) -> None:
    assert not opened("/cari/").xpath("//meta[@name='robots']")
    tree = opened("/cari/?q=rumah&tahun=2020")
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]
    assert tree.xpath("//link[@rel='canonical']/@href") == ["http://testserver/cari/"]
    assert tree.xpath("//a[@hreflang='en' and contains(@class, 'language')]/@href") == ["/en/cari/?q=rumah&tahun=2020"]


# --- facets ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["", "q=rumah", "pmks=lanjut-usia-terlantar", "pmks=lanjut-usia-terlantar&provinsi=jawa-tengah",
     "q=rumah&tahun=2020&akses=open&akses=restricted", "jenis=laporan-penelitian&pmks=anak-jalanan"],
)  # fmt: skip
def test_a_count_is_what_choosing_the_value_gives(four: None, query: str) -> None:
    """With everything else as it is; beside other values of the same facet, it is the value's own share."""
    tree = opened(f"/cari/?{query}")
    seen = 0
    for facet in ("pmks", "provinsi", "jenis", "akses", "bahasa", "klaster", "metode", "tahun"):
        others = "&".join(pair for pair in query.split("&") if not pair.startswith(f"{facet}="))
        for value, count in counts(tree, facet).items():
            alone = opened(f"/cari/?{others}&{facet}={value}")
            assert len(titles(alone)) == count, (facet, value)
            seen += 1
    assert seen > 8


def test_long_facets_show_the_ten_with_most_hits_first(index: Index) -> None:
    from taxonomy.models import Pmks

    codes = list(Pmks.objects.active().values_list("code", flat=True))
    for code in codes[:14]:
        of(f"Rumah {code}", pmks=[code])
    of("Rumah lagi", pmks=[codes[13]])
    index()
    tree = opened("/cari/")
    shown = tree.xpath("//details[@data-facet='pmks']/ul//input/@value")
    assert len(shown) == 10 and shown[0] == Pmks.objects.get(code=codes[13]).slug
    assert len(tree.xpath("//details[@data-facet='pmks-more']//input")) == 4
    last = tree.xpath("//details[@data-facet='pmks-more']//input/@value")[-1]
    assert opened(f"/cari/?pmks={last}").xpath("//details[@data-facet='pmks']/ul//input/@value")[0] == last


# --- hits ------------------------------------------------------------------------------------------------------------


def test_hits_are_marked_and_lead_to_their_page(index: Index) -> None:
    output = of("Perawatan di <b>rumah</b> & desa", abstract_id="Kunjungan mingguan.")
    file = output.current.files.get()  # type: ignore[union-attr]
    Page.objects.create(blob=file.blob, number=1, text="Pendahuluan.")
    Page.objects.create(blob=file.blob, number=2, text="Pendamping menghitung bekal kerinduan di desa.")
    index()
    tree = opened("/cari/?q=bekal+kerinduan")
    title = tree.xpath("//*[@class='hit-title']/a")[0]
    assert title.text_content() == "Perawatan di <b>rumah</b> & desa"
    assert tree.xpath("//*[@class='hit-snippet']//mark/text()") == ["bekal kerinduan"]
    link = tree.xpath("//a[@class='hit-page']")[0]
    assert link.get("href") == f"/publikasi/{output.public_id}/makalah.pdf#page=2"
    assert link.text_content().startswith("buka hal. 2")
    marked = opened("/cari/?q=rumah").xpath("//*[@class='hit-title']/a/mark/text()")
    assert marked == ["rumah"]


def test_pages_of_closed_files_are_not_offered(index: Index) -> None:
    output = of("Perawatan rumah", access="restricted")
    Page.objects.create(blob=output.current.files.get().blob, number=1, text="Rumah kerinduan.")  # type: ignore[union-attr]
    index()
    tree = opened("/cari/?q=rumah")
    assert titles(tree) == ["Perawatan rumah"] and not tree.xpath("//a[@class='hit-page']")
    assert not titles(opened("/cari/?q=kerinduan"))


def test_nothing_found_says_what_to_try(four: None) -> None:
    tree = opened("/cari/?q=rumah&provinsi=bali")
    ways = {link.text_content(): link.get("href") for link in tree.xpath("//*[contains(@class, 'try')]//a")}
    assert ways["Tanpa Bali"] == "?q=rumah" and ways["Tanpa “rumah”"] == "?provinsi=bali"
    assert "/topik/" in ways.values() and "/publikasi/" in ways.values()


def test_a_misspelt_word_is_corrected(four: None) -> None:
    tree = opened("/en/cari/?q=singgahh&tahun=2020")
    link = tree.xpath("//*[@class='did-you-mean']/a")[0]
    assert (link.text_content(), link.get("href")) == ("singgah", "?q=singgah&tahun=2020")


def test_what_makes_no_sense_is_told(four: None) -> None:
    tree = opened("/cari/?q=rumah&pmks=tidak-ada&tahun=abc")
    assert len(titles(tree)) == 3
    told = " ".join(notice.text_content() for notice in tree.xpath("//*[contains(@class, 'notice')]"))
    assert "tidak-ada" in told and "abc" in told


def test_number_of_queries_does_not_depend_on_what_is_found(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(synonyms, "CHECK_EVERY", 1e9)  # else they are looked at once in half a second

    def number() -> int:
        with CaptureQueriesContext(connection) as queries:
            opened("/cari/?q=rumah&tahun=2014")
        return len(queries)

    of("Rumah 1")
    index()
    number()
    one = number()
    for title in range(9):
        of(f"Rumah {title}", contributors=[{"family_name": "Ani"}, {"family_name": "Budi"}], pmks=["PMKS-04"])
    index()
    number()
    assert number() == one <= 9  # inside a test's transaction nothing is kept between requests


# --- malformed addresses ---------------------------------------------------------------------------------------------

NAMES = [*PARAMETERS, "q", "dari", "sampai", "urut", "halaman"]
VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["0", "-1", "1e9", "9" * 30, "\0", "٢٠٢٠", "2020", "lanjut-usia-terlantar", "open", '"', "-", "OR", "judul:",
         "tahun:2020..", "%", "(" * 50, "a" * 700, "cocok", "dibaca"]
    ),
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=6))
def test_no_address_breaks_it(four: None, pairs: list[tuple[str, str]]) -> None:
    query: dict[str, list[str]] = {}
    for name, value in pairs:
        query.setdefault(name, []).append(value.encode("utf-8", "ignore").decode())
    for address in ("/cari/", "/cari/ekspor/csv"):
        response = Client().get(address, query)
        assert response.status_code == 200
        if response.streaming:
            b"".join(response)
    for address in ("/publikasi/", "/topik/lanjut-usia-terlantar/"):
        assert Client().get(address, query).status_code in (200, 404)  # 404: no such page of the plain list


# --- without an index ------------------------------------------------------------------------------------------------


def test_without_an_index_it_says_so_and_leads_elsewhere() -> None:
    of("Rumah singgah")
    for prefix in ("", "/en"):
        response = Client().get(f"{prefix}/cari/?q=rumah+singgah")
        assert response.status_code == 503 and int(response["Retry-After"]) > 0
        text = response.content.decode()
        assert f'href="{prefix}/publikasi/?q=rumah%20singgah"' in text and f'href="{prefix}/topik/"' in text


def test_a_damaged_index_is_no_error(four: None) -> None:
    from search.index import place

    current = place.current()
    assert current is not None
    for file in current.outputs.iterdir():
        if file.name != "meta.json":
            file.write_bytes(b"\0" * 100)
    reading.forget()
    assert Client().get("/cari/?q=rumah").status_code == 503
    assert Client().get("/publikasi/?q=rumah").status_code == 200
    assert Client().get("/topik/lanjut-usia-terlantar/?q=rumah").status_code == 200
