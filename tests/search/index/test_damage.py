import json
import shutil

import pytest
from django.db import connection
from tantivy import Query

from search.index import indexer, integrity, place, reading, schema
from tests.factories.publications import make_output
from tests.factories.taxonomy import load_vocabularies

from .asking import found, rebuild, with_text

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def output():
    load_vocabularies()
    made = make_output(title_id="Kajian zzxqy")
    with_text(made, "teks halaman")
    rebuild()
    assert found("zzxqy") == [made.pk]
    return made


def run_until_it_follows() -> list[str]:
    """The indexer, until it says that it follows; what it said."""
    said: list[str] = []
    indexer.Indexer(said.append, lambda _done, _total: None, lambda: any("follows" in text for text in said)).run()
    return said


def test_without_an_index_there_is_nothing_to_search_until_the_indexer_has_built_one():
    load_vocabularies()
    made = make_output(title_id="Kajian zzxqy")
    with pytest.raises(reading.IndexNotReady):
        reading.current()
    said = run_until_it_follows()
    assert "there is none yet" in said[0]
    assert found("zzxqy") == [made.pk]


def test_a_whole_index_is_kept(output):
    before = place.current()
    assert run_until_it_follows() == ["The search index follows what is published."]
    assert place.current() == before


def each_file():
    return [
        path
        for folder in ("outputs", "pages")
        for path in sorted((place.root() / place.current().name / folder).iterdir())
    ]


def test_garbage_in_any_file_is_noticed(output):
    current = place.current()
    assert integrity.damage(current) == ""
    checked = 0
    for path in integrity.committed_files(current.outputs) + integrity.committed_files(current.pages):
        content = path.read_bytes()
        body = content.rindex(b'{"version"')  # behind it are Tantivy's version, the checksum and the length of both
        for at in {*range(0, body, max(1, body // 3)), len(content) - 12, len(content) - 6, len(content) - 1}:
            path.write_bytes(content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :])
            assert integrity.damage(current), (path.name, at)
            checked += 1
        for length in (0, 5, len(content) // 2, len(content) - 1):
            path.write_bytes(content[:length])
            assert integrity.damage(current)
        path.unlink()
        assert integrity.damage(current)
        path.write_bytes(content)
    assert checked > 30
    assert integrity.damage(current) == ""


def garbage_everywhere():
    for path in each_file():
        path.unlink()  # not written over: readers have it open as memory
        path.write_bytes(b"\x07garbage" * 50)


def cut_short():
    for path in each_file():
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content[:3])


def emptied():
    for path in each_file():
        path.unlink()
        path.touch()


def without_meta():
    (place.current().outputs / "meta.json").unlink()


def without_a_segment():
    next(iter(place.current().outputs.glob("*.term"))).unlink()


def without_pages():
    shutil.rmtree(place.current().pages)


def without_folder():
    shutil.rmtree(place.current().folder)


def without_state():
    (place.current().folder / "state.json").unlink()


def half_a_state():
    (place.current().folder / "state.json").write_text('{"version": 1, "da')


def without_pointer():
    place.pointer().unlink()


def pointer_to_nowhere():
    place.pointer().write_text("../../etc")


def garbage_for_a_pointer():
    place.pointer().write_bytes(b"\xff\xfe\x00")


def other_fields():
    state = place.current().folder / "state.json"
    state.write_text(json.dumps(json.loads(state.read_text()) | {"version": schema.VERSION + 1}))


@pytest.mark.parametrize(
    "harm",
    [
        garbage_everywhere, cut_short, emptied, without_meta, without_a_segment, without_pages, without_folder,
        without_state, half_a_state, without_pointer, pointer_to_nowhere, garbage_for_a_pointer, other_fields,
    ],
)  # fmt: skip
def test_a_damaged_index_is_not_searched_and_is_built_anew(output, harm):
    harm()
    reading.forget()
    with pytest.raises(reading.IndexNotReady):
        reading.current()
    said = run_until_it_follows()
    assert said[0].startswith("Building the search index: ")
    assert found("zzxqy") == [output.pk]


PANIC = type("PanicException", (BaseException,), {})
COMPLAINTS = [PANIC(), ValueError("An error occurred: 'Data corrupted'"), ValueError("An IO error occurred: 'VInt'")]


@pytest.mark.parametrize("complaint", COMPLAINTS)
def test_damage_that_shows_while_searching_gets_it_rebuilt(output, complaint):
    """Tantivy checks nothing while it reads: it panics, or says that it cannot read."""
    before = place.current()
    with pytest.raises(reading.IndexNotReady), reading.searching():
        garbage_everywhere()
        raise complaint
    with pytest.raises(reading.IndexNotReady):
        reading.current()
    assert "Building the search index" in run_until_it_follows()[0]
    assert found("zzxqy") == [output.pk]
    assert place.current() != before


def test_a_complaint_about_a_whole_index_costs_no_rebuild(output):
    before = place.current()
    with pytest.raises(reading.IndexNotReady), reading.searching():
        raise PANIC
    assert place.current().damage.exists()
    assert run_until_it_follows() == ["The search index follows what is published."]
    assert place.current() == before
    assert found("zzxqy") == [output.pk]


def test_other_errors_are_the_askers_own(output):
    with pytest.raises(ValueError, match="nonsense"), reading.searching() as reader:
        reader.outputs.search(Query.all_query(), 1, order_by_field="nonsense")
    assert not place.current().damage.exists()


def test_an_index_of_other_code_is_searched_until_the_new_one_is_there(output, monkeypatch):
    before = place.current()
    monkeypatch.setattr(place, "fingerprint", lambda: "other")
    assert found("zzxqy") == [output.pk]
    said = run_until_it_follows()
    assert "another way" in said[0]
    assert place.current() != before
    assert found("zzxqy") == [output.pk]


@pytest.mark.parametrize("changed", [{"database": "other-1"}, {"xid": 2**60}])
def test_an_index_of_another_database_is_built_anew(output, changed):
    before = place.current()
    state = before.folder / "state.json"
    state.write_text(json.dumps(json.loads(state.read_text()) | changed))
    said = run_until_it_follows()
    assert "another database" in said[0]
    assert place.current() != before


def test_the_indexer_outlives_the_loss_of_the_database(output):
    said: list[str] = []
    options = connection.settings_dict["OPTIONS"]
    before = dict(options)

    def stop() -> bool:
        if any("cannot be reached" in text for text in said) and options != before:
            options.clear()
            options.update(before)
        elif said and options == before and "follows" in said[-1] and len(said) == 1:
            connection.close()
            options["host"] = "/nowhere"
        return said[2:] == ["The search index follows what is published."]

    indexer.Indexer(said.append, lambda _done, _total: None, stop).run()
    assert "cannot be reached" in said[1]
