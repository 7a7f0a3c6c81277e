# ruff: noqa: F811 - the fixture `index` is an argument of the tests that use it
"""Atom feeds: valid, public only, the newest first, and nothing sent twice to who has it already."""

import datetime
import xml.etree.ElementTree as ET  # noqa: S405 - what this site wrote itself
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search import feeds
from search.query.request import SearchRequest
from tests.factories.accounts import make_user
from tests.factories.following import at, published
from tests.factories.publications import make_version, withdraw
from tests.search.query.conftest import index  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
A = "{http://www.w3.org/2005/Atom}"
Index = Callable[[], None]


def read(client: Client, address: str = "/cari/atom/", **headers: str) -> Any:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)  # noqa: S314


def titles(feed: Any) -> list[str]:
    return [entry.findtext(f"{A}title") for entry in feed.iter(f"{A}entry")]


def test_what_an_entry_says(client: Client, index: Index) -> None:
    output = published("Lansia & <desa>\x0b", at(0, 10), abstract_id="Isi <b>tebal</b> & lain.")
    index()
    feed = read(client)
    (entry,) = feed.iter(f"{A}entry")
    assert entry.findtext(f"{A}title") == "Lansia & <desa>"
    assert entry.findtext(f"{A}id") == f"http://testserver/publikasi/{output.public_id}/"
    assert entry.find(f"{A}link").get("href") == f"http://testserver/publikasi/{output.public_id}/"
    assert entry.findtext(f"{A}summary") == "Isi &lt;b&gt;tebal&lt;/b&gt; &amp; lain."
    assert (
        entry.findtext(f"{A}published")
        == entry.findtext(f"{A}updated")
        == at(0, 10).isoformat().replace("+07:00", "+00:00").replace("T10", "T03")
    )
    people = [author.findtext(f"{A}name") for author in entry.iter(f"{A}author")]
    assert people == ["Siti Rahmawati", "Sukarno", "Maria Goreti Lelang"]
    assert [one.get("term") for one in entry.iter(f"{A}category")]
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "id"
    assert {one.get("rel"): one.get("href") for one in feed.findall(f"{A}link")} == {
        "alternate": "http://testserver/cari/",
        "self": "http://testserver/cari/atom/",
    }


def test_in_english_with_the_same_ids(client: Client, index: Index) -> None:
    output = published("Lansia", at(0, 10), title_en="Older people", abstract_en="In English.")
    index()
    feed = read(client, "/en/cari/atom/")
    (entry,) = feed.iter(f"{A}entry")
    assert entry.findtext(f"{A}title") == "Older people"
    assert entry.findtext(f"{A}id") == f"http://testserver/publikasi/{output.public_id}/"
    assert entry.find(f"{A}link").get("href") == f"http://testserver/en/publikasi/{output.public_id}/"


def test_newest_arrivals_first_whatever_their_own_date(client: Client, index: Index) -> None:
    published("Lama, baru diunggah", at(2), date=datetime.date(1990, 1, 1))
    published("Baru, lama diunggah", at(1), date=datetime.date(2026, 1, 1))
    index()
    assert titles(read(client)) == ["Lama, baru diunggah", "Baru, lama diunggah"]


def test_a_search_an_author_a_topic(client: Client, index: Index) -> None:
    output = published("Lansia di desa", at(0))
    published("Gelandangan di kota", at(1), contributors=[{"family_name": "Hatta"}], pmks=["PMKS-14"])
    index()
    person = output.current.contributors.get(family_name="Sukarno").person_id
    slug = output.topic_listings.get().pmks.slug
    for query in ("q=lansia", f"penulis={person}", f"pmks={slug}", f"q=desa&pmks={slug}&urut=terlama&halaman=9"):
        assert titles(read(client, f"/cari/atom/?{query}")) == ["Lansia di desa"], query
    assert titles(read(client, "/cari/atom/?q=tidakadasamasekali")) == []
    assert len(titles(read(client, "/cari/atom/?pmks=bukan-topik&dari=xx"))) == 2


def test_at_most_fifty_also_where_many_are_found(client: Client, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        published(f"Lansia {number}", at(number))
        published(f"Anak {number}", at(number, 12))
    index()
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 5)
    few = feeds.newest_found(SearchRequest(words="lansia"))
    monkeypatch.setattr(feeds, "FEW", 0)
    monkeypatch.setattr(feeds, "AT_ONCE", 3)
    assert feeds.newest_found(SearchRequest(words="lansia")) == few
    assert len(few) == 5


def test_a_new_version_keeps_id_and_place_and_says_when(client: Client, index: Index) -> None:
    output = published("Lansia", at(0))
    index()
    (before,) = read(client).iter(f"{A}entry")
    make_version(output)
    index()
    (after,) = read(client).iter(f"{A}entry")
    assert after.findtext(f"{A}id") == before.findtext(f"{A}id")
    assert after.findtext(f"{A}published") == before.findtext(f"{A}published")
    assert after.findtext(f"{A}updated") != before.findtext(f"{A}updated")


class TestWhoHasItAlready:
    def test_by_etag_and_by_date(self, client: Client, index: Index) -> None:
        published("Lansia", at(0, 10))
        index()
        first = client.get("/cari/atom/?q=lansia")
        assert first["Last-Modified"] == "Mon, 02 Nov 2026 03:00:00 GMT"
        again = client.get("/cari/atom/?q=lansia", headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        again = client.get("/cari/atom/?q=lansia", headers={"if-modified-since": first["Last-Modified"]})
        assert again.status_code == 304

    def test_until_something_changes(self, client: Client, index: Index) -> None:
        output = published("Lansia", at(0, 10))
        index()
        first = client.get("/cari/atom/?q=lansia")
        published("Lansia lain", at(1, 10))
        index()
        second = client.get("/cari/atom/?q=lansia", headers={"if-none-match": first["ETag"]})
        assert second.status_code == 200
        withdraw(output)
        third = client.get("/cari/atom/?q=lansia", headers={"if-none-match": second["ETag"]})
        assert third.status_code == 200
        assert output.public_id not in third.content.decode()

    def test_an_empty_feed_stays_the_same(self, client: Client, index: Index) -> None:
        index()
        first = client.get("/cari/atom/?q=lansia")
        assert client.get("/cari/atom/?q=lansia", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_without_an_index_it_says_when_to_come_again(client: Client, index: Index) -> None:
    answer = client.get("/cari/atom/")
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0


def test_nothing_but_reading(client: Client) -> None:
    assert client.post("/cari/atom/").status_code == 405


@pytest.mark.parametrize("role", [None, "researcher", "curator", "administrator"])
def test_the_same_for_everybody(client: Client, index: Index, role: str | None) -> None:
    published("Lansia", at(0, 10))
    withdraw(published("Lansia ditarik", at(0, 11)))
    index()
    if role:
        client.force_login(make_user(role=role))
    assert titles(read(client)) == ["Lansia"]


def test_the_number_of_statements_is_constant(client: Client, index: Index) -> None:
    def statements() -> int:
        index()
        read(client, "/cari/atom/?q=lansia")  # what the process remembers is read then
        with CaptureQueriesContext(connection) as seen:
            read(client, "/cari/atom/?q=lansia")
        return len(seen)

    published("Lansia", at(0))
    one = statements()
    for number in range(4):
        published(f"Lansia {number}", at(1))
    assert statements() == one
