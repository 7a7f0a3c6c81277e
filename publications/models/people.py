from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Person
from accounts.orcid import validate_orcid

from .version import Version


class ContributorRole(models.TextChoices):
    """DataCite contributor types; an author is a creator."""

    AUTHOR = "author", _("author")
    EDITOR = "editor", _("editor")
    TRANSLATOR = "translator", _("translator")
    SUPERVISOR = "supervisor", _("supervisor")
    DATA_COLLECTOR = "data_collector", _("data collector")
    OTHER = "other", _("other")


class CreditRole(models.TextChoices):
    """CRediT, ANSI/NISO Z39.104-2022."""

    CONCEPTUALIZATION = "conceptualization", _("Conceptualization")
    DATA_CURATION = "data-curation", _("Data curation")
    FORMAL_ANALYSIS = "formal-analysis", _("Formal analysis")
    FUNDING_ACQUISITION = "funding-acquisition", _("Funding acquisition")
    INVESTIGATION = "investigation", _("Investigation")
    METHODOLOGY = "methodology", _("Methodology")
    PROJECT_ADMINISTRATION = "project-administration", _("Project administration")
    RESOURCES = "resources", _("Resources")
    SOFTWARE = "software", _("Software")
    SUPERVISION = "supervision", _("Supervision")
    VALIDATION = "validation", _("Validation")
    VISUALIZATION = "visualization", _("Visualization")
    WRITING_DRAFT = "writing-original-draft", _("Writing – original draft")
    WRITING_REVIEW = "writing-review-editing", _("Writing – review & editing")


class Contributor(models.Model):
    """Somebody in the order of the title page, named as printed there.

    A single name is a `family_name` alone. `person` is set when the version is published.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="contributors")
    position = models.PositiveSmallIntegerField(_("position"))
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="contributions"
    )
    given_name = models.CharField(_("given names"), max_length=200, blank=True)
    family_name = models.CharField(_("last or only name"), max_length=200)
    affiliation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )
    affiliation_name = models.CharField(_("organisation as written"), max_length=300, blank=True)
    orcid = models.CharField("ORCID", max_length=19, blank=True, validators=[validate_orcid])
    orcid_authenticated = models.BooleanField(default=False)
    role = models.CharField(_("role"), max_length=16, choices=ContributorRole.choices, default=ContributorRole.AUTHOR)
    credit = ArrayField(
        models.CharField(max_length=30, choices=CreditRole.choices), verbose_name="CRediT", default=list, blank=True
    )

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["version", "position"]
        indexes = [models.Index(fields=["family_name"], name="contributor_family_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"],
                name="contributor_position_unique",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()
