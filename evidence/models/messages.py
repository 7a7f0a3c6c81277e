"""The one line that a topic page begins with, where curators have written one."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evidence.models.texts import Bilingual
from taxonomy.models import Pmks

if TYPE_CHECKING:
    from accounts.models import User


class TopicMessage(models.Model):
    """Written by a curator, checked by a second; the newest checked one of a topic is shown, older ones stay."""

    pmks = models.ForeignKey(Pmks, verbose_name="PMKS", on_delete=models.PROTECT, related_name="messages")
    text_id = models.CharField(_("message in Indonesian"), max_length=300)
    text_en = models.CharField(_("message in English"), max_length=300)
    written_by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)
    checked_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("checked by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_on = models.DateField(_("checked on"), null=True)
    return_reason = models.TextField(_("reason for returning"), blank=True)

    text = Bilingual("text")

    class Meta:
        verbose_name = _("message of a topic")
        verbose_name_plural = _("messages of topics")
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["pmks", "-checked_on"], name="message_newest")]
        constraints = [
            models.CheckConstraint(condition=~Q(text_id="") & ~Q(text_en=""), name="message_has_texts"),
            models.CheckConstraint(
                condition=Q(checked_by=None, checked_on=None)
                | (Q(checked_by__isnull=False, checked_on__isnull=False) & ~Q(checked_by=F("written_by"))),
                name="message_checked_by_a_second",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def writer_name(self) -> str:
        return _name(self.written_by)

    @property
    def checker_name(self) -> str:
        return _name(self.checked_by) if self.checked_by else ""


def _name(user: "User") -> str:
    """As its owner writes it; never a mail address."""
    return str(_("deleted account")) if user.deleted_at else user.name or str(_("a curator"))
