"""What stands in the rows, columns and cells of the map."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from evidence.mapping.asked import Asked
from evidence.mapping.vocabulary import NOT_TOLD, Term, Vocabulary
from evidence.mapping.words import words
from evidence.models import MapAxis

UNRATED = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """`levels`: how many of the findings are unrated, very low, low, moderate, high in strength of method."""

    studies: int = 0
    findings: int = 0
    levels: tuple[int, ...] = (0, 0, 0, 0, 0)

    @property
    def rated(self) -> int:
        return sum(self.levels[1:])

    @property
    def middle(self) -> int:
        """The level in the middle of the rated findings, in order; of two in the middle the lower. 0: none rated."""
        place = (self.rated + 1) // 2
        reached = 0
        for level, number in enumerate(self.levels):
            reached += number if level else 0
            if place and reached >= place:
                return level
        return UNRATED

    @property
    def word(self) -> str:
        return words().levels[self.middle]

    @property
    def counts(self) -> str:
        known = words()
        return f"{known.studies(self.studies)}, {known.findings(self.findings)}"

    def __str__(self) -> str:
        """'3 studies, 5 findings, strength of method: moderate'; what a screen reader says of a cell."""
        if not self.findings:
            return words().nothing
        return words().told(self.counts, self.middle)

    def details(self) -> str:
        """'1 low, 3 moderate, 2 not rated yet': of how many findings the word is the middle."""
        named = words().levels
        told = (*range(len(self.levels) - 1, 0, -1), UNRATED)
        return ", ".join(f"{self.levels[level]} {named[level]}" for level in told if self.levels[level])


NOTHING = Tally()


@dataclass(frozen=True)
class Counts:
    """All tallies of one map: by row and column, by row, by column, and together. None as a key: not told."""

    cells: Mapping[tuple[int | None, int | None], Tally]
    clusters: Mapping[tuple[int | None, int | None], Tally]
    rows: Mapping[int | None, Tally]
    cluster_rows: Mapping[int | None, Tally]
    columns: Mapping[int | None, Tally]
    total: Tally


@dataclass(frozen=True)
class Column:
    """`term` None: findings that name no service."""

    term: Term | None
    group: Term | None
    total: Tally

    @property
    def slug(self) -> str:
        return self.term.slug if self.term else NOT_TOLD

    @property
    def label(self) -> str:
        return self.term.label if self.term else _("not told")


@dataclass(frozen=True)
class Cell:
    column: Column
    tally: Tally
    url: str
    size: int  # 0 to geometry.SIZES

    @property
    def is_gap(self) -> bool:
        return not self.tally.findings


@dataclass(frozen=True)
class Row:
    """People: a PMKS, or a folded cluster; `term` None: findings that name none."""

    term: Term | None
    total: Tally
    cells: tuple[Cell, ...]

    @property
    def label(self) -> str:
        return self.term.label if self.term else _("not told")

    @cached_property
    def known(self) -> list[Cell]:
        return [cell for cell in self.cells if not cell.is_gap]

    @cached_property
    def gaps(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_gap and cell.column.term]


@dataclass(frozen=True)
class Group:
    """A cluster: unfolded with the rows of its PMKS, folded with one row of its own."""

    term: Term | None
    total: Tally
    rows: tuple[Row, ...]
    is_folded: bool = False
    fold_query: str = ""

    @property
    def label(self) -> str:
        return self.term.label if self.term else _("not told")

    @property
    def slug(self) -> str:
        return self.term.slug if self.term else NOT_TOLD


@dataclass(frozen=True)
class ColumnGroup:
    """A pillar over the columns of its services."""

    term: Term | None
    span: int


@dataclass(frozen=True)
class EvidenceMap:
    axis: MapAxis
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    total: Tally
    largest: int = 0
    asked: Asked = field(default_factory=Asked)

    @property
    def rows(self) -> Iterator[Row]:
        for group in self.groups:
            yield from group.rows

    @cached_property
    def column_groups(self) -> list[ColumnGroup]:
        """Nothing where the columns have no groups."""
        found: list[ColumnGroup] = []
        for column in self.columns:
            if found and found[-1].term == column.group:
                found[-1] = ColumnGroup(column.group, found[-1].span + 1)
            else:
                found.append(ColumnGroup(column.group, 1))
        return found if any(group.term for group in found) else []

    @property
    def number_of_gaps(self) -> int:
        return sum(len(row.gaps) for row in self.rows if row.term)

    @property
    def number_of_cells(self) -> int:
        """Without those of what is not told."""
        return sum(1 for row in self.rows if row.term for cell in row.cells if cell.column.term)

    @property
    def axis_label(self) -> str:
        return _("services") if self.axis == MapAxis.SERVICE else _("outcomes")


def shown(terms: list[Term], counted: Mapping[int | None, Tally]) -> list[Term]:
    """Current terms, and retired ones of which something is still known."""
    return [term for term in terms if not term.is_retired or term.pk in counted]


def columns_of(axis: MapAxis, known: Vocabulary, counts: Counts) -> tuple[Column, ...]:
    kind = "service" if axis == MapAxis.SERVICE else "outcome"
    pillars = known.by_pk["pillar"]
    terms = shown(known.terms[kind], counts.columns)
    if axis == MapAxis.SERVICE:
        order = {term.pk: place for place, term in enumerate(known.terms["pillar"])}
        terms = sorted(terms, key=lambda term: order.get(term.parent or 0, len(order)))
    columns = [Column(t, pillars.get(t.parent or 0), counts.columns.get(t.pk, NOTHING)) for t in terms]
    if axis == MapAxis.SERVICE or None in counts.columns:
        columns.append(Column(None, None, counts.columns.get(None, NOTHING)))
    return tuple(columns)
