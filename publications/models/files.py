import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .version import Version


class ReadingState(models.TextChoices):
    """How far a stored PDF has been read."""

    WAITING = "waiting", _("waiting to be read")
    DONE = "done", _("read")
    FAILED = "failed", _("could not be read")
    NOT_NEEDED = "not_needed", _("needs no reading")


def blob_path(blob: "Blob", _name: str) -> str:
    """An opaque place in the storage; nothing of the uploaded name reaches it."""
    return f"{blob.key.hex[:2]}/{blob.key.hex}"


def thumbnail_path(blob: "Blob", _name: str) -> str:
    return f"{blob.key.hex[:2]}/{blob.key.hex}.webp"


class Blob(models.Model):
    """One stored content, written once, shared by versions. `reading` is what `pdf.reader` reported."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    content = models.FileField(upload_to=blob_path, max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    mime = models.CharField(max_length=120)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    reading_state = models.CharField(max_length=10, choices=ReadingState.choices, default=ReadingState.NOT_NEEDED)
    reading = models.JSONField(default=dict)  # warnings, error, sensitive hits, metadata
    page_count = models.PositiveIntegerField(null=True)
    thumbnail = models.FileField(upload_to=thumbnail_path, max_length=110, blank=True)

    @property
    def is_pdf(self) -> bool:
        return self.mime == "application/pdf"


class FileKind(models.TextChoices):
    MAIN = "main", _("main document")
    DATASET = "dataset", _("dataset")
    SLIDES = "slides", _("slides")
    APPENDIX = "appendix", _("appendix")


class File(models.Model):
    """A blob as part of a version, under the name that readers see in its address."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="files")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(_("kind"), max_length=10, choices=FileKind.choices, default=FileKind.MAIN)
    name = models.CharField(_("file name"), max_length=150)
    original_name = models.CharField(max_length=255)
    description = models.CharField(_("description"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "name"], name="file_name_unique"),
            models.UniqueConstraint(fields=["version"], condition=models.Q(kind="main"), name="file_one_main"),
        ]


class Page(models.Model):
    """The text of one page of a PDF, for search, suggestions and page links."""

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    is_recognised = models.BooleanField(default=False)  # by OCR

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["blob", "number"], name="page_number_unique")]
