"""The small forms around the deposit: additional files, replies, co-owners, answers to requests."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from publications.forms.inputs import LineField, TextField
from publications.models import FileKind, Output

EXTRA_KINDS = [(kind.value, kind.label) for kind in FileKind if kind != FileKind.MAIN]


class ExtraFileForm(forms.Form):
    kind = forms.ChoiceField(label=_("What it is"), choices=EXTRA_KINDS)
    description = LineField(label=_("Description"), max_length=300, required=False)


class ReplyForm(forms.Form):
    text = TextField(
        label=_("Your message"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a message first.")},
    )

    def clean_text(self) -> str:
        if not (text := self.cleaned_data["text"]):
            raise forms.ValidationError(self.fields["text"].error_messages["required"], "required")
        return str(text)


class PersonForm(forms.Form):
    """Somebody by e-mail; whether the address is known here is told to nobody."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)


class TransferForm(forms.Form):
    """Only a co-owner can take an output over: so nobody learns here who is registered, and nobody is surprised."""

    to = forms.ModelChoiceField(label=_("New owner"), queryset=User.objects.none())
    agrees = forms.BooleanField(
        label=_("I hand this output over. The new owner decides about it from now on; I stay as co-owner."),
        error_messages={"required": _("Tick this box to hand the output over.")},
    )

    def __init__(self, output: Output, data: Any = None) -> None:
        super().__init__(data, prefix="transfer")
        self.fields["to"].queryset = output.co_owners.filter(is_active=True)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    message = TextField(
        label=_("Message to the person who asked"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PasteForm(forms.Form):
    text = forms.CharField(
        label=_("DOI, BibTeX, RIS or CSL-JSON"),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocapitalize": "off", "data-serif": "no"}),
        error_messages={"required": _("Paste a DOI or a record first.")},
    )

    def clean_text(self) -> Any:
        return self.cleaned_data["text"].replace("\x00", "")


class DiscardForm(forms.Form):
    agrees = forms.BooleanField(
        label=_("Yes, delete this draft and its files"), error_messages={"required": _("Tick this box to delete.")}
    )
