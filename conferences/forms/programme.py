"""What organisers type about the programme: sessions, what is given in them, moving, placing, publishing."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from conferences.actions.programme import FIELDS, Chair
from conferences.forms.desk.fields import DeskForm, MomentField, line, refuse_turned, text
from conferences.models import (
    CommitteeMember,
    Edition,
    ProgrammeItem,
    ProgrammeSession,
    Room,
    SessionKind,
    Speaker,
    Submission,
)
from conferences.queries.programme import days_of, placeable
from publications.forms.inputs import TextField

LONGEST = datetime.timedelta(hours=24)
MOST_CHAIRS = 10
CLOCK = ["%H:%M", "%H.%M"]
_NAMED = re.compile(r"^(?P<name>[^<>]*)<(?P<email>[^<>]+)>$")


class ClockField(forms.TimeField):
    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, input_formats=CLOCK, **options)


class ChairsField(TextField):
    """Names one a line, with an address if one is known: 'Name <address>'."""

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in super().to_python(value).splitlines() if line.strip()]
        if len(lines) > MOST_CHAIRS:
            raise ValidationError(_("At most %(most)s at once."), params={"most": MOST_CHAIRS})
        return [_chair(line) for line in lines]

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{one.name} <{one.email}>" if one.email else one.name for one in value)
        return value


def _chair(text: str) -> Chair:
    named = _NAMED.match(text)
    name, email = (named["name"].strip(), named["email"].strip().lower()) if named else (text, "")
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise ValidationError(_("This is no mail address: %(email)s"), params={"email": email[:80]}) from error
    if not (name or email) or len(name) > 300 or len(email) > 254 or "@" in name:
        raise ValidationError(_("Write a name, or “Name <address>”: %(line)s"), params={"line": text[:80]})
    return Chair(name or email, email)


class SessionForm(DeskForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=SessionKind.choices, initial=SessionKind.PARALLEL)
    title_id = line(_("Title in Indonesian"), 300)
    title_en = line(_("Title in English"), 300, required=False)
    about_id = text(_("About, in Indonesian"), 2000, required=False)
    about_en = text(_("About, in English"), 2000, required=False)
    starts_at = MomentField(label=_("Starts"))
    ends_at = MomentField(label=_("Ends"))
    expected = forms.IntegerField(label=_("People expected"), min_value=1, max_value=30000, required=False)
    members = forms.ModelMultipleChoiceField(
        label=_("Chairs from the committee"),
        queryset=CommitteeMember.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = ChairsField(
        label=_("Other chairs"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line: “Name &lt;address&gt;”, or the name alone."),
    )  # fmt: skip

    class Meta:
        model = ProgrammeSession
        fields = FIELDS

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        fields: dict[str, Any] = self.fields
        for name in ("starts_at", "ends_at"):
            fields[name].tz, fields[name].help_text = edition.tz, edition.get_zone_display()
        fields["room"].queryset, fields["room"].empty_label = edition.rooms.all(), _("all rooms")
        fields["track"].queryset, fields["track"].empty_label = edition.tracks.all(), _("none")
        fields["members"].queryset = edition.committee.all()
        fields["room"].label, fields["track"].label = _("Room"), _("Track")
        if self.instance.pk:
            chairs = list(self.instance.chairs.all())
            self.initial["members"] = [chair.member_id for chair in chairs if chair.member_id]
            self.initial["others"] = [Chair(chair.name, chair.email) for chair in chairs if not chair.member_id]

    def clean(self) -> dict[str, Any]:
        data = refuse_turned(self, super().clean() or self.cleaned_data)
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends - starts > LONGEST:
            self.add_error("ends_at", _("A session takes a day at most."))
        if starts and "starts_at" in self.changed_data and not is_within(self.edition, starts):
            self.add_error("starts_at", _("The conference takes place on other days."))
        return data

    def data_for_action(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}

    def chairs(self) -> list[Chair]:
        members = [Chair(member.name, "", member) for member in self.cleaned_data["members"]]
        others: list[Chair] = self.cleaned_data["others"]
        return members + others


def is_within(edition: Edition, at: datetime.datetime) -> bool:
    return edition.starts_on <= at.astimezone(edition.tz).date() <= edition.ends_on


class MoveSessionForm(forms.Form):
    """Where a session goes. `edition`: its days and rooms."""

    day = forms.ChoiceField(label=_("Day"))
    start = ClockField(label=_("Starts"))
    room = forms.ModelChoiceField(
        label=_("Room"), queryset=Room.objects.none(), required=False, empty_label=_("all rooms")
    )

    def __init__(self, data: Any = None, *, session: ProgrammeSession) -> None:
        self.edition = session.edition
        starts = session.starts_at.astimezone(self.edition.tz)
        initial = {"day": starts.date().isoformat(), "start": starts.time(), "room": session.room_id}
        super().__init__(data, initial=initial)
        fields: dict[str, Any] = self.fields
        days = days_of(self.edition, [session])
        fields["day"].choices = [(day.isoformat(), date_format(day, "l, j F Y")) for day in days]
        fields["room"].queryset = self.edition.rooms.all()

    def starts_at(self) -> datetime.datetime:
        day = datetime.date.fromisoformat(self.cleaned_data["day"])
        return datetime.datetime.combine(day, self.cleaned_data["start"], self.edition.tz)


class SessionChoice(forms.ModelChoiceField[ProgrammeSession]):
    """Sessions with their time and room."""

    def label_from_instance(self, session: Any) -> str:
        starts = session.starts_at.astimezone(session.edition.tz)
        return f"{date_format(starts, 'j M')} {starts:%H:%M} · {session.room or _('all rooms')} · {session.title}"


def choosable(edition: Edition) -> Any:
    """Where something can be given."""
    rows = ProgrammeSession.objects.filter(edition=edition).exclude(kind=SessionKind.BREAK)
    return rows.select_related("edition", "room")


class ItemForm(DeskForm):
    """An accepted submission, a speaker, or a title of its own."""

    submission = forms.ModelChoiceField(
        label=_("Submission"), queryset=Submission.objects.none(), required=False, empty_label=_("none")
    )
    speaker = forms.ModelChoiceField(
        label=_("Speaker"), queryset=Speaker.objects.none(), required=False, empty_label=_("none")
    )
    title_id = line(_("Title in Indonesian"), 300, required=False)
    title_en = line(_("Title in English"), 300, required=False)
    start = ClockField(label=_("Starts"), required=False, help_text=_("Empty: after what is in the session already."))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440, initial=15)
    board = line(_("Board of a poster"), 20, required=False)

    class Meta:
        model = ProgrammeItem
        fields = ("submission", "speaker", "title_id", "title_en", "minutes", "board")

    def __init__(self, *args: Any, session: ProgrammeSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session, edition = session, session.edition
        fields: dict[str, Any] = self.fields
        item = self.instance
        fields["submission"].queryset = placeable(edition) | Submission.objects.filter(pk=item.submission_id or 0)
        fields["submission"].label_from_instance = lambda one: f"#{one.number} {one.title}"
        fields["speaker"].queryset = Speaker.objects.filter(edition=edition)
        fields["title_id"].help_text = _("Of a point of its own; or instead of the title of what is chosen above.")
        if item.pk:
            self.initial["start"] = item.starts_at.astimezone(edition.tz).time()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("submission") and data.get("speaker"):
            self.add_error("speaker", _("Choose a submission or a speaker, not both."))
        if not any(data.get(name) for name in ("submission", "speaker", "title_id")) and not self.errors:
            self.add_error("title_id", _("Choose a submission or a speaker, or write a title."))
        return data

    def data_for_action(self) -> dict[str, Any]:
        data = {name: value for name, value in self.cleaned_data.items() if name != "start"}
        return data | {"starts_at": at_clock(self.session, self.cleaned_data["start"])}


def at_clock(session: ProgrammeSession, time: datetime.time | None) -> datetime.datetime | None:
    """The moment at or after the session's first day when its clock shows this time."""
    if time is None:
        return None
    tz = session.edition.tz
    first, last = session.starts_at.astimezone(tz), session.ends_at.astimezone(tz)
    moment = datetime.datetime.combine(first.date(), time, tz)
    return moment + datetime.timedelta(days=1) if moment < first and last.date() > first.date() else moment


