import io
import signal
import time
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from publications.actions import review
from publications.models import Change, Version
from search.index import changes, documents, place, reading
from search.index import indexer as indexer_module
from search.index.following import Follower
from search.index.writing import Writer
from tests.factories.publications import make_output, make_submitted, some_curator, withdraw
from tests.factories.taxonomy import load_vocabularies
from tests.kesos_repo.processes import manage, test_database_url, wait_for

from .asking import follow, follower, found, found_pages, rebuild, with_text

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def vocabularies_loaded():
    load_vocabularies()


@contextmanager
def indexer():
    with manage("follow_index", DATABASE_URL=test_database_url(), KESOS_SEARCH_DIR=str(place.root())) as process:
        yield process


def is_ready() -> bool:
    try:
        return bool(reading.current())
    except reading.IndexNotReady:
        return False


def seconds_until(condition) -> float:
    """From when nothing that began before the last change is still running: transactions of other tests count too."""
    newest = Change.objects.latest("pk").xid
    wait_for(lambda: changes.horizon() > newest, 60)
    began = time.monotonic()
    wait_for(condition, 20)
    return time.monotonic() - began


def test_a_publication_is_found_within_two_seconds():
    versions = [make_submitted(title_id=f"Kajian zz{n}") for n in range(4)]
    with indexer() as process:
        wait_for(is_ready)
        outputs = []
        for number, version in enumerate(versions):
            outputs.append(review.publish(version, by=some_curator()))
            assert seconds_until(lambda n=number: found(f"zz{n}")) < 2
        withdraw(outputs[0])
        assert seconds_until(lambda: not found("zz0")) < 2
        with_text(outputs[1], "teks zzxqy")
        review.correct(outputs[1].current, {"publisher": "Lain"}, "salah", by=some_curator())
        assert seconds_until(lambda: found_pages("zzxqy")) < 2
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert time.monotonic() - began < 2
        assert process.stdout
        assert "The search index follows what is published." in process.stdout.read()


def test_two_indexers_never_write_the_same_index():
    with indexer() as first:
        wait_for(is_ready)
        with indexer() as second:
            assert second.stdout
            assert "Another process keeps this machine's search index" in second.stdout.readline()
            output = make_output(title_id="Kajian zzxqy")
            wait_for(lambda: found("zzxqy"))
            first.kill()
            withdraw(output)
            wait_for(lambda: not found("zzxqy"))
            assert "follows" in second.stdout.readline()


def test_a_reindex_beside_a_running_indexer():
    output = make_output(title_id="Kajian zzxqy")
    with indexer():
        wait_for(is_ready)
        before = place.current()
        rebuild()
        after = place.current()
        assert before != after
        wait_for(lambda: not before.folder.exists())
        withdraw(output)
        wait_for(lambda: not found("zzxqy"))
        assert place.current() == after


def test_a_rebuild_by_the_running_indexer_when_its_index_is_damaged():
    make_output(title_id="Kajian zzxqy")
    with indexer():
        wait_for(is_ready)
        before = place.current()
        for path in before.outputs.iterdir():
            path.unlink()  # not written over: it is open as memory in both processes
            path.write_bytes(b"garbage" * 9)
        before.damage.write_text("a reader")
        wait_for(lambda: place.current() != before and is_ready())
        assert found("zzxqy")


def check() -> str:
    out = io.StringIO()
    call_command("check_index", stdout=out)
    return out.getvalue()


def failed_check() -> str:
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_index", stdout=out)
    return out.getvalue()


def test_check_index():
    with pytest.raises(CommandError, match="no search index"):
        check()
    changed, gone, missing, twice, pages = [make_output() for _n in range(5)]
    with_text(pages, "satu", "dua")
    rebuild()
    assert check() == "Index and database agree.\n"
    Version.objects.filter(pk=changed.current_id).update(title_id="Judul lain")
    withdraw(gone)
    writer = Writer(place.current())
    writer.replace([missing.pk], [])
    writer.add(documents.build([twice.pk], timezone.localdate()))
    writer._pages.delete_all_documents()
    writer._pages_changed = True
    writer.commit()
    writer.close()
    assert failed_check().splitlines() == [
        f"Output {changed.pk} is in the index with other content.",
        f"Output {missing.pk} is public, but not in the index.",
        f"Output {twice.pk} is in the index 2 times.",
        f"Output {pages.pk} has 2 pages of text, of which the index has 0.",
        f"Output {gone.pk} is in the index, but not public.",
    ]
    rebuild()
    assert check() == "Index and database agree.\n"
    part = next(iter(place.current().outputs.glob("*.idx")))
    part.unlink()
    part.write_bytes(b"garbage")
    with pytest.raises(CommandError, match="is damaged"):
        check()


def test_an_indexer_whose_disk_is_full_goes_on_when_there_is_room(monkeypatch):
    rebuild()
    output = make_output(title_id="Kajian zzxqy")
    said: list[str] = []
    commit, fails = Writer.commit, [True, True]

    def full(self):
        if fails:
            fails.pop()
            raise OSError(28, "No space left on device")
        commit(self)

    monkeypatch.setattr(Writer, "commit", full)
    monkeypatch.setattr(indexer_module, "RETRY_SECONDS", 0.01)
    indexer_module.Indexer(said.append, lambda _done, _total: None, lambda: bool(found("zzxqy"))).run()
    assert found("zzxqy") == [output.pk]
    assert any("cannot be written, trying again: [Errno 28] No space left on device" in text for text in said)


def test_nothing_is_lost_when_a_commit_fails(monkeypatch):
    rebuild()
    output = make_output(title_id="Kajian zzxqy")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Follower, "_remember", lambda *_arguments: (_ for _ in ()).throw(OSError("full")))
        following = follower()
        with pytest.raises(OSError, match="full"):
            while True:
                following.step()
        following.close()
    follow()
    assert found("zzxqy") == [output.pk]
