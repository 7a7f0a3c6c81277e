"""The evidence map as it was on a day, to be cited: made once, never changed."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evidence.models.finding import Finding

if TYPE_CHECKING:
    from accounts.models import User


class MapAxis(models.TextChoices):
    """What stands in the columns of the map; PMKS stand in its rows."""

    SERVICE = "service", pgettext_lazy("evidence map", "service")
    OUTCOME = "outcome", pgettext_lazy("evidence map", "outcome")


class Snapshot(models.Model):
    """`code`: the day and, after the first of a day, a number ('2026-11-24', '2026-11-24-2'); part of its address.

    `filters` are the parameters of the map's address, sorted. `digest` is the SHA-256 of its JSON file, so that the
    same map taken twice on a day is one snapshot. The database refuses to change or delete a row.
    """

    code = models.CharField(max_length=16, unique=True)
    axis = models.CharField(_("columns"), max_length=7, choices=MapAxis.choices)
    filters = models.JSONField(default=dict, blank=True)
    note = models.CharField(_("what it is for"), max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    findings = models.ManyToManyField(Finding, related_name="snapshots")
    taken_on = models.DateField(_("taken on"), default=timezone.localdate)
    taken_at = models.DateTimeField(default=timezone.now)
    taken_by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("taken by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("snapshot of the evidence map")
        verbose_name_plural = _("snapshots of the evidence map")
        ordering = ["-taken_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["taken_on", "digest"], name="snapshot_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(axis__in=[value for value, _label in MapAxis.choices]), name="snapshot_axis_known"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class SnapshotFile(models.Model):
    """The map in one format and language, byte for byte as it was."""

    class Format(models.TextChoices):
        JSON = "json", "JSON"
        CSV = "csv", "CSV"
        SVG = "svg", "SVG"
        PNG = "png", "PNG"

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=4, choices=Format.choices)
    language = models.CharField(max_length=2, choices=[("id", "id"), ("en", "en")])
    content = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "format", "language"], name="snapshot_file_once"),
        ]
