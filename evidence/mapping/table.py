"""The map as rows of a table file: one line a cell, also for those of which nothing is known."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from evidence.mapping.cells import EvidenceMap, Group, Row
from evidence.models import Level
from publications.spreadsheets import csv_lines
from taxonomy import umbrella

Line = list[str | int]


def lines(shown: EvidenceMap, base: str) -> Iterator[Line]:
    """`base`: scheme and host, for the addresses of the cells; none where they lead nowhere."""
    yield _headings(shown)
    for group in shown.groups:
        for row in group.rows:
            yield from _cells(group, row, base)


def _headings(shown: EvidenceMap) -> Line:
    of_column = [_("service code"), _("service"), _("pillar")]
    if not shown.column_groups:
        of_column = [_("outcome code"), _("outcome"), ""]
    people = str(umbrella.current())
    levels = [str(level.label) for level in Level]
    head = [_("cluster"), _("code"), people, *of_column, _("studies"), _("findings"), _("strength of method")]
    return [*head, *levels, _("not rated yet"), _("address")]


def _cells(group: Group, row: Row, base: str) -> Iterator[Line]:
    people = [group.label, row.term.code if row.term else "", row.label]
    for cell in row.cells:
        column, tally = cell.column, cell.tally
        term = [column.term.code if column.term else "", column.label, column.group.label if column.group else ""]
        counted: Line = [tally.studies, tally.findings, tally.word if tally.findings else _("no evidence")]
        url = f"{base}{cell.url}" if cell.url else ""
        yield [*people, *term, *counted, *tally.levels[1:], tally.levels[0], url]


def as_csv(shown: EvidenceMap, base: str) -> bytes:
    return "".join(csv_lines(lines(shown, base))).encode()
