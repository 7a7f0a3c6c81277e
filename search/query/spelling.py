"""“Maksud Anda …”: misspelt words corrected to words of the index, with everything else left as it was typed."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from search import analysis
from search.analysis.stopwords import STOP_WORDS
from search.index.reading import Reader
from search.query.building import Built
from search.query.language import parse
from search.query.near import frequency, is_correct, near_words
from search.query.request import SearchRequest
from search.query.results import Correction, Piece

FEW = 10  # hits; who finds more is not asked whether something else was meant
RARE = 2  # a word of so few outputs may be a misspelling
CLEARLY_MORE = 3  # times as many hits
_SHORTEST = 4


def correction(
    asked: SearchRequest, total: int, built: Built, reader: Reader, count: Callable[[SearchRequest], int]
) -> Correction | None:
    """For words that the index does not know; for rare ones only if the corrected words find clearly more."""
    if not asked.words or not (built.unknown or total < FEW):
        return None
    replaced = list(_replacements(asked.words, built, reader))
    if not replaced:
        return None
    pieces, at = [], 0
    for start, end, word in replaced:
        pieces += [Piece(asked.words[at:start], False), Piece(word, True)]
        at = end
    pieces.append(Piece(asked.words[at:], False))
    corrected = replace(asked, words="".join(piece.text for piece in pieces), page=1, notices=())
    found = count(corrected)
    if found < (1 if built.unknown else max(1, CLEARLY_MORE * total)):
        return None
    return Correction(corrected, tuple(piece for piece in pieces if piece.text), found)


def _replacements(text: str, built: Built, reader: Reader) -> Iterator[tuple[int, int, str]]:
    for part in sorted(parse(text).wanted, key=lambda part: part.start):
        for word in analysis.words(part.text):
            if better := _better(word.text, built, reader):
                yield part.start + word.start, part.start + word.end, better


def _better(word: str, built: Built, reader: Reader) -> str:
    if word in built.unknown:
        return built.unknown[word]
    if len(word) < _SHORTEST or not word.isalpha() or word in STOP_WORDS or is_correct(word):
        return ""
    known = frequency(word, reader.outputs)
    if known > RARE:
        return ""
    return next(iter(near_words(word, reader.outputs, more_than=known * CLEARLY_MORE)), "")
