"""Series, editions, their dates, a new one made from an old one."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from conferences import date_order
from conferences.actions.dates import KINDS, said
from conferences.actions.editions import FACTS, RESERVED, SERIES
from conferences.models import DateKind, Edition, Series
from conferences.models.editions import Zone
from publications.forms.inputs import clean_issn

from .fields import DayField, DeskForm, MomentField, line, text

# A day alone, without an hour, opens at midnight and closes with the last minute.
OPENING = frozenset({DateKind.CALL_OPENS, DateKind.REGISTRATION_OPENS})
MOST_DAYS = 60


def _slug(**options: Any) -> forms.SlugField:
    return forms.SlugField(
        label=_("Address"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens, such as kesos-2027."),
        **options,
    )


class SeriesForm(DeskForm):
    slug = _slug()
    name_id = line(_("Name in Indonesian"), 200)
    name_en = line(_("Name in English"), 200, required=False)
    about_id = text(_("About, in Indonesian"), 3000, required=False)
    about_en = text(_("About, in English"), 3000, required=False)
    issn = line("ISSN", 20, required=False, help_text=_("Of its proceedings, if they have one."))

    class Meta:
        model = Series
        fields = SERIES

    def clean_slug(self) -> Any:
        return self.refuse_taken("slug")

    def clean_issn(self) -> str:
        return clean_issn(self.cleaned_data["issn"]) if self.cleaned_data["issn"] else ""


class FactsForm(DeskForm):
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=999, help_text=_("The third has number 3."))
    slug = _slug()
    title_id = line(_("Title in Indonesian"), 200)
    title_en = line(_("Title in English"), 200, required=False)
    theme_id = line(_("Theme in Indonesian"), 300, required=False)
    theme_en = line(_("Theme in English"), 300, required=False)
    summary_id = text(_("What it is about, in Indonesian"), 3000, required=False)
    summary_en = text(_("What it is about, in English"), 3000, required=False)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=Zone.choices,
        help_text=_("All hours are shown on its clock. If you change it, the hours stay: 23:59 is still 23:59."),
    )
    is_online = forms.BooleanField(label=_("Can be followed online"), required=False)
    venue = line(_("Venue"), 200, required=False)
    address = line(_("Address of the venue"), 300, required=False)
    city = line(_("City"), 120, required=False)
    online_url = forms.URLField(
        label=_("Address to follow online"), max_length=300, required=False, assume_scheme="https"
    )
    contact_email = forms.EmailField(
        label=_("E-mail of the committee"), required=False, help_text=_("It stands on the site. Use no private one.")
    )

    class Meta:
        model = Edition
        fields = FACTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.is_public:
            del self.fields["slug"]  # people have links to it

    def series(self) -> Any:
        return self.instance.series_id

    def clean_slug(self) -> Any:
        if self.cleaned_data["slug"] in RESERVED:
            raise ValidationError(_("This is taken already."))
        return self.refuse_taken("slug")

    def clean_number(self) -> Any:
        return self.refuse_taken("number", series=self.series())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and not first <= last <= first + datetime.timedelta(days=MOST_DAYS):
            self.add_error("ends_on", _("The last day is the first day or comes soon after it."))
        return data


class NewEditionForm(FactsForm):
    series_choice = forms.ModelChoiceField(label=_("Series"), queryset=Series.objects.all())
    chair_name = line(_("Name of the chair, with degrees"), 300)
    chair_email = forms.EmailField(
        label=_("E-mail of the chair"),
        help_text=_(
            "An invitation goes there. The chair signs in with this address, or makes an account, and accepts."
        ),
    )
    field_order = ("series_choice", "number", "slug", "title_id", "title_en", "starts_on", "ends_on", "zone")

    class Meta:
        model = Edition
        fields = ("number", "slug", "title_id", "title_en", "starts_on", "ends_on", "zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {*self.Meta.fields, "series_choice", "chair_name", "chair_email"}
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]

    def series(self) -> Any:
        return self.cleaned_data.get("series_choice")


class CloneForm(forms.Form):
    """`source` is last year's."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=999)
    slug = _slug()
    title_id = line(_("Title in Indonesian"), 200)
    title_en = line(_("Title in English"), 200, required=False)
    theme_id = line(_("Theme in Indonesian"), 300, required=False)
    theme_en = line(_("Theme in English"), 300, required=False)
    starts_on = DayField(
        label=_("First day, about"),
        help_text=_("All dates move by whole weeks, to the week nearest to this day, so that weekdays stay."),
    )
    with_sponsors = forms.BooleanField(label=_("Copy the sponsors, too"), required=False)

    def __init__(self, *args: Any, source: Edition, **kwargs: Any) -> None:
        number = source.number + 1
        a_year_on = source.starts_on + datetime.timedelta(weeks=52)
        kwargs.setdefault("initial", {
            "number": number, "slug": f"{source.series.slug}-{a_year_on.year}"[:60], "title_id": source.title_id,
            "title_en": source.title_en, "theme_id": source.theme_id, "theme_en": source.theme_en,
            "starts_on": a_year_on,
        })  # fmt: skip
        super().__init__(*args, **kwargs)
        self.source = source

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED or Edition.objects.filter(slug=slug).exists():
            raise ValidationError(_("This is taken already."))
        return slug

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        if Edition.objects.filter(series=self.source.series_id, number=number).exists():
            raise ValidationError(_("This is taken already."))
        return number

    def clean_starts_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["starts_on"]
        if not self.source.starts_on < day < self.source.starts_on + datetime.timedelta(days=366 * 10):
            raise ValidationError(_("Choose a day after the edition that you copy, at most ten years later."))
        return day


class DatesForm(forms.Form):
    """One field a kind, in the zone of the edition; an empty one takes the date away."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        kwargs.setdefault("initial", date_order.moments_of(edition))
        super().__init__(*args, **kwargs)
        for kind in KINDS:
            hour = "00:00" if kind in OPENING else "23:59"
            self.fields[kind.value] = MomentField(edition.tz, hour, label=str(kind.label).capitalize(), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for first, second in date_order.impossible(data):
            self.add_error(second.value, said(first, second))
        return data
