"""What curators and addressees type: ratings and answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evidence.models import Level, Rating, RatingKind, RecommendationStep
from evidence.states import RECOMMENDATION_TRANSITIONS, RecommendationState
from publications.forms.inputs import TextField


def _paragraphs(label: Any, **options: Any) -> TextField:
    widget = forms.Textarea(attrs={"rows": 3})
    return TextField(label=label, required=False, max_length=1000, widget=widget, **options)


class RatingForm(forms.Form):
    """One kind of rating; a reason in one language at least."""

    value = forms.TypedChoiceField(label=_("Level"), coerce=int, choices=[], widget=forms.RadioSelect)
    reason_id = _paragraphs(_("Reason in Indonesian"))
    reason_en = _paragraphs(_("Reason in English"))

    def __init__(self, data: Any = None, *, kind: RatingKind, former: Rating | None = None) -> None:
        initial = {name: getattr(former, name) for name in ("value", "reason_id", "reason_en")} if former else {}
        super().__init__(data, prefix=kind.value, initial=initial)
        self.kind, self.former = kind, former
        self.fields["value"].choices = list(reversed(Level.choices))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("reason_id") and not data.get("reason_en") and not self.errors:
            self.add_error("reason_id", _("Say why. A level without a reason is not shown."))
        return data


class AnswerForm(forms.ModelForm[RecommendationStep]):
    """What became of a recommendation; only states that may follow are offered. `seen`: steps when it was opened."""

    MEANWHILE = _("Somebody else has answered meanwhile. What you typed is still here; look first.")
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    note_id = _paragraphs(_("Note in Indonesian"))
    note_en = _paragraphs(_("Note in English"))

    class Meta:
        model = RecommendationStep
        fields = ("state", "note_id", "note_en")
        widgets = {"state": forms.RadioSelect}

    def __init__(self, *args: Any, before: str, steps: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = steps
        after = RECOMMENDATION_TRANSITIONS[before]
        offered = [(value, label) for value, label in RecommendationState.choices if value in after]
        self.fields["state"] = forms.ChoiceField(label=_("State"), choices=offered, widget=forms.RadioSelect)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("seen") not in (None, self.steps):
            self.add_error(None, self.MEANWHILE)
        if data.get("state") == RecommendationState.DECLINED and not (data.get("note_id") or data.get("note_en")):
            self.add_error("note_id", _("Say why it is declined."))
        return data

    def _post_clean(self) -> None:
        """Nothing is written to the instance: the action makes the step."""
