from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .output import Output
from .version import Version


class Comment(models.Model):
    """A message in the thread between curator and authors; with `field`, about that field of the form."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(_("field"), max_length=40, blank=True)
    text = models.TextField(_("comment"))
    is_return_reason = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "id"]


class CopyRequestState(models.TextChoices):
    OPEN = "open", _("waiting for an answer")
    GRANTED = "granted", _("granted")
    DECLINED = "declined", _("declined")


class CopyRequest(models.Model):
    """Somebody asks the author of a restricted output for a copy; the answer is a signed link that expires."""

    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="copy_requests")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(max_length=5, default="id")
    purpose = models.TextField(_("what you need it for"))
    state = models.CharField(max_length=10, choices=CopyRequestState.choices, default=CopyRequestState.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
