"""What the worker does for the curators' page: the same work on files that were uploaded."""

import contextlib
from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from publications.importing.resolving import Options
from publications.models import ImportBatch
from publications.models.imports import ImportState
from publications.states import IllegalTransition
from publications.uploads import sha256_of

from .batches import Busy, check_batch, prepare_batch, run_batch
from .undoing import CannotUndo, undo_batch


@transaction.atomic
def upload_batch(
    *,
    by: User,
    source: str,
    format: str,
    options: Options,
    upload: UploadedFile[Any],
    archive: UploadedFile[Any] | None = None,
) -> ImportBatch:
    """Keep the files and let the worker check them."""
    from publications.tasks import check_import

    batch = prepare_batch(
        by=by,
        source=source,
        format=format,
        file_name=upload.name or "",
        checksum=sha256_of(upload),
        options=options,
        archive_name=(archive.name or "")[:255] if archive else "",
    )
    if not batch.content:
        batch.content.save(f"{batch.pk}-records", upload, save=False)
        if archive:
            batch.archive.save(f"{batch.pk}-files.zip", archive, save=False)
        batch.save(update_fields=["content", "archive"])
    check_import.enqueue(batch.pk)
    return batch


@contextlib.contextmanager
def _opened(batch: ImportBatch) -> Iterator[tuple[Any, Any]]:
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(batch.content.open("rb"))
        archive = stack.enter_context(batch.archive.open("rb")) if batch.archive else None
        yield file, archive


def check_stored(batch_id: int) -> None:
    batch = ImportBatch.objects.filter(pk=batch_id).first()
    if batch is None or batch.state not in (ImportState.CHECKING, ImportState.FAILED):
        return
    with _opened(batch) as (file, archive):
        check_batch(batch, file, archive)


def run_stored(batch_id: int) -> None:
    batch = ImportBatch.objects.filter(pk=batch_id).first()
    if batch is None or batch.state != ImportState.RUNNING:
        return
    with _opened(batch) as (file, archive), contextlib.suppress(Busy):  # the run that is under way goes on
        run_batch(batch, file, archive)
    _let_go(ImportBatch.objects.get(pk=batch_id))


def _let_go(batch: ImportBatch) -> None:
    """What was imported lives in the database and its PDFs in the storage: the uploaded files are not kept twice."""
    if batch.state != ImportState.DONE:
        return
    names = [name for name in (batch.content.name, batch.archive.name) if name]
    ImportBatch.objects.filter(pk=batch.pk).update(content="", archive="")
    for name in names:
        batch.content.storage.delete(name)


def undo_stored(batch_id: int, user_id: int, keep_used: bool) -> None:
    """Something may have been used since the curator pressed the button: the batch is then as it was."""
    batch = ImportBatch.objects.filter(pk=batch_id, state=ImportState.UNDOING).first()
    if batch is None:
        return
    try:
        undo_batch(batch, by=User.objects.get(pk=user_id), keep_used=keep_used)
    except (CannotUndo, IllegalTransition):
        ImportBatch.objects.filter(pk=batch_id, state=ImportState.UNDOING).update(state=ImportState.DONE)
