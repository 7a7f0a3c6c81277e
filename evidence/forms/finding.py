"""What people enter about a finding. Everything may stay empty in a draft; empty means unknown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evidence.actions.findings import MANY, SCALARS
from evidence.forms.inputs import NumberField
from evidence.models import Finding
from evidence.models.finding import FIRST_YEAR, LAST_YEAR
from publications.forms.inputs import LineField, TextField
from publications.models import File, Version

LINES = {
    "statement": 400,
    "intervention": 200,
    "outcome_detail": 200,
    "size_unit": 100,
    "comparison": 300,
    "population": 300,
    "cost_basis": 200,
}
PARAGRAPHS = {"harms": 1000, "limits": 1000}
WHOLE = {
    "page": (1, 99_999),
    "years_from": (FIRST_YEAR, LAST_YEAR),
    "years_to": (FIRST_YEAR, LAST_YEAR),
    "sample_size": (1, 2_000_000_000),
}
GROUPS: tuple[tuple[str | Promise, tuple[tuple[str, ...], ...]], ...] = (
    (
        _("What was found"),
        (
            ("statement_id", "statement_en"),
            ("direction", "outcome"),
            ("outcome_detail_id", "outcome_detail_en"),
            ("file", "page"),
        ),
    ),
    (
        _("For whom and where"),
        (("pmks",), ("population_id", "population_en"), ("provinces",), ("years_from", "years_to", "sample_size")),
    ),
    (
        _("What was done, and how it was found out"),
        (("service", "method"), ("intervention_id", "intervention_en"), ("comparison_id", "comparison_en")),
    ),
    (
        _("Size, where it is known"),
        (("size_value", "size_low", "size_high"), ("size_unit_id", "size_unit_en")),
    ),
    (
        _("Cost, harms and limits"),
        (
            ("cost_amount",),
            ("cost_basis_id", "cost_basis_en"),
            ("harms_id", "harms_en"),
            ("limits_id", "limits_en"),
        ),
    ),
)
FOLDED = ("pmks", "provinces")  # long lists of boxes


@dataclass(frozen=True, slots=True)
class Group:
    title: str | Promise
    rows: list[list[BoundField]]


class FindingForm(forms.ModelForm[Finding]):
    class Meta:
        model = Finding
        fields = (*SCALARS, *MANY)
        widgets = {"pmks": forms.CheckboxSelectMultiple, "provinces": forms.CheckboxSelectMultiple}
        help_texts = {
            "statement_id": _("One sentence that a policymaker understands, at most 400 characters."),
            "outcome": _("What the study looked at in people's lives, or in the service."),
            "page": _("Where it stands, counted as the PDF viewer counts."),
            "size_value": _("As the paper says it: a difference, a share, a ratio."),
            "cost_amount": _("Leave it empty if the paper does not say; the page will say “unknown”."),
            "limits_id": _("What a reader might think it shows, and it does not."),
        }

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        for name, field in _text_fields(self._meta.model, self._meta.help_texts or {}):
            self.fields[name] = field
        for name in ("size_value", "size_low", "size_high", "cost_amount"):
            self.fields[name] = _number_field(self.fields[name])
        for name, (lowest, highest) in WHOLE.items():
            former = self.fields[name]
            self.fields[name] = forms.IntegerField(
                label=former.label, help_text=former.help_text, required=False, min_value=lowest, max_value=highest
            )
        self._offer_terms()
        files = version.files.filter(blob__mime="application/pdf").select_related("blob")
        self.fields["file"].queryset = files  # type: ignore[attr-defined]
        self.fields["file"].label_from_instance = lambda file: file.name  # type: ignore[attr-defined]

    def _offer_terms(self) -> None:
        """Terms in use, and retired ones that the finding already has."""
        for name in ("service", "outcome", "method", *MANY):
            field: Any = self.fields[name]
            used = self._used(name)
            field.queryset = field.queryset.filter(Q(retired_on=None) | Q(pk__in=used))

    def _used(self, name: str) -> list[int]:
        if not self.instance.pk:
            return []
        if name in MANY:
            return list(getattr(self.instance, name).values_list("pk", flat=True))
        term = getattr(self.instance, name)
        return [term.pk] if term else []

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        _in_order(self, data, "size_low", "size_high", _("The interval ends before it begins."))
        _in_order(self, data, "years_from", "years_to", _("The years end before they begin."))
        if (cost := data.get("cost_amount")) is not None and cost < 0:
            self.add_error("cost_amount", _("A cost is not below zero."))
        self._check_page(data.get("file"), data.get("page"))
        return data

    def _check_page(self, file: File | None, page: int | None) -> None:
        """The link of the finding opens there; nothing is said of a document that is not read yet."""
        last = file.blob.page_count if file else None
        if page and last and page > last:
            self.add_error("page", _("The document ends on page %(last)d.") % {"last": last})

    def _post_clean(self) -> None:
        """Nothing is written to the instance: the action writes, under its lock."""

    def data_for_action(self) -> dict[str, Any]:
        return self.cleaned_data | {name: list(self.cleaned_data[name]) for name in MANY}

    def groups(self) -> list[Group]:
        return [Group(title, [[self[name] for name in row] for row in rows]) for title, rows in GROUPS]


def initial_of(version: Version) -> dict[str, Any]:
    """What the paper says already, for a new finding."""
    method = list(version.methods.filter(is_technique=False)[:2])
    service = list(version.services.all()[:2])
    return {
        "pmks": [kind.pk for kind in version.pmks.all()],
        "provinces": [province.pk for province in version.provinces.all()],
        "method": method[0].pk if len(method) == 1 else None,
        "service": service[0].pk if len(service) == 1 else None,
        "file": version.files.filter(kind="main").values_list("pk", flat=True).first(),
    }


def _text_fields(model: Any, help_texts: dict[str, Any]) -> Iterable[tuple[str, forms.Field]]:
    for name in (f"{base}_{language}" for base in (*LINES, *PARAGRAPHS) for language in ("id", "en")):
        label, base = model._meta.get_field(name).verbose_name, name[:-3]
        common = {"label": _capital(label), "required": False, "help_text": help_texts.get(name, "")}
        if base in PARAGRAPHS:
            widget = forms.Textarea(attrs={"rows": 3})
            yield name, TextField(max_length=PARAGRAPHS[base], widget=widget, **common)
        elif base == "statement":
            yield name, LineField(max_length=400, widget=forms.Textarea(attrs={"rows": 3}), **common)
        else:
            yield name, LineField(max_length=LINES[base], **common)


def _capital(label: Any) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]


def _number_field(former: Any) -> NumberField:
    return NumberField(
        label=former.label,
        required=False,
        help_text=former.help_text,
        max_digits=former.max_digits,
        decimal_places=former.decimal_places,
    )


def _in_order(form: forms.BaseForm, data: dict[str, Any], first: str, last: str, problem: Any) -> None:
    low, high = data.get(first), data.get(last)
    if low is not None and high is not None and low > high:
        form.add_error(last, problem)
