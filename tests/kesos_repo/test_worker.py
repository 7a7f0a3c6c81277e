import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kesos_repo import chores, worker
from kesos_repo.chores import Chore, Chores
from tests.kesos_repo import tasks
from tests.kesos_repo.processes import manage, test_database_url, wait_for

pytestmark = pytest.mark.django_db(transaction=True)


def run_batch(exclude: list[str] | None = None, time_limit: float = 30) -> None:
    batch = worker.Worker(excluded_queue_names=exclude or [], interval=0.01, batch=True)
    batch.chores = Chores(())
    batch.time_limit = time_limit
    batch.run()


def status_of(result) -> str:
    return DBTaskResult.objects.get(pk=result.id).status


def running_task(*worker_ids: str) -> DBTaskResult:
    result = DBTaskResult.objects.get(pk=tasks.note.enqueue("/nowhere").id)
    result.status, result.worker_ids = TaskResultStatus.RUNNING, list(worker_ids)
    result.save()
    return result


def test_a_task_is_queued_with_the_transaction_and_not_without(tmp_path):
    path = tmp_path / "noted"
    with pytest.raises(RuntimeError), transaction.atomic():
        tasks.note.enqueue(str(path))
        raise RuntimeError
    run_batch()
    assert not path.exists()
    tasks.note.enqueue(str(path))
    run_batch()
    assert path.read_text() == "done\n"


def test_a_worker_killed_in_the_middle_of_a_task_loses_nothing(tmp_path):
    marker = tmp_path / "begun"
    result = tasks.hang_the_first_time.enqueue(str(marker))
    environment = {"DATABASE_URL": test_database_url()}
    with manage("worker", **environment) as first:
        wait_for(marker.exists)
        assert worker.any_alive()
        first.send_signal(signal.SIGKILL)
        first.wait()
    wait_for(lambda: not worker.any_alive())
    assert status_of(result) == TaskResultStatus.RUNNING
    with manage("worker", **environment):
        wait_for(lambda: status_of(result) == TaskResultStatus.SUCCESSFUL)
    assert len(set(DBTaskResult.objects.get().worker_ids)) == 2


def test_a_running_task_of_a_living_worker_is_left_alone():
    with worker._held_lock("alive"):
        mine, orphan = running_task("gone", "alive"), running_task("gone")
        assert worker.give_back_cut_off() == 1
    mine.refresh_from_db()
    orphan.refresh_from_db()
    assert (mine.status, orphan.status) == (TaskResultStatus.RUNNING, TaskResultStatus.READY)


def test_a_task_cut_off_three_times_has_failed():
    result = running_task("a", "b", "c")
    worker.give_back_cut_off()
    result.refresh_from_db()
    assert result.status == TaskResultStatus.FAILED
    assert result.exception_class_path == "kesos_repo.worker.WorkerDied"


def test_a_task_that_takes_too_long_is_interrupted_and_the_next_one_runs(tmp_path):
    slow = tasks.sleep.enqueue(20)
    tasks.note.enqueue(str(tmp_path / "noted"))
    began = time.monotonic()
    run_batch(time_limit=0.3)
    assert time.monotonic() - began < 5
    result = DBTaskResult.objects.get(pk=slow.id)
    assert result.status == TaskResultStatus.FAILED
    assert result.exception_class_path == "kesos_repo.worker.TaskTookTooLong"
    assert (tmp_path / "noted").exists()


def test_a_failed_task_is_logged_with_its_reason(caplog):
    result = tasks.fail.enqueue()
    run_batch()
    assert status_of(result) == TaskResultStatus.FAILED
    assert "on purpose" in caplog.text


def test_a_worker_may_leave_the_slow_queue_to_others(tmp_path):
    path = tmp_path / "noted"
    tasks.note_slowly.enqueue(str(path))
    run_batch(exclude=["slow"])
    assert not path.exists()
    run_batch()
    assert path.exists()


def test_a_worker_that_loses_the_database_comes_back_under_another_name(monkeypatch, tmp_path):
    monkeypatch.setattr(worker, "RECONNECT_SECONDS", 0.05)
    names = []

    def lose_it_once(self, held):
        names.append(self.worker_id)
        if len(names) == 1:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        original(self, held)

    original = worker.Worker._work
    monkeypatch.setattr(worker.Worker, "_work", lose_it_once)
    tasks.note.enqueue(str(tmp_path / "noted"))
    run_batch()
    assert (tmp_path / "noted").exists()
    assert len(set(names)) == 2


def test_a_task_that_loses_the_database_is_done_again_but_not_for_ever(monkeypatch, tmp_path):
    monkeypatch.setattr(worker, "RECONNECT_SECONDS", 0.05)
    once = tasks.lose_the_database_the_first_time.enqueue(str(tmp_path / "begun"))
    always = tasks.lose_the_database.enqueue()
    run_batch()
    assert status_of(once) == TaskResultStatus.SUCCESSFUL
    assert status_of(always) == TaskResultStatus.FAILED
    assert len(DBTaskResult.objects.get(pk=always.id).worker_ids) == worker.MAX_ATTEMPTS


def test_chores_run_when_due_and_a_failing_one_stops_nothing(caplog):
    ran = []
    broken = Chore("broken", timedelta(hours=1), lambda: 1 / 0)
    fine = Chore("fine", timedelta(hours=1), lambda: ran.append(1))
    both = Chores((broken, fine))
    both.run_due()
    both.run_due()
    assert ran == [1]
    assert "ZeroDivisionError" in caplog.text


def test_old_finished_tasks_and_expired_sessions_are_forgotten(tmp_path: Path):
    old, new, waiting = (tasks.note.enqueue(str(tmp_path / "noted")) for _ in range(3))
    for result, age in ((old, 30), (new, 1)):
        DBTaskResult.objects.filter(pk=result.id).update(
            status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now() - timedelta(days=age)
        )
    Session.objects.create(session_key="x", session_data="", expire_date=timezone.now() - timedelta(days=1))
    Chores(chores.CHORES).run_due()
    assert {str(pk) for pk in DBTaskResult.objects.values_list("pk", flat=True)} == {new.id, waiting.id}
    assert not Session.objects.exists()
