"""The fields of the call's own questions, one for each kind of answer."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from conferences.models import AnswerKind, CallQuestion
from conferences.words import count_words
from evidence.forms.inputs import NumberField
from publications.forms.inputs import LineField, TextField

LONGEST_LINE, LONGEST_TEXT = 500, 5000
LARGEST = Decimal(10) ** 12


class _FewWords:
    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, text: str) -> None:
        if (count := count_words(text)) > self.most:
            message = ngettext_lazy(
                "At most %(most)d word; you wrote %(count)d.", "At most %(most)d words; you wrote %(count)d.", "most"
            )
            raise ValidationError(message % {"most": self.most, "count": count})


def answer_field(question: CallQuestion) -> forms.Field:
    """Never required while one writes: the checklist says what is missing."""
    options: dict[str, Any] = {"label": str(question.label), "help_text": str(question.help), "required": False}
    few = [_FewWords(question.words_max)] if question.words_max else []
    if question.kind == AnswerKind.LINE:
        return LineField(max_length=LONGEST_LINE, validators=few, **options)
    if question.kind == AnswerKind.TEXT:
        return TextField(max_length=LONGEST_TEXT, validators=few, widget=forms.Textarea(attrs={"rows": 5}), **options)
    if question.kind == AnswerKind.NUMBER:
        return _NumberAnswer(min_value=-LARGEST, max_value=LARGEST, **options)
    if question.kind == AnswerKind.YES_NO:
        choices = [("", _("no answer")), ("yes", _("yes")), ("no", _("no"))]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)
    offered = [(str(place), option_label(option)) for place, option in enumerate(question.options)]
    if question.kind == AnswerKind.ONE:
        return forms.ChoiceField(choices=[("", _("no answer")), *offered], widget=forms.RadioSelect, **options)
    return _SomeAnswer(choices=offered, widget=forms.CheckboxSelectMultiple, **options)


class _NumberAnswer(NumberField):
    """As a text, so that what is typed and what is stored can be compared."""

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return "" if found is None else f"{found.normalize():f}"


class _SomeAnswer(forms.MultipleChoiceField):
    def clean(self, value: Any) -> Any:
        return sorted(super().clean(value), key=int)


def option_label(option: dict[str, str]) -> str:
    first, second = ("en", "id") if get_language() == "en" else ("id", "en")
    return option.get(first) or option.get(second) or ""


def answer_value(question: CallQuestion, value: Any) -> Any:
    """What is stored: a text, a number, a yes, or the positions of the options chosen."""
    if value in ("", None, []):
        return None
    if question.kind == AnswerKind.NUMBER:
        number = Decimal(value)
        return int(number) if number == number.to_integral_value() else float(number)
    if question.kind == AnswerKind.YES_NO:
        return value == "yes"
    if question.kind == AnswerKind.ONE:
        return int(value)
    return [int(place) for place in value] if question.kind == AnswerKind.SOME else value


def answer_text(question: CallQuestion, value: Any) -> str:
    """As people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if question.kind in (AnswerKind.ONE, AnswerKind.SOME):
        places = value if isinstance(value, list) else [value]
        return "; ".join(option_label(question.options[place]) for place in places if place < len(question.options))
    return str(value)
