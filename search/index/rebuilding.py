"""A new index beside the current one: in parts, so that it can be interrupted and go on; then it takes its place."""

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from django.db import connection
from django.db.models import F, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from publications.models import Output
from search.index import changes, documents, place, schema
from search.index.child import begin
from search.index.documents import Documents
from search.index.following import Follower
from search.index.place import Place, State
from search.index.writing import MEBIBYTE, Writer

BATCH_OUTPUTS = 500
BATCH_PAGES = 2_000
COMMIT_OUTPUTS = 25_000
COMMIT_SECONDS = 60.0
ALONE_BELOW = 3_000

Progress = Callable[[int, int], None]


class Interrupted(Exception):
    """Asked to stop; what was committed stays for the next time."""


def rebuild(progress: Progress, *, anew: bool = False, stop: Callable[[], bool] = lambda: False) -> Place:
    """Build, catch up, make it the current one. Goes on with one that was interrupted unless `anew`."""
    with place.locked("build"):
        target, state = _begin(anew)
        if state.built_to is not None:
            state = _build(target, state, progress, stop)
        follower = Follower(target, state)
        follower.catch_up()
        follower.close()
        old = place.current()
        place.make_current(target)
        if old and not place.is_locked("follow"):  # else the follower lets go of it first
            place.remove(old)
    return target


def _begin(anew: bool) -> tuple[Place, State]:
    """The unfinished one that this code and this database can go on with, else a new one."""
    with documents.one_snapshot():
        horizon, database = changes.horizon(), changes.database()
    for found in place.others():
        state = found.read_state()
        if state and not anew and is_of_now(state, database) and not found.damage.exists():
            return found, state
        if not place.is_locked("follow") or (state and state.built_to is not None):
            place.remove(found)
    made = place.new()
    day = timezone.localdate().isoformat()
    state = State(schema.VERSION, place.fingerprint(), database, horizon, 0, day, built_to=0)
    made.write_state(state)
    return made, state


def is_of_now(state: State, database: str) -> bool:
    return (state.version, state.fingerprint, state.database) == (schema.VERSION, place.fingerprint(), database)


def _build(target: Place, state: State, progress: Progress, stop: Callable[[], bool]) -> State:
    """Reads with the day of its beginning throughout: following then takes in what has been opened since."""
    done_to, today = state.built_to or 0, date.fromisoformat(state.day)
    public = Output.objects.public()
    total, done = public.count(), public.filter(pk__lte=done_to).count()
    progress(done, total)
    with _builders(total - done) as build:
        writer = Writer(target, memory=400 * MEBIBYTE, threads=2)
        writer.remove_above(done_to)
        pending, committed, last_commit = 0, state, time.monotonic()
        for ids, built in build(_batches(done_to), today):
            writer.add(built)
            done, pending, done_to = done + len(ids), pending + len(ids), ids[-1]
            if pending >= COMMIT_OUTPUTS or time.monotonic() - last_commit > COMMIT_SECONDS or stop():
                writer.commit()
                committed = replace(state, built_to=done_to)
                target.write_state(committed)
                pending, last_commit = 0, time.monotonic()
            progress(min(done, total), total)
            if stop():
                writer.close()
                raise Interrupted
        writer.commit()
        writer.finish()
    complete = replace(committed, built_to=None)
    target.write_state(complete)
    return complete


def _batches(above: int) -> Iterator[list[int]]:
    """Ids in order; fewer at a time where outputs have many pages."""
    while rows := _next_ids(above):
        ids: list[int] = []
        pages = 0
        for pk, count in rows:
            if ids and pages + count > BATCH_PAGES:
                yield ids
                ids, pages = [], 0
            ids.append(pk)
            pages += count
        yield ids
        above = ids[-1]


def _next_ids(above: int) -> list[tuple[int, int]]:
    public = Output.objects.public().filter(pk__gt=above).order_by("pk")
    counted = public.annotate(page_count=Coalesce(Sum(F("current__files__blob__page_count")), 0))
    return list(counted.values_list("pk", "page_count")[:BATCH_OUTPUTS])


# --- several processors ----------------------------------------------------------------------------------------------

Build = Callable[[Iterator[list[int]], date], Iterator[tuple[list[int], list[Documents]]]]


@contextmanager
def _builders(number: int) -> Iterator[Build]:
    """Documents are made in one process for each processor, unless there are few; kept in order."""
    processes = len(os.sched_getaffinity(0))
    if number < ALONE_BELOW or processes < 2:
        yield lambda batches, today: ((ids, build_batch(ids, today)) for ids in batches)
        return
    # Not forked: what has threads, such as Tantivy or a server, must not be.
    pool = ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), begin, (connection.settings_dict["NAME"],)
    )
    try:
        yield lambda batches, today: _in_order(pool, processes * 2, batches, today)
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, ahead: int, batches: Iterator[list[int]], today: date
) -> Iterator[tuple[list[int], list[Documents]]]:
    waiting: deque[tuple[list[int], Future[list[Documents]]]] = deque()
    for ids in batches:
        waiting.append((ids, pool.submit(build_batch, ids, today)))
        if len(waiting) > ahead:
            first, result = waiting.popleft()
            yield first, result.result()
    for first, result in waiting:
        yield first, result.result()


def build_batch(ids: Sequence[int], today: date) -> list[Documents]:
    with documents.one_snapshot():
        return documents.build(ids, today)
