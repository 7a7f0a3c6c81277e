"""The geometry of small charts; templates draw it as SVG, always with the same numbers in a table."""

from collections.abc import Sequence
from dataclasses import dataclass

BAR_AREA = 270
BAR_HEIGHT = 70


@dataclass(frozen=True, slots=True)
class Bar:
    x: str  # texts: a decimal comma would break the drawing
    y: str
    width: str
    height: str
    year: int
    count: int


@dataclass(frozen=True, slots=True)
class BarChart:
    bars: list[Bar]

    @property
    def first(self) -> int:
        return self.bars[0].year

    @property
    def last(self) -> int:
        return self.bars[-1].year

    @property
    def table(self) -> list[Bar]:
        """Newest first, without empty years."""
        return [bar for bar in reversed(self.bars) if bar.count]


def bar_chart(counts: Sequence[tuple[int, int]]) -> BarChart | None:
    """Bars for every year from the first to the last; None where there is nothing to draw."""
    by_year = dict(counts)
    if not by_year:
        return None
    years = range(min(by_year), max(by_year) + 1)
    step, most = BAR_AREA / len(years), max(by_year.values())
    return BarChart([_bar(index, year, by_year.get(year, 0), step, most) for index, year in enumerate(years)])


def _bar(index: int, year: int, count: int, step: float, most: int) -> Bar:
    height = max(1.0, BAR_HEIGHT * count / most) if count else 0.0
    width = min(step * 0.72, 24)
    return Bar(
        f"{index * step:.1f}", f"{BAR_HEIGHT - height:.1f}", f"{max(width, 0.8):.1f}", f"{height:.1f}", year, count
    )
