"""Single moments that random kills seldom hit, made to happen."""

import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import OperationalError, connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kesos_repo.worker import Worker
from publications.actions import drafts, files, reading, storage
from publications.actions.reading import MOST_TASKS
from publications.checks import unmet
from publications.models import Blob, Version
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db(transaction=True)
CONTENT = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n%%EOF\n"


@pytest.fixture
def draft(settings: Any, tmp_path: Any) -> Version:
    settings.MEDIA_ROOT = tmp_path
    return drafts.start_draft(make_user())


def add(draft: Version) -> Blob:
    upload = SimpleUploadedFile("naskah.pdf", CONTENT)
    return files.add_file(draft, upload, by=draft.output.owner).blob


def work() -> None:
    Worker(excluded_queue_names=[], interval=0.01, batch=True).run()


@pytest.mark.parametrize("is_committed", [True, False])
def test_a_database_lost_at_the_commit_leaves_no_row_without_content(
    draft: Version, monkeypatch: pytest.MonkeyPatch, is_committed: bool
) -> None:
    commit = connection.connection.commit

    def lost() -> None:
        if is_committed:
            commit()
        else:
            connection.connection.rollback()
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "_commit", lost)
        with pytest.raises(OperationalError):
            add(draft)
    assert Blob.objects.count() == int(is_committed)
    assert not list(storage.damaged())
    for blob in Blob.objects.all():
        assert hashlib.sha256(blob.content.read()).hexdigest() == blob.sha256
    assert len(storage.orphans(older_than_hours=0)) == int(not is_committed)


def test_a_pdf_whose_task_was_cut_off_too_often_is_read_all_the_same(draft: Version) -> None:
    blob = add(draft)
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    work()  # the chore is due when a worker starts
    blob.refresh_from_db()
    assert blob.reading_state == "failed"
    assert blob.reading["error"] in ("cannot_open", "no_pages")


def test_nothing_is_queued_twice(draft: Version) -> None:
    add(draft)
    assert reading.queue_forgotten() == 0
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    assert reading.queue_forgotten() == 0


def test_a_pdf_that_ends_every_reading_is_given_up_and_its_author_told(draft: Version) -> None:
    blob = add(draft)
    for _task in range(MOST_TASKS):
        DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
        assert reading.queue_forgotten() == 1
    blob.refresh_from_db()
    assert (blob.reading_state, blob.reading["error"]) == ("failed", "unreadable")
    assert "file_refused" in {check.code for check in unmet(draft)}


def test_the_clean_up_finds_what_a_kill_leaves(draft: Version, settings: Any, tmp_path: Any, capsys: Any) -> None:
    blob = add(draft)
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "incoming"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    (settings.FILE_UPLOAD_TEMP_DIR / "tmpabc.upload.pdf").write_bytes(b"half")
    settings.MEDIA_ROOT = settings.MEDIA_ROOT / "files"
    storage.default_storage.save("ab/abandoned", SimpleUploadedFile("x", b"left"))
    storage.default_storage.save(str(blob.content), SimpleUploadedFile("x", CONTENT))
    call_command("clean_storage", "--older-than=0", "--verify")
    said = capsys.readouterr().out
    assert "in no row: ab/abandoned" in said and "tmpabc.upload.pdf" in said and "whole" in said
    assert str(blob.content) not in said
