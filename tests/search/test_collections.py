# ruff: noqa: F811 - the fixture `index` is an argument of the tests that use it
"""Collections: made by curators in the interface, seen by everybody once published, never more than is public."""

import xml.etree.ElementTree as ET  # noqa: S405 - what this site wrote itself
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import LogEntry
from publications.models import Output
from search.actions import collections as actions
from search.models import Collection, CollectionItem, FormerSlug
from search.queries.collections import ids_of
from tests.factories.accounts import make_user
from tests.factories.following import at, published
from tests.factories.publications import make_draft, some_curator, withdraw
from tests.search.query.conftest import index  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
Index = Callable[[], None]
ABOUT = {
    "kind": "curated",
    "search": "",
    "title_id": "Perawatan lansia",
    "title_en": "Care for older people",
    "description_id": "Pilihan kurator.",
    "description_en": "",
    "slug": "perawatan-lansia",
}
ROLES = [None, "researcher", "policymaker", "curator", "administrator"]


def make_collection(*outputs: Output, is_published: bool = True, **values: Any) -> Collection:
    collection = Collection()
    known = {name: value for name, value in ABOUT.items() if name != "search"} | {"query": ""} | values
    actions.save_collection(some_curator(), collection, known)
    for output in outputs:
        actions.add_output(some_curator(), collection, output)
    actions.set_published(some_curator(), collection, is_published=is_published)
    collection.refresh_from_db()
    return collection


def by_search(query: str, **values: Any) -> Collection:
    return make_collection(kind="query", query=query, **values)


@pytest.fixture
def curator(client: Client) -> Client:
    client.force_login(make_user("kurator@example.org", role="curator"))
    return client


def items(collection: Collection) -> list[str]:
    return [item.output.current.title_id for item in collection.items.select_related("output__current")]


def logged() -> list[str]:
    return list(
        LogEntry.objects.filter(action__startswith="collection.").order_by("pk").values_list("action", flat=True)
    )


