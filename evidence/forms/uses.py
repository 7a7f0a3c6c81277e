"""What people report about the use of an output, and what curators add when they accept it."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.queries import organisation_named
from evidence.actions.uses import FIELDS, AlreadyReported
from evidence.models import Finding, Use, UseKind
from evidence.models.finding import FIRST_YEAR
from evidence.states import UseState
from publications.forms.inputs import LineField, PartialDateField, TextField
from publications.models import DatePrecision, Output
from publications.templatetags.outputs import publication_date

MOST_AN_HOUR = 20


def _paragraphs(label: Any, **options: Any) -> TextField:
    return TextField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}), **options)


class UseForm(forms.Form):
    """`former`: what was declined and is corrected now."""

    kind = forms.ChoiceField(label=_("What used it"), choices=UseKind.choices, widget=forms.RadioSelect)
    title_id = LineField(label=_("Its name in Indonesian"), max_length=300)
    title_en = LineField(label=_("Its name in English"), max_length=300, required=False)
    number = LineField(
        label=_("Number"), max_length=100, required=False, help_text=_("Of a regulation or guideline, such as 4/2024.")
    )
    date = PartialDateField(
        label=_("Date"),
        help_text=_("The year is enough (2024); the month or the day if you know it (May 2024, 12 May 2024)."),
    )
    issuer = LineField(
        label=_("Issued or run by"),
        max_length=200,
        help_text=_("An organisation of the list, or any other by its name."),
        widget=forms.TextInput(attrs={"list": "organisation-names"}),
    )
    url = forms.URLField(
        label=_("Web address"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Where others can look it up."),
    )
    how_id = _paragraphs(
        _("How it was used, in Indonesian"),
        help_text=_("What was taken from the publication, and where it stands: article, chapter, module."),
    )
    how_en = _paragraphs(_("How it was used, in English"), required=False)
    findings = forms.ModelMultipleChoiceField(
        label=_("Which of its findings were used"),
        queryset=Finding.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_another = forms.BooleanField(label=_("It is another one: report it all the same"), required=False)

    def __init__(self, data: Any = None, *, output: Output, reporter: User, former: Use | None = None) -> None:
        super().__init__(data, initial=_initial(former) if former else {})
        self.output, self.reporter = output, reporter
        self.alike: Use | None = None
        url: Any = self.fields["url"]
        url.validators = [URLValidator(schemes=["http", "https"])]
        findings: Any = self.fields["findings"]
        findings.queryset = Finding.objects.public().filter(output=output)
        if not findings.queryset.exists():
            del self.fields["findings"]

    def clean_date(self) -> Any:
        found = self.cleaned_data["date"]
        if found.year < FIRST_YEAR or found.first_day > timezone.localdate():
            raise ValidationError(_("Only what has happened can be reported. Check the year."))
        if self.output.year and found.year < self.output.year:
            before = _("The publication is of %(year)d; nothing can have used it earlier. Check the year.")
            raise ValidationError(before % {"year": self.output.year})
        return found

    def clean(self) -> dict[str, Any]:
        recent = timezone.now() - datetime.timedelta(hours=1)
        if Use.objects.filter(reported_by=self.reporter, reported_at__gt=recent).count() >= MOST_AN_HOUR:
            raise ValidationError(_("You have reported very many in the last hour. Please try again later."))
        return super().clean() or {}

    def data_for_action(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        when = data.pop("date")
        data["year"], data["date_precision"] = when.year, when.precision
        data["date"] = None if when.precision == DatePrecision.YEAR else when.first_day
        name = data.pop("issuer")
        data["issuer"] = organisation_named(name)
        data["issuer_name"] = "" if data["issuer"] else name
        wanted = {name: data[name] for name in FIELDS}
        return wanted | {"findings": list(data.get("findings", ()))}

    def show_alike(self, known: AlreadyReported) -> None:
        """Offer to report it all the same, unless it is the very same."""
        self.alike = known.use
        if known.is_same:
            message = _("This is known already: “%(title)s”, %(year)s. It was reported on %(date)s.")
        else:
            message = _(
                "Something like it is known already: “%(title)s”, %(year)s, reported on %(date)s. Is it another?"
            )
        is_readable = known.use.state == UseState.ACCEPTED or known.use.reported_by_id == self.reporter.pk
        values = {
            "title": known.use.title if is_readable else self.cleaned_data["title_id"],
            "year": known.use.year,
            "date": date_format(timezone.localtime(known.use.reported_at)),
        }
        self.add_error("title_id" if known.is_same else "is_another", message % values)


def _initial(use: Use) -> dict[str, Any]:
    names = ("kind", "title_id", "title_en", "number", "url", "how_id", "how_en")
    return {name: getattr(use, name) for name in names} | {
        "date": publication_date(use.when),
        "issuer": use.issuer.name if use.issuer else use.issuer_name,
        "findings": [finding.pk for finding in use.findings.all()],
    }


class AcceptForm(forms.Form):
    """The other language, for readers of the other half of the site."""

    title_en = LineField(label=_("Its name in English"), max_length=300, required=False)
    how_en = _paragraphs(_("How it was used, in English"), required=False)
