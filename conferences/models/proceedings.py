"""The proceedings: a volume, the papers in it with their pages, and the builds of its PDF."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.states import BuildState, VolumeState
from evidence.models.texts import Bilingual
from publications.models import Blob, Output
from taxonomy.models import Licence

from .editions import Edition
from .submissions import Submission

if TYPE_CHECKING:
    from accounts.models import User


class Volume(models.Model):
    """`isbn` and `issn` are checked (ISO 2108, ISO 3297). `output`: the volume as a research output, once published."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="volume")
    state = models.CharField(_("state"), max_length=9, choices=VolumeState.choices, default=VolumeState.PREPARING)
    title_id = models.CharField(_("title in Indonesian"), max_length=300)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    number = models.CharField(_("volume number"), max_length=20, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200)
    place = models.CharField(_("place of publication"), max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(_("year of publication"))
    isbn = models.CharField("ISBN", max_length=17, blank=True)
    issn = models.CharField("ISSN", max_length=9, blank=True)
    doi = models.CharField("DOI", max_length=150, blank=True)
    foreword_id = models.TextField(_("foreword in Indonesian"), max_length=20000, blank=True)
    foreword_en = models.TextField(_("foreword in English"), max_length=20000, blank=True)
    foreword_by = models.CharField(_("who signs the foreword"), max_length=200, blank=True)
    licence = models.ForeignKey(
        Licence, verbose_name=_("licence"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    output = models.OneToOneField(
        Output, null=True, blank=True, on_delete=models.PROTECT, related_name="proceedings_volume"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0, editable=False)

    title, foreword = Bilingual("title"), Bilingual("foreword")

    class Meta:
        verbose_name = _("volume of proceedings")
        verbose_name_plural = _("volumes of proceedings")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="volume_published_has_date"
            )
        ]

    def __str__(self) -> str:
        return self.title


class VolumeEditor(models.Model):
    """On the title page, in this order. A single name is a `family_name` alone."""

    volume = models.ForeignKey(Volume, on_delete=models.CASCADE, related_name="editors")
    given_name = models.CharField(_("given names"), max_length=200, blank=True)
    family_name = models.CharField(_("last or only name"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("editor")
        verbose_name_plural = _("editors")
        ordering = ["volume", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class VolumePaper(models.Model):
    """A final paper in the volume; the pages are those of the last finished build."""

    volume = models.ForeignKey(Volume, on_delete=models.CASCADE, related_name="papers")
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="volume_paper")
    position = models.PositiveIntegerField(_("position"))
    first_page = models.PositiveIntegerField(null=True, editable=False)
    last_page = models.PositiveIntegerField(null=True, editable=False)
    doi = models.CharField("DOI", max_length=150, blank=True)

    class Meta:
        verbose_name = _("paper of the volume")
        verbose_name_plural = _("papers of the volume")
        ordering = ["volume", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_page=None, last_page=None) | Q(last_page__gte=F("first_page")),
                name="volume_paper_pages",
            )
        ]

    @property
    def pages(self) -> str:
        return "" if self.first_page is None else f"{self.first_page}–{self.last_page}"


class Build(models.Model):
    """One making of the volume in the background. `fingerprint`: of all that went in; the same makes nothing anew."""

    volume = models.ForeignKey(Volume, on_delete=models.CASCADE, related_name="builds")
    state = models.CharField(_("state"), max_length=7, choices=BuildState.choices, default=BuildState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    fingerprint = models.CharField(max_length=64, blank=True)
    blob = models.ForeignKey(Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="volume_builds")
    pages = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("build of a volume")
        verbose_name_plural = _("builds of a volume")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(blob__isnull=False, finished_at__isnull=False, pages__isnull=False),
                name="build_done_has_file",
            )
        ]


class BuiltPaper(models.Model):
    """One paper as its own PDF, with the volume's page numbers."""

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="papers")
    paper = models.ForeignKey(VolumePaper, on_delete=models.CASCADE, related_name="built")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="built_papers")
    fingerprint = models.CharField(max_length=64)
    first_page = models.PositiveIntegerField()
    last_page = models.PositiveIntegerField()

    class Meta:
        ordering = ["build", "first_page"]
        constraints = [models.UniqueConstraint(fields=["build", "paper"], name="built_paper_once")]
