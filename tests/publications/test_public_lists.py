"""The lists of public outputs: filters, order, pages, and nothing that is not public."""

import datetime
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from publications.models import Output
from publications.queries.lists import NEWEST
from publications.queries.paging import Paging, ids_on_page, page_number
from tests.factories.publications import make_draft, make_output, make_submitted, make_version, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def shown(client: Client, address: str) -> list[str]:
    """Titles in the order of the page."""
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return [row.version.title_id for row in response.context["page"].rows]


def of_year(year: int, **data: Any) -> Output:
    return make_output(date=datetime.date(year, 5, 1), title_id=data.pop("title_id", f"Karya {year}"), **data)


LISTS = ["/publikasi/", "/publikasi/tahun/2014/", "/publikasi/jenis/{type}/", "/topik/lanjut-usia-terlantar/"]


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("address", LISTS)
def test_lists_show_what_is_public_and_nothing_else(client: Client, address: str, prefix: str) -> None:
    visible = make_output(title_id="Terbit")
    make_output(title_id="Embargo", access="embargoed", embargo_until=datetime.date(2999, 1, 1))
    make_output(title_id="Terbatas", access="restricted")
    make_draft(title_id="Rancangan")
    make_submitted(title_id="Diajukan")
    withdraw(make_output(title_id="Ditarik"))
    assert visible.type
    titles = shown(client, prefix + address.format(type=visible.type.slug))
    assert sorted(titles) == ["Embargo", "Terbatas", "Terbit"]


@pytest.mark.parametrize("address", LISTS)
def test_number_of_queries_is_the_same_for_one_and_for_three(
    client: Client, django_assert_num_queries: Any, address: str
) -> None:
    first = make_output()
    assert first.type
    address = address.format(type=first.type.slug)
    client.get(address)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(2):
        make_output(title_id=f"Lagi {number}", contributors=[{"family_name": "Ani"}, {"family_name": "Budi"}])
    with django_assert_num_queries(len(one)):
        client.get(address)
    # Without what is kept between changes: tests run inside one transaction. A topic has besides the list its message,
    # its findings, what follows from them, and the terms by which they are counted.
    assert len(one) <= (26 if address.startswith("/topik/") else 18)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("jenis=laporan-penelitian", ["B"]),
        ("tahun=2020", ["B"]),
        ("tahun=2020&tahun=2022", ["C", "B"]),
        ("pmks=anak-jalanan", ["C"]),
        ("pmks=anak-jalanan&pmks=lanjut-usia-terlantar", ["C", "B", "A"]),
        ("provinsi=aceh", ["B"]),
        ("bahasa=en", ["C"]),
        ("akses=restricted", ["B"]),
        ("akses=open&akses=restricted", ["C", "B", "A"]),
        ("q=posyandu", ["A"]),
        ("q=sukarno", ["C", "B", "A"]),
        ("q=posyandu+OR+gampong", ["B", "A"]),
        ('q="lansia+posyandu"', ["A"]),
        ("q=-posyandu", ["C", "B"]),
        ("tahun=2020&provinsi=aceh&q=gampong", ["B"]),
        ("tahun=2020&provinsi=bali", []),
        ("urut=terlama", ["A", "B", "C"]),
        ("urut=judul", ["A", "B", "C"]),
        ("urut=entah", ["C", "B", "A"]),
    ],
)
def test_filters_and_orders(client: Client, query: str, titles: list[str]) -> None:
    of_year(2018, title_id="A", abstract_id="Lansia posyandu.")
    of_year(2020, title_id="B", type="c_18ws", provinces=["ID-AC"], access="restricted", abstract_id="Gampong.")
    of_year(2022, title_id="C", language="en", pmks=["PMKS-04"])
    assert shown(client, f"/publikasi/?{query}") == titles


