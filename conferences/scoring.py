"""What several judgements of one thing come to; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

FAR = 1.5  # points from the median, of at least three


@dataclass(frozen=True, slots=True)
class Summary:
    """`outliers`: which of the scores lie far from the median, by their place."""

    count: int
    median: float | None
    spread: float | None
    outliers: frozenset[int]


def weighted(points: Sequence[tuple[int, int]]) -> float | None:
    """The mean of (points, weight)."""
    weights = sum(weight for _, weight in points)
    return sum(point * weight for point, weight in points) / weights if weights else None


def summary(scores: Sequence[float | None]) -> Summary:
    known = [score for score in scores if score is not None]
    if not known:
        return Summary(0, None, None, frozenset())
    middle = median(known)
    far = frozenset(
        place
        for place, score in enumerate(scores)
        if score is not None and len(known) >= 3 and abs(score - middle) >= FAR
    )
    return Summary(len(known), middle, max(known) - min(known), far)
