"""What the desk says of a volume."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conferences.actions.volumes import FACTS
from conferences.forms.desk.fields import DeskForm, line, text
from conferences.models import Volume, VolumeEditor
from publications.forms.cleaning import tidy_line
from publications.forms.inputs import clean_doi, clean_isbn, clean_issn
from taxonomy.models import Licence

MOST_EDITORS, MOST_NAME = 30, 200


class VolumeForm(DeskForm):
    title_id = line(_("Title in Indonesian"), 300)
    title_en = line(_("Title in English"), 300, required=False)
    number = line(_("Volume number"), 20, required=False)
    year = forms.IntegerField(label=_("Year of publication"), min_value=1945, max_value=2100)
    editors = text(
        _("Editors"),
        8000,
        rows=4,
        required=False,
        help_text=_("One a line: last name, comma, given names. A single name stands alone: Sukarno."),
    )
    publisher = line(_("Publisher"), 200)
    place = line(_("Place of publication"), 120, required=False)
    isbn = line(
        "ISBN", 40, required=False, help_text=_("Of this volume, as Perpusnas gave it. Its check digit is verified.")
    )
    issn = line("ISSN", 20, required=False, help_text=_("Of the series, as BRIN gave it. Its check digit is verified."))
    doi = line(
        "DOI", 150, required=False,
        help_text=_("Of the volume. Each paper gets this one with a dot and its number behind it."),
    )  # fmt: skip
    licence = forms.ModelChoiceField(
        Licence.objects.filter(retired_on=None), label=_("Licence of the volume"), required=False
    )
    foreword_id = text(_("Foreword in Indonesian"), 20000, rows=8, required=False)
    foreword_en = text(_("Foreword in English"), 20000, rows=8, required=False)
    foreword_by = line(_("Who signs the foreword"), 200, required=False, help_text=_("Name and office."))

    class Meta:
        model = Volume
        fields = FACTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["editors"] = "\n".join(_line_of(editor) for editor in self.instance.editors.all())

    def clean_isbn(self) -> str:
        return clean_isbn(self.cleaned_data["isbn"]) if self.cleaned_data["isbn"] else ""

    def clean_issn(self) -> str:
        return clean_issn(self.cleaned_data["issn"]) if self.cleaned_data["issn"] else ""

    def clean_doi(self) -> str:
        return clean_doi(self.cleaned_data["doi"]) if self.cleaned_data["doi"] else ""

    def clean_editors(self) -> list[tuple[str, str]]:
        """[(given, family)], as `save_facts` takes them."""
        lines = [tidy_line(row) for row in str(self.cleaned_data["editors"]).splitlines()]
        editors = [_editor(row) for row in lines if row]
        if len(editors) > MOST_EDITORS:
            raise forms.ValidationError(_("At most %(most)s editors."), params={"most": MOST_EDITORS})
        return editors


def _line_of(editor: VolumeEditor) -> str:
    if editor.given_name:
        return f"{editor.family_name}, {editor.given_name}"
    return f"{editor.family_name}," if " " in editor.family_name else editor.family_name


def _editor(row: str) -> tuple[str, str]:
    family, comma, given = (part.strip() for part in row.partition(","))
    if " " in family and not comma:
        message = _("Put a comma between last name and given names: “%(row)s”.")
        raise forms.ValidationError(message, params={"row": row[:80]})
    if not family or max(len(family), len(given)) > MOST_NAME:
        raise forms.ValidationError(_("This is no name: “%(row)s”."), params={"row": row[:80]})
    return given, family


class PlaceForm(forms.Form):
    """Where a paper shall stand."""

    seen = forms.IntegerField(min_value=0)
    place = forms.IntegerField(min_value=1, max_value=100_000)
