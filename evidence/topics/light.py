"""A finding as far as it is counted."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language

from evidence.models import Direction, Said


@dataclass(frozen=True, slots=True)
class Light:
    """`strength` is the lowest level that a rater gave; None where nobody has rated it."""

    pk: int
    output: int
    direction: str
    strength: int | None
    service: int | None
    outcome: int | None
    cost: Decimal | None
    basis_id: str
    basis_en: str
    tells_harms: bool

    @property
    def compares(self) -> bool:
        return self.direction != Direction.DESCRIPTIVE

    @property
    def basis(self) -> Said:
        """In the language of the page, else in the other."""
        here, there = ("en", "id") if get_language() == "en" else ("id", "en")
        texts = {"id": self.basis_id, "en": self.basis_en}
        return Said(texts[here], here) if texts[here] or not texts[there] else Said(texts[there], there)
