"""The paper as it is to be printed."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.states import FinalState
from publications.models import Blob
from taxonomy.models import Licence

from .submissions import Submission

if TYPE_CHECKING:
    from accounts.models import User


class FinalPaper(models.Model):
    """What an author of an accepted submission hands in for the proceedings, and what the editor says of it.

    `checks`: [{"check", "level": "ok" | "warning" | "fault", "told": {...}}]; one with a fault is never approved.
    """

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="final_paper")
    state = models.CharField(_("state"), max_length=8, choices=FinalState.choices, default=FinalState.WAITING)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="final_papers")
    original_name = models.CharField(max_length=255)
    pages = models.PositiveSmallIntegerField(_("pages"))
    checks = models.JSONField(default=list)
    licence = models.ForeignKey(Licence, verbose_name=_("licence"), on_delete=models.PROTECT, related_name="+")
    uploaded_by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    decided_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("what to change"), max_length=2000, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("final paper")
        verbose_name_plural = _("final papers")
        ordering = ["submission"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="final_paper_decided_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(reason=""), name="final_paper_returned_why"),
        ]
