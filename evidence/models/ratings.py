"""How sure a finding is, and how far it holds in Indonesia: a word, a reason and a name, never a bare number."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evidence.models.finding import Finding
from evidence.models.texts import Bilingual

if TYPE_CHECKING:
    from accounts.models import User

WANTED_RATERS = 2


class RatingKind(models.TextChoices):
    STRENGTH = "strength", _("strength of method")
    APPLICABILITY = "applicability", _("applicability in Indonesia")


class Level(models.IntegerChoices):
    VERY_LOW = 1, pgettext_lazy("rating", "very low")
    LOW = 2, pgettext_lazy("rating", "low")
    MODERATE = 3, pgettext_lazy("rating", "moderate")
    HIGH = 4, pgettext_lazy("rating", "high")


class Rating(models.Model):
    """One rater's judgement; `rubric` is the edition of the rubric it follows (see `evidence.rubrics`)."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="ratings")
    kind = models.CharField(_("kind"), max_length=13, choices=RatingKind.choices)
    value = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    reason_id = models.TextField(_("reason in Indonesian"), max_length=1000, blank=True)
    reason_en = models.TextField(_("reason in English"), max_length=1000, blank=True)
    rater: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("rater"), on_delete=models.PROTECT, related_name="+"
    )
    rated_on = models.DateField(_("rated on"), default=timezone.localdate)
    rubric = models.CharField(_("edition of the rubric"), max_length=20)

    reason = Bilingual("reason")

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["rated_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "kind", "rater"], name="rating_once_a_rater"),
            models.CheckConstraint(
                condition=Q(kind__in=[value for value, _label in RatingKind.choices]), name="rating_kind_known"
            ),
            models.CheckConstraint(condition=Q(value__gte=1, value__lte=4), name="rating_value_known"),
            models.CheckConstraint(condition=~Q(reason_id="", reason_en=""), name="rating_has_reason"),
        ]

    @property
    def rater_name(self) -> str:
        """The name as its owner writes it; never a mail address."""
        return str(_("deleted account")) if self.rater.deleted_at else self.rater.name or str(_("a curator"))
