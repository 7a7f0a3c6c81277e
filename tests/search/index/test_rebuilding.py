import errno
import io
import os
import threading
import time

import pytest
from django.core.management import CommandError, call_command
from tantivy import Query

from publications.actions import review
from search.index import documents, place, reading, rebuilding
from search.index.writing import CannotWrite, Writer
from tests.factories.publications import make_output, some_curator, withdraw
from tests.factories.taxonomy import load_vocabularies

from .asking import differences, follow, follower, found, found_pages, rebuild, with_text

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def vocabularies_loaded():
    load_vocabularies()


def titles(number: int) -> list[int]:
    return [make_output(title_id=f"Kajian nomor zz{n}").pk for n in range(number)]


def test_everything_public_is_in_a_new_index():
    ids = titles(3)
    withdraw(make_output(title_id="Kajian ditarik"))
    with_text(review.Output.objects.get(pk=ids[1]), "satu", "dua zzxqy")
    rebuild()
    assert found("kajian") == ids
    assert found_pages("zzxqy") == [(ids[1], 2)]
    assert differences() == []


def test_without_outputs_there_is_an_empty_index():
    rebuild()
    assert reading.current().outputs.num_docs == 0


def test_the_old_index_is_searched_until_the_new_one_takes_its_place(folder, monkeypatch):
    (old,) = titles(1)
    rebuild()
    before = reading.current()
    (new,) = titles(1)
    seen = []
    make_current = place.make_current
    monkeypatch.setattr(place, "make_current", lambda target: (seen.append(found("kajian")), make_current(target)))
    rebuild()
    assert seen == [[old]]
    assert found("kajian") == [old, new]
    assert before.generation != reading.current().generation
    # Who still has the old one open goes on reading it, though its files are gone.
    assert before.outputs.search(Query.term_query(before.outputs_schema, "all", "kajian"), 10).count == 1
    assert [path.name for path in folder.glob("index-*")] == [place.current().name]


def test_searches_never_fail_while_indexes_are_swapped():
    titles(2)
    rebuild()
    stop, numbers, errors = threading.Event(), set(), []

    def search():
        while not stop.is_set():
            try:
                with reading.searching() as reader:
                    numbers.add(reader.outputs.search(Query.all_query(), 10).count)
            except BaseException as error:  # noqa: BLE001 - each of them is one too many
                errors.append(error)

    threads = [threading.Thread(target=search) for _n in range(3)]
    for thread in threads:
        thread.start()
    for _n in range(5):
        rebuild()
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert numbers == {2}


def test_what_changes_meanwhile_is_in_it_when_it_takes_over(monkeypatch):
    ids = titles(3)
    build = documents.build

    def meanwhile(*arguments):
        built = build(*arguments)
        if not titles_changed:
            titles_changed.append(review.withdraw(review.Output.objects.get(pk=ids[0]), "keliru", by=some_curator()))
            version = review.Output.objects.get(pk=ids[1]).current
            review.correct(version, {"title_id": "Telaah zzxqy"}, "salah", by=some_curator())
            titles_changed.append(make_output(title_id="Kajian tambahan"))
        return built

    titles_changed: list = []
    monkeypatch.setattr(rebuilding, "build_batch", meanwhile)
    rebuild()
    follow()
    assert found("kajian") == [ids[2], titles_changed[1].pk]
    assert found("zzxqy") == [ids[1]]
    assert differences() == []


def interrupt_after(monkeypatch, commits: int) -> None:
    """Cut it off right after so many commits, before it could note them."""
    commit = Writer.commit
    left = [commits]

    def cut(self):
        commit(self)
        left[0] -= 1
        if left[0] <= 0:
            raise KeyboardInterrupt

    monkeypatch.setattr(rebuilding, "BATCH_OUTPUTS", 2)
    monkeypatch.setattr(rebuilding, "COMMIT_OUTPUTS", 2)
    monkeypatch.setattr(Writer, "commit", cut)


def test_an_interrupted_one_goes_on_where_it_stood(monkeypatch, folder):
    ids = titles(7)
    with pytest.MonkeyPatch.context() as patch:
        interrupt_after(patch, 3)
        with pytest.raises(KeyboardInterrupt):
            rebuild()
    (unfinished,) = place.others()
    assert unfinished.read_state().built_to == ids[3]
    with pytest.raises(reading.IndexNotReady):
        reading.current()
    withdraw(review.Output.objects.get(pk=ids[0]))  # after it was built, before it goes on
    built = []
    build_batch = rebuilding.build_batch
    monkeypatch.setattr(rebuilding, "build_batch", lambda some, day: (built.extend(some), build_batch(some, day))[1])
    rebuild()
    assert built == ids[4:]
    assert place.current() == unfinished
    follow()
    assert found("kajian") == ids[1:]
    assert differences() == []


