"""Which outputs to take over as papers of an edition."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from publications.models import Output
from publications.publicid import normalise_public_id

MOST_AT_ONCE = 200


class CollectForm(forms.Form):
    """One output a line, by its number or its address; `found` keeps their order, `unknown` what is none."""

    outputs = forms.CharField(
        label=_("Publications"),
        help_text=_("One a line: the address of its page, or its number. Only what is public can be taken over."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20_000,
    )

    def clean_outputs(self) -> list[Output]:
        lines = [line.strip() for line in self.cleaned_data["outputs"].splitlines() if line.strip()][:MOST_AT_ONCE]
        wanted = {line: _public_id(line) for line in lines}
        public = Output.objects.public().filter(public_id__in=[pk for pk in wanted.values() if pk])
        found = {output.public_id: output for output in public}
        unknown = [line for line, public_id in wanted.items() if public_id not in found]
        if unknown:
            told: Any = {"lines": ", ".join(line[:80] for line in unknown)}
            raise forms.ValidationError(_("No public publication: %(lines)s. Nothing was taken over."), params=told)
        return list(dict.fromkeys(found[public_id] for public_id in wanted.values() if public_id))


def _public_id(line: str) -> str | None:
    path = re.sub(r"[?#].*", "", line)
    match = re.search(r"/publikasi/([^/]+)", path)
    return normalise_public_id(match[1] if match else path)
