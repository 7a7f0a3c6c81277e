"""Long lists by first letter, read from the index of the names."""

from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left, Upper

OTHERS = "lain"  # as it stands in addresses: names that begin with no letter from A to Z


@dataclass(frozen=True, slots=True)
class Letter:
    letter: str
    count: int

    @property
    def slug(self) -> str:
        return self.letter.lower()


def count_letters(things: QuerySet[Any], field: str) -> list[Letter]:
    counted = things.order_by().annotate(letter=Upper(Left(field, 1))).values_list("letter").annotate(n=Count("pk"))
    found = dict(counted)
    known = [Letter(letter, found.pop(letter)) for letter in ascii_uppercase if letter in found]
    return known + ([Letter(OTHERS, sum(found.values()))] if found else [])


def starting_with(things: QuerySet[Any], field: str, letter: str) -> QuerySet[Any]:
    """`letter` is a capital from A to Z or OTHERS. Ranges, since an index serves them and not a function call."""
    if letter == OTHERS:
        within = Q(**{f"{field}__gte": "A", f"{field}__lt": "["}) | Q(**{f"{field}__gte": "a", f"{field}__lt": "{"})
        return things.exclude(within)
    small = letter.lower()
    return things.filter(
        Q(**{f"{field}__gte": letter, f"{field}__lt": chr(ord(letter) + 1)})
        | Q(**{f"{field}__gte": small, f"{field}__lt": chr(ord(small) + 1)})
    )
