import datetime
import hashlib

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from publications.states import Access, VersionState
from taxonomy.models import Licence, Method, OutputType, Pillar, Pmks, Province, Psks, Service

from .output import Output


class DatePrecision(models.TextChoices):
    YEAR = "year", _("year")
    MONTH = "month", _("month")
    DAY = "day", _("day")


class Version(models.Model):
    """One version of an output with everything that describes it.

    `revision` grows with each saved edit; an edit that started from an older one is a visible conflict.
    """

    output = models.ForeignKey(Output, verbose_name=_("output"), on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=12, choices=VersionState.choices, default=VersionState.DRAFT)
    revision = models.PositiveIntegerField(default=0, editable=False)
    change_note = models.TextField(_("what changed"), blank=True)
    is_correction = models.BooleanField(_("corrects an error"), default=False)

    type = models.ForeignKey(
        OutputType, verbose_name=_("type"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(_("language of the document"), max_length=8, default="id")  # ISO 639-1, else 639-3
    title_id = models.CharField(_("title in Indonesian"), max_length=500, blank=True)
    title_en = models.CharField(_("title in English"), max_length=500, blank=True)
    abstract_id = models.TextField(_("abstract in Indonesian"), blank=True)
    abstract_en = models.TextField(_("abstract in English"), blank=True)
    keywords_id = ArrayField(
        models.CharField(max_length=100), verbose_name=_("keywords in Indonesian"), default=list, blank=True
    )
    keywords_en = ArrayField(
        models.CharField(max_length=100), verbose_name=_("keywords in English"), default=list, blank=True
    )

    date = models.DateField(_("date of publication"), null=True, blank=True)
    date_precision = models.CharField(max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    container_title = models.CharField(_("journal, proceedings or book"), max_length=300, blank=True)
    volume = models.CharField(_("volume"), max_length=40, blank=True)
    issue = models.CharField(_("issue"), max_length=40, blank=True)
    pages = models.CharField(_("pages"), max_length=40, blank=True)
    funder = models.CharField(_("funder"), max_length=300, blank=True)
    award_number = models.CharField(_("grant number"), max_length=100, blank=True)

    pmks = models.ManyToManyField(Pmks, verbose_name="PMKS", through="VersionPmks", blank=True, related_name="versions")
    psks = models.ManyToManyField(Psks, verbose_name="PSKS", blank=True, related_name="versions")
    pillars = models.ManyToManyField(Pillar, verbose_name=_("pillars"), blank=True, related_name="versions")
    services = models.ManyToManyField(Service, verbose_name=_("services"), blank=True, related_name="versions")
    provinces = models.ManyToManyField(Province, verbose_name=_("provinces"), blank=True, related_name="versions")
    methods = models.ManyToManyField(Method, verbose_name=_("methods"), blank=True, related_name="versions")

    licence = models.ForeignKey(
        Licence, verbose_name=_("licence"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    access = models.CharField(_("access"), max_length=14, choices=Access.choices, default=Access.OPEN)
    embargo_until = models.DateField(_("open from"), null=True, blank=True)

    suggestions = models.JSONField(
        default=dict, blank=True, editable=False
    )  # {field: {"value", "page", "source"}} not yet undone
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    returned_at = models.DateTimeField(_("returned at"), null=True, editable=False)
    published_at = models.DateTimeField(_("approved at"), null=True, editable=False)
    curator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("curator"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("in hand of"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["output", "number"]
        indexes = [
            models.Index(fields=["submitted_at"], condition=Q(state="submitted"), name="version_queue"),
            models.Index(fields=["output", "-number"], name="version_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["output", "number"], name="version_number_unique"),
            models.UniqueConstraint(fields=["output"], condition=~Q(state="published"), name="version_one_open"),
            models.CheckConstraint(
                condition=(
                    Q(
                        state="published",
                        published_at__isnull=False,
                        curator__isnull=False,
                        date__isnull=False,
                        type__isnull=False,
                    )
                    & ~Q(title_id="", title_en="")
                )
                | (~Q(state="published") & Q(published_at=None)),
                name="version_published_has_date_and_curator",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False), name="version_submitted_has_date"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(returned_at__isnull=False), name="version_returned_has_date"
            ),
            models.CheckConstraint(
                condition=Q(access="embargoed", embargo_until__isnull=False)
                | ~Q(access="embargoed") & Q(embargo_until=None)
                | ~Q(state="published"),
                name="version_embargo_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.output_id} (v{self.number})"

    @property
    def title(self) -> str:
        """In the language of the page, else in the other."""
        first, second = (self.title_en, self.title_id) if get_language() == "en" else (self.title_id, self.title_en)
        return first or second

    @property
    def title_language(self) -> str:
        """The language `title` is in, for the `lang` attribute."""
        if get_language() == "en":
            return "en" if self.title_en else "id"
        return "id" if self.title_id else "en"

    def content_mark(self) -> str:
        """Another one after each change of the description, of the files or of being sent: tells what was read."""
        files = self.files.order_by("pk").values_list("blob", "kind", "description", "position")
        content = [self.revision, self.submitted_at and self.submitted_at.isoformat(), *files]
        return hashlib.sha256(repr(content).encode()).hexdigest()[:16]

    def files_open_on(self, today: datetime.date) -> bool:
        """Whether everybody may read the files on this day (Asia/Jakarta)."""
        if self.access == Access.EMBARGOED:
            return self.embargo_until is not None and self.embargo_until <= today
        return self.access == Access.OPEN

    @property
    def files_are_open(self) -> bool:
        """Decided at the moment of asking: an embargo ends at 00:00 Asia/Jakarta without any job."""
        return self.files_open_on(timezone.localdate())


class VersionPmks(models.Model):
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="version_pmks")
    pmks = models.ForeignKey(Pmks, on_delete=models.PROTECT, related_name="+")
    is_primary = models.BooleanField(_("primary"), default=False)

    class Meta:
        ordering = ["-is_primary", "pmks__position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "pmks"], name="version_pmks_unique"),
            models.UniqueConstraint(fields=["version"], condition=Q(is_primary=True), name="version_one_primary_pmks"),
        ]


class IdentifierScheme(models.TextChoices):
    DOI = "doi", "DOI"
    ISBN = "isbn", "ISBN"
    ISSN = "issn", "ISSN"
    REPORT = "report", _("report number")
    URL = "url", _("web address")


class Identifier(models.Model):
    """An identifier of the version; `value` is kept in its scheme's canonical form (DOI in lower case, no prefix)."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("kind"), max_length=10, choices=IdentifierScheme.choices)
    value = models.CharField(_("identifier"), max_length=300)

    class Meta:
        ordering = ["scheme", "id"]
        indexes = [models.Index(fields=["scheme", "value"])]
        constraints = [models.UniqueConstraint(fields=["version", "scheme", "value"], name="identifier_unique")]


class RelationKind(models.TextChoices):
    """DataCite relation types that readers understand."""

    IS_PART_OF = "IsPartOf", _("is part of")
    HAS_PART = "HasPart", _("contains")
    IS_SUPPLEMENT_TO = "IsSupplementTo", _("supplements")
    IS_SUPPLEMENTED_BY = "IsSupplementedBy", _("is supplemented by")
    CITES = "Cites", _("cites")
    IS_CITED_BY = "IsCitedBy", _("is cited by")
    IS_BASED_ON = "IsDerivedFrom", _("is based on")
    IS_SOURCE_OF = "IsSourceOf", _("is the source of")
    CONTINUES = "Continues", _("continues")
    IS_CONTINUED_BY = "IsContinuedBy", _("is continued by")


class Relation(models.Model):
    """To another output here, or to something elsewhere by its address."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("relation"), max_length=20, choices=RelationKind.choices)
    target = models.ForeignKey(
        Output,
        verbose_name=_("output"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="incoming_relations",
    )
    url = models.URLField(_("web address"), max_length=500, blank=True)
    label = models.CharField(_("title"), max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(target__isnull=False) | ~Q(url=""), name="relation_has_target")
        ]
