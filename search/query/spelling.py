"""“Maksud Anda …”: misspelt words corrected to words of the index, with everything else left as it was typed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import log

from rapidfuzz.distance import OSA
from tantivy import Query

from search import analysis
from search.analysis.indonesian import is_root
from search.analysis.stopwords import STOP_WORDS
from search.index.reading import Reader
from search.query.building import LONG_WORD
from search.query.language import parse
from search.query.request import SearchRequest
from search.query.results import Correction, Piece

FEW = 10  # hits; who finds more is not asked whether something else was meant
RARE = 2  # a word of so few outputs may be a misspelling
CLEARLY_MORE = 3  # times as many hits
_SHORTEST = 4
_DISTANCE_COSTS = 4.0  # a letter more that is wrong outweighs a word that is e⁴ times as frequent


def correction(
    asked: SearchRequest, total: int, reader: Reader, count: Callable[[SearchRequest], int]
) -> Correction | None:
    """None unless the corrected words find clearly more."""
    if total >= FEW or not asked.words:
        return None
    replaced = list(_replacements(asked.words, reader))
    if not replaced:
        return None
    pieces, at = [], 0
    for start, end, word in replaced:
        pieces += [Piece(asked.words[at:start], False), Piece(word, True)]
        at = end
    pieces.append(Piece(asked.words[at:], False))
    corrected = replace(asked, words="".join(piece.text for piece in pieces), page=1, notices=())
    found = count(corrected)
    if found < max(1, CLEARLY_MORE * total):
        return None
    return Correction(corrected, tuple(piece for piece in pieces if piece.text), found)


def _replacements(text: str, reader: Reader) -> Iterator[tuple[int, int, str]]:
    asked = parse(text)
    for part in sorted(asked.wanted, key=lambda part: part.start):
        for word in analysis.words(part.text):
            if len(word.text) >= _SHORTEST and word.text.isalpha() and word.text not in STOP_WORDS:
                better = _better(word.text, reader)
                if better:
                    yield part.start + word.start, part.start + word.end, better


def _better(word: str, reader: Reader) -> str:
    stems = analysis.stems(word)
    known = max(reader.outputs.doc_freq("all", word), *(reader.outputs.doc_freq("all_stem", stem) for stem in stems), 0)
    if known > RARE or any(is_root(stem) for stem in stems):
        return ""
    return max(_candidates(word, reader, known * CLEARLY_MORE), default=(0.0, ""))[1]


def _candidates(word: str, reader: Reader, known: int) -> Iterator[tuple[float, str]]:
    """Words that begin with the same letter, or with the second, if the first two were swapped or one was left out."""
    furthest = 1 if len(word) < LONG_WORD else 2
    for first in dict.fromkeys((word[0], word[1])):
        for other, documents in _words(first, reader):
            if other == word or documents <= known or abs(len(other) - len(word)) > furthest:
                continue
            distance = OSA.distance(word, other, score_cutoff=furthest)
            if distance <= furthest:
                yield log(documents) - _DISTANCE_COSTS * distance, other


def _words(first: str, reader: Reader) -> list[tuple[str, int]]:
    return reader.outputs.terms_with_prefix("words", first, filter_query=Query.all_query())
