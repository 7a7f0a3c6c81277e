"""The form over all blocks of a version. A page shows some of them; a request sends some and names them in `block`."""

import datetime
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from publications.forms.inputs import (
    IdentifiersField,
    KeywordsField,
    LineField,
    PartialDateField,
    TextField,
    clean_doi,
    clean_isbn,
    clean_issn,
    clean_report_number,
    clean_web_address,
)
from publications.models import Version
from publications.states import Access

from .blocks import BLOCKS, Block, umbrella
from .choices import Choices
from .rows import ContributorRow, RelationRow, Row, Rows, organisations_named, outputs_with_ids
from .snapshot import DATE_LENGTHS, LINES, TERMS, access_value, digest, pmks_value, snapshot

RowClass = type[Row]
ROW_CLASSES: dict[str, RowClass] = {"contributors": ContributorRow, "relations": RelationRow}
VOCABULARIES = {"type": "types", "licence": "licences"} | {name: name for name in ("pmks", *TERMS)}
SCHEMES = ("doi", "isbn", "issn", "report", "url")
MAX_ABSTRACT = 20_000
KEYWORDS_HELP = _("Three to six, parted by semicolons.")


class TitleInput(forms.Textarea):
    """A title may be longer than a line; it grows with what is typed."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 2, "class": "title-input", **(attrs or {})})


class VersionForm(forms.Form):
    """Bound to a request with `data`, else to what is stored. Only the blocks that the request names count."""

    use_required_attribute = False

    type = forms.ChoiceField(label=_("Type of output"), required=False)
    language = forms.ChoiceField(label=_("Language of the document"), required=False)
    title_id = LineField(label=_("Title in Indonesian"), max_length=500, required=False, widget=TitleInput)
    title_en = LineField(label=_("Title in English"), max_length=500, required=False, widget=TitleInput)
    abstract_id = TextField(label=_("Abstract in Indonesian"), max_length=MAX_ABSTRACT, required=False)
    abstract_en = TextField(label=_("Abstract in English"), max_length=MAX_ABSTRACT, required=False)
    keywords_id = KeywordsField(label=_("Keywords in Indonesian"), required=False, help_text=KEYWORDS_HELP)
    keywords_en = KeywordsField(label=_("Keywords in English"), required=False, help_text=KEYWORDS_HELP)
    date = PartialDateField(
        label=_("Date of publication"),
        required=False,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
        help_text=_("As exact as you know it: 2024, May 2024 or 12 May 2024."),
    )
    change_note = TextField(
        label=_("What changed in this version"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers see this beside the version."),
    )
    publisher = LineField(label=_("Publisher"), max_length=300, required=False)
    container_title = LineField(label=_("Journal, proceedings or book"), max_length=300, required=False)
    volume = LineField(label=_("Volume"), max_length=40, required=False)
    issue = LineField(label=_("Issue"), max_length=40, required=False)
    pages = LineField(label=_("Pages"), max_length=40, required=False)
    doi = IdentifiersField(clean_doi, label="DOI", help_text=_("For example 10.1234/abcd"))
    isbn = IdentifiersField(clean_isbn, label="ISBN", help_text=_("Several are parted by a semicolon."))
    issn = IdentifiersField(clean_issn, label="ISSN", help_text=_("Several are parted by a semicolon."))
    report = IdentifiersField(clean_report_number, label=_("Report number"))
    url = IdentifiersField(clean_web_address, label=_("Web address"))
    funder = LineField(label=_("Funder"), max_length=300, required=False)
    award_number = LineField(label=_("Grant number"), max_length=100, required=False)
    pmks = forms.MultipleChoiceField(label=umbrella(), required=False)
    pmks_primary = forms.ChoiceField(label=_("Main topic"), required=False)
    psks = forms.MultipleChoiceField(label="PSKS", required=False)
    pillars = forms.MultipleChoiceField(label=_("Pillars of social welfare"), required=False)
    services = forms.MultipleChoiceField(label=_("Services"), required=False)
    provinces = forms.MultipleChoiceField(label=_("Where the research took place"), required=False)
    methods = forms.MultipleChoiceField(label=_("Method"), required=False)
    licence = forms.ChoiceField(label=_("Licence"), required=False)
    access = forms.ChoiceField(label=_("Who may read the files"), choices=Access.choices, required=False)
    embargo_until = forms.CharField(
        label=_("Open from"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
        help_text=_("The day on which the files open, such as 1 July 2027."),
    )

    def __init__(self, version: Version, data: QueryDict | None = None) -> None:
        self.version, self.stored = version, snapshot(version)
        super().__init__(data, initial=initial_values(self.stored))
        self.offered = Choices(self.stored)
        self.named = [name for name in BLOCKS if data is None or name in data.getlist("block")]
        self._fill_choices()
        self.rows = {name: self._rows(name, row) for name, row in ROW_CLASSES.items()}

    def _rows(self, name: str, row_class: RowClass) -> Rows:
        data = self.data if self.is_bound and name in self.named else None
        return Rows(name, row_class, data, self.stored[name])

    def _fill_choices(self) -> None:
        """The vocabularies' terms, and how each input is laid out."""
        offered = self.offered
        for name, terms in (
            ("licence", offered.licences), ("pmks", offered.pmks),
            ("pmks_primary", offered.pmks), ("psks", offered.psks), ("pillars", offered.pillars),
            ("services", offered.services), ("provinces", offered.provinces), ("methods", offered.methods),
        ):  # fmt: skip
            self.fields[name].choices = [(term.code, term.label) for term in terms]  # type: ignore[attr-defined]
        self.fields["language"].choices = offered.languages()  # type: ignore[attr-defined]
        groups = [(group.label, [(term.code, term.label) for term in group.terms]) for group in offered.type_groups]
        self.fields["type"].choices = [("", _("Choose …")), *groups]  # type: ignore[attr-defined]

    # --- what was typed ----------------------------------------------------------------------------------------------

    def clean_embargo_until(self) -> datetime.date | None:
        text = self.cleaned_data["embargo_until"].strip()
        if not text or self.data.get("access") != Access.EMBARGOED:
            return None
        found = PartialDateField(required=False).clean(text)
        if found.precision != "day":
            raise forms.ValidationError(_("Write the day from which the files are open, such as 1 July 2027."))
        if found.first_day <= timezone.localdate():
            raise forms.ValidationError(_("This day is not in the future. Choose open access instead."))
        return found.first_day  # type: ignore[no-any-return]

    def clean_date(self) -> Any:
        found = self.cleaned_data["date"]
        if found and found.year > timezone.localdate().year + 2:
            raise forms.ValidationError(_("This year lies too far in the future."))
        return found

    def is_block_valid(self, block: Block) -> bool:
        if block.rows:
            return self.rows[block.name].is_valid()
        return not any(name in self.errors for name in block.inputs)

    def valid_blocks(self) -> list[str]:
        return [name for name in self.named if self.is_block_valid(BLOCKS[name])]

    def block_errors(self) -> dict[str, list[str]]:
        """{block: messages} of the blocks that cannot be saved as typed."""
        found: dict[str, list[str]] = {}
        for name in self.named:
            block = BLOCKS[name]
            if not self.is_block_valid(block):
                found[name] = (
                    self.rows[name].errors()
                    if block.rows
                    else [str(e) for field in block.inputs for e in self.errors.get(field, [])]
                )
        return found

    def value(self, name: str) -> Any:
        """What was typed in a valid block, in the shape that `snapshot` has."""
        if name in self.rows:
            return self.rows[name].value()
        data = self.cleaned_data
        if name == "date":
            return str(_date_text(data["date"]))
        if name == "identifiers":
            return sorted(f"{scheme}:{value}" for scheme in SCHEMES for value in data[scheme])
        if name == "pmks":
            chosen = data["pmks"]
            primary = data["pmks_primary"] or next(iter(chosen), "")
            return pmks_value([primary, *(code for code in chosen if code != primary)]) if primary else []
        if name == "access":
            return access_value(data["access"] or Access.OPEN, data["embargo_until"])
        if name in TERMS:
            return sorted(data[name])
        if name == "language":
            return data["language"] or Version._meta.get_field("language").default
        return data[name]

    def base(self, name: str) -> str:
        """From which stored value the edit of this block began, as the page said."""
        return str(self.data.get(f"base-{name}", ""))

    # --- what the action takes ---------------------------------------------------------------------------------------

    def for_action(self, names: Iterable[str]) -> dict[str, Any]:
        """The named blocks in the shape that `actions.fields.write` takes."""
        result: dict[str, Any] = {}
        for name in names:
            result.update(self._for_action(name))
        return result

    def _for_action(self, name: str) -> dict[str, Any]:
        value = self.value(name)
        if name in LINES or name.startswith("keywords"):
            return {name: value}
        if name in VOCABULARIES:
            terms = {term.code: term for term in getattr(self.offered, VOCABULARIES[name])}
            return {name: [terms[code] for code in value] if isinstance(value, list) else terms.get(value)}
        if name == "date":
            found = self.cleaned_data["date"]
            return {"date": found.first_day if found else None, "date_precision": found.precision if found else "day"}
        if name == "identifiers":
            return {"identifiers": [(scheme, value) for scheme in SCHEMES for value in self.cleaned_data[scheme]]}
        if name == "access":
            access = self.cleaned_data["access"] or Access.OPEN
            until = self.cleaned_data["embargo_until"] if access == Access.EMBARGOED else None
            return {"access": access, "embargo_until": until}
        return {name: self._rows_for_action(name, value)}

    def _rows_for_action(self, name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if name == "relations":
            outputs = outputs_with_ids(row["target"] for row in rows)
            return [
                {"kind": row["kind"], "label": row["label"]}
                | ({"target": outputs[row["target"]]} if row["target"] in outputs else {"url": row["target"]})
                for row in rows
            ]
        places = organisations_named(row["affiliation"] for row in rows)
        return [_with_place(row, places) for row in rows]

    # --- for the page ------------------------------------------------------------------------------------------------

    @cached_property
    def digests(self) -> dict[str, str]:
        return {name: digest(value) for name, value in self.stored.items()}


def _with_place(row: dict[str, Any], places: dict[str, Any]) -> dict[str, Any]:
    values = {name: value for name, value in row.items() if name != "affiliation"}
    organisation = places.get(row["affiliation"].casefold())
    return values | {"affiliation": organisation, "affiliation_name": "" if organisation else row["affiliation"]}


def _date_text(found: Any) -> str:
    if found is None:
        return ""
    return found.first_day.isoformat()[: DATE_LENGTHS[found.precision]]  # type: ignore[no-any-return]


def initial_values(stored: dict[str, Any]) -> dict[str, Any]:
    """A snapshot as the form's inputs show it."""
    values: dict[str, Any] = {name: stored[name] for name in (*LINES, *TERMS, "type", "licence")}
    for name in ("keywords_id", "keywords_en"):
        values[name] = _joined_words(stored[name])
    pairs = [text.partition(":")[::2] for text in stored["identifiers"]]
    for scheme in SCHEMES:
        values[scheme] = "; ".join(value for kind, value in pairs if kind == scheme)
    values["pmks"] = stored["pmks"]
    values["pmks_primary"] = next(iter(stored["pmks"]), "")
    values["date"] = readable_date(stored["date"])
    values["access"], _colon, until = stored["access"].partition(":")
    values["embargo_until"] = readable_date(until)
    return values


def readable_date(text: str) -> str:
    """'2024-05' as 'Mei 2024', which the form understands again."""
    form = {7: "F Y", 10: "j F Y"}.get(len(text))
    return date_format(datetime.date.fromisoformat(f"{text}-01"[:10]), form) if form else text


def _joined_words(words: list[str]) -> str:
    """So that reading it again gives the same words: a single one with a comma is not two."""
    return f"{words[0]};" if len(words) == 1 and "," in words[0] else "; ".join(words)


def as_inputs(block: Block, stored: dict[str, Any]) -> list[tuple[str, str]]:
    """A block of a snapshot as the (name, value) pairs that a page would send."""
    pairs = [("block", block.name)]
    if block.rows:
        for number, row in enumerate(stored[block.name]):
            pairs.append((f"{block.name}-row", str(number)))
            for name, value in row.items():
                values = value if isinstance(value, list) else [value]
                pairs += [(f"{block.name}-{number}-{name}", item) for item in values]
        return pairs
    initial = initial_values(stored)
    for name in block.inputs:
        value = initial[name]
        pairs += [(name, item) for item in (value if isinstance(value, list) else [value])]
    return pairs