class MoveItemForm(forms.Form):
    session = SessionChoice(label=_("Session"), queryset=ProgrammeSession.objects.none())
    start = ClockField(label=_("Starts"), required=False, help_text=_("Empty: after what is in the session already."))

    def __init__(self, data: Any = None, *, item: ProgrammeItem) -> None:
        super().__init__(data, initial={"session": item.session_id})
        fields: dict[str, Any] = self.fields
        fields["session"].queryset = choosable(item.session.edition)

    def starts_at(self) -> datetime.datetime | None:
        return at_clock(self.cleaned_data["session"], self.cleaned_data["start"])


class PlaceForm(forms.Form):
    """Chosen submissions, or all that wait, one after the other. Posters last as long as their session."""

    session = SessionChoice(label=_("Into the session"), queryset=ProgrammeSession.objects.none())
    minutes = forms.IntegerField(label=_("Minutes each"), min_value=1, max_value=1440, initial=15)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["session"].queryset = choosable(edition)
        fields["minutes"].help_text = _("Posters are shown for the whole session.")


class PublishForm(forms.Form):
    note_id = line(_("What changed, in Indonesian"), 500, required=False)
    note_en = line(_("What changed, in English"), 500, required=False)


class AwayForm(forms.Form):
    """When a presenter cannot be there, on the clock of the edition."""

    starts_at = MomentField(label=_("From"))
    ends_at = MomentField(label=_("Until"), hour="23:59")
    note = line(_("Note"), 300, required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name in ("starts_at", "ends_at"):
            fields[name].tz = edition.tz

    def clean(self) -> dict[str, Any]:
        return refuse_turned(self, super().clean() or self.cleaned_data)
