"""The form over all blocks of a submission. A request sends some of them and names them in `block`."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from conferences.forms.submission_answers import answer_field, answer_value
from conferences.forms.submission_blocks import blocks_with, is_choice, question_name
from conferences.forms.submission_rows import MOST, ROW_CLASSES
from conferences.forms.submission_snapshot import LINES, TERMS, snapshot
from conferences.models import CallTheme, Presentation, Submission, Track
from conferences.submission_checks import questions_of
from publications.forms.deposit import digest
from publications.forms.deposit.blocks import umbrella
from publications.forms.deposit.choices import Choices
from publications.forms.deposit.rows import Rows, organisations_named
from publications.forms.deposit.version import TitleInput, _joined_words, _with_place
from publications.forms.inputs import KeywordsField, LineField, TextField

MAX_ABSTRACT = 10_000


class SubmissionForm(forms.Form):
    """Bound to a request with `data`, else to what is stored. Only the blocks that the request names count."""

    use_required_attribute = False

    track = forms.ChoiceField(label=_("Track"), required=False)
    wishes = forms.ChoiceField(
        label=_("How you would like to present it"),
        choices=[("", _("as the committee sees fit")), *Presentation.choices],
        required=False,
    )
    theme = forms.ChoiceField(label=_("Theme of the call"), required=False)
    language = forms.ChoiceField(label=_("Language of the paper"), choices=settings.LANGUAGES, required=False)
    title_id = LineField(label=_("Title in Indonesian"), max_length=300, required=False, widget=TitleInput)
    title_en = LineField(label=_("Title in English"), max_length=300, required=False, widget=TitleInput)
    abstract_id = TextField(label=_("Abstract in Indonesian"), max_length=MAX_ABSTRACT, required=False)
    abstract_en = TextField(label=_("Abstract in English"), max_length=MAX_ABSTRACT, required=False)
    keywords = KeywordsField(label=_("Keywords"), required=False, help_text=_("Three to six, parted by semicolons."))
    pmks = forms.MultipleChoiceField(label=umbrella(), required=False, widget=forms.CheckboxSelectMultiple)
    methods = forms.MultipleChoiceField(label=_("Method"), required=False, widget=forms.CheckboxSelectMultiple)
    provinces = forms.MultipleChoiceField(
        label=_("Where the research took place"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = TextField(
        label=_("Note to the committee"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Reviewers do not see it."),
    )

    def __init__(self, submission: Submission, data: QueryDict | None = None) -> None:
        self.submission = submission
        self.questions = {question_name(q): q for q in questions_of(submission.track)}
        self.blocks = blocks_with(list(self.questions.values()))
        self.stored = snapshot(submission, list(self.questions.values()))
        super().__init__(data, initial={**self.stored, "keywords": _joined_words(self.stored["keywords"])})
        self.offered = Choices(self.stored)
        self.named = [name for name in self.blocks if data is None or name in data.getlist("block")]
        for name, question in self.questions.items():
            self.fields[name] = answer_field(question)
        self._fill_choices()
        self.rows = {name: self._rows(name) for name in ROW_CLASSES}

    def _rows(self, name: str) -> Rows:
        data = self.data if self.is_bound and name in self.named else None
        rows = Rows(name, ROW_CLASSES[name], data, self.stored[name])
        rows.rows = rows.rows[: MOST[name]]
        return rows

    def _fill_choices(self) -> None:
        fields: dict[str, Any] = self.fields
        fields["track"].choices = [(str(track.pk), str(track.name)) for track in self.tracks]
        themes = [(str(theme.pk), str(theme.text)) for theme in self.themes]
        fields["theme"].choices = [("", _("none of them")), *themes]
        for name in TERMS:
            fields[name].choices = [(term.code, term.label) for term in getattr(self.offered, name)]

    @cached_property
    def tracks(self) -> list[Track]:
        """Those that take submissions, and the one that was chosen before."""
        found = Track.objects.filter(edition=self.submission.edition_id)
        return [track for track in found if track.is_open or track.pk == self.submission.track_id]

    @cached_property
    def themes(self) -> list[CallTheme]:
        return list(CallTheme.objects.filter(edition=self.submission.edition_id))

    # --- what was typed ----------------------------------------------------------------------------------------------

    def is_block_valid(self, name: str) -> bool:
        return self.rows[name].is_valid() if name in self.rows else name not in self.errors

    def valid_blocks(self) -> list[str]:
        return [name for name in self.named if self.is_block_valid(name)]

    def block_errors(self) -> dict[str, list[str]]:
        """{block: messages} of the blocks that cannot be saved as typed."""
        return {
            name: self.rows[name].errors() if name in self.rows else [str(error) for error in self.errors[name]]
            for name in self.named
            if not self.is_block_valid(name)
        }

    def value(self, name: str) -> Any:
        """What was typed in a valid block, in the shape that `snapshot` has."""
        if name in self.rows:
            return self.rows[name].value()
        value = self.cleaned_data[name]
        if name in TERMS:
            return sorted(value)
        if name == "track":
            return value or self.stored["track"]
        if name == "language":
            return value or self.stored["language"]
        return value

    def base(self, name: str) -> str:
        """From which stored value the edit of this block began, as the page said."""
        return str(self.data.get(f"base-{name}", ""))

    # --- what the action takes ---------------------------------------------------------------------------------------

    def for_action(self, names: Iterable[str]) -> dict[str, Any]:
        """The named blocks in the shape that `actions.submissions.save` takes."""
        result: dict[str, Any] = {}
        for name in names:
            value = self.value(name)
            if name in self.questions:
                answers = result.setdefault("answers", {})
                answers[self.questions[name]] = answer_value(self.questions[name], value)
            else:
                result[name] = self._for_action(name, value)
        return result

    def _for_action(self, name: str, value: Any) -> Any:
        if name in LINES or name in ("keywords", "named"):
            return value
        if name in TERMS:
            terms = {term.code: term for term in getattr(self.offered, name)}
            return [terms[code] for code in value]
        if name == "track":
            return next(track for track in self.tracks if str(track.pk) == value)
        if name == "theme":
            return next((theme for theme in self.themes if str(theme.pk) == value), None)
        places = organisations_named(row["affiliation"] for row in value)
        return [_with_place(row, places) for row in value]

    # --- for the page ------------------------------------------------------------------------------------------------

    @cached_property
    def digests(self) -> dict[str, str]:
        return {name: digest(value) for name, value in self.stored.items()}

    def labels(self, name: str) -> dict[str, str]:
        """{code: name} of what a block may hold."""
        if name in TERMS:
            return self.offered.labels(name)
        choices = getattr(self.fields.get(name), "choices", None)
        is_named = name in ("track", "theme", "language", "wishes") or (
            name in self.questions and is_choice(self.questions[name])
        )
        return {str(code): str(label) for code, label in choices} if choices and is_named else {}


def as_inputs(form: SubmissionForm, name: str, value: Any) -> list[tuple[str, str]]:
    """A block as the (name, value) pairs that a page would send."""
    pairs = [("block", name)]
    if name in form.rows:
        for number, row in enumerate(value):
            pairs.append((f"{name}-row", str(number)))
            pairs += [(f"{name}-{number}-{field}", _sent(item)) for field, item in row.items() if item]
        return pairs
    values = value if isinstance(value, list) else [value]
    return pairs + [(name, str(item)) for item in (values if name != "keywords" else [_joined_words(value)])]


def _sent(item: Any) -> str:
    return "on" if item is True else str(item)
