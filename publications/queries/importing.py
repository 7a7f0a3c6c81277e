"""What the curators' pages about bulk imports read."""

import datetime
from collections.abc import Iterator

from django.db.models import Count, QuerySet
from django.utils import timezone

from publications.models import ImportBatch, ImportedFile, ImportedRecord, ImportProblem
from publications.models.imports import ImportedFileState

SILENT = datetime.timedelta(minutes=2)


def batches() -> QuerySet[ImportBatch]:
    """Newest first."""
    return ImportBatch.objects.select_related("started_by").defer("preview", "mapping", "failure")


def known_sources() -> list[str]:
    return sorted(ImportBatch.objects.order_by().values_list("source", flat=True).distinct())


def is_stalled(batch: ImportBatch) -> bool:
    """Busy, but nothing has been heard for a while: its worker was stopped, or waits behind other work."""
    return batch.is_busy and batch.progress_at < timezone.now() - SILENT


def problems(batch: ImportBatch, errors_only: bool = False) -> QuerySet[ImportProblem]:
    found = batch.problems.all()
    return found.filter(is_error=True) if errors_only else found


def each_problem(batch: ImportBatch) -> Iterator[ImportProblem]:
    return batch.problems.all().iterator(chunk_size=2000)


def held_files(batch: ImportBatch) -> QuerySet[ImportedFile]:
    """PDFs that were read and that a curator has to look at before they become public."""
    found = batch.files.filter(state=ImportedFileState.HELD)
    return found.select_related("version__output", "blob").only(
        "name", "state", "version__title_id", "version__title_en", "version__output__public_id", "blob__reading"
    )


def file_counts(batch: ImportBatch) -> dict[str, int]:
    """{state: how many PDFs of public outputs}."""
    return dict(batch.files.order_by().values_list("state").annotate(n=Count("pk")))


def records(batch: ImportBatch) -> QuerySet[ImportedRecord]:
    """What the batch did, in the order of its file."""
    return batch.records.select_related("output", "version").order_by("row", "pk")
