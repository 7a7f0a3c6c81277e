"""The cells of a row as HTML: there are hundreds on a page, for which a template would take most of its time."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from evidence.mapping.cells import NOTHING, Cell, Row


def cells_html(row: Row) -> SafeString:
    nothing = f'<span class="visually-hidden">{escape(str(NOTHING))}</span>'
    return mark_safe("".join(_cell(cell, nothing) for cell in row.cells))  # noqa: S308 - escaped below


def _cell(cell: Cell, nothing: str) -> str:
    """The number is drawn, what it means is told to screen readers."""
    url = f'<a href="{escape(cell.url)}">' if cell.url else ""
    end = "</a>" if cell.url else ""
    tally = cell.tally
    if cell.is_gap:
        return f'<td class="gap">{url}{nothing}{end}</td>'
    bubble = f'<span class="bubble s{cell.size} l{tally.middle}" aria-hidden="true">{tally.studies}</span>'
    return f'<td>{url}{bubble}<span class="visually-hidden">{escape(str(tally))}</span>{end}</td>'
