"""Files of a version: add, remove, describe; and what the worker does with a new PDF."""

from pathlib import Path
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.utils.text import slugify

from accounts.actions import log
from accounts.models import User
from publications.models import Blob, File, FileKind, Version
from publications.models.files import ReadingState
from publications.rules import editing
from publications.sniff import Sniffed, sniff
from publications.uploads import sha256_of

from .common import locked_version, require
from .fields import empty_value, write


class FileRefused(Exception):
    """An upload that is not taken in; `message` (translated lazily) says why and what to do."""

    def __init__(self, message: Any) -> None:
        super().__init__(str(message))
        self.message = message


def add_file(version: Version, upload: Any, *, by: User, kind: str = FileKind.MAIN, description: str = "") -> File:
    """Take an uploaded file into a version; a new main document replaces the former one.

    The content is stored before the rows are written: a crash in between leaves an orphan in the storage, which
    `manage.py clean_storage` finds, and never a row without content.
    """
    require(editing.may_edit(by, version))
    sniffed = _accepted(upload, kind)
    blob = Blob(size=upload.size, sha256=sha256_of(upload), mime=sniffed.mime, uploaded_by=by)
    blob.reading_state = ReadingState.WAITING if blob.is_pdf else ReadingState.NOT_NEEDED
    blob.content.save(upload.name, upload, save=False)
    try:
        return _record(version, blob, upload.name, sniffed, by=by, kind=kind, description=description)
    except (OperationalError, InterfaceError):
        raise  # the database was lost, perhaps only after the row was committed: its content stays
    except Exception:
        blob.content.storage.delete(str(blob.content.name))
        raise


def _accepted(upload: Any, kind: str) -> Sniffed:
    sniffed = sniff(upload.file if hasattr(upload, "file") else upload, upload.name)
    upload.seek(0)
    if not sniffed.ok:
        raise FileRefused(sniffed.message)
    if kind == FileKind.MAIN and sniffed.mime != "application/pdf":
        from django.utils.translation import gettext_lazy as _

        raise FileRefused(_("The main document must be a PDF. Save it as PDF, or add this file as an attachment."))
    return sniffed


@transaction.atomic
def _record(
    version: Version, blob: Blob, original: str, sniffed: Sniffed, *, by: User, kind: str, description: str
) -> File:
    from publications.tasks import read_blob

    fresh = locked_version(version)
    require(editing.may_edit(by, fresh))
    blob.save()
    if kind == FileKind.MAIN and fresh.files.filter(kind=FileKind.MAIN).delete()[0]:
        _take_back_suggestions(fresh, by)
    file = File.objects.create(
        version=fresh,
        blob=blob,
        kind=kind,
        name=_free_name(fresh, original, sniffed.extension),
        original_name=original[:255],
        description=description,
        position=0 if kind == FileKind.MAIN else fresh.files.count() + 1,
    )
    log(by, "file.added", fresh.output, {"file": [None, file.name], "sha256": [None, blob.sha256]})
    if blob.reading_state == ReadingState.WAITING:
        read_blob.enqueue(blob.pk)
    return file


def _take_back_suggestions(version: Version, by: User) -> None:
    """What the replaced document suggested and nobody has touched since goes with it."""
    if not version.suggestions:
        return
    changes = write(version, {field: empty_value(field) for field in version.suggestions})
    version.suggestions = {}
    version.revision += 1
    version.save(update_fields=["suggestions", "revision"])
    log(by, "version.edited", version.output, changes)


def _free_name(version: Version, original: str, extension: str) -> str:
    """A short address-safe name, unlike the version's other files' names."""
    stem = slugify(Path(original).stem)[:100] or "berkas"
    taken = set(version.files.values_list("name", flat=True))
    name, number = f"{stem}{extension}", 2
    while name in taken:
        name, number = f"{stem}-{number}{extension}", number + 1
    return name


@transaction.atomic
def describe_file(file: File, *, kind: str, description: str, by: User) -> File:
    """Say what an additional file is."""
    fresh = locked_version(file.version)
    require(editing.may_edit(by, fresh))
    changes = {
        name: [getattr(file, name), value]
        for name, value in (("kind", kind), ("description", description))
        if getattr(file, name) != value
    }
    if changes:
        file.kind, file.description = kind, description
        file.save(update_fields=["kind", "description"])
        log(by, "file.described", fresh.output, changes)
    return file


@transaction.atomic
def remove_file(file: File, *, by: User) -> None:
    fresh = locked_version(file.version)
    require(editing.may_edit(by, fresh))
    file.delete()
    if file.kind == FileKind.MAIN:
        _take_back_suggestions(fresh, by)
    log(by, "file.removed", fresh.output, {"file": [file.name, None]})
