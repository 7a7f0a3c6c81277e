"""The cells of a row as HTML: there are hundreds on a page, for which a template would take most of its time.

The same as a table row and, for narrow screens, as lists of what is known and of gaps.
"""

from html import escape  # what Django's does, without making each piece a SafeString

from django.utils.safestring import SafeString, mark_safe

from evidence.mapping.cells import Cell, Row
from evidence.mapping.words import words


def cells_html(row: Row) -> SafeString:
    nothing = f'<span class="visually-hidden">{escape(words().nothing)}</span>'
    return mark_safe("".join(_cell(cell, nothing) for cell in row.cells))  # noqa: S308 - escaped below


def _cell(cell: Cell, nothing: str) -> str:
    """The number is drawn, what it means is told to screen readers."""
    url = f'<a href="{escape(cell.url)}">' if cell.url else ""
    end = "</a>" if cell.url else ""
    if cell.is_gap:
        return f'<td class="gap">{url}{nothing}{end}</td>'
    return f'<td>{url}{_bubble(cell)}<span class="visually-hidden">{escape(str(cell.tally))}</span>{end}</td>'


def _bubble(cell: Cell) -> str:
    return f'<span class="bubble s{cell.size} l{cell.tally.middle}" aria-hidden="true">{cell.tally.studies}</span>'


def _link(cell: Cell) -> str:
    return f'<a href="{escape(cell.url)}">{escape(cell.column.label)}</a>'


def known_html(row: Row) -> SafeString:
    return mark_safe("".join(_item(cell) for cell in row.known))  # noqa: S308 - escaped


def _item(cell: Cell) -> str:
    tally = cell.tally
    told = f'{escape(str(tally))} <span class="soft">({escape(tally.details())})</span>'
    return f'<li>{_bubble(cell)}<span>{_link(cell)}<br><span class="small">{told}</span></span></li>'


def gaps_html(row: Row) -> SafeString:
    return mark_safe("; ".join(_link(cell) for cell in row.gaps))  # noqa: S308 - escaped
