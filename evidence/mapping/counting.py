"""Counts a map from the findings themselves, all of one moment; `queries.mapping` has the database do the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from evidence.mapping.cells import NOTHING, Counts, Tally


@dataclass(frozen=True, slots=True)
class Counted:
    """What of a finding decides where it stands; `pmks` empty and `column` None: not told."""

    pk: int
    output: int
    pmks: tuple[int, ...]
    column: int | None
    strength: int | None


@dataclass
class _Bin:
    studies: set[int] = field(default_factory=set)
    levels: list[int] = field(default_factory=lambda: [0] * 5)

    def add(self, finding: Counted) -> None:
        self.studies.add(finding.output)
        self.levels[finding.strength or 0] += 1

    def tally(self) -> Tally:
        return Tally(len(self.studies), sum(self.levels), tuple(self.levels))


def count(findings: Iterable[Counted], cluster_of: Mapping[int, int]) -> Counts:
    """`cluster_of`: the cluster of each PMKS."""
    bins: dict[tuple[str, Any], _Bin] = defaultdict(_Bin)
    for finding in findings:
        for place in _places(finding, cluster_of):
            bins[place].add(finding)
    found: dict[str, dict[Any, Tally]] = defaultdict(dict)
    for (what, key), content in bins.items():
        found[what][key] = content.tally()
    return Counts(
        found["cells"],
        found["clusters"],
        found["rows"],
        found["cluster_rows"],
        found["columns"],
        found["total"].get(None, NOTHING),
    )


def _places(finding: Counted, cluster_of: Mapping[int, int]) -> Iterable[tuple[str, Any]]:
    """Each once, also where several of its PMKS are of one cluster."""
    yield "total", None
    yield "columns", finding.column
    rows: set[int | None] = set(finding.pmks) or {None}
    for row in rows:
        yield "rows", row
        yield "cells", (row, finding.column)
    for cluster in {None if row is None else cluster_of.get(row) for row in rows}:
        yield "cluster_rows", cluster
        yield "clusters", (cluster, finding.column)
