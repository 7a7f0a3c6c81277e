"""How large a bubble is: its area grows with the number of studies, from a size in which a number can be read."""

from math import sqrt

SIZES = 8


def size_of(studies: int, largest: int) -> int:
    """1 to `SIZES`, 0 for none: steps of the diameter, since style sheets know no numbers."""
    if studies < 1 or largest < 1:
        return 0
    return max(1, round(SIZES * sqrt(min(studies, largest) / largest)))


def radius_of(studies: int, largest: int, smallest: float, greatest: float) -> float:
    """The same without steps, for drawings."""
    if studies < 1 or largest < 1:
        return 0.0
    return round(max(smallest, greatest * sqrt(min(studies, largest) / largest)), 2)
