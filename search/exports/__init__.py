"""All that a search finds, as a file: written while it is read, without a limit.

EXPORTS["csv"].write(batches(ids(asked), site_base(request), "id"), "id")
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.utils import translation
from django.utils.translation import gettext as _

from publications.citation import FORMATS, bibtex, ris
from publications.citation.csl import csl_item
from publications.metadata import PublicMetadata
from publications.spreadsheets import BOM, harmless_in_csv
from search.exports.reading import BATCH, Batches, Entry, batches
from search.exports.tables import headings, values
from search.exports.xlsx import workbook

__all__ = ["BATCH", "EXPORTS", "Batches", "Entry", "Export", "batches"]

Write = Callable[[Batches, str], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Export:
    """`write` takes what `batches` reads and the language of headings and terms."""

    extension: str
    label: str
    mime: str
    write: Write


def _each(write: Callable[[PublicMetadata], str], between: str) -> Write:
    def written(found: Batches, language: str) -> Iterator[bytes]:
        for batch in found:
            with translation.override(language):
                text = "".join(write(entry.metadata) + between for entry in batch)
            yield text.encode()

    return written


def _csl(found: Batches, language: str) -> Iterator[bytes]:
    before = "["
    for batch in found:
        with translation.override(language):
            items = [json.dumps(csl_item(entry.metadata), ensure_ascii=False, indent=2) for entry in batch]
        if items:
            yield f"{before}\n".encode() + ",\n".join(items).encode()
            before = ","
    yield b"\n]\n" if before == "," else b"[]\n"


def _rows(found: Batches, language: str) -> Iterator[list[list[str]]]:
    """The headings, then the rows of each batch."""
    yield [headings(language)]
    for batch in found:
        with translation.override(language):
            rows = [values(entry) for entry in batch]
        yield rows


def _csv(found: Batches, language: str) -> Iterator[bytes]:
    yield BOM.encode()
    for rows in _rows(found, language):
        text = io.StringIO(newline="")
        csv.writer(text).writerows([harmless_in_csv(value) for value in row] for row in rows)
        yield text.getvalue().encode()


def _xlsx(found: Batches, language: str) -> Iterator[bytes]:
    with translation.override(language):
        title = _("Publications")
    return workbook(chain.from_iterable(_rows(found, language)), title)


EXPORTS = {
    export.extension: export
    for export in (
        Export("csv", "CSV", "text/csv; charset=utf-8", _csv),
        Export("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
        Export("bib", "BibTeX", f"{FORMATS['bib'].mime}; charset=utf-8", _each(bibtex, "\n")),
        Export("ris", "RIS", f"{FORMATS['ris'].mime}; charset=utf-8", _each(ris, "\r\n")),
        Export("json", "CSL-JSON", f"{FORMATS['json'].mime}; charset=utf-8", _csl),
    )
}
