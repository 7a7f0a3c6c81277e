"""What people follow, and what they were told of it. Nobody but them sees it; it goes when their account goes."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from publications.models import Output

MOST_CHARACTERS = 2000  # of a saved search; each is one byte, so that an index holds it


class Frequency(models.TextChoices):
    DAILY = "daily", pgettext_lazy("how often", "every day")
    WEEKLY = "weekly", pgettext_lazy("how often", "every week")


class Alert(models.Model):
    """A search that somebody follows; `query` is its address without page and order (see `search.saved`).

    Told is what became public, or was opened, after `since`. `checked_at`: everything until then has been looked at.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="alerts")
    query = models.CharField(max_length=MOST_CHARACTERS, blank=True)
    frequency = models.CharField(_("how often"), max_length=6, choices=Frequency.choices, default=Frequency.WEEKLY)
    is_paused = models.BooleanField(default=False)
    since = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["frequency", "checked_at"], condition=models.Q(is_paused=False), name="search_alert_due"
            )
        ]
        constraints = [models.UniqueConstraint(fields=["user", "query"], name="search_alert_once_a_person")]


class Digest(models.Model):
    """One mail about everything that somebody follows. `sent_at` is empty while the mail waits in the queue."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)


class Told(models.Model):
    """This output was told for this alert, in this mail: never again, whatever changes."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="told")
    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="+")
    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="told")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["alert", "output"], name="search_told_once")]
