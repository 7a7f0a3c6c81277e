"""What comes with a final paper, and what an editor says of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from publications.forms.inputs import TextField
from taxonomy.models import Licence

USUAL = "CC-BY-4.0"


class LicenceChoice(forms.ModelChoiceField[Licence]):
    def label_from_instance(self, obj: Licence) -> str:
        return str(obj.label)


class FinalPaperForm(forms.Form):
    """The file is taken from the request: it is checked by its content, not by a form."""

    licence = LicenceChoice(
        label=_("Licence"),
        queryset=Licence.objects.none(),
        empty_label=None,
        help_text=_("Under which others may use the paper. It is printed in the proceedings."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field: forms.ModelChoiceField[Licence] = self.fields["licence"]  # type: ignore[assignment]
        field.queryset = Licence.objects.filter(retired_on=None)
        if not self.initial.get("licence"):
            field.initial = Licence.objects.filter(code=USUAL).first()


class GiveBackForm(forms.Form):
    reason = TextField(
        label=_("What to change"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The author gets it by mail."),
    )
