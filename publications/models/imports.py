from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .output import Output


class ImportState(models.TextChoices):
    PREPARED = "prepared", _("checked, not yet imported")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    UNDONE = "undone", _("undone")


class ImportBatch(models.Model):
    """One bulk import: its file, progress and errors; `ImportedRecord` says what it made, so that it can be undone."""

    source = models.CharField(_("source"), max_length=60)
    format = models.CharField(max_length=10)
    file_name = models.CharField(max_length=255)
    content = models.FileField(upload_to="imports/", blank=True)
    archive = models.FileField(upload_to="imports/", blank=True)  # the ZIP of PDFs
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.PREPARED)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    created_count = models.PositiveIntegerField(default=0)
    updated_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list)  # [{"row", "column", "code", "params"}]
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]


class ImportedRecord(models.Model):
    """What a batch did to one output; `before` is what it replaced, for the undo."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="records")
    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="imports")
    row = models.PositiveIntegerField()
    checksum = models.CharField(max_length=64)
    was_created = models.BooleanField()
    before = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "output"], name="imported_once_a_batch")]
