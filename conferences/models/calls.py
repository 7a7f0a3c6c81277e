"""The call for papers: themes, questions, templates, late links."""

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evidence.models.texts import Bilingual
from publications.models import Blob
from taxonomy.models import Pmks, Service

from .editions import Edition, Track

if TYPE_CHECKING:
    from accounts.models import User


class CallTheme(models.Model):
    """What the call asks research about; mostly a gap that the evidence map or the question desk shows.

    `reasons` keeps what spoke for it on the day it was taken over, as the list of themes told it
    (`evidence.queries.themes.Reason.kept`).
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="themes")
    pmks = models.ForeignKey(
        Pmks, verbose_name="PMKS", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    service = models.ForeignKey(
        Service, verbose_name=_("service"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text_id = models.CharField(_("theme in Indonesian"), max_length=300)
    text_en = models.CharField(_("theme in English"), max_length=300, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    text = Bilingual("text")

    class Meta:
        verbose_name = _("theme of the call")
        verbose_name_plural = _("themes of the call")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class AnswerKind(models.TextChoices):
    LINE = "line", _("one line")
    TEXT = "text", _("some lines")
    NUMBER = "number", _("a number")
    YES_NO = "yes_no", _("yes or no")
    ONE = "one", _("one of several")
    SOME = "some", _("any of several")


class CallQuestion(models.Model):
    """What the call asks besides; of one track, or of all. `options`: [{"id", "en"}] for `one` and `some`."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="questions")
    track = models.ForeignKey(Track, null=True, blank=True, on_delete=models.CASCADE, related_name="questions")
    label_id = models.CharField(_("question in Indonesian"), max_length=300)
    label_en = models.CharField(_("question in English"), max_length=300, blank=True)
    help_id = models.CharField(_("help in Indonesian"), max_length=300, blank=True)
    help_en = models.CharField(_("help in English"), max_length=300, blank=True)
    kind = models.CharField(_("answer"), max_length=6, choices=AnswerKind.choices, default=AnswerKind.LINE)
    options = models.JSONField(default=list, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    words_max = models.PositiveSmallIntegerField(_("words, at most"), null=True, blank=True)
    for_reviewers = models.BooleanField(_("reviewers read the answer"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    label, help = Bilingual("label"), Bilingual("help")

    class Meta:
        verbose_name = _("question of the call")
        verbose_name_plural = _("questions of the call")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label


class CallTemplate(models.Model):
    """A file that authors start from; of one track, or of all."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="templates")
    track = models.ForeignKey(Track, null=True, blank=True, on_delete=models.CASCADE, related_name="templates")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="call_templates")
    name = models.CharField(_("file name"), max_length=150)
    label_id = models.CharField(_("name in Indonesian"), max_length=150)
    label_en = models.CharField(_("name in English"), max_length=150, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    label = Bilingual("label")

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="call_template_name_once")]


class LateLink(models.Model):
    """Lets one person submit once after the deadline. Only the hash of its token is kept."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="late_links")
    track = models.ForeignKey(Track, null=True, blank=True, on_delete=models.CASCADE, related_name="late_links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    note = models.CharField(_("for whom and why"), max_length=300)
    expires_at = models.DateTimeField(_("works until"))
    made_by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    submission = models.OneToOneField(
        "Submission", null=True, blank=True, on_delete=models.PROTECT, related_name="late_link"
    )
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("late link")
        verbose_name_plural = _("late links")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(submission=None, used_at=None) | Q(submission__isnull=False), name="late_link_used_by_one"
            )
        ]

    def is_open_at(self, moment: datetime.datetime) -> bool:
        """For a submission that has not been sent through it: one link, one submission, one sending."""
        return self.revoked_at is None and self.used_at is None and moment < self.expires_at
