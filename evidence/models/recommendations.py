"""What follows from findings, for whom, and what became of it."""

import hashlib
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation
from evidence.models.finding import Finding
from evidence.models.texts import Bilingual
from evidence.states import RecommendationState
from publications.models import Output

if TYPE_CHECKING:
    from accounts.models import User


class AddresseeKind(models.TextChoices):
    DIRECTORATE = "directorate", pgettext_lazy("addressee", "directorate")
    UPT = "upt", pgettext_lazy("addressee", "technical unit (UPT)")
    LOCAL_GOVERNMENT = "local_government", pgettext_lazy("addressee", "local government")
    PARTNER = "partner", pgettext_lazy("addressee", "partner")


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def public(self) -> Self:
        """Checked, and of at least one finding that is public."""
        return self.filter(checked_on__isnull=False, pk__in=self._of(Finding.objects.public()))

    def visible_to(self, user: Any) -> Self:
        if not user.is_authenticated:
            return self.public()
        if user.is_curator:
            return self.all()
        public = Q(checked_on__isnull=False, pk__in=self._of(Finding.objects.public()))
        return self.filter(public | Q(output__in=Output.objects.owned_by(user)) | Q(entered_by=user))

    def _of(self, findings: Any) -> Any:
        return Recommendation.findings.through.objects.filter(finding__in=findings).values("recommendation")


class Recommendation(models.Model):
    """`state` is the last of its steps; the addressee is an organisation we know, or a name ("all regents of NTT")."""

    output = models.ForeignKey(
        Output, verbose_name=_("output"), on_delete=models.CASCADE, related_name="recommendations"
    )
    findings = models.ManyToManyField(Finding, verbose_name=_("findings"), related_name="recommendations")
    text_id = models.TextField(_("recommendation in Indonesian"), max_length=600)
    text_en = models.TextField(_("recommendation in English"), max_length=600, blank=True)
    addressee_kind = models.CharField(_("addressee"), max_length=16, choices=AddresseeKind.choices)
    addressee = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="recommendations",
    )
    addressee_name = models.CharField(_("name of the addressee"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=RecommendationState.choices, default=RecommendationState.OPEN
    )
    entered_by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+"
    )
    edited_by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("edited by"), on_delete=models.PROTECT, related_name="+"
    )
    checked_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("checked by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_on = models.DateField(_("checked on"), null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    return_reason = models.TextField(_("reason for returning"), blank=True)
    returned_at = models.DateTimeField(null=True, editable=False)

    text = Bilingual("text")

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(checked_on=None), name="recommendation_queue"),
            models.Index(fields=["addressee", "state"], name="recommendation_addressee"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(addressee__isnull=False) | ~Q(addressee_name=""), name="recommendation_has_addressee"
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None, checked_on=None, state="open")
                | (
                    Q(checked_by__isnull=False, checked_on__isnull=False)
                    & ~Q(checked_by=F("entered_by"))
                    & ~Q(checked_by=F("edited_by"))
                ),
                name="recommendation_checked_by_a_second",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[value for value, _label in RecommendationState.choices]),
                name="recommendation_state_known",
            ),
            models.CheckConstraint(
                condition=Q(addressee_kind__in=[value for value, _label in AddresseeKind.choices]),
                name="recommendation_addressee_known",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, return_reason="")
                | (Q(returned_at__isnull=False, checked_on=None) & ~Q(return_reason="")),
                name="recommendation_returned_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def mark(self) -> str:
        """Another as soon as it says anything else: a page tells by it what its reader has read."""
        findings = sorted(finding.pk for finding in self.findings.all())
        said = (self.text_id, self.text_en, self.addressee_kind, self.addressee_id, self.addressee_name, findings)
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]

    @property
    def addressee_label(self) -> str:
        return self.addressee.label if self.addressee else self.addressee_name


class RecommendationStep(models.Model):
    """What the addressee said about a recommendation, and when. Steps are added, never changed."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(_("state"), max_length=8, choices=RecommendationState.choices)
    note_id = models.TextField(_("note in Indonesian"), max_length=1000, blank=True)
    note_en = models.TextField(_("note in English"), max_length=1000, blank=True)
    by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    is_on_behalf = models.BooleanField(_("written by a curator for the addressee"), default=False)
    at = models.DateTimeField(default=timezone.now)

    note = Bilingual("note")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(note_id="", note_en=""), name="recommendation_declined_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["noted", "planned", "done", "declined"]), name="recommendation_step_known"
            ),
        ]

    @property
    def by_name(self) -> str:
        return str(_("deleted account")) if self.by.deleted_at else self.by.name or str(_("a curator"))
