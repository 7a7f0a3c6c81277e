"""Tables of numbers: what `{% chart %}` shows, a chart draws and a CSV file says, all from the same cells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format

Number = int | float


@dataclass(frozen=True, slots=True)
class Cell:
    """A number (None: unknown), the list behind it, and what stands behind the number, such as "%"."""

    value: Number | None
    url: str = ""
    suffix: str = ""

    @property
    def exact(self) -> str:
        """For scripts: never a decimal comma."""
        return "" if self.value is None else str(self.value)

    @property
    def text(self) -> str:
        """For readers, in the language of the page."""
        return "–" if self.value is None else number_format(self.value, force_grouping=True) + self.suffix


@dataclass(frozen=True, slots=True)
class Column:
    """`is_drawn`: whether a chart shows it; the others stand in the table alone."""

    label: str
    is_drawn: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    cells: tuple[Cell, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`head` names what the lines are: "Year", "Province" …"""

    head: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but zeros to draw."""
        return not any(cell.value for line in self.lines for cell in line.cells)

    def rows(self) -> Iterator[list[str | Number | None]]:
        """For `publications.spreadsheets`: headings, then lines."""
        yield [self.head, *(column.label for column in self.columns)]
        for line in self.lines:
            yield [line.label, *(cell.value for cell in line.cells)]


def counted_table(head: str, label: str, counts: Iterable[tuple[object, Number]]) -> Table:
    """One column of numbers, for example publications a year."""
    return Table(head, (Column(label),), tuple(Line(str(name), (Cell(count),)) for name, count in counts))


def whole_years(counts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Every year from the first to the last, empty ones too, so that a chart does not hide a gap."""
    by_year = dict(counts)
    return [(year, by_year.get(year, 0)) for year in range(min(by_year), max(by_year) + 1)] if by_year else []
