"""What people post on the cooperation board and write to each other."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms import OrganisationField
from evidence.actions.cooperation import MANY, SCALARS, WrongDate, check_date
from evidence.actions.interests import MOST_CHARACTERS
from evidence.forms.contacts import AsksAboutContacts
from evidence.models import Opportunity, OpportunityKind
from evidence.queries.cooperation import OPEN, OVER
from evidence.rules import MOST_DAYS_OPEN
from publications.forms.inputs import LineField, TextField
from taxonomy.models import Pmks, Province


def _text(label: Any, limit: int, rows: int, **options: Any) -> TextField:
    return TextField(label=label, max_length=limit, widget=forms.Textarea(attrs={"rows": rows}), **options)


class DayField(forms.DateField):
    """A closing date: today or later, at most two years from now."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)
        self.input_formats = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """The limits are set for each form, since the day changes while the process lives."""
        today = timezone.localdate()
        last = today + datetime.timedelta(days=MOST_DAYS_OPEN)
        self.widget.attrs |= {"min": today.isoformat(), "max": last.isoformat()}
        return super().get_bound_field(form, field_name)

    def validate(self, value: Any) -> None:
        super().validate(value)
        try:
            check_date(value) if value else None
        except WrongDate as error:
            raise ValidationError(_("It closes today or later, at most two years from now.")) from error


class OpportunityForm(AsksAboutContacts, forms.ModelForm[Opportunity]):
    public_texts = ("title_id", "title_en", "text_id", "text_en")

    title_id = LineField(label=_("Title in Indonesian"), max_length=200)
    title_en = LineField(label=_("Title in English"), max_length=200, required=False)
    text_id = _text(
        _("Description in Indonesian"),
        3000,
        8,
        help_text=_(
            "What you seek or offer, for whom, until when, and what you bring. No address: people write to you here."
        ),
    )
    text_en = _text(_("Description in English"), 3000, 8, required=False)
    organisation = OrganisationField(label=_("Organisation"), required=False)
    closes_on = DayField(label=_("Open until"), help_text=_("The last day on which people can write to you."))

    class Meta:
        model = Opportunity
        fields = (*SCALARS, *MANY)
        widgets = {
            "kind": forms.RadioSelect,
            "pmks": forms.CheckboxSelectMultiple,
            "provinces": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=_("What it is about"), choices=OpportunityKind.choices, widget=forms.RadioSelect
        )
        self.fields["provinces"].help_text = _("None: anywhere.")
        for name in MANY:
            field: Any = self.fields[name]
            used = list(getattr(self.instance, name).values_list("pk", flat=True)) if self.instance.pk else []
            field.queryset = field.queryset.filter(Q(retired_on=None) | Q(pk__in=used))

    def _post_clean(self) -> None:
        """Nothing is written to the instance: the action writes, under its lock."""

    def data_for_action(self) -> dict[str, Any]:
        return self.cleaned_data | {name: list(self.cleaned_data[name]) for name in MANY}


class ResultForm(AsksAboutContacts, forms.Form):
    public_texts = ("result_id", "result_en")

    result_id = _text(_("What came of it, in Indonesian"), 1000, 4, required=False)
    result_en = _text(_("What came of it, in English"), 1000, 4, required=False)


class ReopenForm(forms.Form):
    closes_on = DayField(label=_("Open until"))


class InterestForm(forms.Form):
    message = _text(
        _("Your message"),
        MOST_CHARACTERS,
        6,
        help_text=_("Who you are, and what you could do together. At most 2,000 characters."),
    )


class OpportunityFilter(forms.Form):
    """What the board is narrowed to; what is not understood narrows nothing."""

    jenis = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *OpportunityKind.choices])
    pmks = forms.ModelChoiceField(
        label="PMKS", queryset=Pmks.objects.all(), required=False, to_field_name="slug", empty_label=_("all")
    )
    provinsi = forms.ModelChoiceField(
        label=_("Province"), queryset=Province.objects.all(), required=False, to_field_name="slug", empty_label=_("all")
    )
    status = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), (OPEN, _("open")), (OVER, _("closed"))]
    )

    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        data = self.cleaned_data
        return {
            "kind": data.get("jenis") or "",
            "pmks": data.get("pmks"),
            "province": data.get("provinsi"),
            "status": data.get("status") or "",
        }
