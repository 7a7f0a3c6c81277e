"""What an output says, for somebody who has one minute."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evidence.models.texts import Bilingual
from publications.models import Output

if TYPE_CHECKING:
    from accounts.models import User

MOST_WORDS = 200


class PlainSummary(models.Model):
    """At most `MOST_WORDS` words a language (`actions.summaries` counts). An edit makes it wait for a check again."""

    output = models.OneToOneField(
        Output, verbose_name=_("output"), on_delete=models.CASCADE, related_name="plain_summary"
    )
    text_id = models.TextField(_("summary in Indonesian"), max_length=3000)
    text_en = models.TextField(_("summary in English"), max_length=3000, blank=True)
    entered_by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+"
    )
    edited_by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("edited by"), on_delete=models.PROTECT, related_name="+"
    )
    edited_at = models.DateTimeField(default=timezone.now, editable=False)
    checked_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("checked by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_on = models.DateField(_("checked on"), null=True, editable=False)
    return_reason = models.TextField(_("reason for returning"), blank=True)
    returned_at = models.DateTimeField(null=True, editable=False)

    text = Bilingual("text")

    class Meta:
        verbose_name = _("plain-language summary")
        verbose_name_plural = _("plain-language summaries")
        constraints = [
            models.CheckConstraint(condition=~Q(text_id=""), name="summary_has_text"),
            models.CheckConstraint(
                condition=Q(checked_by=None, checked_on=None)
                | (Q(checked_by__isnull=False, checked_on__isnull=False) & ~Q(checked_by=F("edited_by"))),
                name="summary_checked_by_a_second",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, return_reason="")
                | (Q(returned_at__isnull=False, checked_on=None) & ~Q(return_reason="")),
                name="summary_returned_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text
