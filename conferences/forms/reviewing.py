"""What reviewers type."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from conferences.actions.reviewers import MOST_SUBMISSIONS
from conferences.models import Advice, Criterion, Review
from publications.forms.inputs import TextField
from taxonomy.models import Method, Pmks

CONFIDENCE = [
    (1, _("1: a guess")),
    (2, _("2: I know little of it")),
    (3, _("3: I know the field")),
    (4, _("4: I work in it")),
    (5, _("5: it is my subject")),
]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ExpertiseForm(forms.Form):
    pmks = forms.ModelMultipleChoiceField(
        label=_("What you know about: PMKS"),
        queryset=Pmks.objects.filter(retired_on=None),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    methods = forms.ModelMultipleChoiceField(
        label=_("Which methods you know"),
        queryset=Method.objects.filter(retired_on=None),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    most = forms.IntegerField(
        label=_("How many submissions, at most"), min_value=1, max_value=MOST_SUBMISSIONS, initial=5
    )


class WhyForm(forms.Form):
    """A reason that the committee reads."""

    reason = TextField(label=_("Reason"), max_length=500, widget=_area(3), help_text=_("Only the committee reads it."))


class RemarkForm(forms.Form):
    text = TextField(label=_("Your remark"), max_length=3000, widget=_area(4))


class ReviewForm(forms.Form):
    """Nothing is required while it is saved; what is missing when it is handed over, the action says."""

    advice = forms.ChoiceField(
        label=_("Your recommendation"), choices=Advice.choices, widget=forms.RadioSelect, required=False
    )
    confidence = forms.TypedChoiceField(
        label=_("How sure are you?"),
        choices=CONFIDENCE,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    to_authors = TextField(
        label=_("Comments to the authors"),
        max_length=10000,
        widget=_area(10),
        required=False,
        help_text=_("The authors read this with the decision, never your name. Say what is good, and what to change."),
    )
    to_committee = TextField(
        label=_("Comments to the committee alone"), max_length=5000, widget=_area(4), required=False
    )

    def __init__(self, *args: Any, criteria: list[Criterion], review: Review | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            self.fields[f"criterion_{criterion.pk}"] = forms.TypedChoiceField(
                label=criterion.label, choices=points_of(criterion), coerce=int, empty_value=None, required=False,
                widget=forms.RadioSelect,
            )  # fmt: skip
        if review is not None:
            self.initial = {name: getattr(review, name) for name in ("advice", "confidence", *TEXTS)}
            self.initial |= {f"criterion_{score.criterion_id}": score.points for score in review.scores.all()}

    @property
    def rubric(self) -> list[forms.BoundField]:
        return [self[f"criterion_{criterion.pk}"] for criterion in self.criteria]

    def data_for_action(self) -> dict[str, Any]:
        """What does not hold is left as it is stored."""
        data = {name: self.cleaned_data[name] for name in ("advice", "confidence", *TEXTS) if name in self.cleaned_data}
        given = {criterion.pk: self.cleaned_data.get(f"criterion_{criterion.pk}") for criterion in self.criteria}
        return data | {"points": given}

    def mark_missing(self, names: list[str]) -> None:
        for name in names:
            self.add_error(name, _("This is needed before you hand it over."))


TEXTS = ("to_authors", "to_committee")


def points_of(criterion: Criterion) -> list[tuple[int, str]]:
    """'3: sufficient', in the language of the page, else in the other."""
    own, other = (criterion.anchors_id, criterion.anchors_en)
    if get_language() == "en":
        own, other = other, own
    anchors = own if len(own) == 5 else other
    return [(point, f"{point}: {anchors[point - 1]}" if len(anchors) == 5 else str(point)) for point in range(1, 6)]
