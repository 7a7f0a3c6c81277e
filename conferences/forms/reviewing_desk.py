"""What the committee types: invitations, due dates, conflicts, decisions, letters, rubrics."""

import csv
import datetime
import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from conferences.letters import UnknownField, fields_in, fields_of
from conferences.models import Advice, Edition, Reviewer, Track
from conferences.queries.reviewing import accepted_reviewers
from publications.forms.inputs import LineField, TextField

MOST_INVITED = 300
_NAMED = re.compile(r"^(?P<name>[^<>]*)<(?P<email>[^<>]+)>$")
LANGUAGES = dict(settings.LANGUAGES)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class InviteForm(forms.Form):
    tracks = forms.ModelMultipleChoiceField(
        label=_("Tracks"), queryset=Track.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(
        label=_("Language of the letters"), choices=settings.LANGUAGES, initial="id", widget=forms.RadioSelect
    )
    people = TextField(
        label=_("Who"),
        max_length=50000,
        widget=_area(6),
        help_text=_(
            "One a line: “Name <address>”, or as in a table: name, address, and if it differs the language (id or en)."
        ),
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tracks"].queryset = edition.tracks.all()  # type: ignore[attr-defined]

    def clean_people(self) -> list[dict[str, str]]:
        lines = [line.strip() for line in self.cleaned_data["people"].splitlines() if line.strip()]
        if len(lines) > MOST_INVITED:
            raise ValidationError(_("At most %(most)s at once."), params={"most": MOST_INVITED})
        return _without_repeats([_person(number, line) for number, line in enumerate(lines, 1)])

    def rows(self) -> list[dict[str, Any]]:
        data = self.cleaned_data
        tracks, language = list(data["tracks"]), data["language"]
        return [{**row, "language": row["language"] or language, "tracks": tracks} for row in data["people"]]


def _without_repeats(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return list({row["email"]: row for row in rows}.values())


def _cells(line: str) -> list[str]:
    """Parted by semicolons, else by commas, else the address from the name before it."""
    if mark := next((mark for mark in (";", ",") if mark in line), ""):
        return next(csv.reader([line], delimiter=mark))
    words = line.split()
    return [" ".join(word for word in words if "@" not in word), *(word for word in words if "@" in word)]


def _person(number: int, line: str) -> dict[str, str]:
    cells = [named["name"], named["email"]] if (named := _NAMED.match(line)) else _cells(line)
    cells = [" ".join(cell.split()) for cell in cells]
    email = next((cell.lower() for cell in cells if "@" in cell), "")
    language = next((cell.lower() for cell in cells if cell.lower() in LANGUAGES), "")
    name = next((cell for cell in cells if cell and "@" not in cell and cell.lower() not in LANGUAGES), "")
    try:
        validate_email(email)
    except ValidationError as error:
        text = _("Line %(number)s has no mail address: %(line)s")
        raise ValidationError(text, params={"number": number, "line": line[:80]}) from error
    return {"email": email[:254], "name": (name or email)[:200], "language": language}


class TracksForm(forms.Form):
    tracks = forms.ModelMultipleChoiceField(
        label=_("Tracks"), queryset=Track.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tracks"].queryset = edition.tracks.all()  # type: ignore[attr-defined]


class DueForm(forms.Form):
    """A day; the moment is the end of its 23:59 minute's beginning in the edition's zone, as all dates are shown."""

    due_on = forms.DateField(
        label=_("Due on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.fields["due_on"].help_text = _("Until 23:59 %(zone)s.") % {"zone": edition.get_zone_display()}

    def clean_due_on(self) -> datetime.datetime:
        day = self.cleaned_data["due_on"]
        moment = datetime.datetime.combine(day, datetime.time(23, 59), self.edition.tz)
        if moment <= timezone.now():
            raise ValidationError(_("This day has passed."))
        return moment


class ReviewerForm(forms.Form):
    reviewer = forms.ModelChoiceField(label=_("Reviewer"), queryset=Reviewer.objects.none())

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = accepted_reviewers(edition)  # type: ignore[attr-defined]


class ConflictForm(ReviewerForm):
    note = LineField(label=_("Why"), max_length=500)


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Decision"), choices=Advice.choices, widget=forms.RadioSelect)
    note = TextField(
        label=_("Your words in the letters"),
        max_length=3000,
        widget=_area(4),
        required=False,
        help_text=_("The same for all that are chosen; each letter can be edited in the outbox."),
    )


class LetterForm(forms.Form):
    subject = LineField(label=_("Subject"), max_length=200)
    body = TextField(label=_("Text"), max_length=20000, widget=_area(16))


class WordingForm(forms.Form):
    subject = LineField(label=_("Subject"), max_length=200, required=False)
    body = TextField(
        label=_("Text"), max_length=10000, widget=_area(14), required=False, help_text=_("Both empty: our own words.")
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def _checked(self, name: str) -> str:
        text = str(self.cleaned_data[name])
        try:
            fields_in(text, fields_of(self.kind))
        except UnknownField as error:
            message = _("There is no field {%(name)s}; the fields are listed below.")
            raise ValidationError(message, params={"name": error.name}) from error
        return text

    def clean_subject(self) -> str:
        return self._checked("subject")

    def clean_body(self) -> str:
        return self._checked("body")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors and bool(data.get("subject")) != bool(data.get("body")):
            raise ValidationError(_("Write both subject and text, or leave both empty."))
        return data


class CriterionForm(forms.Form):
    label_id = LineField(label=_("Name in Indonesian"), max_length=150)
    label_en = LineField(label=_("Name in English"), max_length=150, required=False)
    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=10, initial=1)
    anchors_id = TextField(
        label=_("What one to five points mean, in Indonesian"), widget=_area(5), max_length=1000,
        help_text=_("Five lines, from the fewest points to the most."),
    )  # fmt: skip
    anchors_en = TextField(
        label=_("What one to five points mean, in English"), widget=_area(5), max_length=1000, required=False
    )

    def _lines(self, name: str) -> list[str]:
        lines = [" ".join(line.split()) for line in str(self.cleaned_data[name]).splitlines() if line.strip()]
        if lines and len(lines) != 5:
            raise ValidationError(_now("Write exactly five lines; there are %(count)s.") % {"count": len(lines)})
        return lines

    def clean_anchors_id(self) -> list[str]:
        return self._lines("anchors_id")

    def clean_anchors_en(self) -> list[str]:
        return self._lines("anchors_en")
