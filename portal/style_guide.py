"""What the style guide shows: every component with invented content, so that a change of style is seen in one place."""

import datetime
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.tables import Cell, Column, Line, Table
from publications.queries.paging import Paging

COLOURS = (
    "paper", "surface", "sunken", "ink", "ink-soft", "line", "edge", "teal", "teal-soft", "saffron", "saffron-soft",
    "red", "red-soft", "data-0", "data-1", "data-2", "data-3",
)  # fmt: skip


class ExampleForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), help_text=gettext_lazy("As on the first page."))
    abstract = forms.CharField(label=gettext_lazy("Abstract"), widget=forms.Textarea, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Type"),
        choices=[("report", gettext_lazy("Research report")), ("article", gettext_lazy("Journal article"))],
    )
    access = forms.ChoiceField(
        label=gettext_lazy("Access"),
        widget=forms.RadioSelect,
        choices=[("open", gettext_lazy("open access")), ("restricted", gettext_lazy("on request"))],
    )
    consent = forms.BooleanField(label=gettext_lazy("I may publish this work"))


@dataclass
class ExampleVersion:
    title: str
    title_language: str
    container_title: str
    files_are_open: bool

    def get_access_display(self) -> str:
        return _("on request")


def example_row(title: str, language: str, is_open: bool) -> SimpleNamespace:
    return SimpleNamespace(
        output=SimpleNamespace(type=_("Research report"), year=2024, is_sample=True, public_id="0000000"),
        version=ExampleVersion(title, language, "Sosio Konsepsia", is_open),
        names=["Siti Rahmawati", "Sukarno", "Maria Goreti Lelang"],
        more_names=2,
        pmks=[SimpleNamespace(label="Lanjut Usia Terlantar"), SimpleNamespace(label="Fakir Miskin")],
        provinces=[SimpleNamespace(label="Jawa Tengah")],
    )


def example_thread() -> list[SimpleNamespace]:
    now = timezone.now()
    return [
        SimpleNamespace(
            author=SimpleNamespace(shown_as="Dewi Anggraini"),
            created_at=now - datetime.timedelta(days=2),
            text=_("The abstract names six villages, the table seven. Which is right?"),
            field_label=_("Abstract"),
            is_return_reason=True,
        ),
        SimpleNamespace(
            author=SimpleNamespace(shown_as="Siti Rahmawati"),
            created_at=now,
            text=_("Six. The table is corrected."),
            is_own=True,
            resolved_at=now,
        ),
    ]


def example_checks() -> list[dict[str, str]]:
    return [
        {"state": "ok", "text": _("The PDF can be read")},
        {"state": "warn", "text": _("Page 7 holds a number like a NIK."), "url": "#checks", "action": _("Check")},
        {"state": "todo", "text": _("Abstract in English")},
    ]


def example_table() -> Table:
    counts = [(2021, 14, 3), (2022, 22, 5), (2023, 19, 9), (2024, 31, 4)]
    lines = tuple(Line(str(year), (Cell(one), Cell(other))) for year, one, other in counts)
    return Table(_("Year"), (Column(_("Publications")), Column(_("Findings"))), lines)


def examples() -> dict[str, Any]:
    failed = ExampleForm(data={"failed-email": "siti", "failed-kind": "report"}, prefix="failed")
    return {
        "colours": COLOURS,
        "form": ExampleForm(initial={"title": "Perawatan berbasis keluarga bagi lanjut usia terlantar"}),
        "failed": failed,
        "rows": [
            example_row("Perawatan berbasis keluarga bagi lanjut usia terlantar di perdesaan Jawa Tengah", "id", True),
            example_row("Family-based care for neglected older people in rural Central Java", "en", False),
        ],
        "paging": Paging(7, 1234),
        "thread": example_thread(),
        "checks": example_checks(),
        "step_labels": [
            {"label": _("File"), "url": "#deposit"},
            _("Check the form"),
            _("Topic"),
            _("Preview and send"),
        ],
        "suggestion": {"page": 1},
        "numbers": example_table(),
        "meta": [(_("Version"), "2"), ("DOI", "10.33007/ska.v9i2.2181"), ("SHA-256", "9c41f0b7a2…e07a")],
    }
