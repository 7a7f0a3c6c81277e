"""The life of a batch: prepared, checked (nothing is written but remarks), run, resumed."""

import contextlib
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, BinaryIO

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.actions import log
from accounts.models import User
from publications.actions.common import require
from publications.importing.ahead import ahead
from publications.importing.archive import BrokenArchive, PdfArchive
from publications.importing.problems import Problem
from publications.importing.readers import Reading
from publications.importing.records import Row
from publications.importing.resolving import Options, Resolver
from publications.importing.vocabulary import Vocabulary
from publications.models import ImportBatch
from publications.models.imports import ImportState, check_import_transition
from publications.states import IllegalTransition

from .pieces import Importer, store_problems

PIECE = 2000
PREVIEW_ROWS = 10
_ATTEMPTS = 3
_COUNTS = (
    "created_count", "updated_count", "unchanged_count", "kept_count", "refused_count", "draft_count", "file_count",
    "problem_count",
)  # fmt: skip
Progress = Callable[[ImportBatch], Any]


class Busy(Exception):
    """Another import from the same source is running."""


class NothingToContinue(Exception):
    """The batch has been imported or undone already."""


def lock_key(source: str) -> int:
    return int.from_bytes(hashlib.sha256(f"import:{source}".encode()).digest()[:8], "big", signed=True)


@contextlib.contextmanager
def only_one(source: str) -> Iterator[None]:
    """Held by the database connection: it ends with the process, however that ends."""
    key = lock_key(source)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        if not cursor.fetchone()[0]:
            raise Busy(source)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


@transaction.atomic
def prepare_batch(
    *,
    by: User,
    source: str,
    format: str,
    file_name: str,
    checksum: str,
    options: Options,
    at_once: bool = False,
    **fields: Any,
) -> ImportBatch:
    """A new batch, to be checked first; `at_once` without, or the unfinished one of the same file and options."""
    require(by.is_curator)
    stored = options.to_json()
    if at_once and (unfinished := _unfinished(source, checksum, format, stored)):
        return unfinished
    batch = ImportBatch.objects.create(
        source=source,
        format=format,
        file_name=file_name[:255],
        checksum=checksum,
        options=stored,
        started_by=by,
        state=ImportState.RUNNING if at_once else ImportState.CHECKING,
        **fields,
    )
    log(by, "import.prepared", batch, {"source": [None, source], "file": [None, batch.file_name]})
    return batch


def _unfinished(source: str, checksum: str, format: str, options: dict[str, Any]) -> ImportBatch | None:
    begun = ImportBatch.objects.filter(source=source, checksum=checksum, format=format, options=options)
    return begun.filter(state__in=(ImportState.RUNNING, ImportState.FAILED)).order_by("-pk").first()


@transaction.atomic
def start(batch: ImportBatch, *, by: User) -> ImportBatch:
    """Let the worker import a batch that was checked, or go on with one that was interrupted."""
    from publications.tasks import check_import, run_import

    require(by.is_curator)
    fresh = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if fresh.state == ImportState.CHECKING:
        check_import.enqueue(fresh.pk)
        return fresh
    _enter(fresh, ImportState.RUNNING)
    log(by, "import.started", fresh)
    run_import.enqueue(fresh.pk)
    return fresh


@transaction.atomic
def discard_batch(batch: ImportBatch, *, by: User) -> None:
    """Forget a file from which nothing was imported."""
    require(by.is_curator)
    fresh = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if fresh.state not in (ImportState.CHECKED, ImportState.FAILED) or fresh.records.exists():
        raise IllegalTransition(fresh, fresh.state, "discarded")
    log(by, "import.discarded", fresh, {"file": [fresh.file_name, None]})
    names = [name for name in (fresh.content.name, fresh.archive.name) if name]
    storage = fresh.content.storage
    fresh.delete()
    for name in names:
        transaction.on_commit(partial(storage.delete, name))


def _enter(batch: ImportBatch, state: str, **fields: Any) -> None:
    check_import_transition(batch, state)
    batch.state, batch.progress_at = state, timezone.now()
    for name, value in fields.items():
        setattr(batch, name, value)
    batch.save(update_fields=["state", "progress_at", *fields])


@contextlib.contextmanager
def _failing(batch: ImportBatch, **fields: Any) -> Iterator[None]:
    """What nobody foresaw is kept for the page and raised for the log of errors."""
    try:
        yield
    except Exception as error:
        fresh = ImportBatch.objects.get(pk=batch.pk)
        _enter(fresh, ImportState.FAILED, failure=f"{type(error).__name__}: {error}"[:2000], **fields)
        raise


def check_batch(
    batch: ImportBatch, file: BinaryIO, archive: BinaryIO | None = None, progress: Progress | None = None
) -> None:
    """The dry run: read everything, write nothing but what was found."""
    if batch.records.exists():
        raise IllegalTransition(batch, batch.state, ImportState.CHECKING)
    _enter(batch, ImportState.CHECKING, done=0, total=0, failure="", **dict.fromkeys(_COUNTS, 0))
    batch.problems.all().delete()
    with _failing(batch, done=0):
        reading = Reading(file, batch.format)
        importer, opening = _importer(batch, archive, reading)
        _note(batch, opening)
        counts: Counter[str] = Counter()
        preview: list[dict[str, Any]] = []
        for rows in ahead(_pieces(reading.rows())):
            _check_piece(batch, importer, rows, counts, preview)
            if progress:
                progress(batch)
        _note(batch, _leftovers(importer))
        _enter(batch, ImportState.CHECKED, mapping=reading.mapping, preview=preview, total=batch.done, done=0)


