"""What a curator says about a file that is to be imported."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from publications.importing.readers import FORMATS, format_of
from publications.importing.resolving import Options
from taxonomy.models import Licence, OutputType, Pmks

_NAMES = {"csv": "CSV", "xlsx": "XLSX", "jsonl": "JSON Lines", "bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}


_SOURCE_HELP = _(
    "Where the records come from, such as “Jurnal Kesos”. A row whose identifier is known from this source is brought "
    "up to date and not doubled."
)


class ImportForm(forms.Form):
    file = forms.FileField(label=_("File of records"), help_text=_("CSV, XLSX, JSON Lines, BibTeX, RIS or CSL-JSON"))
    archive = forms.FileField(
        label=_("ZIP of PDFs"),
        required=False,
        help_text=_("A PDF belongs to the row that names it, or whose DOI or identifier is its name."),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=60,
        help_text=_SOURCE_HELP,
    )
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[("", _("by the name of the file")), *((f, _NAMES[f]) for f in FORMATS)],
    )
    publish = forms.TypedChoiceField(
        label=_("What they become"),
        choices=[("", _("drafts")), ("1", _("published, where title, date and type are there"))],
        coerce=bool,
        required=False,
        empty_value=False,  # type: ignore[arg-type] # the stubs know only texts; it is what `coerce` gives
        widget=forms.RadioSelect,
        initial="",
    )
    default_type = forms.ModelChoiceField(
        label=_("Type, where a row has none"), required=False, queryset=OutputType.objects.active()
    )
    default_licence = forms.ModelChoiceField(
        label=_("Licence, where a row has none"), required=False, queryset=Licence.objects.active()
    )
    default_pmks = forms.ModelChoiceField(
        label=_("PMKS, where a row has none"), required=False, queryset=Pmks.objects.active()
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if upload := data.get("file"):
            data["format"] = data.get("format") or format_of(upload.name)
            if not data["format"]:
                self.add_error(
                    "format", ValidationError(_("The file's name does not tell its format. Choose it here."))
                )
        return data

    @property
    def options(self) -> Options:
        data = self.cleaned_data
        codes = {name: getattr(data[f"default_{name}"], "code", "") for name in ("type", "licence", "pmks")}
        return Options(data["publish"], codes["type"], codes["licence"], (codes["pmks"],) if codes["pmks"] else ())
