"""Puts a map together from what was counted."""

from collections.abc import Callable
from urllib.parse import urlencode

from evidence.mapping.asked import AXES, Asked
from evidence.mapping.cells import NOTHING, Cell, Column, Counts, EvidenceMap, Group, Row, Tally, columns_of, shown
from evidence.mapping.geometry import size_of
from evidence.mapping.vocabulary import NOT_TOLD, Term, Vocabulary

Tallied = Callable[[int | None, int | None], Tally]


def build(asked: Asked, known: Vocabulary, counts: Counts, list_url: str = "") -> EvidenceMap:
    """`list_url`: of the list of findings, to which each cell leads."""
    return _Builder(asked, known, counts, list_url).map()


class _Builder:
    def __init__(self, asked: Asked, known: Vocabulary, counts: Counts, list_url: str) -> None:
        self.asked, self.known, self.counts = asked.for_map(), known, counts
        self.columns = columns_of(asked.axis, known, counts)
        self.parameter = next(name for name, axis in AXES.items() if axis == asked.axis)
        self.rest = urlencode(self.asked.filters())
        self.list_url = list_url
        self.largest = max((tally.studies for tally in self._tallies()), default=0)

    def _tallies(self) -> list[Tally]:
        folded = {term.pk for term in self.known.terms["cluster"] if term.slug in self.asked.folded}
        cells = [tally for (row, _column), tally in self.counts.cells.items() if self._cluster_of(row) not in folded]
        return cells + [tally for (row, _column), tally in self.counts.clusters.items() if row in folded]

    def _cluster_of(self, pmks: int | None) -> int | None:
        term = self.known.by_pk["pmks"].get(pmks or 0)
        return term.parent if term else None

    def map(self) -> EvidenceMap:
        return EvidenceMap(
            axis=self.asked.axis,
            columns=self.columns,
            groups=tuple(self._groups()),
            total=self.counts.total,
            largest=self.largest,
            asked=self.asked,
        )

    def _groups(self) -> list[Group]:
        people = shown(self.known.terms["pmks"], self.counts.rows)
        groups = [self._group(cluster, [p for p in people if p.parent == cluster.pk]) for cluster in self._clusters()]
        if None in self.counts.rows:
            row = self._row(None, f"pmks={NOT_TOLD}", self._of_pmks, self.counts.rows[None])
            groups.append(Group(None, row.total, (row,)))
        return [group for group in groups if group.rows]

    def _clusters(self) -> list[Term]:
        return shown(self.known.terms["cluster"], self.counts.cluster_rows)

    def _group(self, cluster: Term, people: list[Term]) -> Group:
        total = self.counts.cluster_rows.get(cluster.pk, NOTHING)
        is_folded = cluster.slug in self.asked.folded and bool(people)
        if is_folded:
            rows = [self._row(cluster, f"klaster={cluster.slug}", self._of_cluster, total)]
        else:
            rows = [self._pmks_row(term) for term in people]
        return Group(cluster, total, tuple(rows), is_folded, self.asked.toggling(cluster.slug).query())

    def _pmks_row(self, term: Term) -> Row:
        return self._row(term, f"pmks={term.slug}", self._of_pmks, self.counts.rows.get(term.pk, NOTHING))

    def _of_pmks(self, row: int | None, column: int | None) -> Tally:
        return self.counts.cells.get((row, column), NOTHING)

    def _of_cluster(self, row: int | None, column: int | None) -> Tally:
        return self.counts.clusters.get((row, column), NOTHING)

    def _row(self, term: Term | None, people: str, tallied: Tallied, total: Tally) -> Row:
        pk = term.pk if term else None
        return Row(term, total, tuple(self._cell(tallied, pk, column, people) for column in self.columns))

    def _cell(self, tallied: Tallied, row: int | None, column: Column, people: str) -> Cell:
        tally = tallied(row, column.term.pk if column.term else None)
        query = f"{people}&{self.parameter}={column.slug}" + (f"&{self.rest}" if self.rest else "")
        return Cell(column, tally, f"{self.list_url}?{query}", size_of(tally.studies, self.largest))
