"""From what the database has put together to the tallies of a map, nothing counted twice.

A study has several findings, so studies are always put together as sets. A finding is of one column and one strength
but of several PMKS, so numbers of findings may be added along a row, not down a column or over the PMKS of a cluster.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from evidence.mapping.cells import NOTHING, Counts, Tally

# PMKS, column, strength; the findings, and of each the study.
Heap = tuple[int | None, int | None, int | None, list[int], list[int]]
_LEVELS = 5


class _Bin:
    """Of a cell, or of several together."""

    __slots__ = ("levels", "studies")

    def __init__(self) -> None:
        self.studies: set[int] = set()
        self.levels = [0] * _LEVELS

    def add(self, other: "_Bin") -> None:
        self.studies |= other.studies
        for level, number in enumerate(other.levels):
            self.levels[level] += number

    def tally(self) -> Tally:
        return Tally(len(self.studies), sum(self.levels), tuple(self.levels))


Bins = dict[Any, _Bin]


def tallied(heaps: Iterable[Heap], cluster_of: Mapping[int, int]) -> Counts:
    """`cluster_of`: the cluster of each PMKS."""
    cells: Bins = defaultdict(_Bin)
    in_clusters: dict[Any, set[int]] = defaultdict(set)  # the findings by cluster, column, strength
    for row, column, strength, findings, studies in heaps:
        cell = cells[row, column]
        cell.studies.update(studies)
        cell.levels[strength or 0] += len(findings)
        in_clusters[cluster_of.get(row or 0), column, strength or 0].update(findings)
    clusters = _recounted(_together(cells, lambda key: (cluster_of.get(key[0]), key[1])), in_clusters)
    in_columns: dict[Any, set[int]] = defaultdict(set)
    for (_cluster, column, level), found in in_clusters.items():
        in_columns[column, level] |= found
    columns = _recounted(_together(clusters, lambda key: key[1]), in_columns)
    total = _together(columns, lambda _key: None)
    return Counts(
        cells=_tallies(cells),
        clusters=_tallies(clusters),
        rows=_tallies(_together(cells, lambda key: key[0])),
        cluster_rows=_tallies(_together(clusters, lambda key: key[0])),
        columns=_tallies(columns),
        total=_tallies(total).get(None, NOTHING),
    )


def _together(bins: Bins, key_of: Callable[[Any], Any]) -> Bins:
    found: Bins = defaultdict(_Bin)
    for key, content in bins.items():
        found[key_of(key)].add(content)
    return found


def _recounted(bins: Bins, findings: Mapping[Any, set[int]]) -> Bins:
    """With numbers of findings that count each once: `findings` by the key of a bin and the strength."""
    for content in bins.values():
        content.levels = [0] * _LEVELS
    for (*key, level), found in findings.items():
        bins[tuple(key) if len(key) > 1 else key[0]].levels[level] = len(found)
    return bins


def _tallies(bins: Bins) -> dict[Any, Tally]:
    return {key: content.tally() for key, content in bins.items()}
