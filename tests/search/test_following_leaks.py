# ruff: noqa: F811 - the fixture `index` is an argument of the tests that use it
"""What is not public reaches nobody by mail, feed or collection, nor more of it than is public; with a real index that
follows, and real transactions.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from publications.models import Change, Page
from search.actions import collections as collecting
from search.actions import digests
from search.index import currency
from search.models import Alert, Collection, CollectionItem, Digest, Told
from tests.factories.accounts import make_user
from tests.factories.following import follows, send_waiting
from tests.factories.publications import (
    attach,
    make_draft,
    make_output,
    make_submitted,
    some_curator,
    withdraw,
)
from tests.factories.search import index  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]
Index = Callable[[], None]
WORD = "kuburayaxyz"
HOUR = datetime.timedelta(hours=1)


def later() -> datetime.datetime:
    """When the next digests are due, whatever the hour of this test."""
    return timezone.now() + datetime.timedelta(days=1)


def with_text(version: Any, word: str) -> Any:
    file = version.files.first() or attach(version)
    Page.objects.create(blob=file.blob, number=1, text=f"Halaman rahasia {word}.")
    return version


def fields(name: str) -> dict[str, Any]:
    texts = {"title_id": f"Judul {WORD}{name}", "abstract_id": f"Abstrak {WORD}{name}."}
    return texts | {"title_en": "", "abstract_en": ""}


@pytest.fixture
def outputs(vocabularies: None) -> dict[str, Any]:
    """One in each state, each with the word in its title, abstract and PDF."""
    until = timezone.localdate() + datetime.timedelta(days=30)
    made = {
        "draft": make_draft(**fields("draft")).output,
        "submitted": make_submitted(**fields("submitted")).output,
        "open": make_output(**fields("open")),
        "embargoed": make_output(access="embargoed", embargo_until=until, **fields("embargoed")),
        "restricted": make_output(access="restricted", **fields("restricted")),
        "withdrawn": make_output(**fields("withdrawn")),
    }
    for number, output in enumerate(made.values()):
        version = output.versions.get()
        version.files.all().delete()
        attach(version, content=f"%PDF-{number}".encode())
        with_text(version, f"{WORD}isi")
        Change.objects.create(output=output)
    withdraw(made["withdrawn"])
    return made


@pytest.fixture
def user(vocabularies: None) -> Iterator[Any]:
    yield make_user()


def seen(text: str) -> set[str]:
    return set(re.findall(rf"{WORD}(\w+)", text))


PUBLIC = {"open", "embargoed", "restricted"}


def test_mails(outputs: dict[str, Any], user: Any, index: Index) -> None:
    begun = timezone.now() - 2 * HOUR
    by_words = [follows(user, f"{WORD}{name}", begun) for name in outputs]
    in_text = follows(user, f"{WORD}isi", begun)
    everything = follows(user, "", begun)
    index()
    digests.make_due(later())
    send_waiting()
    (sent,) = mail.outbox
    assert seen(sent.subject + sent.body + sent.alternatives[0][0]) == PUBLIC | {"isi"}
    assert {alert.query[2 + len(WORD) :] for alert in by_words if alert.told.exists()} == PUBLIC
    assert [told.output for told in in_text.told.all()] == [outputs["open"]], (
        "closed files must not be found by their text"
    )
    assert {told.output for told in everything.told.all()} == {outputs[name] for name in PUBLIC}
    assert "Halaman rahasia" not in sent.body


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_feeds(outputs: dict[str, Any], client: Client, index: Index, prefix: str) -> None:
    index()
    assert seen(client.get(f"{prefix}/cari/atom/").content.decode()) == PUBLIC
    for name, output in outputs.items():
        text = client.get(f"{prefix}/cari/atom/?q={WORD}{name}").content.decode()
        entries = text.partition("<entry>")[1:]
        assert seen("".join(entries)) == ({name} if name in PUBLIC else set()), name
        if output.public_id and name not in PUBLIC:
            assert output.public_id not in text
    text = client.get(f"{prefix}/cari/atom/?q={WORD}isi").content.decode()
    assert text.count("<entry>") == 1
    assert "Halaman rahasia" not in text


def test_what_is_withdrawn_leaves_feeds_before_the_index_knows(
    outputs: dict[str, Any], client: Client, index: Index
) -> None:
    index()
    client.get("/cari/atom/")
    withdraw(outputs["open"])
    assert "open" not in seen(client.get("/cari/atom/").content.decode())


def test_collections(outputs: dict[str, Any], client: Client, index: Index) -> None:
    index()
    for slug, kind, query in (
        ("pilihan", "curated", ""),
        ("pencarian", "query", f"q={WORD}isi"),
        ("semua", "query", "dari=1900"),
    ):
        collection = Collection()
        values = {"slug": slug, "kind": kind, "query": query, "title_id": slug, "title_en": slug}
        collecting.save_collection(some_curator(), collection, values)
        collecting.set_published(some_curator(), collection, is_published=True)
        if kind == "curated":  # as if each had been public once
            for number, output in enumerate(outputs.values()):
                CollectionItem.objects.create(collection=collection, output=output, position=number)
    for address in ("/koleksi/{}/", "/koleksi/{}/atom/", "/en/koleksi/{}/", "/en/koleksi/{}/atom/"):
        assert seen(client.get(address.format("pilihan")).content.decode()) == PUBLIC
        assert seen(client.get(address.format("semua")).content.decode()) == PUBLIC
        text = client.get(address.format("pencarian")).content.decode()
        assert seen(text) - {"isi"} == {"open"}
        assert "Halaman rahasia" not in text
    for slug, public in (("pilihan", PUBLIC), ("semua", PUBLIC), ("pencarian", {"open"})):
        for extension in ("csv", "bib", "ris", "json"):
            text = b"".join(client.get(f"/koleksi/{slug}/ekspor/{extension}")).decode()
            assert seen(text) - {"isi"} == public, (slug, extension)
            assert "Halaman rahasia" not in text
    assert f"{len(PUBLIC)} publikasi" in client.get("/koleksi/").content.decode()


def test_it_waits_until_the_index_knows_everything(outputs: dict[str, Any], user: Any, index: Index) -> None:
    follows(user, WORD + "open", timezone.now() - 2 * HOUR)
    assert not currency.is_current()
    assert digests.make_due(later()) == 0
    index()
    assert currency.is_current()
    make_output(title_id="Yang berikut")
    assert not currency.is_current()
    assert digests.make_due(later()) == 0
    index()
    assert digests.make_due(later()) == 1


def test_two_workers_at_once_make_one_digest(outputs: dict[str, Any], user: Any, index: Index) -> None:
    alert = follows(user, WORD + "open", timezone.now() - 2 * HOUR)
    index()
    now, together = later(), Barrier(4)

    def work() -> int:
        together.wait()
        try:
            return digests.make_due(now)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        made = [future.result() for future in [pool.submit(work) for _ in range(4)]]
    assert sum(made) == 1
    assert Digest.objects.count() == Told.objects.filter(alert=alert).count() == 1


def test_what_was_rolled_back_was_not_told(outputs: dict[str, Any], user: Any, index: Index) -> None:
    """As when the worker is killed before the commit."""
    follows(user, WORD + "open", timezone.now() - 2 * HOUR)
    index()

    class Killed(Exception):
        pass

    with pytest.raises(Killed), transaction.atomic():
        assert digests.make_due(later()) == 1
        raise Killed
    assert not Digest.objects.exists()
    assert digests.make_due(later()) == 1
    assert Alert.objects.get().told.count() == 1
