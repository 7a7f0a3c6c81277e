"""What can be wrong with a row or a file: a closed set of codes, each with a sentence for a person.

An error leaves the row out; a warning lets it in, as a draft where the public page would lack something.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, Promise] = {
    # The file as a whole.
    "empty_file": _("The file is empty."),
    "unknown_format": _(
        "The format of the file was not recognised. Choose it yourself, or save the file as CSV or XLSX."
    ),
    "file_too_large": _("The file is larger than what can be imported at once. Split it into several files."),
    "broken_archive": _("The compressed file is damaged or is not what its name says. Save it again."),
    "broken_sheet": _("The spreadsheet is damaged or is protected with a password. Save it again as XLSX or CSV."),
    "suspicious_sheet": _("The spreadsheet unpacks to far more than its size and was refused. Save it again as CSV."),
    "too_many_rows": _("The file has too many rows. The rows after row %(limit)s were not read."),
    "too_many_columns": _("The file has more than %(limit)s columns. Delete the empty ones."),
    "no_known_column": _("None of the column headings is known. Compare them with the example file."),
    "no_title_column": _("There is no column with a title. Compare the headings with the example file."),
    "unknown_column": _("The column “%(value)s” is not known and was left out."),
    "double_column": _("The column “%(value)s” means the same as another one and was left out."),
    "damaged_text": _("The file mixes several text encodings. Some letters could not be read; save it as UTF-8."),
    "no_records": _("Not a single record was found in the file."),
    # One row.
    "broken_row": _("The row could not be read: %(detail)s"),
    "csv_ends_here": _(
        "a cell is far too long or a quotation mark is missing. The rows after it were not read either."
    ),
    "broken_json": _("This is not valid JSON: %(detail)s"),
    "broken_bibtex": _("The BibTeX entry is damaged: a brace, a quotation mark or a comma is missing."),
    "broken_ris": _("The RIS record is damaged: a line does not begin with a tag such as “TY  - ”."),
    "not_a_record": _("This is not a record but something else (%(detail)s)."),
    "extra_cells": _("The row has more cells than there are headings. A quotation mark may be missing."),
    "value_too_long": _("The value has %(length)s characters, but at most %(limit)s are possible."),
    "too_many_values": _("There are more than %(limit)s values in the cell."),
    "no_title": _("The title is missing."),
    "double_row": _("The file already contains a row with the identifier “%(value)s” (row %(first)s)."),
    "doi_elsewhere": _("The DOI %(value)s is already in the repository as %(output)s."),
    "edited_here": _("Somebody has edited %(output)s here since the last import; it was left as it is."),
    "withdrawn_here": _("%(output)s has been withdrawn here; it was left as it is."),
    # One value, which is left out; the row goes in.
    "bad_date": _("“%(value)s” is not a date. Write 2024, 2024-05 or 2024-05-17."),
    "bad_doi": _("“%(value)s” is not a DOI. A DOI looks like 10.1234/abcd."),
    "bad_isbn": _("“%(value)s” is not a valid ISBN; one of its digits is wrong."),
    "bad_issn": _("“%(value)s” is not a valid ISSN; one of its digits is wrong."),
    "bad_orcid": _("“%(value)s” is not a valid ORCID; one of its digits is wrong."),
    "bad_url": _("“%(value)s” is not a web address that begins with http:// or https://."),
    "bad_language": _("“%(value)s” is not a known language. Write id, en or another ISO 639 code."),
    "bad_access": _("“%(value)s” is not a kind of access. Write open, embargoed, restricted or metadata only."),
    "embargo_without_date": _("The embargo has no date, so the files can be had on request only."),
    "third_language": _("There are fields for Indonesian and English only; the text in “%(value)s” was left out."),
    "unknown_type": _("The type “%(value)s” is not known."),
    "unknown_pmks": _("The PMKS category “%(value)s” is not known."),
    "unknown_psks": _("The PSKS category “%(value)s” is not known."),
    "unknown_province": _("The province “%(value)s” is not known."),
    "unknown_method": _("The method “%(value)s” is not known."),
    "unknown_licence": _("The licence “%(value)s” is not known."),
    # The row goes in as a draft.
    "no_date": _("The date of publication is missing, so the output stays a draft."),
    "no_type": _("The type is missing, so the output stays a draft."),
    "no_contributors": _("The authors are missing."),
    "retracted": _("The source says that this work was retracted, so the output stays a draft."),
    # Files of the ZIP.
    "file_missing": _("The file “%(value)s” is not in the ZIP."),
    "file_refused": _("The file “%(value)s” was refused: %(detail)s"),
    "entry_too_large": _("it is larger, or unpacks to more, than what is allowed"),
    "entry_broken": _("it is damaged or protected with a password inside the ZIP"),
    "entry_not_pdf": _("it is not a PDF"),
    "file_unmatched": _("No row belongs to the file “%(value)s” in the ZIP."),
    "file_unsafe_name": _("The ZIP contains a file with an unsafe name (“%(value)s”); it was left out."),
    "file_twice": _("The ZIP contains several files that fit this row; only “%(value)s” was taken."),
    # A pasted DOI.
    "nothing_recognised": _("This is neither a DOI nor a BibTeX, RIS or CSL-JSON record."),
    "several_records": _("There are several records in the text; only the first was taken."),
    "text_too_long": _("The text is too long. Paste one record at a time."),
    "doi_not_looked_up": _("Only the DOI itself was taken over; nothing was looked up."),
    "doi_unknown": _("The DOI %(value)s is not registered. Check each character."),
    "doi_unreachable": _("The DOI registry did not answer; only the DOI itself was taken over. Try again later."),
}

ERRORS = frozenset({
    "empty_file", "unknown_format", "file_too_large", "broken_archive", "broken_sheet", "suspicious_sheet",
    "too_many_rows", "too_many_columns", "no_known_column", "no_title_column", "no_records", "broken_row",
    "broken_json",
    "broken_bibtex", "broken_ris", "not_a_record", "extra_cells", "no_title", "double_row", "doi_elsewhere",
    "nothing_recognised", "text_too_long", "doi_unknown",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` counts as a spreadsheet does (the headings are row 1); 0 is the file as a whole."""

    code: str
    row: int = 0
    column: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        return self.code in ERRORS

    @property
    def message(self) -> str:
        """In the language of the reader; a value is cut so that a hostile one cannot fill the page."""
        return describe(self.code, self.params)


def describe(code: str, params: Mapping[str, str | int]) -> str:
    return str(MESSAGES[code]) % {key: _word(key, value) for key, value in params.items()}


def _word(key: str, value: str | int) -> str:
    """A detail that is itself one of the codes is said in the reader's language too."""
    return str(MESSAGES[str(value)]) if key == "detail" and value in MESSAGES else shorten(value)


def shorten(value: str | int, limit: int = 80) -> str:
    text = str(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
