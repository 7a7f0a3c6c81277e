"""django-allauth's forms for passkeys, whose field for a name has no label that could be translated."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 100


class AddPasskeyForm(AddWebAuthnForm):
    name = forms.CharField(label=_("Name of the key"), required=False, max_length=LONGEST_NAME)


class EditPasskeyForm(EditWebAuthnForm):
    name = forms.CharField(label=_("Name of the key"), max_length=LONGEST_NAME)
