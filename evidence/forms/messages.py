"""What curators type about a topic."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from publications.forms.inputs import LineField

MOST = 300


def _line(label: Any) -> LineField:
    help_text = _("One sentence that a policymaker can act on, at most 300 characters. Say how sure it is.")
    return LineField(label=label, max_length=MOST, widget=forms.Textarea(attrs={"rows": 3}), help_text=help_text)


class MessageForm(forms.Form):
    """Both languages, since the page has both."""

    text_id = _line(_("Message in Indonesian"))
    text_en = _line(_("Message in English"))
