"""`kill -9` of the indexer at random points, while outputs are published, changed, withdrawn and read: afterwards index
and database agree, output for output and field for field."""

import itertools
import json
import os
import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from tantivy import Query, Searcher

from accounts.actions import merging
from accounts.models import Organisation, User
from publications.actions import reading as pdf_reading
from publications.actions import review
from publications.models import Change, Output
from publications.pdf.reading import Page as ReadPage
from publications.pdf.reading import PdfReading
from publications.states import OutputState
from search.index import changes, documents, place, reading, schema
from tests.factories.accounts import make_organisation, make_user
from tests.factories.publications import make_submitted, make_version, some_curator
from tests.factories.taxonomy import load_vocabularies
from tests.kesos_repo.processes import test_database_url, wait_for
from tests.search.index.asking import differences, with_text

from .nursery import Nursery

SEED = int(os.environ.get("KESOS_KILL_SEED", "20261124"))
KILLS = 50
LONGEST_LIFE = 0.7  # seconds
DRAFTS = 24

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def nursery(tmp_path: Path, settings: Any) -> Iterator[Nursery]:
    settings.SEARCH_DIR = tmp_path / "search"
    reading.forget()
    made = Nursery(DATABASE_URL=test_database_url(), KESOS_SEARCH_DIR=str(settings.SEARCH_DIR))
    yield made
    made.close()
    reading.forget()


