from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publications.importing.problems import describe
from publications.states import Access, IllegalTransition

from .files import Blob
from .output import Output
from .version import Version


class ImportState(models.TextChoices):
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked, not yet imported")
    RUNNING = "running", _("being imported")
    DONE = "done", _("imported")
    FAILED = "failed", _("stopped by an error")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


_S = ImportState
IMPORT_TRANSITIONS: dict[str, frozenset[str]] = {
    # A killed worker leaves a state behind, so each piece of work may begin again from its own state.
    _S.CHECKING: frozenset({_S.CHECKING, _S.CHECKED, _S.FAILED}),
    _S.CHECKED: frozenset({_S.CHECKING, _S.RUNNING}),
    _S.RUNNING: frozenset({_S.RUNNING, _S.DONE, _S.FAILED}),
    _S.DONE: frozenset({_S.UNDOING}),
    _S.FAILED: frozenset({_S.CHECKING, _S.RUNNING, _S.UNDOING}),
    _S.UNDOING: frozenset({_S.UNDOING, _S.UNDONE, _S.DONE, _S.FAILED}),
    _S.UNDONE: frozenset(),
}


def check_import_transition(batch: "ImportBatch", after: str) -> None:
    if after not in IMPORT_TRANSITIONS[batch.state]:
        raise IllegalTransition(batch, batch.state, after)


class ImportBatch(models.Model):
    """One bulk import: its file, progress and counts; `ImportedRecord` says what it made, so that it can be undone."""

    source = models.CharField(_("source"), max_length=60)
    format = models.CharField(max_length=10)
    file_name = models.CharField(max_length=255)
    checksum = models.CharField(max_length=64, blank=True)  # of the file: a run that was killed is found again by it
    content = models.FileField(upload_to="imports/", blank=True)
    archive = models.FileField(upload_to="imports/", blank=True)  # the ZIP of PDFs
    archive_name = models.CharField(max_length=255, blank=True)
    options = models.JSONField(default=dict)  # publish, defaults
    mapping = models.JSONField(default=dict)  # {heading: meaning}
    preview = models.JSONField(default=list)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.CHECKING)
    failure = models.TextField(blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)  # rows whose result is committed
    created_count = models.PositiveIntegerField(default=0)
    updated_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    kept_count = models.PositiveIntegerField(default=0)  # edited or withdrawn here: left as they were
    refused_count = models.PositiveIntegerField(default=0)
    draft_count = models.PositiveIntegerField(default=0)  # of those created
    file_count = models.PositiveIntegerField(default=0)
    problem_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    progress_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["source", "checksum"], name="import_same_file")]

    def __str__(self) -> str:
        return f"{self.source}: {self.file_name}"

    @property
    def is_busy(self) -> bool:
        return self.state in (ImportState.CHECKING, ImportState.RUNNING, ImportState.UNDOING)

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0


class ImportProblem(models.Model):
    """Something wrong with a row; the sentence is made when it is shown, in the reader's language."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=120, blank=True)
    code = models.CharField(max_length=30)
    params = models.JSONField(default=dict)
    is_error = models.BooleanField()

    class Meta:
        ordering = ["row", "id"]
        indexes = [models.Index(fields=["batch", "row", "id"], name="import_problem_order")]

    def __str__(self) -> str:
        return self.message

    @property
    def message(self) -> str:
        return describe(self.code, self.params)


class ImportedRecord(models.Model):
    """What a batch did to one output, and how it left it; `before` is what it replaced, for the undo."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="records")
    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="imports")
    version = models.ForeignKey(Version, null=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.PositiveIntegerField(default=0)  # of the version, as the batch left it
    row = models.PositiveIntegerField()
    checksum = models.CharField(max_length=64)
    was_created = models.BooleanField()
    was_restored = models.BooleanField(default=False)  # an undo had withdrawn it
    before: Any = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "output"], name="imported_once_a_batch")]
        indexes = [models.Index(fields=["output", "-id"], name="imported_newest")]


class ImportedFileState(models.TextChoices):
    WAITING = "waiting", _("waiting to be read")
    ATTACHED = "attached", _("published")
    HELD = "held", _("held back")


class ImportedFile(models.Model):
    """A PDF for a public output: it becomes public only after it was read and nothing in it needs a look."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="files")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    access = models.CharField(max_length=14, choices=Access.choices)  # what the version gets with the file
    state = models.CharField(max_length=10, choices=ImportedFileState.choices, default=ImportedFileState.WAITING)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["batch", "version"], name="imported_file_once")]
