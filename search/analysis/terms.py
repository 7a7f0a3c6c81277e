"""Stems with their places in the text."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from search.analysis.compounds import PARTICLES, stems_of, twice
from search.analysis.stopwords import STOP_WORDS
from search.analysis.words import CHUNK, Word, words_of_chunk

# Enough for nearly every word of a million abstracts; an entry takes about half a kilobyte.
_REMEMBERED = 1 << 17


class Term(NamedTuple):
    """`text` is a stem; `start` and `end` are the place of what it came from."""

    text: str
    start: int
    end: int


class _Chunk(NamedTuple):
    exact: tuple[str, ...]
    terms: tuple[Term, ...]
    stems: tuple[str, ...]


class Analysed(NamedTuple):
    exact: list[str]
    stems: list[str]


def analyse(text: str) -> Analysed:
    """Every word, folded, and the stems of all but the stop words, in one pass."""
    words: list[str] = []
    found: list[str] = []
    before: tuple[str, ...] | None = None
    for raw in CHUNK.findall(text):
        chunk = _chunk(raw)
        words += chunk.exact
        if chunk.exact == before and (both := _written_apart(chunk)):
            found[-1] = both
            before = None
        else:
            found += chunk.stems
            before = chunk.exact
    return Analysed(words, found)


def exact(text: str) -> list[str]:
    return analyse(text).exact


def stems(text: str) -> list[str]:
    return analyse(text).stems


def stems_of_chunk(chunk: str) -> tuple[str, ...]:
    """Of a stretch between two blanks: what `stems` gives for it, without looking for where it begins and ends."""
    return _chunk(chunk).stems


def terms(text: str) -> list[Term]:
    """What `stems` gives, with places."""
    found: list[Term] = []
    before = None
    for match in CHUNK.finditer(text):
        chunk, start = _chunk(match[0]), match.start()
        if chunk.exact == before and (both := _written_apart(chunk)):
            found[-1] = Term(both, found[-1].start, match.end())
            before = None
        else:
            found += [Term(term.text, start + term.start, start + term.end) for term in chunk.terms]
            before = chunk.exact
    return found


def _written_apart(chunk: _Chunk) -> str | None:
    """What a word is when it stands there a second time: "undang undang" is meant as undang-undang."""
    if len(chunk.exact) == len(chunk.stems) == 1 and chunk.exact[0].isalpha():
        return twice(chunk.exact[0], chunk.exact[0])
    return None


@lru_cache(maxsize=_REMEMBERED)
def _chunk(chunk: str) -> _Chunk:
    found = list(words_of_chunk(chunk))
    found_terms = tuple(_terms(chunk, found))
    return _Chunk(tuple(word.text for word in found), found_terms, tuple(term.text for term in found_terms))


def _terms(chunk: str, found: list[Word]) -> Iterator[Term]:
    at = 0
    while at < len(found):
        word, following = found[at], found[at + 1 : at + 2]
        hyphened = bool(following) and _is_hyphen(chunk[word.end : following[0].start])
        if hyphened and word.text.isalpha() and following[0].text in PARTICLES:  # PKH-nya
            yield from _of_word(word, following[0].end)
            at += 2
        elif hyphened and word.text.isalpha() and (both := twice(word.text, following[0].text)):
            end = following[0].end
            at += 2
            if at < len(found) and found[at].text in PARTICLES and _is_hyphen(chunk[end : found[at].start]):
                end = found[at].end
                at += 1
            if word.text not in STOP_WORDS:  # masing-masing
                yield from (Term(stem, word.start, end) for stem in both.split())
        else:
            yield from _of_word(word, word.end)
            at += 1


def _of_word(word: Word, end: int) -> Iterator[Term]:
    if word.text not in STOP_WORDS:
        for stem in stems_of(word.text):
            yield Term(stem, word.start, end)


def _is_hyphen(between: str) -> bool:
    return between in {"-", "\u2010", "\u2011", "\u2013", "\u2212"}
