"""Words of the index that are spelt nearly like another."""

from collections.abc import Iterator
from math import log

from rapidfuzz.distance import OSA
from tantivy import Query, Searcher

from search import analysis
from search.analysis.indonesian import is_root

LONG_WORD = 6  # two wrong letters are forgiven in words from this length on
_DISTANCE_COSTS = 4.0  # a letter more that is wrong outweighs a word that is e⁴ times as frequent


def near_words(word: str, searcher: Searcher, more_than: int = 0) -> list[str]:
    """Those that more than so many outputs have, the likeliest first. They begin with the same letter, or with the
    second one, if the first two were swapped or the first is one too many.
    """
    return [other for _likely, other in sorted(_ranked(word, searcher, more_than), reverse=True)]


def _ranked(word: str, searcher: Searcher, more_than: int) -> Iterator[tuple[float, str]]:
    furthest = 1 if len(word) < LONG_WORD else 2
    for first in dict.fromkeys(word[:2]):
        for other, documents in searcher.terms_with_prefix("words", first, filter_query=Query.all_query()):
            if documents <= more_than or abs(len(other) - len(word)) > furthest:
                continue
            distance = OSA.distance(word, other, score_cutoff=furthest)
            if 0 < distance <= furthest:
                yield log(documents) - _DISTANCE_COSTS * distance, other


def frequency(word: str, searcher: Searcher) -> int:
    """In how many outputs a word stands, in any of its forms, anywhere."""
    forms = [searcher.doc_freq("all_stem", stem) for stem in analysis.stems(word)]
    return max(searcher.doc_freq("all", word), *forms, 0)


def is_correct(word: str) -> bool:
    """Whether the dictionary has it, though perhaps not the index."""
    return any(is_root(stem) for stem in analysis.stems(word))