class TestReading:
    def test_in_the_curators_order_with_notes_in_both_languages(self, client: Client) -> None:
        first, second = published("Satu", at(0)), published("Dua", at(1))
        collection = make_collection(first, second)
        item = collection.items.get(output=second)
        actions.edit_note(some_curator(), item, {"note_id": "Mulailah di sini.", "note_en": "Begin here."})
        text = client.get("/koleksi/perawatan-lansia/").content.decode()
        assert text.index("Satu") < text.index("Mulailah di sini.") < text.index(">Dua<")
        text = client.get("/en/koleksi/perawatan-lansia/").content.decode()
        assert "Care for older people" in text
        assert "Begin here." in text
        assert '<div class="lede" lang="id">' in text

    def test_what_is_withdrawn_disappears_by_itself(self, client: Client) -> None:
        stays, goes = published("Tetap", at(0)), published("Ditarik", at(0))
        collection = make_collection(stays, goes)
        assert "2 publikasi" in client.get("/koleksi/").content.decode()
        withdraw(goes)
        for path in ("/koleksi/perawatan-lansia/", "/koleksi/perawatan-lansia/atom/"):
            text = client.get(path).content.decode()
            assert "Tetap" in text
            assert "Ditarik" not in text
        assert "1 publikasi" in client.get("/koleksi/").content.decode()
        assert list(ids_of(collection)) == [stays.pk]

    def test_by_search_it_grows_by_itself(self, client: Client, index: Index) -> None:
        by_search("q=lansia", slug="lansia")
        published("Lansia di desa", at(0))
        published("Gelandangan", at(0))
        index()
        text = client.get("/koleksi/lansia/").content.decode()
        assert "Lansia di desa" in text
        assert "Gelandangan" not in text
        assert "/akun/ikuti/baru/?q=lansia" in text
        published("Lansia di kota", at(1))
        index()
        assert "Lansia di kota" in client.get("/koleksi/lansia/").content.decode()
        feed = ET.fromstring(client.get("/koleksi/lansia/atom/").content)  # noqa: S314
        found = [
            entry.findtext("{http://www.w3.org/2005/Atom}title")
            for entry in feed.iter("{http://www.w3.org/2005/Atom}entry")
        ]
        assert found == ["Lansia di kota", "Lansia di desa"]

    def test_by_search_without_index(self, client: Client, index: Index) -> None:
        by_search("q=lansia", slug="lansia")
        answer = client.get("/koleksi/lansia/")
        assert (answer.status_code, "Perawatan lansia" in answer.content.decode()) == (503, True)
        assert answer["Retry-After"]
        assert client.get("/koleksi/lansia/atom/").status_code == 503

    def test_a_search_that_makes_no_sense_any_more_shows_nothing(self, client: Client, index: Index) -> None:
        published("Lansia", at(0))
        index()
        by_search("pmks=sudah-dihapus", slug="lansia")
        for path in ("/koleksi/lansia/", "/koleksi/lansia/atom/"):
            answer = client.get(path)
            assert answer.status_code == 200
            assert "publikasi/" not in answer.content.decode().split("<main")[-1].split("</main>")[0]

    @pytest.mark.parametrize("extension", ["csv", "xlsx", "bib", "ris", "json"])
    def test_as_a_file_in_its_order(self, client: Client, extension: str) -> None:
        make_collection(published("Zamrud satu", at(0)), published("Zamrud dua", at(1)))
        assert f"/koleksi/perawatan-lansia/ekspor/{extension}" in client.get("/koleksi/perawatan-lansia/").text
        response = client.get(f"/koleksi/perawatan-lansia/ekspor/{extension}")
        assert "repositori-kesos-perawatan-lansia-" in response["Content-Disposition"]
        content = b"".join(response)
        if extension != "xlsx":
            assert 0 < content.index(b"Zamrud satu") < content.index(b"Zamrud dua")
        assert client.get("/koleksi/perawatan-lansia/ekspor/exe").status_code == 404

    def test_as_a_file_without_index(self, client: Client, index: Index) -> None:
        by_search("q=zamrud")
        assert client.get("/koleksi/perawatan-lansia/ekspor/csv").status_code == 503

    @pytest.mark.parametrize("role", ROLES)
    def test_one_that_is_being_prepared_is_for_curators(self, client: Client, role: str | None) -> None:
        make_collection(published("Satu", at(0)), is_published=False)
        if role:
            client.force_login(make_user(role=role))
        expected = 200 if role in ("curator", "administrator") else 404
        assert client.get("/koleksi/perawatan-lansia/").status_code == expected
        assert client.get("/koleksi/perawatan-lansia/atom/").status_code == expected
        assert client.get("/koleksi/perawatan-lansia/ekspor/csv").status_code == expected
        assert "Perawatan lansia" not in client.get("/koleksi/").content.decode()

    def test_former_addresses_lead_on(self, client: Client) -> None:
        collection = make_collection()
        for slug in ("kedua", "ketiga"):
            actions.save_collection(some_curator(), collection, {"slug": slug})
        for former in ("perawatan-lansia", "kedua"):
            answer = client.get(f"/koleksi/{former}/")
            assert (answer.status_code, answer["Location"]) == (301, "/koleksi/ketiga/")
        assert client.get("/en/koleksi/kedua/atom/")["Location"] == "/en/koleksi/ketiga/atom/"
        actions.save_collection(some_curator(), collection, {"slug": "kedua"})
        assert client.get("/koleksi/kedua/").status_code == 200
        assert set(FormerSlug.objects.values_list("slug", flat=True)) == {"perawatan-lansia", "ketiga"}

    def test_its_page_names_its_feed(self, client: Client) -> None:
        make_collection()
        text = client.get("/koleksi/perawatan-lansia/").content.decode()
        assert 'type="application/atom+xml" title="Perawatan lansia" href="/koleksi/perawatan-lansia/atom/"' in text

    def test_a_feed_is_not_sent_twice(self, client: Client) -> None:
        collection = make_collection(published("Satu", at(0)))
        first = client.get("/koleksi/perawatan-lansia/atom/")
        same = {"if-none-match": first["ETag"]}
        assert client.get("/koleksi/perawatan-lansia/atom/", headers=same).status_code == 304
        actions.add_output(some_curator(), collection, published("Dua", at(1)))
        assert client.get("/koleksi/perawatan-lansia/atom/", headers=same).status_code == 200

    def test_the_number_of_statements_is_constant(self, client: Client) -> None:
        def statements() -> list[int]:
            counts = []
            for path in ("/koleksi/", "/koleksi/perawatan-lansia/", "/koleksi/perawatan-lansia/atom/"):
                with CaptureQueriesContext(connection) as seen:
                    assert client.get(path).status_code == 200
                counts.append(len(seen))
            return counts

        collection = make_collection(published("Satu", at(0)))
        statements()
        one = statements()
        for number in range(4):
            actions.add_output(some_curator(), collection, published(f"Nomor {number}", at(0)))
            make_collection(slug=f"lain-{number}")
        assert statements() == one


