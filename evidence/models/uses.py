"""Where an output was used: "Digunakan dalam"."""

import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation
from evidence.models.finding import FIRST_YEAR, LAST_YEAR, Finding
from evidence.models.texts import Bilingual
from evidence.states import UseState
from publications.metadata import PublicDate
from publications.models import DatePrecision, Output

if TYPE_CHECKING:
    from accounts.models import User


class UseKind(models.TextChoices):
    REGULATION = "regulation", pgettext_lazy("use", "regulation")
    PROGRAMME = "programme", pgettext_lazy("use", "programme")
    GUIDELINE = "guideline", pgettext_lazy("use", "guideline")
    TRAINING = "training", pgettext_lazy("use", "training")


class UseQuerySet(models.QuerySet["Use"]):
    def public(self) -> Self:
        """Accepted, and of an output that is public."""
        return self.filter(state=UseState.ACCEPTED, output__in=Output.objects.public())

    def visible_to(self, user: Any) -> Self:
        """Everybody the public ones, who reported one that one, owners those of their outputs, curators everything."""
        if not user.is_authenticated:
            return self.public()
        if user.is_curator:
            return self.all()
        public = Q(state=UseState.ACCEPTED, output__in=Output.objects.public())
        return self.filter(public | Q(reported_by=user) | Q(output__in=Output.objects.owned_by(user)))


class Use(models.Model):
    """A regulation, programme, guideline or training that used an output; reported by one, accepted by another.

    Of its date the year is known at least; `date` is the first day of what is known besides.
    """

    output = models.ForeignKey(Output, verbose_name=_("output"), on_delete=models.CASCADE, related_name="uses")
    findings = models.ManyToManyField(Finding, verbose_name=_("findings"), blank=True, related_name="uses")
    kind = models.CharField(_("kind"), max_length=10, choices=UseKind.choices)
    title_id = models.CharField(_("name in Indonesian"), max_length=300)
    title_en = models.CharField(_("name in English"), max_length=300, blank=True)
    number = models.CharField(_("number"), max_length=100, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    date = models.DateField(_("date"), null=True, blank=True)
    date_precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.YEAR
    )
    issuer = models.ForeignKey(
        Organisation,
        verbose_name=_("issued or run by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="uses",
    )
    issuer_name = models.CharField(_("name of who issued or runs it"), max_length=200, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    how_id = models.TextField(_("how it was used, in Indonesian"), max_length=1000)
    how_en = models.TextField(_("how it was used, in English"), max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=UseState.choices, default=UseState.REPORTED)
    reported_by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reported by"), on_delete=models.PROTECT, related_name="+"
    )
    reported_at = models.DateTimeField(default=timezone.now)
    decided_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(_("decided on"), null=True)
    reason = models.TextField(_("reason for declining or withdrawing"), blank=True)

    title, how = Bilingual("title"), Bilingual("how")

    objects = UseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use")
        verbose_name_plural = _("uses")
        ordering = ["-year", "-date", "-pk"]
        indexes = [
            models.Index(fields=["reported_at"], condition=Q(state="reported"), name="use_queue"),
            models.Index(fields=["output"], condition=Q(state="accepted"), name="use_accepted"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(issuer__isnull=False) | ~Q(issuer_name=""), name="use_has_issuer"),
            models.CheckConstraint(
                condition=Q(state="reported", decided_by=None, decided_on=None)
                | Q(
                    state__in=["accepted", "declined", "withdrawn"],
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                ),
                name="use_decided_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | ~Q(decided_by=F("reported_by")), name="use_accepted_by_a_second"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "withdrawn"]) | ~Q(reason=""), name="use_refused_has_reason"
            ),
            models.CheckConstraint(condition=Q(date=None) | Q(date__year=F("year")), name="use_date_in_year"),
            models.CheckConstraint(
                condition=Q(date_precision="year", date=None)
                | Q(date_precision="month", date__day=1)
                | Q(date_precision="day", date__isnull=False),
                name="use_date_as_precise",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[value for value, _label in UseKind.choices]), name="use_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def when(self) -> PublicDate:
        """As exact as it is known, for `publication_date`."""
        return PublicDate(self.date or datetime.date(self.year, 1, 1), self.date_precision)

    @property
    def issuer_label(self) -> str:
        return self.issuer.label if self.issuer else self.issuer_name

    @property
    def reporter_name(self) -> str:
        """The name as its owner writes it; never a mail address."""
        return str(_("deleted account")) if self.reported_by.deleted_at else self.reported_by.name or str(_("a reader"))

    @property
    def reporter_organisation(self) -> Organisation | None:
        person = getattr(self.reported_by, "person", None)
        return person.affiliation if person else None
