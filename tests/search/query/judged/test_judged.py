"""The level of what is found, held against other ways to read words. docs/developers/search-query.md has the table."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.search.query.indexes import demo_outputs
from tests.search.query.judged.measuring import judged, measure, ndcg, other_stemmer


def mean(measured: dict[str, float]) -> float:
    return sum(measured.values()) / len(measured)


@cache
def snowball(word: str) -> str:
    """Indonesian, as PostgreSQL has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ts_lexize('indonesian_stem', %s)", [word])
        return (cursor.fetchone()[0] or [word])[0]


def test_the_judged_set_is_sound() -> None:
    keys = {output["key"] for output in demo_outputs()}
    queries = [each.query for each in judged()]
    assert len(queries) == len(set(queries)) >= 60
    for each in judged():
        assert each.grades and set(each.grades) <= keys, each.query


def test_ndcg() -> None:
    grades = {"a": 3, "b": 1}
    assert ndcg(["a", "b"], grades) == 1
    assert 0 < ndcg(["b", "a"], grades) < 1
    assert ndcg(["c"], grades) == 0


@pytest.mark.django_db
def test_the_level_is_kept(tmp_path: Path, record_property: Any) -> None:
    found = {
        "this analysis": mean(measure(tmp_path / "a")),
        "without synonyms": mean(measure(tmp_path / "b", with_synonyms=False)),
    }
    with other_stemmer(snowball):
        found["Snowball"] = mean(measure(tmp_path / "c"))
    with other_stemmer(lambda word: word):
        found["plain words"] = mean(measure(tmp_path / "d"))
        found["plain words without synonyms"] = mean(measure(tmp_path / "e", with_synonyms=False))
    for name, value in found.items():
        record_property(name, f"{value:.3f}")
    assert found["this analysis"] >= 0.905
    assert found["this analysis"] >= found["Snowball"] - 0.005
    assert found["this analysis"] > found["plain words"] + 0.01
    assert found["this analysis"] > found["without synonyms"] + 0.1
