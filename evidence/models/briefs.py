"""A policy brief in the making: findings in an order, and what they say together."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evidence.models.finding import Finding
from evidence.models.texts import Bilingual
from publications.models import Output

if TYPE_CHECKING:
    from accounts.models import User


class Brief(models.Model):
    """Its owner's alone until it becomes an output (`output`), which is then deposited and curated like any other.

    `revision` grows with each saved edit.
    """

    owner: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="briefs"
    )
    title_id = models.CharField(_("title in Indonesian"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    message_id = models.TextField(_("message in Indonesian"), max_length=3000, blank=True)
    message_en = models.TextField(_("message in English"), max_length=3000, blank=True)
    findings = models.ManyToManyField(Finding, through="BriefFinding", related_name="briefs")
    output = models.OneToOneField(
        Output, verbose_name=_("output"), null=True, editable=False, on_delete=models.SET_NULL, related_name="brief"
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    title, message = Bilingual("title"), Bilingual("message")

    class Meta:
        verbose_name = _("policy brief")
        verbose_name_plural = _("policy briefs")
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.title or f"#{self.pk}"


class BriefFinding(models.Model):
    """A finding in a brief, at its place, with what the author says about it."""

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="items")
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="brief_items")
    position = models.PositiveSmallIntegerField()
    note_id = models.TextField(_("remark in Indonesian"), max_length=600, blank=True)
    note_en = models.TextField(_("remark in English"), max_length=600, blank=True)

    note = Bilingual("note")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["brief", "finding"], name="brief_finding_once"),
        ]
