import time

import pytest

from search.index import place, reading
from tests.factories.publications import make_output
from tests.factories.taxonomy import load_vocabularies

from .asking import follow, found, rebuild

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def one_output():
    load_vocabularies()
    make_output(title_id="Kajian zzxqy")
    rebuild()


def test_a_commit_is_noticed_by_the_next_request():
    first = reading.current()
    assert reading.current() is first
    make_output(title_id="Kajian zzxqy")
    follow()
    second = reading.current()
    assert second.generation != first.generation
    assert (first.outputs.num_docs, second.outputs.num_docs) == (1, 2)


def test_the_look_costs_next_to_nothing():
    reading.current()
    began = time.perf_counter()
    for _n in range(1000):
        reading.current()
    assert time.perf_counter() - began < 0.5


def test_an_index_that_is_gone_is_noticed():
    reading.current()
    place.remove(place.current())
    with pytest.raises(reading.IndexNotReady):
        reading.current()


def test_two_processes_name_a_commit_alike():
    first = reading.current().generation
    reading.forget()
    assert reading.current().generation == first
    assert found("zzxqy")
