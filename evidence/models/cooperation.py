"""The cooperation board, "Peluang kerja sama": who seeks whom for research, data or an evaluation."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation
from evidence.models.texts import Bilingual
from evidence.states import OpportunityState
from taxonomy.models import Pmks, Province

if TYPE_CHECKING:
    from accounts.models import User


class OpportunityKind(models.TextChoices):
    RESEARCH_WANTED = "research_wanted", pgettext_lazy("cooperation", "research wanted")
    DATA_OFFERED = "data_offered", pgettext_lazy("cooperation", "data offered")
    EVALUATION_PARTNER = "evaluation_partner", pgettext_lazy("cooperation", "evaluation partner sought")


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    def public(self) -> Self:
        """What has or had a public page: open ones, and those that have closed since."""
        return self.filter(state__in=[OpportunityState.OPEN, OpportunityState.CLOSED])

    def open(self) -> Self:
        """To which one can still answer today (in Jakarta); the closing day itself counts."""
        return self.filter(state=OpportunityState.OPEN, closes_on__gte=timezone.localdate())

    def visible_to(self, user: Any) -> Self:
        if not user.is_authenticated:
            return self.public()
        if user.is_curator:
            return self.all()
        return self.filter(Q(state__in=[OpportunityState.OPEN, OpportunityState.CLOSED]) | Q(owner=user))


class Opportunity(models.Model):
    """Posted by its owner, let in by a curator. It closes after `closes_on` by itself, or earlier by hand."""

    kind = models.CharField(_("kind"), max_length=18, choices=OpportunityKind.choices)
    title_id = models.CharField(_("title in Indonesian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    text_id = models.TextField(_("description in Indonesian"), max_length=3000)
    text_en = models.TextField(_("description in English"), max_length=3000, blank=True)
    pmks = models.ManyToManyField(Pmks, verbose_name="PMKS", related_name="opportunities")
    provinces = models.ManyToManyField(Province, verbose_name=_("provinces"), blank=True, related_name="opportunities")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="opportunities",
    )
    owner: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="opportunities"
    )
    closes_on = models.DateField(_("closes on"))
    state = models.CharField(
        _("state"), max_length=9, choices=OpportunityState.choices, default=OpportunityState.POSTED
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    posted_at = models.DateTimeField(default=timezone.now)
    decided_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(_("decided on"), null=True)
    reason = models.TextField(_("reason for returning or withdrawing"), blank=True)
    result_id = models.TextField(_("what came of it, in Indonesian"), max_length=1000, blank=True)
    result_en = models.TextField(_("what came of it, in English"), max_length=1000, blank=True)
    closed_at = models.DateTimeField(null=True)

    title, text, result = Bilingual("title"), Bilingual("text"), Bilingual("result")

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("opportunity to cooperate")
        verbose_name_plural = _("opportunities to cooperate")
        ordering = ["closes_on", "pk"]
        indexes = [
            models.Index(fields=["closes_on"], condition=Q(state="open"), name="opportunity_open"),
            models.Index(fields=["posted_at"], condition=Q(state="posted"), name="opportunity_queue"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="posted") | Q(decided_by__isnull=False, decided_on__isnull=False),
                name="opportunity_decided_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | ~Q(decided_by=F("owner")), name="opportunity_opened_by_a_second"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "withdrawn"]) | ~Q(reason=""),
                name="opportunity_refused_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at=None)),
                name="opportunity_closed_has_date",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[value for value, _label in OpportunityKind.choices]),
                name="opportunity_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == OpportunityState.OPEN and self.closes_on >= timezone.localdate()


class Interest(models.Model):
    """Somebody wrote to the owner through us. Only these two, and curators for abuse, ever read the message."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="interests")
    by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    message = models.TextField(_("message"), max_length=2000)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "by"], name="interest_once"),
            models.CheckConstraint(condition=~Q(message=""), name="interest_has_message"),
        ]