def _check_piece(
    batch: ImportBatch, importer: Importer, rows: list[Row], counts: Counter[str], preview: list[dict[str, Any]]
) -> None:
    found = importer.sort(rows)
    preview += [_preview(row) for row in rows if row.record is not None][: PREVIEW_ROWS - len(preview)]
    batch.done += sum(row.number > 0 for row in rows)
    counts += found.counts
    counts["created_count"] += len(found.new)
    counts["draft_count"] += sum(not resolved.is_public for resolved, _checksum in found.new)
    counts["updated_count"] += len(found.changed)
    counts["file_count"] += len(found.entries)
    _note(batch, found.problems)
    for name, value in counts.items():
        setattr(batch, name, value)
    batch.progress_at = timezone.now()
    batch.save(update_fields=["done", "progress_at", *counts])


def _note(batch: ImportBatch, problems: list[Problem]) -> None:
    store_problems(batch, problems)
    batch.problem_count += len(problems)
    batch.save(update_fields=["problem_count"])


def _preview(row: Row) -> dict[str, Any]:
    record = row.record
    if record is None:
        return {}
    people = [f"{person.given} {person.family}".strip() for person in record.contributors]
    return {
        "row": row.number,
        "titles": list(record.titles.values()),
        "people": people,
        "year": record.date.year if record.date else None,
        "container": record.container,
        "doi": record.doi,
        "pmks": list(record.pmks),
        "source_id": record.source_id,
    }


def _importer(batch: ImportBatch, archive: BinaryIO | None, reading: Reading) -> tuple[Importer, list[Problem]]:
    problems: list[Problem] = []
    opened = None
    if archive is not None:
        try:
            opened = PdfArchive(archive)
            problems = opened.problems
        except BrokenArchive:
            problems = [Problem("broken_archive", column=batch.archive_name)]
    resolver = Resolver(Vocabulary.load(), Options.from_json(batch.options))
    return Importer(batch, resolver, opened, reading.mapping), problems


def _leftovers(importer: Importer) -> list[Problem]:
    unused = importer.archive.unused if importer.archive else {}
    return [Problem("file_unmatched", params={"value": name}) for name in list(unused)[:500]]


def run_batch(
    batch: ImportBatch, file: BinaryIO, archive: BinaryIO | None = None, progress: Progress | None = None
) -> None:
    """Import piece by piece, each in a transaction with the batch's counts; goes on where a killed run ended."""
    if batch.state in (ImportState.DONE, ImportState.UNDONE, ImportState.UNDOING):
        raise NothingToContinue
    require(batch.started_by.is_curator)
    with only_one(batch.source), _failing(batch):
        batch.refresh_from_db()
        if not batch.done:
            batch.problems.all().delete()
            _enter(batch, ImportState.RUNNING, failure="", **dict.fromkeys(_COUNTS, 0))
        else:
            _enter(batch, ImportState.RUNNING, failure="")
        reading = Reading(file, batch.format)
        importer, opening = _importer(batch, archive, reading)
        if not batch.done:
            _note(batch, opening)
        for piece in ahead(_pieces(_after(reading.rows(), batch.done, importer))):
            _take(batch, importer, piece)
            if progress:
                progress(batch)
        _note(batch, _leftovers(importer))
        finished = {"finished_at": timezone.now(), "total": batch.done, "mapping": reading.mapping}
        _enter(batch, ImportState.DONE, **finished)
        log(batch.started_by, "import.finished", batch, {name: [0, getattr(batch, name)] for name in _COUNTS})


def _after(rows: Iterator[Row], done: int, importer: Importer) -> Iterator[Row]:
    """The rows that no earlier run has committed; remarks on the file as a whole come once."""
    for row in rows:
        if done and row.number == 0:
            continue
        if done:
            importer.skip(row)
            done -= 1
            continue
        yield row


def _pieces(rows: Iterator[Row]) -> Iterator[list[Row]]:
    piece: list[Row] = []
    for row in rows:
        piece.append(row)
        if len(piece) >= PIECE:
            yield piece
            piece = []
    if piece:
        yield piece


def _take(batch: ImportBatch, importer: Importer, rows: list[Row]) -> None:
    """A public identifier that somebody else took in the same moment fails the piece, which is then tried again."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with transaction.atomic():
                counts = importer.take(rows)
                _count(batch, counts)
        except IntegrityError:
            if attempt == _ATTEMPTS:
                raise
            importer.forget(rows)
        else:
            batch.refresh_from_db(fields=["done", "progress_at", *_COUNTS])
            return


def _count(batch: ImportBatch, counts: Counter[str]) -> None:
    added = {name: F(name) + value for name, value in counts.items() if value}
    ImportBatch.objects.filter(pk=batch.pk).update(progress_at=timezone.now(), **added)
