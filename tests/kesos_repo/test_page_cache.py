"""Pages kept for anonymous readers: quick, never stale, never somebody else's."""

import datetime
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from kesos_repo.page_cache import Page, PageCacheMiddleware, Store, cached_for_anonymous, cached_while
from publications.queries.generation import content_generation
from taxonomy.models import Cluster

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pages(client: Client) -> Client:
    """Something has been committed, as on every site; the first request starts the middleware anew."""
    cache.clear()
    commit_something()
    return client


def commit_something() -> None:
    Cluster.objects.update_or_create(code="anak", defaults={"slug": "anak", "label_id": "Anak"})


def queries_of(client: Client, path: str, **headers: str) -> tuple[int, Any]:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path, **headers)
    return len(queries), response


def test_the_second_reader_costs_one_query(pages: Client) -> None:
    first, drawn = queries_of(pages, "/topik/")
    second, kept = queries_of(pages, "/topik/")
    assert second == 1 < first
    assert kept.content == drawn.content
    assert kept["Content-Security-Policy"] == drawn["Content-Security-Policy"]


def test_a_change_is_seen_at_once() -> None:
    commit_something()
    middleware, calls = answering()
    for label in ("Anak", "Anak", "Anak dan remaja", "Anak dan remaja"):
        Cluster.objects.filter(code="anak").exclude(label_id=label).update(label_id=label)
        assert middleware(RequestFactory().get("/x/")).content.decode() == label
    assert len(calls) == 4  # each statement, even one that changed no row, makes a new generation
    middleware(RequestFactory().get("/x/"))
    assert len(calls) == 4


def test_every_edit_makes_a_new_generation(pages: Client) -> None:
    for change in (
        lambda: Cluster.objects.update(position=3),
        lambda: Organisation.objects.create(name="Sentra"),
        lambda: Organisation.objects.all().delete(),
    ):
        pages.get("/topik/")
        change()
        assert queries_of(pages, "/topik/")[0] > 1


def test_an_unchanged_page_answers_304(pages: Client) -> None:
    etag = pages.get("/topik/")["ETag"]
    response = pages.get("/topik/", HTTP_IF_NONE_MATCH=etag)
    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_compressed_for_who_can_read_it(pages: Client, encoding: str) -> None:
    plain = pages.get("/topik/")
    packed = pages.get("/topik/", HTTP_ACCEPT_ENCODING=encoding)
    assert packed["Content-Encoding"] == encoding
    assert len(packed.content) < len(plain.content)
    assert packed["Content-Length"] == str(len(packed.content))
    assert "Accept-Encoding" in packed["Vary"]


def test_head_answers_like_get_without_body(pages: Client) -> None:
    pages.get("/topik/")
    response = pages.head("/topik/")
    assert response.content == b""
    assert int(response["Content-Length"]) > 1000


def test_an_answer_to_head_is_kept_for_nobody() -> None:
    """A view that sends files answers HEAD without a body; the next reader gets the file all the same."""
    commit_something()
    middleware, calls = answering()
    middleware(RequestFactory().head("/x/"))
    middleware(RequestFactory().get("/x/"))
    assert len(calls) == 2


def test_languages_and_hosts_are_apart(pages: Client) -> None:
    assert b'lang="id"' in pages.get("/topik/").content
    assert b'lang="en"' in pages.get("/en/topik/").content
    assert pages.get("/topik/", HTTP_HOST="elsewhere.invalid").status_code == 400


def test_who_is_signed_in_gets_her_own_page_and_leaves_nothing(pages: Client, django_user_model: Any) -> None:
    pages.get("/topik/")
    reader = Client()
    reader.force_login(django_user_model.objects.create_user("siti@contoh.id", name="Siti Rahmawati"))
    pages.get("/topik/")
    own = reader.get("/topik/")
    assert "Siti Rahmawati" in own.content.decode()
    assert own["Cache-Control"] == "private, no-cache"
    assert "Siti Rahmawati" not in pages.get("/topik/").content.decode()


def test_the_next_day_in_jakarta_is_drawn_anew(pages: Client) -> None:
    middleware, calls = answering()
    middleware(RequestFactory().get("/x/"))
    with mock.patch("kesos_repo.page_cache.timezone.localdate", return_value=datetime.date(2999, 1, 1)):
        middleware(RequestFactory().get("/x/"))
        middleware(RequestFactory().get("/x/"))
    assert len(calls) == 2


@pytest.fixture
def elsewhere(pages: Client) -> Iterator[Any]:
    """A second connection with a transaction of its own."""
    other = connection.copy()
    other.set_autocommit(False)
    yield other
    other.rollback()
    other.close()


