"""What people type about themselves, and curators about organisations and people."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Person, User
from accounts.orcid import normalise_orcid
from accounts.queries import organisation_named
from accounts.ror import normalise_ror


class OrcidField(forms.CharField):
    """Takes the bare number as well as the address."""

    widget = forms.TextInput(attrs={"placeholder": "0000-0000-0000-0000", "autocomplete": "off"})

    def to_python(self, value: Any) -> str:
        return normalise_orcid(value) if value else ""


class RorField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return normalise_ror(value) if value else ""


class OrganisationField(forms.CharField):
    """An organisation by its name, with suggestions; `allow_new` makes one of a name that nobody has entered yet."""

    widget = forms.TextInput(attrs={"list": "organisation-names", "autocomplete": "organization"})

    def __init__(self, *, allow_new: bool = False, **kwargs: Any) -> None:
        self.allow_new = allow_new
        super().__init__(max_length=300, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return _name_of(value) if isinstance(value, int | Organisation) else value

    def to_python(self, value: Any) -> Organisation | None:  # type: ignore[override]
        # Without NUL, which PostgreSQL does not even take to look for.
        name = " ".join(str(value or "").replace("\0", "").split())
        if not name:
            return None
        if found := organisation_named(name):
            return found
        if self.allow_new:
            return Organisation(name=name)
        raise forms.ValidationError(_("There is no organisation of this name. Add it first."))

    def validate(self, value: Any) -> None:
        if value is None:
            super().validate(value)
            return
        for check in Organisation._meta.get_field("name").validators:
            check(value.name)

    def run_validators(self, value: Any) -> None:
        """The name's length is checked by `validate`; the value itself is an organisation."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "")


def _name_of(value: int | Organisation) -> str:
    return value.name if isinstance(value, Organisation) else Organisation.objects.get(pk=value).name


class SignupDetails(forms.Form):
    """What allauth's sign-up forms ask besides e-mail and password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        help_text=_("As printed on publications. A single name is fine."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language of mails"), choices=settings.LANGUAGES)
    agreement = forms.BooleanField(
        label=_("I agree that my name is shown with what I publish and that my data is kept to run my account."),
        error_messages={"required": _("Without your consent no account can be made.")},
    )
    field_order = ["name", "email", "password1", "password2", "language", "agreement"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()

    def signup(self, request: Any, user: User) -> None:
        from accounts.actions import welcome

        welcome(user, self.cleaned_data["name"], self.cleaned_data["language"])


class UserForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ["language"]


class PersonForm(forms.ModelForm[Person]):
    orcid = OrcidField(label="ORCID", required=False)
    affiliation = OrganisationField(label=_("Organisation"), required=False, allow_new=True)

    class Meta:
        model = Person
        fields = ["given_name", "family_name", "degrees_before", "degrees_after", "orcid", "affiliation"]
        help_texts = {
            "given_name": _("Leave empty if you have a single name."),
            "family_name": _("Or the only name."),
            "degrees_before": _("For example Dr. or Prof."),
            "degrees_after": _("For example M.Si., Ph.D."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.affiliation:
            self.initial["affiliation"] = self.instance.affiliation
        if self.instance.orcid_authenticated:
            self.fields["orcid"].disabled = True
            self.fields["orcid"].help_text = _("Confirmed by signing in at ORCID.")

    def clean_orcid(self) -> str | None:
        return self.cleaned_data["orcid"] or None


class LinesField(forms.CharField):
    """A list, one entry a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]


class OrganisationForm(forms.ModelForm[Organisation]):
    ror = RorField(label="ROR", required=False, help_text=_("Nine characters, or the address at ror.org."))
    parent = OrganisationField(label=_("Part of"), required=False)
    aliases = LinesField(label=_("Also known as"), required=False, help_text=_("One name a line."))

    class Meta:
        model = Organisation
        fields = ["name", "name_en", "acronym", "kind", "ror", "parent", "province_code", "city", "period", "aliases"]
        help_texts = {"province_code": _("For example ID-JB."), "period": _("For example 2022- or 1964-2019.")}
        widgets = {"province_code": forms.TextInput(attrs={"list": "province-codes"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.parent:
            self.initial["parent"] = self.instance.parent

    def clean_parent(self) -> Organisation | None:
        parent: Organisation | None = self.cleaned_data["parent"]
        above = parent
        while above:
            if above.pk == self.instance.pk:
                raise forms.ValidationError(_("An organisation cannot be part of itself."))
            above = above.parent
        return parent

    def clean_province_code(self) -> str:
        code: str = self.cleaned_data["province_code"].strip().upper()
        if code and not re.fullmatch("ID-[A-Z]{2}", code):
            raise forms.ValidationError(_("A province's code is ID- and two letters, for example ID-JB."))
        return code

    def clean_ror(self) -> str | None:
        return self.cleaned_data["ror"] or None


class MergeForm(forms.Form):
    """Which of two entries stays."""

    keep = forms.IntegerField()
    merge = forms.IntegerField()


class DeleteAccountForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, delete my account. I know that this cannot be undone."),
        error_messages={"required": _("Tick the box if you want to delete your account.")},
    )
