"""Stems with their places in the text."""

from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from search.analysis.stemming import stem
from search.analysis.stopwords import STOP_WORDS
from search.analysis.words import CHUNK, words_of_chunk


class Term(NamedTuple):
    """`text` is a stem; `start` and `end` are the place of what it came from."""

    text: str
    start: int
    end: int


class _Chunk(NamedTuple):
    exact: tuple[str, ...]
    terms: tuple[Term, ...]
    stems: tuple[str, ...]


def exact(text: str) -> list[str]:
    """Every word, folded, in its order."""
    return list(chain.from_iterable([_chunk(chunk).exact for chunk in CHUNK.findall(text)]))


def stems(text: str) -> list[str]:
    """The stems of all words but the stop words, in their order."""
    return list(chain.from_iterable([_chunk(chunk).stems for chunk in CHUNK.findall(text)]))


def terms(text: str) -> list[Term]:
    return [
        Term(term.text, match.start() + term.start, match.start() + term.end)
        for match in CHUNK.finditer(text)
        for term in _chunk(match[0]).terms
    ]


@lru_cache(maxsize=1 << 17)
def _chunk(chunk: str) -> _Chunk:
    found = list(words_of_chunk(chunk))
    found_terms = tuple(Term(stem(word.text), word.start, word.end) for word in found if word.text not in STOP_WORDS)
    return _Chunk(tuple(word.text for word in found), found_terms, tuple(term.text for term in found_terms))
