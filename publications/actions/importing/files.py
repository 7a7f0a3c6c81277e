"""PDFs of an import: stored as hostile as an upload; public only after they were read."""

import contextlib
import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from django.core.files import File as DjangoFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from publications.actions.listing import publish_change
from publications.importing.archive import EntryRefused, PdfArchive
from publications.importing.problems import Problem
from publications.importing.resolving import Resolved
from publications.models import Blob, File, FileKind, ImportBatch, ImportedFile, Version
from publications.models.files import ReadingState
from publications.models.imports import ImportedFileState
from publications.sniff import sniff
from publications.states import Access

from .writing import write_log

if TYPE_CHECKING:
    from .pieces import Sorted

_PIECE = 256 * 1024


@dataclass
class Stored:
    blob: Blob
    name: str


def store(batch: ImportBatch, archive: PdfArchive | None, found: "Sorted", column: str) -> dict[int, Stored]:
    """{row: its PDF, in the storage}. What is refused is a remark to the row's `column`; it goes in without it."""
    stored: dict[int, Stored] = {}
    if archive is None:
        return stored
    for number, entry in found.entries.items():
        try:
            with archive.open(entry) as stream:
                stored[number] = _take(batch, stream, entry.filename)
        except EntryRefused as refusal:
            params = {"value": entry.filename, "detail": str(refusal)}
            found.problems.append(Problem("file_refused", number, column, params))
    for resolved in [r for r, _checksum in found.new] + [c.resolved for c in found.changed]:
        if resolved.row.number in found.entries and resolved.row.number not in stored:
            resolved.content.scalars.update(access=Access.METADATA_ONLY.value, embargo_until=None)
        elif resolved.row.number in stored and resolved.is_public:
            _hold_back(resolved, stored[resolved.row.number])
    return stored


def _hold_back(resolved: Resolved, stored: Stored) -> None:
    """Until the PDF was read, the public page has no file."""
    stored.blob.reading = {"access": resolved.content.scalars["access"]}
    resolved.content.scalars["access"] = Access.METADATA_ONLY.value


def _take(batch: ImportBatch, stream: IO[bytes], name: str) -> Stored:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        digest, size = hashlib.sha256(), 0
        while piece := stream.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            copy.write(piece)
        copy.seek(0)
        sniffed = sniff(copy, name)
        if not sniffed.ok or sniffed.mime != "application/pdf":
            raise EntryRefused("entry_not_pdf")
        copy.seek(0)
        blob = Blob(size=size, sha256=digest.hexdigest(), mime=sniffed.mime, uploaded_by=batch.started_by)
        blob.reading_state = ReadingState.WAITING
        blob.content.save(name, DjangoFile(copy), save=False)
    return Stored(blob, PurePosixPath(name).name[:255])


@contextlib.contextmanager
def removed_on_failure(stored: Mapping[int, Stored]) -> Iterator[None]:
    """A rolled-back piece leaves no content behind (a killed one does: `clean_storage` finds it)."""
    try:
        yield
    except Exception:
        for one in stored.values():
            one.blob.content.storage.delete(str(one.blob.content.name))
        raise


def attach(batch: ImportBatch, stored: Mapping[int, Stored], versions: Mapping[int, tuple[int, Resolved]]) -> None:
    """A draft gets its file at once; a public version when the worker has read it."""
    from publications.tasks import read_blob, read_imported_file

    for number, one in stored.items():
        version_id, resolved = versions[number]
        access = one.blob.reading.pop("access", None)
        one.blob.save()
        if not resolved.is_public or access is None:
            _add_file(version_id, one.blob, one.name)
            read_blob.enqueue(one.blob.pk)
        else:
            waiting, _made = ImportedFile.objects.update_or_create(
                batch=batch,
                version_id=version_id,
                defaults={"blob": one.blob, "name": one.name, "access": access, "state": ImportedFileState.WAITING},
            )
            read_imported_file.enqueue(waiting.pk)


def _add_file(version_id: int, blob: Blob, name: str) -> File:
    File.objects.filter(version=version_id, kind=FileKind.MAIN).delete()
    stem = slugify(PurePosixPath(name).stem)[:100] or "berkas"
    return File.objects.create(
        version_id=version_id, blob=blob, kind=FileKind.MAIN, name=f"{stem}.pdf", original_name=name
    )


def read_waiting(pk: int) -> None:
    """Read the PDF; publish it unless it is refused or seems to hold personal numbers."""
    from publications.actions.reading import read_blob

    waiting = ImportedFile.objects.filter(pk=pk, state=ImportedFileState.WAITING).select_related("blob").first()
    if waiting is None:  # undone meanwhile
        return
    read_blob(waiting.blob)
    waiting.blob.refresh_from_db()
    if waiting.blob.reading.get("error") or waiting.blob.reading.get("hits"):
        ImportedFile.objects.filter(pk=waiting.pk).update(state=ImportedFileState.HELD)
    else:
        release(waiting)


@transaction.atomic
def release(waiting: ImportedFile, by: Any = None) -> None:
    """Make the file public: after reading, or because a curator has looked at it."""
    fresh = ImportedFile.objects.select_for_update().select_related("blob", "batch").get(pk=waiting.pk)
    if fresh.state == ImportedFileState.ATTACHED:
        return
    version = Version.objects.select_related("output").select_for_update(of=("self",)).get(pk=fresh.version_id)
    file = _add_file(version.pk, fresh.blob, fresh.name)
    version.access = fresh.access
    version.save(update_fields=["access"])
    fresh.state = ImportedFileState.ATTACHED
    fresh.save(update_fields=["state"])
    change = {"file": [None, file.name], "sha256": [None, fresh.blob.sha256]}
    write_log(fresh.batch, "file.added", {version.output_id: change}, timezone.now(), by.pk if by else None)
    if version.output.is_public:
        publish_change([version.output])
