"""Asking for a copy of a restricted output."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publications.models import CopyRequest, Output
from publications.models.curation import CopyRequestState

MOST_AN_HOUR = 20


class CopyRequestForm(forms.Form):
    """Name and e-mail are filled in for who is signed in; nobody's request mails an author twice."""

    name = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(label=_("Your e-mail"), help_text=_("The author's answer goes to this address."))
    purpose = forms.CharField(
        label=_("What you need it for"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        help_text=_("One or two sentences help the author to decide."),
    )

    def __init__(self, data: Any = None, *, output: Output, reader: Any) -> None:
        initial = {"name": reader.name, "email": reader.email} if reader.is_authenticated else {}
        super().__init__(data, initial=initial)
        self.output = output
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        waiting = CopyRequest.objects.filter(output=self.output, state=CopyRequestState.OPEN)
        if waiting.filter(email__iexact=email).exists():
            raise ValidationError(_("You have asked for this paper already. The author has not answered yet."))
        return email

    def clean(self) -> dict[str, Any]:
        recent = timezone.now() - datetime.timedelta(hours=1)
        if CopyRequest.objects.filter(output=self.output, created_at__gt=recent).count() >= MOST_AN_HOUR:
            raise ValidationError(_("Many people asked for this paper just now. Please try again in an hour."))
        return super().clean() or {}
