"""“Maksud Anda …”: misspelt words corrected to words of the index, with everything else left as it was typed."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from search import analysis
from search.analysis.stopwords import STOP_WORDS
from search.index.reading import Reader
from search.query.language import parse
from search.query.near import frequency, is_correct, near_words
from search.query.request import SearchRequest
from search.query.results import Correction, Piece

FEW = 10  # hits; who finds more is not asked whether something else was meant
RARE = 2  # a word of so few outputs may be a misspelling
CLEARLY_MORE = 3  # times as many hits
_SHORTEST = 4


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
    known = frequency(word, reader.outputs)
    if known > RARE or is_correct(word):
        return ""
    return next(iter(near_words(word, reader.outputs, more_than=known * CLEARLY_MORE)), "")
