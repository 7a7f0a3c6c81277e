"""Citations of an output: formatted for readers, and as files for reference managers."""

from collections.abc import Callable
from dataclasses import dataclass

from publications.metadata import PublicMetadata

from .bibtex import bibtex
from .csl import csl_json
from .formatted import formatted, formatted_html
from .ris import ris


@dataclass(frozen=True, slots=True)
class CitationFormat:
    extension: str
    label: str
    mime: str
    write: Callable[[PublicMetadata], str]


FORMATS = {
    format_.extension: format_
    for format_ in (
        CitationFormat("bib", "BibTeX", "application/x-bibtex", bibtex),
        CitationFormat("ris", "RIS", "application/x-research-info-systems", ris),
        CitationFormat("json", "CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
    )
}

__all__ = ["FORMATS", "CitationFormat", "bibtex", "csl_json", "formatted", "formatted_html", "ris"]
