"""What somebody pastes into the deposit form: a BibTeX entry, a RIS or CSL-JSON record, or a bare DOI."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings

from publications.importing import doi
from publications.importing.limits import MAX_PASTED_CHARS
from publications.importing.problems import Problem
from publications.importing.readers import bibtex, csl, ris
from publications.importing.records import Record, Row
from publications.importing.values import parse_doi

_BIBTEX = re.compile(r"^\s*@\w+\s*[{(]", re.M)
_RIS = re.compile(r"^\ufeff?TY {1,2}-", re.M)
_NOTICES = frozenset({"no_contributors", "no_date", "no_type"})  # an unfinished form is no mistake


@dataclass(frozen=True)
class Pasted:
    """`record` is None when nothing could be understood; `problems` then say why, else what was left out."""

    kind: str
    record: Record | None
    problems: tuple[Problem, ...] = ()


def parse_pasted(text: str, look_up: bool | None = None) -> Pasted:
    """`look_up` a DOI at its registry: as the setting says, unless told."""
    text = text.strip()
    if len(text) > MAX_PASTED_CHARS:
        return Pasted("", None, (Problem("text_too_long"),))
    if text[:1] in "[{" and text:
        return _first("csl", csl.read_text(text))
    if _RIS.search(text):
        return _first("ris", ris.read_lines(iter(text.splitlines())))
    if _BIBTEX.search(text):
        return _first("bibtex", bibtex.read_text(text))
    if value := parse_doi(text):
        return _from_doi(value, settings.DOI_LOOKUP if look_up is None else look_up)
    return Pasted("", None, (Problem("nothing_recognised"),))


def _first(kind: str, rows: Iterable[Row]) -> Pasted:
    found = list(rows)
    if not found:
        return Pasted(kind, None, (Problem("nothing_recognised"),))
    row = next((row for row in found if row.record), found[0])
    problems = [problem for problem in row.problems if problem.code not in _NOTICES]
    if len(found) > 1 and row.record:
        problems.append(Problem("several_records"))
    return Pasted(kind, row.record, tuple(problems))


def _from_doi(value: str, look_up: bool, fetch: Callable[[str], str] = doi.fetch_csl) -> Pasted:
    bare = Record(source_id=value, doi=value)
    if not look_up:
        return Pasted("doi", bare, (Problem("doi_not_looked_up"),))
    try:
        found = _first("doi", csl.read_text(fetch(value)))
    except doi.Unknown:
        return Pasted("doi", None, (Problem("doi_unknown", params={"value": value}),))
    except doi.Unreachable:
        return Pasted("doi", bare, (Problem("doi_unreachable"),))
    return found if found.record else Pasted("doi", bare, (Problem("doi_unreachable"),))
