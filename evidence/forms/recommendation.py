"""What people enter about a recommendation, and as a summary in plain language."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.forms import OrganisationField
from evidence.models import MOST_WORDS, Finding, Recommendation
from evidence.readability import count_words
from publications.forms.inputs import LineField, TextField
from publications.models import Output


class RecommendationForm(forms.ModelForm[Recommendation]):
    text_id = TextField(
        label=_("Recommendation in Indonesian"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    text_en = TextField(
        label=_("Recommendation in English"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    addressee = OrganisationField(
        label=_("Organisation"),
        required=False,
        help_text=_("Its people can say what became of it. Leave it empty where no single organisation is meant."),
    )
    addressee_name = LineField(
        label=_("Or a name"), required=False, max_length=200, help_text=_("For example: all districts of a province.")
    )

    class Meta:
        model = Recommendation
        fields = ("text_id", "text_en", "addressee_kind", "addressee", "addressee_name", "findings")
        widgets = {"findings": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, output: Output, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.output = output
        findings: Any = self.fields["findings"]
        findings.queryset = Finding.objects.filter(output=output)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("addressee") and not data.get("addressee_name") and "addressee" not in self.errors:
            self.add_error("addressee", _("Say whom it is for: an organisation, or a name."))
        return data

    def _post_clean(self) -> None:
        """Nothing is written to the instance: the action writes, under its lock."""

    def data_for_action(self) -> dict[str, Any]:
        return self.cleaned_data | {"findings": list(self.cleaned_data["findings"])}


class SummaryForm(forms.Form):
    text_id = TextField(
        label=_("Summary in Indonesian"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("At most 200 words, short sentences, no terms of the trade."),
    )
    text_en = TextField(
        label=_("Summary in English"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 10})
    )

    def clean_text_id(self) -> str:
        text = str(self.cleaned_data["text_id"])
        if not count_words(text):
            raise forms.ValidationError(_("Write at least one word."))
        return _short_enough(text)

    def clean_text_en(self) -> str:
        return _short_enough(str(self.cleaned_data["text_en"]))


def _short_enough(text: str) -> str:
    if (number := count_words(text)) > MOST_WORDS:
        message = ngettext("%(number)d word; at most %(most)d.", "%(number)d words; at most %(most)d.", number) % {
            "number": number,
            "most": MOST_WORDS,
        }
        raise forms.ValidationError(message)
    return text
