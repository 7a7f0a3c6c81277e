"""What several raters say together: never a bare number, always how far they agree."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.models import WANTED_RATERS, Level, Rating, RatingKind


@dataclass(frozen=True, slots=True)
class Assessment:
    """The ratings of one kind."""

    kind: RatingKind
    ratings: tuple[Rating, ...]

    @property
    def levels(self) -> list[Level]:
        return sorted(Level(rating.value) for rating in self.ratings)

    @property
    def is_rated(self) -> bool:
        return bool(self.ratings)

    @property
    def wants_raters(self) -> bool:
        return len(self.ratings) < WANTED_RATERS

    @property
    def spread(self) -> int:
        return self.levels[-1] - self.levels[0] if self.ratings else 0

    @property
    def lowest(self) -> int:
        """0 while nobody has rated it; for what is drawn."""
        return int(self.levels[0]) if self.ratings else 0

    @property
    def word(self) -> str:
        if not self.ratings:
            return _("not rated yet")
        lowest, highest = self.levels[0].label, self.levels[-1].label
        return str(lowest) if not self.spread else _("%(low)s to %(high)s") % {"low": lowest, "high": highest}

    @property
    def agreement(self) -> str:
        number = len(self.ratings)
        if number == 0:
            return _("Nobody has rated it yet.")
        if number == 1:
            return _("One rater only; a second is wanted.")
        if not self.spread:
            return ngettext("%(number)d rater agrees.", "%(number)d raters agree.", number) % {"number": number}
        text = ngettext(
            "%(number)d raters differ by %(levels)d level.",
            "%(number)d raters differ by %(levels)d levels.",
            self.spread,
        )
        return text % {"number": number, "levels": self.spread}


def assess(ratings: Iterable[Rating]) -> list[Assessment]:
    """Strength first, then applicability."""
    known = list(ratings)
    return [Assessment(kind, tuple(r for r in known if r.kind == kind)) for kind in RatingKind]
