"""The map as an SVG picture for print and slides: nothing from outside, no script, colours of paper in any theme."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evidence.mapping.cells import Cell, EvidenceMap, Group, Row
from evidence.mapping.geometry import radius_of
from evidence.models import Level
from taxonomy import umbrella

LEFT, HEAD, ROW, COLUMN, GROUP, MARGIN = 250, 200, 34, 44, 22, 28
SMALLEST, GREATEST = 8.0, 13.0
INK, SOFT, LINE, SUNKEN, PAPER = "#18211f", "#47524e", "#d8d0c0", "#f2ede3", "#ffffff"
# Level of strength: fill, edge, number. The dots below a bubble say the same without colour.
LOOKS = {
    0: ("#ffffff", "#47524e", "#18211f"),
    Level.VERY_LOW: ("#e6dfd0", "#6d6553", "#18211f"),
    Level.LOW: ("#a9cfc6", "#3f6f68", "#18211f"),
    Level.MODERATE: ("#35807a", "#35807a", "#ffffff"),
    Level.HIGH: ("#083f3f", "#083f3f", "#ffffff"),
}
FONT = "Liberation Sans, Plus Jakarta Sans, Arial, Helvetica, sans-serif"


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above and below the map: its title, what it was narrowed to, when and where it was made."""

    title: str
    narrowed: list[str]
    source: str


@dataclass(frozen=True, slots=True)
class Drawing:
    svg: str
    width: int
    height: int


def draw(shown: EvidenceMap, heading: Heading) -> Drawing:
    return _Page(shown, heading).drawing()


def text(x: float, y: float, content: str, size: float = 11, **attributes: str) -> str:
    named = "".join(f" {name.replace('_', '-')}={quoteattr(value)}" for name, value in attributes.items())
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}"{named}>{escape(_printable(content))}</text>'


def _printable(content: str) -> str:
    """Without what XML does not know."""
    return "".join(sign for sign in content if sign >= " " and sign not in "\ufffe\uffff")


def _shortened(content: str, length: int) -> str:
    return content if len(content) <= length else content[: length - 1].rstrip() + "…"


