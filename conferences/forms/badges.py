"""Which badges to print."""

import datetime
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conferences.models import Audience, Edition

MOST_NUMBERS = 400
_NO_RANGE: Any = _("“%(part)s” is no number and no range.")


class BadgesForm(forms.Form):
    """All that are confirmed, unless it says otherwise."""

    sejak = forms.DateField(
        label=_("Registered since"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    kategori = forms.ChoiceField(
        label=_("Category"), required=False, choices=lambda: [("", _("all")), *Audience.choices]
    )
    nomor = forms.CharField(
        label=_("Numbers"), required=False, max_length=2000,
        help_text=_("For instance: 3, 8-12. Leave it empty for all."),
    )  # fmt: skip

    def clean_nomor(self) -> list[int]:
        numbers: list[int] = []
        for part in filter(None, re.split(r"[,;\s]+", self.cleaned_data["nomor"].strip())):
            match = re.fullmatch(r"([0-9]{1,7})(?:[-–]([0-9]{1,7}))?", part)
            if match is None:
                raise forms.ValidationError(_NO_RANGE, params={"part": part[:30]})
            first, last = int(match[1]), int(match[2] or match[1])
            if last < first:
                raise forms.ValidationError(_NO_RANGE, params={"part": part[:30]})
            if last - first >= MOST_NUMBERS or len(numbers) > MOST_NUMBERS:
                raise forms.ValidationError(_("At most %(most)s at once."), params={"most": MOST_NUMBERS})
            numbers += range(first, last + 1)
        return numbers

    def narrowed(self, rows: Any, edition: Edition) -> Any:
        data = self.cleaned_data
        if since := data["sejak"]:
            rows = rows.filter(registered_at__gte=datetime.datetime.combine(since, datetime.time.min, edition.tz))
        if data["kategori"]:
            rows = rows.filter(category=data["kategori"])
        return rows.filter(number__in=data["nomor"]) if data["nomor"] else rows