class TestWhoMayMakeThem:
    @pytest.mark.parametrize("role", ROLES)
    def test_every_page_and_role(self, client: Client, role: str | None) -> None:
        output = published("Satu", at(0))
        collection = make_collection(output)
        item = collection.items.get()
        if role:
            client.force_login(make_user(role=role))
        may = role in ("curator", "administrator")
        pages = ["/kurasi/koleksi/", "/kurasi/koleksi/baru/", f"/kurasi/koleksi/{collection.pk}/"]
        for path in pages:
            assert client.get(path).status_code == (200 if may else 403 if role else 302), path
        changes = [
            ("/kurasi/koleksi/baru/", ABOUT | {"slug": "baru"}),
            (f"/kurasi/koleksi/{collection.pk}/", ABOUT),
            (f"/kurasi/koleksi/{collection.pk}/terbit/", {"do": "unpublish"}),
            ("/kurasi/koleksi/tambah/", {"collection": str(collection.pk), "output": output.public_id}),
            (f"/kurasi/koleksi/isi/{item.pk}/", {"do": "remove"}),
        ]
        before = LogEntry.objects.count()
        for path, data in changes:
            answer = client.post(path, data)
            assert answer.status_code == (403 if role and not may else 302), path
        assert (LogEntry.objects.count() > before) == may

    @pytest.mark.parametrize("role", ["researcher", "policymaker"])
    def test_the_actions_refuse_others_too(self, role: str) -> None:
        user = make_user(role=role)
        collection = make_collection(published("Satu", at(0)))
        item = collection.items.get()
        for call in (
            lambda: actions.save_collection(user, Collection(), ABOUT),
            lambda: actions.set_published(user, collection, is_published=False),
            lambda: actions.delete_collection(user, collection),
            lambda: actions.add_output(user, collection, item.output),
            lambda: actions.remove_item(user, item),
            lambda: actions.move_item(user, item, 1),
            lambda: actions.edit_note(user, item, {"note_id": "x", "note_en": ""}),
        ):
            with pytest.raises(PermissionDenied):
                call()

    def test_reading_changes_nothing(self, curator: Client) -> None:
        collection = make_collection(published("Satu", at(0)))
        for path in (
            f"/kurasi/koleksi/{collection.pk}/terbit/",
            "/kurasi/koleksi/tambah/",
            f"/kurasi/koleksi/isi/{collection.items.get().pk}/",
        ):
            assert curator.get(path).status_code == 405