INSERT = "INSERT INTO publications_referencechange DEFAULT VALUES"


def test_nothing_is_kept_while_a_change_is_under_way(elsewhere: Any) -> None:
    before = content_generation()
    with elsewhere.cursor() as cursor:
        cursor.execute(INSERT)
    assert content_generation() is None
    elsewhere.commit()
    assert content_generation() not in (None, before)


def test_a_change_that_was_taken_back_keeps_the_pages(elsewhere: Any) -> None:
    before = content_generation()
    with elsewhere.cursor() as cursor:
        cursor.execute(INSERT)
    elsewhere.rollback()
    assert content_generation() == before


def test_an_old_transaction_that_writes_late_is_noticed(elsewhere: Any) -> None:
    with elsewhere.cursor() as cursor:
        cursor.execute("SELECT txid_current()")
        Cluster.objects.update(position=5)
        kept = content_generation()
        assert kept is not None
        cursor.execute(INSERT)
    elsewhere.commit()
    assert content_generation() not in (None, kept)


def answering(**headers: str) -> Any:
    """A middleware around a marked view that answers with these headers, and how often it was called."""
    calls: list[HttpRequest] = []

    @cached_for_anonymous
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(Cluster.objects.get(code="anak").label_id, headers=headers)

    def get_response(request: HttpRequest) -> HttpResponse:
        calls.append(request)
        request.resolver_match = mock.Mock(func=view)
        response = view(request)
        if "cookie" in headers:
            response.set_cookie("kunci", "1")
        return response

    return PageCacheMiddleware(get_response), calls


@pytest.mark.parametrize("headers", [{"Cache-Control": "private, no-store"}, {"cookie": "1"}])
def test_what_is_for_one_reader_is_never_kept(pages: Client, headers: dict[str, str]) -> None:
    middleware, calls = answering(**headers)
    for _turn in range(2):
        middleware(RequestFactory().get("/x/"))
    assert len(calls) == 2


@pytest.mark.parametrize(
    "extra", [{"HTTP_AUTHORIZATION": "x"}, {"HTTP_COOKIE": "sessionid=x"}, {"HTTP_RANGE": "bytes=0-1"}]
)
def test_requests_of_one_reader_pass_by(pages: Client, extra: dict[str, str]) -> None:
    middleware, calls = answering()
    for _turn in range(2):
        middleware(RequestFactory().get("/x/", **extra))
    assert len(calls) == 2


def test_posts_pass_by(pages: Client) -> None:
    middleware, calls = answering()
    for _turn in range(2):
        middleware(RequestFactory().post("/x/"))
    assert len(calls) == 2


def page(size: int) -> Page:
    return Page(200, {}, '"x"', {"": b"x" * size})


def test_the_store_forgets_the_least_recently_used() -> None:
    store = Store(max_bytes=10_000)
    for name in "abcd":
        store.put(1, (name,), page(500))
        store.get(1, ("a",))
    assert store.get(1, ("a",)) is not None
    assert store.get(1, ("b",)) is None
    assert store.bytes <= store.max_bytes


def test_an_older_generation_never_comes_back() -> None:
    store = Store()
    store.put(2, ("a",), page(1))
    store.put(1, ("a",), page(2))
    assert store.get(1, ("a",)) is None
    assert store.get(2, ("a",)) is not None


def depending(state: list[Any]) -> Any:
    """A middleware around a view whose answer hangs on `state` too, and how often it was called."""
    calls: list[HttpRequest] = []

    @cached_while(lambda: state[0])
    def view(request: HttpRequest) -> HttpResponse:
        calls.append(request)
        return HttpResponse(str(state[0]))

    def get_response(request: HttpRequest) -> HttpResponse:
        request.resolver_match = mock.Mock(func=view)
        return view(request)

    return PageCacheMiddleware(get_response), calls


def test_kept_as_long_as_its_state_is_the_same(pages: Client) -> None:
    state = ["a"]
    middleware, calls = depending(state)
    for state[0] in ("a", "a", "b", "b", "a"):
        assert middleware(RequestFactory().get("/x/")).content.decode() == state[0]
    assert len(calls) == 3
    assert middleware.store.bytes == 2 * sum(page.size for page in middleware.store.pages.values())


def test_nothing_is_kept_without_a_state(pages: Client) -> None:
    middleware, calls = depending([None])
    for _turn in range(2):
        middleware(RequestFactory().get("/x/"))
    assert len(calls) == 2
