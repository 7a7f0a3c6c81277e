"""What CSV and XLSX share: headings, then rows of cells."""

from collections.abc import Iterator, Sequence

from publications.importing.building import build
from publications.importing.columns import IGNORED, TITLE_KEYS, is_scopus, meaning_of, normalise_heading
from publications.importing.limits import MAX_CELL_CHARS, MAX_COLUMNS
from publications.importing.problems import Problem
from publications.importing.records import Row
from publications.importing.values import clean

Cells = Sequence[str]


def table_rows(numbered: Iterator[tuple[int, Cells]], mapping: dict[str, str]) -> Iterator[Row]:
    """`numbered` are (row number as in a spreadsheet, cells); the first row that is not empty has the headings."""
    header = next(((number, cells) for number, cells in numbered if any(cell.strip() for cell in cells)), None)
    if header is None:
        return
    if sum(1 for cell in header[1] if cell.strip()) > MAX_COLUMNS:
        yield Row(0, None, (Problem("too_many_columns", header[0], params={"limit": MAX_COLUMNS}),))
        return
    table = _Table(header[1], mapping)
    if notices := table.notices(header[0]):
        yield Row(0, None, tuple(notices))
    if table.has_title:
        for number, cells in numbered:
            if any(cell.strip() for cell in cells):
                yield table.row(number, cells)


class _Table:
    def __init__(self, headings: Cells, mapping: dict[str, str]) -> None:
        self.headings = [clean(heading) for heading in headings]
        self.width = max((i for i, heading in enumerate(self.headings, 1) if heading), default=0)
        self.family_first = is_scopus(self.headings)
        self.columns: list[tuple[int, str]] = []
        self.unknown: list[Problem] = []
        self.names: dict[str, str] = {}
        for index, heading in enumerate(self.headings):
            self._place(index, heading)
        mapping.update({self.headings[index]: key for index, key in self.columns})

    def _place(self, index: int, heading: str) -> None:
        key = meaning_of(heading)
        if key and key not in self.names:
            self.columns.append((index, key))
            self.names[key] = heading
        elif heading and normalise_heading(heading) not in IGNORED:
            code = "double_column" if key else "unknown_column"
            self.unknown.append(Problem(code, 1, heading[:120], {"value": heading}))

    @property
    def has_title(self) -> bool:
        return any(key in self.names for key in TITLE_KEYS)

    def notices(self, number: int) -> list[Problem]:
        if not self.columns:
            return [Problem("no_known_column", number)]
        if not self.has_title:
            return [Problem("no_title_column", number)]
        return self.unknown

    def row(self, number: int, cells: Cells) -> Row:
        if any(cell.strip() for cell in cells[self.width :]):
            return Row(number, None, (Problem("extra_cells", number),))
        for index, cell in enumerate(cells):
            if len(cell) > MAX_CELL_CHARS:
                params = {"length": len(cell), "limit": MAX_CELL_CHARS}
                column = self.headings[index] if index < len(self.headings) else ""
                return Row(number, None, (Problem("broken_row", number, column, {"detail": _size(params)}),))
        fields = {key: cells[index] for index, key in self.columns if index < len(cells) and cells[index]}
        return build(number, fields, self.names, self.family_first)


def _size(params: dict[str, int]) -> str:
    return f"{params['length']} > {params['limit']}"
