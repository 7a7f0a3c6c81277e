"""What people say about themselves when they register, and what the committee says about registering."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.queries import organisation_named
from conferences.actions.needs import deleted_on
from conferences.actions.registration_letters import LetterRefused, checked
from conferences.actions.registration_terms import FIELDS as TERMS
from conferences.forms.desk.fields import DeskForm, line, text
from conferences.models import Attendance, Audience, Registration, RegistrationTerms
from conferences.queries.registrations import attendances_of

ACCEPT = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
MOST_PLACES = 100_000
LONGEST_KEPT = 90  # days, of what people need
phone = RegexValidator(r"^[0-9+()/ .-]{5,30}$", _("Write a telephone number: digits, perhaps with + and spaces."))


class RegistrationForm(forms.Form):
    """`terms` say what is asked. `institution` is an organisation's name, of the list or any other."""

    category = forms.ChoiceField(label=_("You come as"), choices=[("", "–"), *Audience.choices])
    attendance = forms.ChoiceField(label=_("You take part"), widget=forms.RadioSelect)
    name = line(_("Name with degrees"), 200, help_text=_("As on the certificate. A single name is fine."))
    badge_name = line(_("Name on the badge"), 60, required=False, help_text=_("Empty: the name above."))
    institution_name = line(
        _("Institution"), 300, required=False, widget=forms.TextInput(attrs={"list": "organisation-names"}),
        help_text=_("An organisation of the list, or any other by its name."),
    )  # fmt: skip
    position_title = line(_("Position"), 150, required=False)
    phone = line(_("Telephone"), 30, required=False, validators=[phone])
    language = forms.ChoiceField(label=_("Language of mails"), choices=settings.LANGUAGES)
    letter = forms.FileField(
        label=_("Letter of assignment"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_(
            "PDF, JPEG or PNG, at most 5 MB; only you and the committee can open it. You can also add it later, here."
        ),
    )  # fmt: skip
    need = text(_("What you need to take part"), 1000, rows=3, required=False)
    about_need = _(
        "Such as a ramp, a sign-language interpreter or food without certain things. Only you and those in the "
        "committee who look after registration read it, to arrange it; no list or export for others contains it. "
        "It is deleted on %(day)s, and at once if you cancel."
    )

    def __init__(self, data: Any = None, files: Any = None, *, terms: RegistrationTerms, **options: Any) -> None:
        super().__init__(data, files, **options)
        ways = attendances_of(terms.edition)
        field: Any = self.fields["attendance"]
        field.choices = [(way.value, way.label) for way in Attendance if way in ways]
        if len(ways) == 1:
            field.initial = ways[0].value
        if not terms.asks_letter:
            del self.fields["letter"]
        day = date_format(deleted_on(terms.edition, terms.needs_kept_days), "DATE_FORMAT")
        self.fields["need"].help_text = self.about_need % {"day": day}

    def clean_letter(self) -> Any:
        upload = self.cleaned_data["letter"]
        if not upload:
            return None
        try:
            return checked(upload)
        except LetterRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def data_for_action(self) -> dict[str, Any]:
        """Without the letter, which has its own action."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "letter"}
        known = organisation_named(data["institution_name"]) if data.get("institution_name") else None
        return data | {"institution": known, "institution_name": "" if known else data.get("institution_name", "")}


class EnterForm(RegistrationForm):
    """Somebody whom the committee enters, or whose registration it corrects."""

    email = forms.EmailField(
        label=_("E-mail"), max_length=254, required=False, help_text=_("With an address, the confirmation goes there.")
    )
    about_need = _("Sensitive: only those who look after registration read it. It is deleted on %(day)s.")
    field_order = ["name", "category", "attendance", "institution_name", "position_title", "email"]

    def __init__(self, *args: Any, has_account: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].label, self.fields["attendance"].label = _("Category"), _("Takes part")
        self.fields["need"].label = _("What they need to take part")
        self.fields.pop("letter", None)
        if has_account:
            del self.fields["email"]


def of_person(user: User) -> dict[str, Any]:
    """What a new form begins with."""
    known = getattr(user, "person", None)
    return {
        "name": known.name_with_degrees if known else user.name,
        "institution_name": known.affiliation.name if known and known.affiliation else "",
        "language": "en" if get_language() == "en" else "id",
        "attendance": Attendance.ON_SITE,
    }


def of_registration(registration: Registration) -> dict[str, Any]:
    need = getattr(registration, "need", None)
    place = registration.institution
    names = ("category", "attendance", "name", "badge_name", "position_title", "phone", "language", "email")
    return {name: getattr(registration, name) for name in names} | {
        "institution_name": place.name if place else registration.institution_name,
        "need": need.text if need else "",
    }


class ReasonForm(forms.Form):
    reason = text(_("Reason"), 500, rows=3, help_text=_("They read it in their mail."))


class TermsForm(DeskForm):
    note_id = text(_("To know before registering, in Indonesian"), 3000, required=False)
    note_en = text(_("To know before registering, in English"), 3000, required=False)

    class Meta:
        model = RegistrationTerms
        fields = TERMS
        help_texts = {
            "is_offered": _("The site shows the form from the day registration opens until it closes."),
            "needs_approval": _("Otherwise each is confirmed at once, as long as there are places."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        numbers: dict[str, tuple[int, int, Any]] = {
            "quota": (0, MOST_PLACES, ""),
            "quota_online": (0, MOST_PLACES, _("Empty: as many as want to.")),
            "needs_kept_days": (
                0,
                LONGEST_KEPT,
                _("After the last day. What people need is sensitive: keep it short."),
            ),
        }
        for name, (least, most, said) in numbers.items():
            self.fields[name] = forms.IntegerField(
                label=self.fields[name].label, min_value=least, max_value=most, required=name != "quota_online",
                help_text=said,
            )  # fmt: skip
