"""Lists of small forms: contributors in order, relations. The order is that in which the page sends the rows."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from publications.forms.inputs import LineField, clean_orcid
from publications.models import ContributorRole, CreditRole, Output, RelationKind

from .targets import clean_target

MAX_ROWS = 500


class Row(forms.Form):
    """`key` names the row on the page and in the request; it says nothing about its place."""

    use_required_attribute = False
    key: str

    @property
    def is_new(self) -> bool:
        """Whether there is nothing in it yet, so that the page shows it open."""
        return not any(self[name].value() for name in self.telling)

    @property
    def is_blank(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in self.telling)

    telling: tuple[str, ...] = ()


class ContributorRow(Row):
    given_name = LineField(label=_("Given names"), max_length=200, required=False)
    family_name = LineField(label=_("Last or only name"), max_length=200, required=False)
    affiliation = LineField(label=_("Organisation"), max_length=300, required=False)
    orcid = LineField(label="ORCID", max_length=60, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=ContributorRole.choices, required=False)
    credit = forms.MultipleChoiceField(
        label=_("What this person did (CRediT)"),
        choices=CreditRole.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    telling = ("given_name", "family_name", "affiliation", "orcid")

    @property
    def summary(self) -> str:
        """The row in one line, from what was typed or stored."""
        name = f"{self['given_name'].value() or ''} {self['family_name'].value() or ''}".strip()
        return " · ".join(part for part in (name, self["affiliation"].value(), self["orcid"].value()) if part)

    def clean_orcid(self) -> str:
        return clean_orcid(self.cleaned_data["orcid"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("family_name") and "family_name" not in self.errors and not self.is_blank:
            if data.get("given_name"):  # a single name, typed into the first box
                data["family_name"], data["given_name"] = data["given_name"], ""
            else:
                self.add_error("family_name", _("Write the name. A single name goes here."))
        return data

    def value(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {name: data[name] for name in ("given_name", "family_name", "affiliation", "orcid")} | {
            "role": data["role"] or ContributorRole.AUTHOR,
            "credit": sorted(data["credit"]),
        }


class RelationRow(Row):
    kind = forms.ChoiceField(label=_("This output …"), choices=RelationKind.choices, required=False)
    target = LineField(label=_("Identifier or address of the other output"), max_length=500, required=False)
    label = LineField(label=_("Its title"), max_length=500, required=False)
    telling = ("target", "label")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.is_blank or "target" in self.errors:
            return data
        if not data.get("target"):
            self.add_error("target", _("Write the identifier or the address of the other output."))
            return data
        try:
            data["target"] = clean_target(data["target"])
        except forms.ValidationError as error:
            self.add_error("target", error)
        return data

    def value(self) -> dict[str, Any]:
        data = self.cleaned_data
        kind = data["kind"] or RelationKind.IS_PART_OF
        return {"kind": kind, "target": data["target"], "label": data["label"]}


class Rows:
    """The rows of one block, from the request or from what is stored."""

    def __init__(self, block: str, row_class: type[Row], data: Any, initial: Iterable[dict[str, Any]]) -> None:
        self.block, self.row_class = block, row_class
        self.rows: list[Row] = []
        if data is not None and f"{block}-row" in data:
            for key in list(dict.fromkeys(data.getlist(f"{block}-row")))[:MAX_ROWS]:
                self._append(key[:20], data=data)
        elif data is None:
            for number, values in enumerate(initial):
                self._append(str(number), initial=values)

    def _append(self, key: str, **kwargs: Any) -> Row:
        row = self.row_class(prefix=f"{self.block}-{key}", **kwargs)
        row.key = key
        self.rows.append(row)
        return row

    @property
    def empty(self) -> Row:
        """What the page's script copies for a new row."""
        row = self.row_class(prefix=f"{self.block}-__key__")
        row.key = "__key__"
        return row

    def is_valid(self) -> bool:
        """A row that was just added by a button has nothing to be checked yet."""
        return all(row.is_valid() for row in self.rows if row.is_bound)

    def value(self) -> list[dict[str, Any]]:
        return [row.value() for row in self.rows if row.is_bound and not row.is_blank]  # type: ignore[attr-defined]

    def change(self, order: str, key: str, values: dict[str, Any] | None = None) -> None:
        """What the buttons of a page without JavaScript ask for: add, remove, up, down."""
        if order == "add":
            self.add(values)
            return
        place = next((index for index, row in enumerate(self.rows) if row.key == key), None)
        if place is None:
            return
        row = self.rows.pop(place)
        if order in ("up", "down"):
            self.rows.insert(max(0, place + (1 if order == "down" else -1)), row)

    def add(self, values: dict[str, Any] | None = None) -> None:
        taken = [int(row.key) for row in self.rows if row.key.isascii() and row.key.isdigit()]
        if len(self.rows) < MAX_ROWS:
            self._append(str(max(taken, default=-1) + 1), initial=values or {})

    def errors(self) -> list[str]:
        """Each error with the place of its row, for the summary on top of the page."""
        return [
            _("Row %(number)s: %(error)s") % {"number": number, "error": error}
            for number, row in enumerate(self.rows, 1)
            if row.is_bound
            for errors in row.errors.values()
            for error in errors
        ]


def organisations_named(names: Iterable[str]) -> dict[str, Organisation]:
    """{name as typed: the organisation of that name}; a merged one leads to what it became."""
    wanted = {name.casefold(): name for name in names if name}
    if not wanted:
        return {}
    condition = Q()
    for name in wanted.values():
        condition |= Q(name__iexact=name)
    found: dict[str, Organisation] = {}
    matches = Organisation.objects.filter(condition).select_related("merged_into").order_by("-is_confirmed", "pk")
    for organisation in matches:
        found.setdefault(organisation.name.casefold(), organisation.merged_into or organisation)
    return found


def outputs_with_ids(public_ids: Iterable[str]) -> dict[str, Output]:
    return {str(o.public_id): o for o in Output.objects.with_tombstones().filter(public_id__in=set(public_ids))}
