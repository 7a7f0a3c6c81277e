"""Words with their places in the text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from search.analysis.folding import fold

MARKS = "\u0300-\u036f"
APOSTROPHES = "'’‘ʼʻ`´ʾʿ′"
INVISIBLE = "\u00ad\u200c\u200d\u2060"
# Everything between two blanks, without the punctuation around it.
CHUNK = re.compile(rf"[^\W_](?:\S*[^\W_])?[{MARKS}]*")
_PIECE = re.compile(
    r"(?<!\w)[Rr][Pp](?=\d)"  # Rp500
    r"|(?:(?<!\w)(?<!\d[.,])|(?<=[Rr][Pp]))\d{1,3}(?:[.,]\d{3})+(?!\w)"  # 1.000.000
    rf"|[^\W_](?:[^\W_]|[{MARKS}]|[{APOSTROPHES}{INVISIBLE}]+(?=[^\W_]))*"
)
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s$", re.IGNORECASE)
_LETTERS_DIGITS = re.compile(r"([^\W\d_]{3,})(\d{2,}|[013-9])")  # anak2 is short for anak-anak
LONGEST = 64


class Word(NamedTuple):
    """`text` is folded; `start` and `end` are its place in the text as given."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """HIV/AIDS, anak-anak, COVID-19 and 11/2009 give their parts; Ma'arif and 1.000.000 are one word."""
    return [word for chunk in CHUNK.finditer(text) for word in words_of_chunk(chunk[0], chunk.start())]


def words_of_chunk(chunk: str, offset: int = 0) -> Iterator[Word]:
    for piece in _PIECE.finditer(chunk):
        raw, start = _POSSESSIVE.sub("", piece[0]), offset + piece.start()
        folded = fold(raw)
        if both := _LETTERS_DIGITS.fullmatch(folded):  # COVID19 is COVID and 19, as COVID-19 is; P2K2 stays whole
            cut = _length_of_end(raw, both[2])
            yield Word(both[1][:LONGEST], start, start + len(raw) - cut)
            yield Word(both[2][:LONGEST], start + len(raw) - cut, start + len(raw))
        elif folded:
            yield Word(folded[:LONGEST], start, start + len(raw))


def _length_of_end(raw: str, folded: str) -> int:
    """How much of the end of a word gives its folded end; some characters fold to several or to none."""
    return next((size for size in range(1, len(raw)) if fold(raw[-size:]) == folded), len(folded))