class Traffic(threading.Thread):
    """What curators and the worker do to public outputs, one thing after the other, until `stop`."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.dice = random.Random(seed)
        self.drafts = [make_submitted(title_id=f"Kajian nomor zz{n}") for n in range(DRAFTS)]
        self.curator: User = some_curator()
        self.admin: User = make_user("admin@example.org", "administrator")
        self.places = [make_organisation(f"Balai yy{n}") for n in range(4)]
        self.count = itertools.count()
        self.done: dict[str, int] = {}
        self.error: BaseException | None = None
        self._stop_asked = threading.Event()

    def stop(self) -> None:
        self._stop_asked.set()
        self.join(30)
        if self.error:
            raise self.error

    def run(self) -> None:
        things = [self.publish, self.correct, self.withdraw, self.reinstate, self.renew, self.read, self.merge]
        try:
            while not self._stop_asked.is_set():
                thing = self.dice.choices(things, weights=[4, 8, 3, 3, 2, 4, 1])[0]
                time.sleep(0.02)
                if thing():
                    self.done[thing.__name__] = self.done.get(thing.__name__, 0) + 1
        except BaseException as error:  # noqa: BLE001 - told to the test
            self.error = error
        finally:
            connection.close()

    def _one(self, state: str) -> Output | None:
        outputs = list(Output.objects.filter(state=state).order_by("pk"))
        return self.dice.choice(outputs) if outputs else None

    def publish(self) -> bool:
        if not self.drafts:
            return False
        version = self.drafts.pop()
        review.publish(version, by=self.curator)
        return True

    def correct(self) -> bool:
        if not (output := self._one(OutputState.PUBLISHED)):
            return False
        number = next(self.count)
        data = {
            "title_id": f"Kajian diubah vv{number}",
            "contributors": [{"family_name": f"Nama{number % 5}", "affiliation": self.dice.choice(self._places())}],
        }
        review.correct(output.current, data, "salah", by=self.curator)
        return True

    def withdraw(self) -> bool:
        output = self._one(OutputState.PUBLISHED)
        return bool(output and review.withdraw(output, "keliru", by=self.curator))

    def reinstate(self) -> bool:
        output = self._one(OutputState.WITHDRAWN)
        return bool(output and review.reinstate(output, "keliru", by=self.curator))

    def renew(self) -> bool:
        output = self._one(OutputState.PUBLISHED)
        return bool(output and make_version(output, file_name=f"berkas-{next(self.count)}.pdf"))

    def read(self) -> bool:
        output = self._one(OutputState.PUBLISHED)
        blob = output and output.current.files.first()
        if not blob:
            return False
        pages = tuple(ReadPage(n, f"teks halaman uu{next(self.count)}") for n in range(1, self.dice.randint(2, 5)))
        pdf_reading.take_in(blob.blob, PdfReading(pages=pages, page_count=len(pages)))
        return True

    def merge(self) -> bool:
        places = self._places()
        if len(places) > 2:
            merging.merge_organisations(self.admin, places[0], places[1])
        else:
            self.places.append(make_organisation(f"Balai yy{next(self.count)}"))
        return True

    def _places(self) -> list[Organisation]:
        return list(Organisation.objects.current().filter(name__startswith="Balai yy").order_by("pk"))


def test_fifty_kills(nursery: Nursery) -> None:
    load_vocabularies()
    dice = random.Random(SEED)
    traffic = Traffic(SEED)
    for version in [traffic.drafts.pop() for _n in range(6)]:
        review.publish(version, by=traffic.curator)
        with_text(version, "satu", "dua")
    traffic.start()
    seen: set[str] = set()
    try:
        for number in range(KILLS):
            nursery.start_indexer()
            if number % 2:
                wait_for(lambda: committed() not in {*seen, ""}, 60)  # however slow the machine: every other one works
            time.sleep(dice.random() ** 1.5 * LONGEST_LIFE)
            nursery.kill_indexer()
            seen.add(committed())
            if number % 17 == 16:
                place.pointer().unlink(missing_ok=True)  # so that it is also killed while it builds anew
    finally:
        traffic.stop()
    assert len(seen) > KILLS / 2
    nursery.start_indexer()
    wait_for(is_up_to_date, 60)
    assert differences() == []
    assert_same_fields()
    assert {"publish", "correct", "withdraw", "reinstate", "renew", "read", "merge"} == set(traffic.done)


def committed() -> str:
    """Names the last commit of the current index, if there is one."""
    try:
        return reading.current().generation
    except reading.IndexNotReady:
        return ""


def is_up_to_date() -> bool:
    newest = Change.objects.order_by("-xid", "-pk").first()
    current = place.current()
    state = current and current.read_state()
    return bool(
        newest and state and not changes.since(state.xid, state.change, 1).outputs and changes.horizon() > newest.xid
    )


def assert_same_fields() -> None:
    """Every term and number of every field of the outputs and pages, one by one, against a document made just now."""
    reader = reading.current()
    public = list(Output.objects.public().order_by("pk").values_list("pk", flat=True))
    built = documents.build(public, timezone.localdate())
    assert reader.outputs.num_docs == len(public) == len(built)
    assert reader.pages.num_docs == sum(len(one.pages) for one in built)
    assert len(built) > DRAFTS / 4
    for one in built:
        this = Query.term_query(reader.outputs_schema, "id", one.id)
        expected = json.loads(one.output)
        for name in {*schema.WORDS, "words"}:
            assert terms(reader.outputs, name, this) == tokens(expected[name]), (one.id, name)
        for name in (*schema.CODES, *schema.SINGLE, "title_key", "identifier", "person_names", "organisation_names"):
            assert terms(reader.outputs, name, this) == values(expected[name]), (one.id, name)
        for name in ("public_id", "title_sort", *schema.counted(schema.FACETS)):
            assert terms(reader.outputs, name, this) == values(expected[name]), (one.id, name)
        (hit,) = reader.outputs.search(this, 10).hits
        for name in ("newest", "most_read", "year", "digest"):
            assert reader.outputs.fast_field_values(name, [hit[1]]) == [expected[name]], (one.id, name)
        for name in ("person", "organisation"):
            for pk in expected[name]:
                also = Query.term_query(reader.outputs_schema, name, pk)
                assert reader.outputs.search(this.and_must_match(also), 1).count == 1, (one.id, name)
        pages = Query.term_query(reader.pages_schema, "id", one.id)
        assert terms(reader.pages, "text", pages) == {w for page in one.pages for w in json.loads(page)["text"].split()}


def terms(searcher: Searcher, field: str, within: Query) -> set[str]:
    return {term for term, _count in searcher.terms_with_prefix(field, "", filter_query=within)}


def tokens(value: Any) -> set[str]:
    return {word for text in listed(value) for word in text.split()}


def values(value: Any) -> set[str]:
    return set(listed(value))


def listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]
