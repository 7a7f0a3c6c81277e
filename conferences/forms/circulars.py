"""A letter of the committee to a group."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from conferences.letters import UnknownField, Wording, fields_in
from conferences.queries.circulars import GROUPS
from publications.forms.inputs import LineField, TextField

TEXT: dict[str, Any] = {"max_length": 10000, "widget": forms.Textarea(attrs={"rows": 12})}


class CircularForm(forms.Form):
    group = forms.ChoiceField(label=_("To whom"))
    subject_id = LineField(label=_("Subject in Indonesian"), max_length=200)
    body_id = TextField(label=_("Text in Indonesian"), **TEXT)
    subject_en = LineField(label=_("Subject in English"), max_length=200, required=False)
    body_en = TextField(
        label=_("Text in English"), required=False,
        help_text=_("For those who use the site in English. Without it they get the Indonesian letter."), **TEXT,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: forms.ChoiceField = self.fields["group"]  # type: ignore[assignment]
        chosen.choices = [(name, group.label) for name, group in GROUPS.items()]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if bool(data.get("subject_en")) != bool(data.get("body_en")) and not self.errors:
            raise ValidationError(_("Write both subject and text, or leave both empty."))
        if group := GROUPS.get(data.get("group", "")):
            for name in ("subject_id", "body_id", "subject_en", "body_en"):
                self._check(name, data.get(name, ""), group.fields)
        return data

    def _check(self, name: str, text: str, known: tuple[str, ...]) -> None:
        try:
            fields_in(text, known)
        except UnknownField as error:
            message = _("There is no field {%(name)s} for this group; the fields are listed below.")
            self.add_error(name, ValidationError(message, params={"name": error.name}))

    def texts(self) -> dict[str, Wording]:
        data = self.cleaned_data
        languages = [code for code in ("id", "en") if data[f"body_{code}"]]
        return {code: Wording(data[f"subject_{code}"], data[f"body_{code}"]) for code in languages}
