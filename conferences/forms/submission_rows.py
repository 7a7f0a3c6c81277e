"""The rows of the form for a submission: authors in order, people who should not review it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from publications.forms.deposit.rows import Row
from publications.forms.inputs import LineField, clean_orcid

MOST_AUTHORS, MOST_NAMED = 60, 10


class AuthorRow(Row):
    given_name = LineField(label=_("Given names"), max_length=200, required=False)
    family_name = LineField(label=_("Last or only name"), max_length=200, required=False)
    affiliation = LineField(label=_("Organisation"), max_length=300, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    orcid = LineField(label="ORCID", max_length=60, required=False)
    is_presenter = forms.BooleanField(label=_("presents the paper"), required=False)
    telling = ("given_name", "family_name", "affiliation", "email", "orcid")

    @property
    def summary(self) -> str:
        """The row in one line, from what was typed or stored."""
        name = f"{self['given_name'].value() or ''} {self['family_name'].value() or ''}".strip()
        presents = str(_("presents")) if self["is_presenter"].value() else ""
        return " · ".join(part for part in (name, self["affiliation"].value(), presents) if part)

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
        return {name: self.cleaned_data[name] for name in (*self.telling, "is_presenter")}


class NamedRow(Row):
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    note = LineField(label=_("Name, and why"), max_length=500, required=False)
    telling = ("email", "note")

    @property
    def summary(self) -> str:
        return " · ".join(part for part in (self["note"].value(), self["email"].value()) if part)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).casefold()

    def value(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.telling}


ROW_CLASSES: dict[str, type[Row]] = {"authors": AuthorRow, "named": NamedRow}
MOST = {"authors": MOST_AUTHORS, "named": MOST_NAMED}
