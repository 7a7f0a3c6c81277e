"""What people ask, and what curators answer."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from evidence.forms.contacts import AsksAboutContacts
from evidence.models import Question
from publications.forms.inputs import TextField
from taxonomy.models import Pmks, Service

LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]


def _text(label: Any, limit: int, rows: int, **options: Any) -> TextField:
    return TextField(label=label, max_length=limit, widget=forms.Textarea(attrs={"rows": rows}), **options)


class QuestionForm(AsksAboutContacts, forms.Form):
    """One question about one PMKS, in one language."""

    public_texts = ("text",)

    pmks = forms.ModelChoiceField(label="PMKS", queryset=Pmks.objects.active())
    service = forms.ModelChoiceField(
        label=_("Service"),
        queryset=Service.objects.active(),
        required=False,
        help_text=_("If you mean a certain one."),
    )
    text = _text(
        _("Your question"),
        500,
        3,
        help_text=_("What do you need to know in order to decide? One question, at most 500 characters."),
    )
    language = forms.ChoiceField(label=_("Language of the question"), choices=LANGUAGES, widget=forms.RadioSelect)
    background = _text(
        _("What the answer is for"),
        1000,
        3,
        required=False,
        help_text=_("Only curators read this. It helps them to find what fits."),
    )
    is_named = forms.BooleanField(label=_("My name and organisation may stand with the question"), required=False)

    def __init__(self, data: Any = None, *, topic: Pmks | None = None) -> None:
        here = "en" if get_language() == "en" else "id"
        super().__init__(data, initial={"pmks": topic, "language": here})


class ReplyForm(forms.ModelForm[Question]):
    """Question and answer in both languages. A draft may lack anything; handing it on checks what is needed."""

    text_id = _text(_("Question in Indonesian"), 500, 3, required=False)
    text_en = _text(_("Question in English"), 500, 3, required=False)
    answer_id = _text(_("Answer in Indonesian"), 3000, 8, required=False)
    answer_en = _text(_("Answer in English"), 3000, 8, required=False)

    class Meta:
        model = Question
        fields = ("text_id", "text_en", "pmks", "service", "answer_id", "answer_en", "is_gap")
        help_texts = {"is_gap": _("Say in the answer what is missing. Gaps become themes of the next call for papers.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("pmks", "service"):
            field: Any = self.fields[name]
            field.queryset = field.queryset.filter(Q(retired_on=None) | Q(pk=getattr(self.instance, f"{name}_id")))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("text_id") and not data.get("text_en") and not self.errors:
            self.add_error("text_id", _("The question itself cannot be empty."))
        return data

    def _post_clean(self) -> None:
        """Nothing is written to the instance: the action writes, under its lock."""


class QuestionFilter(forms.Form):
    """What a list of questions is narrowed to; what is not understood narrows nothing."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    pmks = forms.ModelChoiceField(
        label="PMKS", queryset=Pmks.objects.all(), required=False, to_field_name="slug", empty_label=_("all")
    )
    jawaban = forms.ChoiceField(
        label=_("Answer"),
        required=False,
        choices=[("", _("all")), ("bukti", _("with findings")), ("celah", _("gaps"))],
    )

    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        data = self.cleaned_data
        gap = {"bukti": False, "celah": True}.get(data.get("jawaban") or "")
        return {"pmks": data.get("pmks"), "gap": gap, "words": data.get("q") or ""}