def test_anew_begins_at_the_beginning():
    ids = titles(5)
    with pytest.MonkeyPatch.context() as patch:
        interrupt_after(patch, 2)
        with pytest.raises(KeyboardInterrupt):
            rebuild()
    (unfinished,) = place.others()
    rebuild(anew=True)
    assert place.current() != unfinished
    assert place.others() == []
    assert found("kajian") == ids


def test_one_that_other_code_began_is_thrown_away(monkeypatch):
    titles(5)
    with pytest.MonkeyPatch.context() as patch:
        interrupt_after(patch, 2)
        with pytest.raises(KeyboardInterrupt):
            rebuild()
    (unfinished,) = place.others()
    monkeypatch.setattr(place, "fingerprint", lambda: "other")
    rebuild()
    assert place.current() != unfinished
    assert not unfinished.folder.exists()


def test_it_stops_when_it_is_told_to(monkeypatch):
    ids = titles(5)
    monkeypatch.setattr(rebuilding, "BATCH_OUTPUTS", 2)
    with pytest.raises(rebuilding.Interrupted):
        rebuild(stop=lambda: True)
    (unfinished,) = place.others()
    assert unfinished.read_state().built_to == ids[1]


def test_several_processes_build_the_same(monkeypatch):
    ids = titles(9)
    monkeypatch.setattr(rebuilding, "ALONE_BELOW", 0)
    monkeypatch.setattr(rebuilding, "BATCH_OUTPUTS", 2)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1})
    rebuild()
    assert found("kajian") == ids
    assert differences() == []


def test_batches_are_shorter_where_there_are_many_pages(monkeypatch):
    ids = titles(4)  # each with a PDF of three pages
    monkeypatch.setattr(rebuilding, "BATCH_PAGES", 6)
    assert list(rebuilding._batches(0)) == [ids[:2], ids[2:]]
    monkeypatch.setattr(rebuilding, "BATCH_PAGES", 1)
    assert list(rebuilding._batches(ids[0])) == [[pk] for pk in ids[1:]]


def test_only_one_is_built_at_a_time():
    with place.locked("build"), pytest.raises(CommandError, match="being built already"):
        call_command("reindex", stdout=io.StringIO())


def test_a_folder_that_cannot_be_written(folder):
    titles(1)
    rebuild()
    before = place.current()
    folder.with_name("elsewhere").mkdir()

    def refuse(*_arguments, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place.Place, "write_state", refuse)
        with pytest.raises(CommandError, match=r"cannot be written in .*No space left on device.*old one stays"):
            call_command("reindex", stdout=io.StringIO())
    assert place.current() == before
    assert len(found("kajian")) == 1


def test_a_full_disk_while_it_is_built(monkeypatch):
    titles(2)
    rebuild()
    monkeypatch.setattr(Writer, "commit", lambda _self: (_ for _ in ()).throw(CannotWrite("No space left on device")))
    with pytest.raises(CommandError, match="No space left"):
        call_command("reindex", stdout=io.StringIO())
    assert len(found("kajian")) == 2


def test_a_writer_says_when_another_process_writes():
    rebuild()
    following = follower()
    with pytest.raises(CannotWrite):
        follower()
    following.close()
    follower().close()


def test_the_command_says_how_far_it_is(monkeypatch):
    titles(3)
    out = io.StringIO()
    call_command("reindex", stdout=out)
    assert "3 of 3 outputs (100%)" in out.getvalue()
    assert "in use" in out.getvalue()
    assert "\r" not in out.getvalue()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_it_is_a_bar(monkeypatch):
    titles(3)
    monkeypatch.setattr(rebuilding, "BATCH_OUTPUTS", 1)
    clock = iter(float(n) for n in range(1000))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    out = Terminal()
    call_command("reindex", stdout=out)
    lines = out.getvalue().split("\r")
    assert len(lines) == 5
    assert "█" in lines[2]
    assert "░" in lines[2]
    assert "1 of 3 outputs (33%, " in lines[2]