def test_lifted_embargo_counts_as_open(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_output(title_id="Nanti", access="embargoed", embargo_until=datetime.date(2031, 3, 1))
    assert shown(client, "/publikasi/?akses=open") == [] and shown(client, "/publikasi/?akses=embargoed") == ["Nanti"]
    later = datetime.datetime(2031, 2, 28, 17, 0, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert shown(client, "/publikasi/?akses=open") == ["Nanti"] and shown(client, "/publikasi/?akses=embargoed") == []


@pytest.mark.parametrize(
    "query",
    ["tahun=foo", "tahun=99999999999999", "pmks=tidak-ada", "jenis=%00", "akses=semua", "bahasa=xx", "q=" + "x" * 300,
     "q=%00", "provinsi=", "tahun=2014&tahun=foo"],
)  # fmt: skip
def test_values_that_make_no_sense_are_left_out(client: Client, query: str) -> None:
    make_output(title_id="Ada")
    assert shown(client, f"/publikasi/?{query}") == ["Ada"]


@pytest.mark.parametrize("query", ["q=%27%22%29%3B", "q=%21%26%7C", "q=%3A*", "q=%F0%9F%98%80", "q=%22"])
def test_strange_words_find_nothing_and_break_nothing(client: Client, query: str) -> None:
    make_output()
    assert client.get(f"/publikasi/?{query}").status_code == 200


@pytest.mark.parametrize("address", ["/publikasi/", "/publikasi/tahun/2014/", "/topik/lanjut-usia-terlantar/"])
@pytest.mark.parametrize("page", ["abc", "0", "-1", "9" * 30, "1.5", "%00", "١"])
def test_what_is_no_number_is_no_page(client: Client, address: str, page: str) -> None:
    make_output()
    assert client.get(f"{address}?halaman={page}").status_code == 404


@pytest.mark.parametrize("address", ["/publikasi/", "/publikasi/tahun/2014/"])
@pytest.mark.parametrize("page", ["2", "99999"])
def test_behind_the_end_is_the_last_page(client: Client, address: str, page: str) -> None:
    make_output(title_id="Satu-satunya")
    assert shown(client, f"{address}?halaman={page}") == ["Satu-satunya"]


@pytest.mark.parametrize(
    "address",
    ["/publikasi/tahun/1999/", "/publikasi/tahun/99999999999999999999/", "/publikasi/tahun/foo/",
     "/publikasi/jenis/tidak-ada/"],
)  # fmt: skip
def test_lists_that_are_not_there(client: Client, address: str) -> None:
    make_output()
    assert client.get(address).status_code == 404


def test_empty_site(client: Client) -> None:
    for prefix in ("", "/en"):
        for address in ("/publikasi/", "/publikasi/tahun/", "/publikasi/jenis/", "/penulis/", "/topik/"):
            assert client.get(prefix + address).status_code == 200


def test_years_and_types_lead_to_their_lists(client: Client) -> None:
    of_year(2018)
    of_year(2020)
    html = client.get("/publikasi/tahun/").content.decode()
    assert "/publikasi/tahun/2018/" in html and "/publikasi/tahun/2020/" in html
    page = client.get("/publikasi/tahun/2018/").content.decode()
    assert 'rel="next" href="/publikasi/tahun/2020/"' in page
    assert "/publikasi/jenis/" in client.get("/publikasi/jenis/").content.decode()


def test_retired_type_redirects_to_its_successor(client: Client) -> None:
    from taxonomy.models import OutputType

    old, new = OutputType.objects.get(code="c_93fc"), OutputType.objects.get(code="c_18ws")
    OutputType.objects.filter(pk=old.pk).update(retired_on="2026-01-01", replaced_by=new)
    response = client.get(f"/publikasi/jenis/{old.slug}/")
    assert (response.status_code, response["Location"]) == (301, f"/publikasi/jenis/{new.slug}/")


def test_new_version_moves_the_output(client: Client) -> None:
    output = of_year(2018)
    make_version(output, title_id="Baru", date=datetime.date(2024, 1, 1))
    assert shown(client, "/publikasi/tahun/2024/") == ["Baru"]
    assert client.get("/publikasi/tahun/2018/").status_code == 404


def test_filtered_lists_are_not_for_search_engines(client: Client) -> None:
    make_output()
    assert "noindex" not in client.get("/publikasi/").content.decode()
    assert "noindex" in client.get("/publikasi/?q=lansia").content.decode()


def test_chosen_filters_can_be_taken_away_one_by_one(client: Client) -> None:
    make_output()
    response = client.get("/publikasi/?tahun=2014&provinsi=jawa-tengah&q=lansia&halaman=1")
    addresses = dict(response.context["applied"])
    assert addresses["2014"] == "?provinsi=jawa-tengah&q=lansia"
    assert addresses["“lansia”"] == "?tahun=2014&provinsi=jawa-tengah"


class TestPaging:
    @pytest.mark.parametrize(("text", "number"), [(None, 1), ("", 1), ("1", 1), ("2960", 2960)])
    def test_numbers(self, text: str | None, number: int) -> None:
        assert page_number(text) == number

    @pytest.mark.parametrize("text", ["abc", "0", "-1", "1e3", " 1", "²", "99999999"])
    def test_no_numbers(self, text: str) -> None:
        with pytest.raises(Http404):
            page_number(text)

    def test_items(self) -> None:
        paging = Paging(3, 60)
        assert (paging.pages, paging.first_item, paging.last_item, paging.previous, paging.next) == (3, 51, 60, 2, None)
        assert (Paging(1, 0).pages, Paging(1, 0).first_item) == (1, 0)

    @pytest.mark.parametrize(("pages", "most_clicks"), [(1, 0), (40, 4), (400, 6), (2960, 8)])
    def test_every_page_is_few_clicks_away(self, pages: int, most_clicks: int) -> None:
        reached, edge, clicks = {1}, {1}, 0
        while len(reached) < pages:
            found = {link for page in edge for link in Paging(page, pages * 25).links() if link}
            edge = found - reached
            assert edge
            reached |= edge
            clicks += 1
        assert clicks <= most_clicks

    def test_ids_from_either_end(self) -> None:
        made = [of_year(2000 + number).pk for number in range(5)]
        ordered = Output.objects.public().order_by(*NEWEST).values_list("pk", flat=True)
        pages = [ids_on_page(ordered, Paging(number, 5, size=2)) for number in (1, 2, 3)]
        assert sum(pages, []) == made[::-1]
        assert ids_on_page(ordered.none(), Paging(1, 0)) == []


def test_titles_are_ordered_as_people_do(client: Client) -> None:
    for title in ("zakat", "“Bantuan” tunai", "Anak", "...dan lansia"):
        make_output(title_id=title)
    assert shown(client, "/publikasi/?urut=judul") == ["Anak", "“Bantuan” tunai", "...dan lansia", "zakat"]
