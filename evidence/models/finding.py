"""What an output found, in words that a policymaker reads in a minute."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evidence.models.texts import Bilingual
from evidence.states import FindingState
from publications.models import File, Output, Version
from taxonomy.models import Method, Outcome, Pmks, Province, Service

if TYPE_CHECKING:
    from accounts.models import User

FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_COST = 10**14


class Direction(models.TextChoices):
    """What happened to the outcome, seen from the people concerned."""

    BETTER = "better", pgettext_lazy("direction", "better")
    WORSE = "worse", pgettext_lazy("direction", "worse")
    MIXED = "mixed", pgettext_lazy("direction", "mixed")
    NO_DIFFERENCE = "no_difference", pgettext_lazy("direction", "no difference")
    DESCRIPTIVE = "descriptive", pgettext_lazy("direction", "describes, compares nothing")


class FindingQuerySet(models.QuerySet["Finding"]):
    def public(self) -> Self:
        """The one definition: checked, and of an output that is public."""
        return self.filter(state=FindingState.CHECKED, output__in=Output.objects.public())

    def with_tombstones(self) -> Self:
        """What has or had a public page; of what is withdrawn, or whose output is, only the reason may be shown."""
        return self.filter(
            state__in=[FindingState.CHECKED, FindingState.WITHDRAWN], output__in=Output.objects.with_tombstones()
        )

    def visible_to(self, user: Any) -> Self:
        """Everybody the public ones, owners those of their outputs, who entered one that one, curators everything."""
        if not user.is_authenticated:
            return self.public()
        if user.is_curator:
            return self.all()
        public = Q(state=FindingState.CHECKED, output__in=Output.objects.public())
        return self.filter(public | Q(output__in=Output.objects.owned_by(user)) | Q(entered_by=user))


class Finding(models.Model):
    """One finding of an output, read in `version` (and there on `page` of `file`).

    Empty texts and None mean "unknown", which pages say. `strength` and `applicability` repeat the lowest level that a
    rater gave, for lists and the map; `actions/ratings.py` writes them. `revision` grows with each saved edit.
    """

    output = models.ForeignKey(Output, verbose_name=_("output"), on_delete=models.CASCADE, related_name="findings")
    version = models.ForeignKey(Version, verbose_name=_("version"), on_delete=models.CASCADE, related_name="findings")
    file = models.ForeignKey(
        File, verbose_name=_("file"), null=True, blank=True, on_delete=models.SET_NULL, related_name="findings"
    )
    page = models.PositiveIntegerField(
        _("page in the PDF"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(99_999)]
    )

    statement_id = models.CharField(_("finding in Indonesian"), max_length=400, blank=True)
    statement_en = models.CharField(_("finding in English"), max_length=400, blank=True)
    pmks = models.ManyToManyField(Pmks, verbose_name="PMKS", blank=True, related_name="findings")
    service = models.ForeignKey(
        Service, verbose_name=_("service"), null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    intervention_id = models.CharField(_("what was done, in Indonesian"), max_length=200, blank=True)
    intervention_en = models.CharField(_("what was done, in English"), max_length=200, blank=True)
    outcome = models.ForeignKey(
        Outcome, verbose_name=_("outcome"), null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    outcome_detail_id = models.CharField(_("what was measured, in Indonesian"), max_length=200, blank=True)
    outcome_detail_en = models.CharField(_("what was measured, in English"), max_length=200, blank=True)
    direction = models.CharField(_("direction"), max_length=13, choices=Direction.choices, blank=True)
    size_value = models.DecimalField(_("size"), max_digits=14, decimal_places=4, null=True, blank=True)
    size_low = models.DecimalField(_("interval from"), max_digits=14, decimal_places=4, null=True, blank=True)
    size_high = models.DecimalField(_("interval to"), max_digits=14, decimal_places=4, null=True, blank=True)
    size_unit_id = models.CharField(_("unit in Indonesian"), max_length=100, blank=True)
    size_unit_en = models.CharField(_("unit in English"), max_length=100, blank=True)
    comparison_id = models.CharField(_("compared with, in Indonesian"), max_length=300, blank=True)
    comparison_en = models.CharField(_("compared with, in English"), max_length=300, blank=True)
    sample_size = models.PositiveIntegerField(
        _("sample"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(2_000_000_000)]
    )
    population_id = models.CharField(_("who was studied, in Indonesian"), max_length=300, blank=True)
    population_en = models.CharField(_("who was studied, in English"), max_length=300, blank=True)
    provinces = models.ManyToManyField(Province, verbose_name=_("provinces"), blank=True, related_name="findings")
    years_from = models.PositiveSmallIntegerField(
        _("data from year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    years_to = models.PositiveSmallIntegerField(
        _("data to year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    method = models.ForeignKey(
        Method, verbose_name=_("method"), null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    cost_amount = models.DecimalField(_("cost in rupiah"), max_digits=16, decimal_places=2, null=True, blank=True)
    cost_basis_id = models.CharField(_("cost of what, in Indonesian"), max_length=200, blank=True)
    cost_basis_en = models.CharField(_("cost of what, in English"), max_length=200, blank=True)
    harms_id = models.TextField(_("harms, in Indonesian"), max_length=1000, blank=True)
    harms_en = models.TextField(_("harms, in English"), max_length=1000, blank=True)
    limits_id = models.TextField(_("what it does not show, in Indonesian"), max_length=1000, blank=True)
    limits_en = models.TextField(_("what it does not show, in English"), max_length=1000, blank=True)

    state = models.CharField(_("state"), max_length=9, choices=FindingState.choices, default=FindingState.DRAFT)
    revision = models.PositiveIntegerField(default=0, editable=False)
    strength = models.PositiveSmallIntegerField(null=True, editable=False)
    applicability = models.PositiveSmallIntegerField(null=True, editable=False)
    entered_by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+"
    )
    edited_by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("edited by"), on_delete=models.PROTECT, related_name="+"
    )
    checked_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("checked by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    proposed_at = models.DateTimeField(null=True, editable=False)
    return_reason = models.TextField(_("reason for returning"), blank=True)
    checked_on = models.DateField(_("checked on"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawal_reason = models.TextField(_("reason for withdrawal"), blank=True)

    statement, intervention, outcome_detail = (Bilingual(n) for n in ("statement", "intervention", "outcome_detail"))
    size_unit, comparison, population = (Bilingual(n) for n in ("size_unit", "comparison", "population"))
    cost_basis, harms, limits = (Bilingual(n) for n in ("cost_basis", "harms", "limits"))

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["proposed_at"], condition=Q(state="proposed"), name="finding_queue"),
            models.Index(fields=["output"], condition=Q(state="checked"), name="finding_checked"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(
                        state__in=["checked", "withdrawn"],
                        checked_by__isnull=False,
                        checked_on__isnull=False,
                        outcome__isnull=False,
                        proposed_at__isnull=False,
                    )
                    & ~Q(statement_id="")
                    & ~Q(statement_en="")
                    & ~Q(direction="")
                )
                | Q(state__in=["draft", "proposed", "returned"], checked_by=None, checked_on=None),
                name="finding_checked_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state="checked") | (~Q(checked_by=F("entered_by")) & ~Q(checked_by=F("edited_by"))),
                name="finding_checked_by_a_second",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(proposed_at__isnull=False),
                name="finding_proposed_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""), name="finding_returned_has_reason"
            ),
            models.CheckConstraint(
                condition=(Q(state="withdrawn", withdrawn_at__isnull=False) & ~Q(withdrawal_reason=""))
                | (~Q(state="withdrawn") & Q(withdrawn_at=None)),
                name="finding_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["", *(value for value, _label in Direction.choices)]),
                name="finding_direction_known",
            ),
            models.CheckConstraint(
                condition=Q(size_low=None) | Q(size_high=None) | Q(size_low__lte=F("size_high")),
                name="finding_interval_in_order",
            ),
            models.CheckConstraint(
                condition=Q(years_from=None) | Q(years_to=None) | Q(years_from__lte=F("years_to")),
                name="finding_years_in_order",
            ),
            models.CheckConstraint(condition=Q(sample_size=None) | Q(sample_size__gte=1), name="finding_sample_counts"),
            models.CheckConstraint(condition=Q(cost_amount=None) | Q(cost_amount__gte=0), name="finding_cost_positive"),
            models.CheckConstraint(condition=Q(page=None) | Q(page__gte=1), name="finding_page_counts"),
        ]

    def __str__(self) -> str:
        return self.statement or f"#{self.pk}"

    @property
    def is_public(self) -> bool:
        return self.state == FindingState.CHECKED and self.output.is_public

    @property
    def has_size(self) -> bool:
        return self.size_value is not None or self.size_low is not None or self.size_high is not None
