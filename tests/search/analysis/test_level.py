"""How many words of a family are joined, and how many strangers are kept apart: this analysis, plain PySastrawi and
Snowball (as PostgreSQL has it).

families.csv and strangers.csv were written for this project. The "known" families and the strangers were looked at
while the rules and data/stems.csv were made; the "unseen" ones were written afterwards and never tuned to.
"""

import csv
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from search.analysis import stems

HERE = Path(__file__).parent
Stemmer = Callable[[str], str]


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def families(which: str) -> list[list[str]]:
    return [row["words"].split() for row in rows("families.csv") if row["set"] == which]


FAMILIES = {which: families(which) for which in ("known", "unseen")}
STRANGERS = [(row["word"], row["other"]) for row in rows("strangers.csv")]


def ours(word: str) -> str:
    return " ".join(stems(word))


def snowball(word: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ts_lexize('indonesian_stem', %s)", [word])
        return (cursor.fetchone()[0] or [word])[0]


def joined(stemmer: Stemmer, listed: list[list[str]]) -> float:
    """The share of a family's pairs of words that have one stem."""
    found = [{word: stemmer(word) for word in family} for family in listed]
    pairs = [stem[one] == stem[other] for stem in found for one, other in combinations(stem, 2)]
    return sum(pairs) / len(pairs)


def wrong(stemmer: Stemmer) -> list[tuple[str, str]]:
    return [pair for pair in STRANGERS if stemmer(pair[0]) == stemmer(pair[1])]


def test_the_lists_are_large_enough() -> None:
    assert len(FAMILIES["known"]) >= 60 and len(FAMILIES["unseen"]) >= 40 and len(STRANGERS) >= 60


def test_families_are_joined_and_strangers_are_not() -> None:
    assert joined(ours, FAMILIES["known"]) >= 0.98
    assert joined(ours, FAMILIES["unseen"]) >= 0.98
    assert wrong(ours) == []


@pytest.mark.django_db
def test_better_than_the_alternatives(record_property: Any) -> None:
    plain = StemmerFactory().create_stemmer().stem
    for name, stemmer in (("ours", ours), ("pysastrawi", plain), ("snowball", snowball)):
        for which, listed in FAMILIES.items():
            record_property(f"{name} {which}", f"{joined(stemmer, listed):.1%}")
        record_property(f"{name} wrong", str(len(wrong(stemmer))))
    for listed in FAMILIES.values():
        assert joined(ours, listed) > joined(plain, listed) > joined(snowball, listed)
    assert len(wrong(ours)) < len(wrong(plain))
