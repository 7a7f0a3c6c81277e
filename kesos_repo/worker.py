"""The task worker: django-tasks-db's, with what it lacks after a crash.

While it lives, a worker holds a PostgreSQL advisory lock of its own, on a connection of its own. So anybody can see
whether a worker lives (`any_alive`, for /healthz), and a running task whose worker no longer holds its lock was cut
off: it is given back, at most three times in all; so is one that lost the database. Tasks must therefore bear being run
twice.

A task may take `KESOS_TASK_SECONDS`; then it is interrupted and counts as failed. One that cannot be interrupted ends
its worker a minute later, which `manage.py start` replaces.
"""

import logging
import os
import signal
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet

from kesos_repo.chores import Chores

Result = DBTaskResult[Any, Any]
logger = logging.getLogger(__name__)

LOCK_CLASS = 0x6B65736F  # "keso": the first half of every worker's lock
MAX_ATTEMPTS = 3
DATABASE_LOST = ("django.db.utils.OperationalError", "django.db.utils.InterfaceError")
TEND_SECONDS = 5.0
RECONNECT_SECONDS = 2.0
HARD_LIMIT_EXTRA_SECONDS = 60.0


class WorkerDied(Exception):
    """Recorded with a task that was cut off too often."""


class TaskTookTooLong(BaseException):
    """Not an `Exception`, so that a task which catches those is interrupted all the same."""


def lock_key(worker_id: str) -> int:
    return zlib.crc32(worker_id.encode()) - 2**31


def live_keys() -> set[int]:
    """The lock keys of the workers that live, on this machine or another."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objsubid = 2"
            " AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [LOCK_CLASS],
        )
        return {key - 2**32 if key >= 2**31 else key for (key,) in cursor.fetchall()}


def any_alive() -> bool:
    return bool(live_keys())


def give_back_cut_off() -> int:
    """Queue again, or fail for good, the running tasks whose worker is gone; returns how many."""
    running = list(DBTaskResult.objects.running())
    if not running:
        return 0
    alive = live_keys()  # read after the tasks: a worker holds its lock before it takes a task
    return sum(_give_back(result) for result in running if lock_key(result.worker_ids[-1]) not in alive)


@transaction.atomic
def _give_back(seen: Result) -> bool:
    still = DBTaskResult.objects.select_for_update().filter(
        pk=seen.pk, status=TaskResultStatus.RUNNING, worker_ids=seen.worker_ids
    )
    if not (result := still.first()):
        return False
    if len(result.worker_ids) >= MAX_ATTEMPTS:
        result.set_failed(WorkerDied(f"cut off {len(result.worker_ids)} times"))
    else:
        _queue_again(result)
    logger.warning("Task %s (%s) was cut off; now %s", result.pk, result.task_path, result.status)
    return True


def _queue_again(result: Result) -> None:
    result.status = TaskResultStatus.READY
    result.started_at = None
    result.save(update_fields=["status", "started_at"])


def _may_be_tried_again(result: Result) -> bool:
    """A killed PostgreSQL may be back before the task's failure is written down: that is no failure of the task."""
    return result.exception_class_path in DATABASE_LOST and len(result.worker_ids) < MAX_ATTEMPTS


class Worker(DatabaseWorker):
    """Its own loop: `run_task`, claiming and signals are the parent's."""

    def __init__(self, *, excluded_queue_names: list[str], interval: float, batch: bool) -> None:
        super().__init__(
            queue_names=["*"],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="",
            excluded_queue_names=excluded_queue_names,
        )
        self.chores = Chores()
        self.time_limit = float(os.environ.get("KESOS_TASK_SECONDS", "1800"))

    def run(self) -> None:
        while self.running:
            # A new name each time: a task cut off with the connection must not seem to belong to a living worker.
            self.worker_id = get_random_string(32)
            try:
                with _held_lock(self.worker_id) as held:
                    self._work(held)
                    return
            except (OperationalError, InterfaceError) as error:
                logger.error("Worker without database, trying again: %s", error)
                connection.close()
                time.sleep(RECONNECT_SECONDS)

    def _work(self, held: BaseDatabaseWrapper) -> None:
        next_tending = 0.0
        while self.running:
            close_old_connections()
            if time.monotonic() >= next_tending:
                self._tend(held)
                next_tending = time.monotonic() + TEND_SECONDS
            if result := self._take():
                self.run_task(result)
            elif self.batch:
                return
            else:
                time.sleep(self.interval)

    def _tend(self, held: BaseDatabaseWrapper) -> None:
        with held.cursor() as cursor:
            cursor.execute("SELECT 1")  # raises when the lock is lost
        give_back_cut_off()
        if not self.excluded_queue_names:
            self.chores.run_due()

    @transaction.atomic
    def _take(self) -> Result | None:
        ready: DBTaskResultQuerySet = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        result = ready.exclude(queue_name__in=self.excluded_queue_names).get_locked()
        if result:
            result.claim(self.worker_id)
        return result

    def run_task(self, db_task_result: Result) -> None:
        with _time_limit(self.time_limit):
            super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED:
            if _may_be_tried_again(db_task_result):
                _queue_again(db_task_result)
            logger.error("Task %s failed:\n%s", db_task_result.task_path, db_task_result.traceback)
        if connection.in_atomic_block or connection.needs_rollback:
            connection.close()


@contextmanager
def _held_lock(worker_id: str) -> Iterator[BaseDatabaseWrapper]:
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK_CLASS, lock_key(worker_id)])
        yield own
    finally:
        own.close()


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise TaskTookTooLong(f"more than {seconds:g} seconds")

    last_resort = threading.Timer(seconds + HARD_LIMIT_EXTRA_SECONDS, os._exit, [1])
    last_resort.daemon = True
    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    last_resort.start()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        last_resort.cancel()