class _Page:
    def __init__(self, shown: EvidenceMap, heading: Heading) -> None:
        self.shown, self.heading = shown, heading
        self.top = MARGIN + 62 + (18 if heading.narrowed else 0) + HEAD
        self.width = max(MARGIN * 2 + LEFT + COLUMN * len(shown.columns) + 70, 760)
        rows = sum(len(group.rows) for group in shown.groups)
        heads = sum(1 for group in shown.groups if not group.is_folded)
        self.bottom = self.top + rows * ROW + heads * GROUP
        self.height = self.bottom + 84 + MARGIN

    def drawing(self) -> Drawing:
        title = self.heading.title
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}"'
            f' height="{self.height}" role="img" lang="{get_language() or "id"}" font-family="{FONT}" fill="{INK}"'
            ' aria-labelledby="judul uraian">'
            f'<title id="judul">{escape(_printable(title))}</title>'
            f'<desc id="uraian">{escape(self._description())}</desc>'
            '<defs><pattern id="kosong" width="7" height="7" patternUnits="userSpaceOnUse"'
            f' patternTransform="rotate(45)"><rect width="7" height="7" fill="{PAPER}"/>'
            f'<rect width="1.2" height="7" fill="{LINE}"/></pattern></defs>'
            f'<rect width="{self.width}" height="{self.height}" fill="{PAPER}"/>'
        )
        parts = [head, *self._above(), *self._columns(), *self._groups(), *self._below(), "</svg>\n"]
        return Drawing("\n".join(parts), self.width, self.height)

    def _description(self) -> str:
        known = [f"{row.label}: {row.total}" for row in self.shown.rows if row.total.findings]
        return _printable("; ".join([str(self.shown.total), *known]))

    def _above(self) -> Iterator[str]:
        yield text(MARGIN, MARGIN + 22, self.heading.title, 24, font_weight="bold")
        yield text(MARGIN, MARGIN + 44, self.shown.total.counts, 13, fill=SOFT)
        if self.heading.narrowed:
            room = (self.width - 2 * MARGIN) // 6
            yield text(MARGIN, MARGIN + 62, _shortened("; ".join(self.heading.narrowed), room), 12, fill=SOFT)

    def _columns(self) -> Iterator[str]:
        yield text(MARGIN, self.top - 8, umbrella.current().label, 11, font_weight="bold")
        for place, column in enumerate(self.shown.columns):
            x, y = self._x(place) + 4, self.top - 8
            label = _shortened(column.label, 44)
            yield text(x, y, label, 10.5, transform=f"rotate(-60 {x:g} {y:g})")

    def _x(self, place: int) -> float:
        """The middle of a column."""
        return MARGIN + LEFT + COLUMN * (place + 0.5)

    def _groups(self) -> Iterator[str]:
        y = self.top
        for group in self.shown.groups:
            if not group.is_folded:
                yield self._group_head(group, y)
                y += GROUP
            for row in group.rows:
                yield from self._row(row, y)
                y += ROW

    def _group_head(self, group: Group, y: float) -> str:
        width = self.width - 2 * MARGIN
        band = f'<rect x="{MARGIN}" y="{y:g}" width="{width}" height="{GROUP}" fill="{SUNKEN}"/>'
        return band + text(MARGIN + 8, y + 15, group.label, 10.5, font_weight="bold", fill=SOFT)

    def _row(self, row: Row, y: float) -> Iterator[str]:
        left, width = MARGIN + LEFT, COLUMN * len(self.shown.columns)
        yield text(MARGIN + 8, y + ROW / 2 + 4, _shortened(row.label, 42), 11)
        yield f'<rect x="{left}" y="{y:g}" width="{width}" height="{ROW}" fill="url(#kosong)"/>'
        for place, cell in enumerate(row.cells):
            if not cell.is_gap:
                yield self._cell(cell, self._x(place), y)
        yield text(left + width + 10, y + ROW / 2 + 4, str(row.total.studies), 11, fill=SOFT)
        yield f'<path d="M{MARGIN} {y + ROW:g}H{self.width - MARGIN}" stroke="{LINE}"/>'

    def _cell(self, cell: Cell, x: float, y: float) -> str:
        back = f'<rect x="{x - COLUMN / 2:g}" y="{y:g}" width="{COLUMN}" height="{ROW}" fill="{PAPER}"/>'
        radius = radius_of(cell.tally.studies, self.shown.largest, SMALLEST, GREATEST)
        return f"{back}<g>{bubble(x, y + 15, radius, cell.tally.middle, str(cell.tally.studies))}</g>"

    def _below(self) -> Iterator[str]:
        y = self.bottom + 30
        x: float = MARGIN + 12
        for level in (*Level, None):
            word = str(level.label) if level else _("not rated yet")
            yield bubble(x, y, 9, level or 0, "")
            yield text(x + 18, y + 4, word, 11)
            x += 46 + 6.2 * len(word)
        yield text(x, y + 4, _("number and size: studies; striped: no evidence"), 11)
        yield text(MARGIN, y + 28, _("Shade and dots: strength of method, the middle of the rated findings."), 11)
        yield text(MARGIN, y + 46, self.heading.source, 11, fill=SOFT)


def bubble(x: float, y: float, radius: float, level: int, number: str) -> str:
    fill, edge, ink = LOOKS[level]
    dashed = ' stroke-dasharray="2 2"' if not level else ""
    circle = f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}" stroke="{edge}"{dashed}/>'
    dots = "".join(
        f'<circle cx="{x + (place - (level - 1) / 2) * 5:g}" cy="{y + radius + 3.6:g}" r="1.6" fill="{INK}"/>'
        for place in range(level)
    )
    size = 10 if len(number) < 3 else 8
    told = text(x, y + size * 0.36, number, size, fill=ink, text_anchor="middle", font_weight="bold") if number else ""
    return circle + dots + told
