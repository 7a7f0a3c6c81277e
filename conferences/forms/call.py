"""What organisers say about the call."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.actions.calls import ASKED_OF_TRACK
from conferences.models import AnswerKind, CallQuestion, CallTheme, Edition, Track
from publications.forms.inputs import LineField

MOST_WORDS, MOST_PAGES, MOST_OPTIONS = 2000, 60, 40
LONGEST_DAYS = 60  # of a late link


class TrackCallForm(forms.ModelForm[Track]):
    class Meta:
        model = Track
        fields = ASKED_OF_TRACK

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, most in (("words_min", MOST_WORDS), ("words_max", MOST_WORDS), ("pages_max", MOST_PAGES)):
            least = 0 if name == "words_min" else 1
            self.fields[name] = forms.IntegerField(label=self.fields[name].label, min_value=least, max_value=most)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("words_min", 0) > data.get("words_max", MOST_WORDS):
            self.add_error("words_max", _("The largest number of words is smaller than the smallest."))
        return data

    def _post_clean(self) -> None:
        """Nothing is written to the instance: the action writes, under its lock."""


class QuestionForm(forms.ModelForm[CallQuestion]):
    label_id = LineField(label=_("Question in Indonesian"), max_length=300)
    label_en = LineField(label=_("Question in English"), max_length=300, required=False)
    help_id = LineField(label=_("Help in Indonesian"), max_length=300, required=False)
    help_en = LineField(label=_("Help in English"), max_length=300, required=False)
    options = forms.CharField(
        label=_("Options"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For “one of several” and “any of several”: one a line, Indonesian | English."),
    )

    class Meta:
        model = CallQuestion
        fields = (
            "track", "kind", "label_id", "label_en", "help_id", "help_en", "options", "is_required", "words_max",
            "for_reviewers",
        )  # fmt: skip

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        track: Any = self.fields["track"]
        track.queryset, track.empty_label, track.label = edition.tracks.all(), _("all tracks"), _("Track")
        self.fields["kind"] = forms.ChoiceField(label=_("Answer"), choices=AnswerKind.choices)
        self.fields["words_max"] = forms.IntegerField(
            label=_("Words, at most"), min_value=1, max_value=MOST_WORDS, required=False
        )
        self.fields["for_reviewers"].help_text = _("Only if the answer cannot tell who the authors are.")
        if self.instance.pk:
            self.initial["options"] = "\n".join(_line(option) for option in self.instance.options)

    def clean_options(self) -> list[dict[str, str]]:
        lines = [line for line in self.cleaned_data["options"].splitlines() if line.strip()]
        if len(lines) > MOST_OPTIONS:
            raise ValidationError(_("At most 40 options."))
        return [_option(line) for line in lines]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        has_options = data.get("kind") in (AnswerKind.ONE, AnswerKind.SOME)
        if has_options and "options" not in self.errors and len(data.get("options") or ()) < 2:
            self.add_error("options", _("Write at least two options."))
        if not has_options and "options" in data:
            data["options"] = []
        if data.get("kind") not in (AnswerKind.LINE, AnswerKind.TEXT):
            data["words_max"] = None
        return data

    def _post_clean(self) -> None:
        """Nothing is written to the instance: the action writes, under its lock."""


def _line(option: dict[str, str]) -> str:
    return " | ".join(text for text in (option.get("id", ""), option.get("en", "")) if text)


def _option(line: str) -> dict[str, str]:
    here, _bar, there = line.partition("|")
    return {"id": " ".join(here.split())[:200], "en": " ".join(there.split())[:200]}


class TemplateForm(forms.Form):
    label_id = LineField(label=_("Name in Indonesian"), max_length=150)
    label_en = LineField(label=_("Name in English"), max_length=150, required=False)
    track = forms.ModelChoiceField(
        label=_("Track"), queryset=Track.objects.none(), required=False, empty_label=_("all tracks")
    )

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        track: Any = self.fields["track"]
        track.queryset = edition.tracks.all()


class ThemeForm(forms.ModelForm[CallTheme]):
    text_id = LineField(label=_("Theme in Indonesian"), max_length=300)
    text_en = LineField(label=_("Theme in English"), max_length=300, required=False)

    class Meta:
        model = CallTheme
        fields = ("text_id", "text_en")

    def _post_clean(self) -> None:
        """Nothing is written to the instance: the action writes, under its lock."""


class LateLinkForm(forms.Form):
    note = LineField(label=_("For whom and why"), max_length=300, help_text=_("The committee reads it."))
    track = forms.ModelChoiceField(
        label=_("Track"), queryset=Track.objects.none(), required=False, empty_label=_("any track")
    )
    expires_at = forms.DateTimeField(
        label=_("Works until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"],
    )

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        track: Any = self.fields["track"]
        track.queryset = edition.tracks.all()
        self.edition = edition
        self.fields["expires_at"].help_text = _("In the conference’s time: %(zone)s.") % {
            "zone": edition.get_zone_display()
        }

    def clean_expires_at(self) -> datetime.datetime:
        """What was typed counts in the zone of the conference."""
        typed: datetime.datetime = self.cleaned_data["expires_at"]
        moment = typed.replace(tzinfo=self.edition.tz)
        now = timezone.now()
        if moment <= now:
            raise ValidationError(_("This moment has passed."))
        if moment > now + datetime.timedelta(days=LONGEST_DAYS):
            raise ValidationError(_("A late link works for at most 60 days."))
        return moment
