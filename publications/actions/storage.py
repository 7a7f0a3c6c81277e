"""The storage against the database: contents that no row names, rows whose content is missing or has changed."""

import datetime
import hashlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from publications.models import Blob, ImportBatch, ImportedFile, Page
from publications.models.imports import ImportedFileState


def stored_names(folder: str = "") -> Iterator[str]:
    """Every name in the storage."""
    folders, files = default_storage.listdir(folder)
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in files)
    for name in folders:
        yield from stored_names(prefix + name)


def orphans(older_than_hours: float) -> list[str]:
    """Contents that no row names. Young ones are left: an upload stores its content before it writes its row."""
    known = _known_names()
    limit = timezone.now() - datetime.timedelta(hours=older_than_hours)
    return [name for name in stored_names() if name not in known and default_storage.get_modified_time(name) <= limit]


def _known_names() -> set[str]:
    names: set[str] = set()
    for content, thumbnail in Blob.objects.values_list("content", "thumbnail").iterator():
        names |= {content, thumbnail}
    for batch in ImportBatch.objects.values_list("content", "archive"):
        names |= set(batch)
    return names - {""}


def unused_blobs(older_than_hours: float) -> list[Blob]:
    """Rows of contents that nothing has any more: replaced, removed or discarded files."""
    limit = timezone.now() - datetime.timedelta(hours=older_than_hours)
    waiting = ImportedFile.objects.filter(blob=OuterRef("pk")).exclude(state=ImportedFileState.ATTACHED)
    used = Q(Exists(waiting))
    for relation in _holders():
        used |= Q(Exists(relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})))
    return list(Blob.objects.filter(created_at__lte=limit).exclude(used))


def _holders() -> list[Any]:
    """The tables of all apps that keep a content; page texts belong to it, and imported files count while they wait."""
    made_of_it = {Page, ImportedFile}
    return [relation for relation in Blob._meta.related_objects if relation.related_model not in made_of_it]


def left_uploads(older_than_hours: float) -> list[Path]:
    """Half-received uploads of a server that was killed."""
    limit = time.time() - older_than_hours * 3600
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR)
    return [path for path in folder.glob("*.upload*") if path.stat().st_mtime <= limit]


def damaged() -> Iterator[tuple[Blob, str]]:
    """Blobs whose content is missing ("missing") or differs from what was acknowledged ("changed")."""
    for blob in Blob.objects.iterator():
        if not default_storage.exists(str(blob.content.name)):
            yield blob, "missing"
        elif _sha256(blob) != blob.sha256:
            yield blob, "changed"


def _sha256(blob: Blob) -> str:
    digest = hashlib.sha256()
    with default_storage.open(str(blob.content.name)) as content:
        while chunk := content.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def clean(older_than_hours: float) -> dict[str, int]:
    """Remove what nothing needs; returns how many of each kind."""
    uploads, blobs = left_uploads(older_than_hours), unused_blobs(older_than_hours)
    for path in uploads:
        path.unlink(missing_ok=True)
    for blob in blobs:
        blob.delete()
    names = orphans(older_than_hours)
    for name in names:
        default_storage.delete(name)
    return {"uploads": len(uploads), "unused": len(blobs), "orphans": len(names)}