class TestMaking:
    def test_from_new_to_published(self, curator: Client) -> None:
        answer = curator.post("/kurasi/koleksi/baru/", ABOUT)
        collection = Collection.objects.get()
        assert answer["Location"] == f"/kurasi/koleksi/{collection.pk}/"
        assert not collection.is_published
        for number in range(3):
            output = published(f"Nomor {number}", at(number))
            data = {"collection": str(collection.pk), "output": output.public_id}
            assert curator.post("/kurasi/koleksi/tambah/", data)["Location"].endswith("#items")
            curator.post("/kurasi/koleksi/tambah/", data)  # again changes nothing
        curator.post(f"/kurasi/koleksi/{collection.pk}/terbit/", {"do": "publish"})
        assert items(collection) == ["Nomor 0", "Nomor 1", "Nomor 2"]
        assert Client().get("/koleksi/perawatan-lansia/").status_code == 200
        assert logged() == ["collection.added", *["collection.output_added"] * 3, "collection.published"]

    def test_moving(self, curator: Client) -> None:
        collection = make_collection(*(published(f"Nomor {number}", at(number)) for number in range(4)))
        third = collection.items.all()[2]

        def do(**data: str) -> list[str]:
            answer = curator.post(f"/kurasi/koleksi/isi/{third.pk}/", data)
            assert answer["Location"].endswith(f"#item-{third.pk}")
            return [title[-1] for title in items(collection)]

        assert do(do="up") == ["0", "2", "1", "3"]
        assert do(do="down") == ["0", "1", "2", "3"]
        assert do(do="move", place="1") == ["2", "0", "1", "3"]
        assert do(do="up") == ["2", "0", "1", "3"]
        assert do(do="move", place="99") == ["0", "1", "3", "2"]
        assert do(do="down") == ["0", "1", "3", "2"]
        assert do(do="move", place="-1") == do(do="move", place="x") == do(do="dance") == ["0", "1", "3", "2"]

    def test_notes_and_taking_out(self, curator: Client) -> None:
        collection = make_collection(published("Satu", at(0)))
        item = collection.items.get()
        address = f"/kurasi/koleksi/isi/{item.pk}/"
        curator.post(address, {"do": "note", "note_id": "Baik sekali.", "note_en": ""})
        item.refresh_from_db()
        assert item.note_id == "Baik sekali."
        curator.post(address, {"do": "note", "note_id": "x" * 501, "note_en": ""})
        item.refresh_from_db()
        assert item.note_id == "Baik sekali."
        curator.post(address, {"do": "remove"})
        assert not CollectionItem.objects.exists()
        assert logged()[-2:] == ["collection.note_edited", "collection.output_removed"]
        assert curator.post(address, {"do": "remove"}).status_code == 404

    @pytest.mark.parametrize(
        ("typed", "query"),
        [
            ("http://testserver/cari/?q=lansia&halaman=3", "q=lansia"),
            ("?q=lansia&urut=terlama", "q=lansia"),
            ("lansia telantar", "q=lansia+telantar"),
            ("apa itu gepeng?", "q=apa+itu+gepeng%3F"),
        ],
    )
    def test_a_search_is_pasted_or_written(self, curator: Client, typed: str, query: str) -> None:
        curator.post("/kurasi/koleksi/baru/", ABOUT | {"kind": "query", "search": typed})
        assert Collection.objects.get().query == query

    def test_it_may_begin_as_a_search(self, curator: Client) -> None:
        text = curator.get("/kurasi/koleksi/baru/?q=lansia&halaman=2").content.decode()
        assert 'value="?q=lansia"' in text

    @pytest.mark.parametrize(
        "wrong",
        [
            {"title_en": ""},
            {"title_id": " "},
            {"slug": "Huruf Besar"},
            {"slug": "-tepi"},
            {"slug": "sudah-ada"},
            {"slug": "pernah-ada"},
            {"kind": "query"},
            {"kind": "query", "search": "?pmks=tidak-ada&q=lansia"},
            {"kind": "lain"},
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_saved(self, curator: Client, wrong: dict[str, str]) -> None:
        other = make_collection(slug="pernah-ada")
        actions.save_collection(some_curator(), other, {"slug": "sudah-ada"})
        for path in ("/kurasi/koleksi/baru/", f"/kurasi/koleksi/{make_collection().pk}/"):
            answer = curator.post(path, ABOUT | wrong)
            assert answer.status_code == 422, path
            assert "error-summary" in answer.content.decode()
        assert Collection.objects.count() == 2

    def test_only_what_is_public_can_be_added(self, curator: Client) -> None:
        collection = make_collection()
        gone = withdraw(published("Ditarik", at(0)))
        for output in (gone, make_draft().output):
            data = {"collection": str(collection.pk), "output": output.public_id or "x"}
            assert curator.post("/kurasi/koleksi/tambah/", data).status_code == 404
            with pytest.raises(actions.CannotAdd):
                actions.add_output(some_curator(), collection, output)

    def test_nothing_is_added_by_hand_to_a_search(self, curator: Client) -> None:
        collection = by_search("q=lansia")
        with pytest.raises(actions.CannotAdd):
            actions.add_output(some_curator(), collection, published("Satu", at(0)))

    def test_no_more_than_so_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("search.actions.collections.MOST_ITEMS", 1)
        collection = make_collection(published("Satu", at(0)))
        with pytest.raises(actions.CannotAdd):
            actions.add_output(some_curator(), collection, published("Dua", at(0)))

    def test_only_one_that_was_never_public_is_deleted(self, curator: Client) -> None:
        collection = make_collection(is_published=False)
        curator.post(f"/kurasi/koleksi/{collection.pk}/terbit/", {"do": "delete"})
        assert not Collection.objects.exists()
        collection = make_collection()
        curator.post(f"/kurasi/koleksi/{collection.pk}/terbit/", {"do": "unpublish"})
        answer = curator.post(f"/kurasi/koleksi/{collection.pk}/terbit/", {"do": "delete"})
        assert answer.status_code == 403
        assert Collection.objects.exists()

    def test_the_database_holds_a_search_only_where_it_belongs(self) -> None:
        collection = make_collection()
        with pytest.raises(IntegrityError):
            Collection.objects.filter(pk=collection.pk).update(query="q=lansia")

    def test_the_editor_finds_and_tells_what_is_in_it(self, curator: Client, index: Index) -> None:
        output = published("Lansia di desa", at(0))
        gone = published("Lansia ditarik", at(0))
        collection = make_collection(output, gone)
        published("Lansia di kota", at(0))
        index()
        withdraw(gone)
        text = curator.get(f"/kurasi/koleksi/{collection.pk}/?cari=lansia").content.decode()
        offered = text.split('name="cari"')[1]
        assert "ada dalam koleksi" in offered
        assert "Lansia di kota" in offered
        assert "Lansia ditarik" not in offered
        assert "tidak lagi publik: tidak ditampilkan" in text

    def test_the_editor_works_without_index(self, curator: Client, index: Index) -> None:
        collection = make_collection()
        text = curator.get(f"/kurasi/koleksi/{collection.pk}/?cari=lansia").content.decode()
        assert "sedang dibangun" in text


class TestOnThePageOfAnOutput:
    @pytest.mark.parametrize("role", ROLES)
    def test_curators_add_from_there(self, client: Client, role: str | None) -> None:
        output = published("Satu", at(0))
        collection = make_collection()
        if role:
            client.force_login(make_user(role=role))
        address = reverse("publications:output", args=[output.public_id])
        text = client.get(address).content.decode()
        assert ('name="collection"' in text) == (role in ("curator", "administrator"))
        if role == "curator":
            data = {"collection": str(collection.pk), "output": output.public_id, "from": "output"}
            assert client.post("/kurasi/koleksi/tambah/", data)["Location"] == address
            text = client.get(address).content.decode()
            assert "ada dalam koleksi" in text


def test_kept_pages_follow_each_edit(client: Client) -> None:
    from publications.models import ReferenceChange

    collection = make_collection()
    before = ReferenceChange.objects.count()
    item = actions.add_output(some_curator(), collection, published("Satu", at(0)))
    actions.edit_note(some_curator(), item, {"note_id": "Catatan", "note_en": ""})
    actions.set_published(some_curator(), collection, is_published=False)
    assert ReferenceChange.objects.count() >= before + 3
