"""What the author of a brief writes: title, message, and a remark for each finding."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evidence.briefs.merging import Text
from evidence.models import Brief, BriefFinding
from publications.forms.inputs import LineField, TextField

TEXTS = ("title_id", "title_en", "message_id", "message_en")


def _paragraphs(label: Any, rows: int, most: int, **options: Any) -> TextField:
    widget = forms.Textarea(attrs={"rows": rows})
    return TextField(label=label, required=False, max_length=most, widget=widget, **options)


class TextsForm(forms.Form):
    """`theirs`: what another tab has stored where this one changed the same text, by name of the field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theirs: dict[str, str] = {}

    def typed(self) -> list[Text]:
        """Once it is valid; what the page did not send at all (a finding that came since) is as it is stored."""
        names = [name for name in self.fields if self.add_prefix(name) in self.data]
        return [
            Text(full, self.cleaned_data[name], self.initial[name], str(self.data.get(f"base-{full}", "")))
            for name in names
            if (full := self.add_prefix(name))
        ]

    def chosen(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Of these, by their full names, its own."""
        return {name: texts[full] for name in self.fields if (full := self.add_prefix(name)) in texts}


class BriefForm(TextsForm):
    title_id = LineField(label=_("Title in Indonesian"), required=False, max_length=300)
    title_en = LineField(label=_("Title in English"), required=False, max_length=300)
    message_id = _paragraphs(
        _("Message in Indonesian"),
        5,
        3000,
        help_text=_("What a decision maker should know and do, in a few sentences. It becomes the abstract."),
    )
    message_en = _paragraphs(_("Message in English"), 5, 3000)

    def __init__(self, data: Any = None, *, brief: Brief) -> None:
        super().__init__(data, initial={name: getattr(brief, name) for name in TEXTS})


class NoteForm(TextsForm):
    note_id = _paragraphs(_("Remark in Indonesian"), 2, 600)
    note_en = _paragraphs(_("Remark in English"), 2, 600)

    def __init__(self, data: Any = None, *, item: BriefFinding) -> None:
        initial = {"note_id": item.note_id, "note_en": item.note_en}
        super().__init__(data, prefix=f"temuan-{item.finding_id}", initial=initial)
