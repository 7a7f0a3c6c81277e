"""The published papers of an edition."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from conferences.states import EditionState
from publications.models import Output

from .editions import Edition
from .submissions import Submission


class PaperQuerySet(models.QuerySet["Paper"]):
    def of_public_editions(self) -> Self:
        return self.filter(edition__state__in=[EditionState.PUBLIC, EditionState.ARCHIVED])


class Paper(models.Model):
    """An output that was given at an edition: taken over from elsewhere, or made of a submission.

    Whether anybody sees the output is its own matter (`Output.objects.public()`).
    """

    edition = models.ForeignKey(Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="papers")
    output = models.OneToOneField(
        Output, verbose_name=_("output"), on_delete=models.CASCADE, related_name="conference_paper"
    )
    submission = models.OneToOneField(
        Submission, verbose_name=_("submission"), null=True, blank=True, on_delete=models.PROTECT, related_name="paper"
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of a conference")
        verbose_name_plural = _("papers of conferences")
        ordering = ["edition", "position", "pk"]

    def __str__(self) -> str:
        return str(self.output)
