"""nDCG@10 of the judged queries: this analysis, and what would be found with others."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import log2
from pathlib import Path

import pytest

from search import analysis, synonyms
from search.analysis.stopwords import STOP_WORDS
from search.index import documents
from search.thesaurus import Slot
from tests.search.query.indexes import demo_outputs, demo_rows, found, reader_of, thesaurus

GRADES = {"best": 3, "good": 2, "related": 1}
DEPTH = 10
Stemmer = Callable[[str], str]


@dataclass(frozen=True)
class Judged:
    query: str
    grades: dict[str, int]


def judged() -> list[Judged]:
    with (Path(__file__).parent / "queries.csv").open(encoding="utf-8", newline="") as file:
        return [
            Judged(row["query"], {key: grade for name, grade in GRADES.items() for key in (row[name] or "").split()})
            for row in csv.DictReader(file)
        ]


def ndcg(keys: list[str], grades: dict[str, int]) -> float:
    """1 when nothing could stand in a better order."""
    ideal = _gain(sorted(grades.values(), reverse=True)[:DEPTH])
    return _gain([grades.get(key, 0) for key in keys[:DEPTH]]) / ideal


def _gain(grades: list[int]) -> float:
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))


def measure(folder: Path, *, with_synonyms: bool = True) -> dict[str, float]:
    """nDCG@10 by query, with the analysis as it is now."""
    reader = reader_of(demo_rows(), folder)
    keys = [output["key"] for output in demo_outputs()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(synonyms, "expand", thesaurus().expand if with_synonyms else words_alone)
        return {each.query: ndcg([keys[pk] for pk in found(reader, each.query)], each.grades) for each in judged()}


def words_alone(text: str) -> list[Slot]:
    return [Slot((term.text,), term.start, term.end) for term in analysis.terms(text)]


@contextmanager
def other_stemmer(stemmer: Stemmer) -> Iterator[None]:
    """Index and ask with another stemmer; words and stop words stay the same."""

    def terms(text: str) -> list[analysis.Term]:
        words = [word for word in analysis.words(text) if word.text not in STOP_WORDS]
        return [analysis.Term(stemmer(word.text), word.start, word.end) for word in words]

    def stems(text: str) -> list[str]:
        return [term.text for term in terms(text)]

    def analyse(text: str) -> analysis.Analysed:
        return analysis.Analysed(analysis.exact(text), stems(text))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents, "analyse", analyse)
        patch.setattr(analysis, "stems", stems)
        patch.setattr(analysis, "terms", terms)
        yield
