"""Slides and posters of presenters. Like manuscripts, a PDF is made anew in a confined child before it is stored."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.actions import log
from accounts.models import User
from conferences.actions.common import require
from conferences.actions.submission_files import checked
from conferences.actions.uploads import FileRefused, accepted, base_name, dropped_on_failure
from conferences.checker.codes import Refusal
from conferences.checker.messages import OF_MATERIALS
from conferences.models import Material, Submission
from conferences.rules.materials import may_bring
from publications.actions import reading
from publications.models import Blob
from publications.pdf.reading import PdfReading


def add_material(submission: Submission, kind: str, upload: Any, *, is_public: bool, by: User) -> Material:
    """Takes the place of the former one of this kind. The content is stored before the rows are written."""
    require(may_bring(by, submission))
    blob, read = _taken(upload, by)
    values = {"original_name": base_name(upload), "is_public": is_public, "uploaded_by": by}
    with dropped_on_failure(blob):
        return _record(submission, kind, blob, read, values, by)


def _taken(upload: Any, by: User) -> tuple[Blob, PdfReading]:
    try:
        sniffed = accepted(upload, ["application/pdf"], OF_MATERIALS[Refusal.NOT_ACCEPTED])
        clean, read = checked(upload, sniffed.mime)
    except FileRefused as refusal:
        raise FileRefused(OF_MATERIALS.get(refusal.code, refusal.message)) from refusal
    if read is None:
        raise FileRefused(OF_MATERIALS[Refusal.NOT_ACCEPTED])
    blob = Blob(size=len(clean.content), sha256=hashlib.sha256(clean.content).hexdigest(), mime=clean.mime)
    blob.uploaded_by, blob.page_count = by, read.page_count
    blob.content.save("material", ContentFile(clean.content), save=False)
    return blob, read


@transaction.atomic
def _record(
    submission: Submission, kind: str, blob: Blob, read: PdfReading, values: dict[str, Any], by: User
) -> Material:
    fresh = _held(submission, by)
    blob.save()
    reading.take_in(blob, read)
    Material.objects.filter(submission=fresh, kind=kind).delete()
    pages = min(read.page_count, 32_000)
    material = Material.objects.create(submission=fresh, kind=kind, blob=blob, pages=pages, **values)
    log(by, "material.added", fresh, {"kind": [None, kind], "sha256": [None, blob.sha256]})
    return material


def _held(submission: Submission, by: User) -> Submission:
    fresh = Submission.objects.select_for_update().get(pk=submission.pk)
    require(may_bring(by, fresh))
    return fresh


@transaction.atomic
def show_material(material: Material, *, is_public: bool, by: User) -> None:
    """To everybody, or to its presenters and the committee alone."""
    fresh = _held(material.submission, by)
    if Material.objects.filter(pk=material.pk).exclude(is_public=is_public).update(is_public=is_public):
        log(by, "material.shown", fresh, {"kind": [None, material.kind], "is_public": [not is_public, is_public]})


@transaction.atomic
def remove_material(material: Material, *, by: User) -> None:
    fresh = _held(material.submission, by)
    if Material.objects.filter(pk=material.pk).delete()[0]:
        log(by, "material.removed", fresh, {"kind": [material.kind, None]})
