"""Where a text says what was asked for: also in other forms of the word, and in other words for it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import OSA

from search import analysis
from search.analysis.words import CHUNK
from search.query.building import Marks
from search.query.results import Piece, Pieces

SNIPPET_LENGTH = 260
_BEFORE = 60  # so much of a snippet stands before its first mark
_NEXT = 2  # words of a term stand at most so many chunks apart
_WRONG = 2


class Mark(NamedTuple):
    """A place in a text, and what of the question it answers."""

    start: int
    end: int
    term: str


class _Found(NamedTuple):
    start: int
    end: int
    term: str
    is_mark: bool


@dataclass
class Highlighter:
    """For the texts of one answer: a word's forms are looked at once, however often it stands there."""

    marks: Marks
    _seen: dict[str, tuple[_Found, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._parts = {stem for run in self.marks.runs for stem in run}

    def marks_in(self, text: str) -> list[Mark]:
        if not self.marks:
            return []
        found: list[Mark] = []
        waiting: list[tuple[int, Mark]] = []  # possible parts of terms of several words, with their chunk's number
        for number, chunk in enumerate(CHUNK.finditer(text)):
            for start, end, term, is_mark in self._in_chunk(chunk[0]):
                mark = Mark(chunk.start() + start, chunk.start() + end, term)
                if is_mark:
                    found.append(mark)
                if term in self._parts:
                    waiting.append((number, mark))
        if self.marks.runs and len(waiting) > 1:
            found = sorted({*found, *self._runs(waiting)})
        return found

    def pieces(self, text: str) -> Pieces:
        return cut(text, self.marks_in(text), 0, len(text))

    def snippet(self, text: str, marks: Sequence[Mark]) -> Pieces:
        """The stretch of the text that says most of what was asked for."""
        start, end = _window(text, marks)
        pieces = cut(text, marks, start, end)
        before, after = ("… " if start else ""), (" …" if end < len(text) else "")
        return tuple(piece for piece in (Piece(before, False), *pieces, Piece(after, False)) if piece.text)

    def _in_chunk(self, chunk: str) -> tuple[_Found, ...]:
        found = self._seen.get(chunk)
        if found is None:
            found = self._seen[chunk] = tuple(self._look_at(chunk))
        return found

    def _look_at(self, chunk: str) -> Iterator[_Found]:
        for term in analysis.terms(chunk):
            if term.text in self.marks.stems or term.text in self._parts:
                yield _Found(term.start, term.end, term.text, term.text in self.marks.stems)
        if self.marks.words or self.marks.misspelt:
            for word in analysis.words(chunk):
                if word.text in self.marks.words or self._is_meant(word.text):
                    yield _Found(word.start, word.end, word.text, True)

    def _is_meant(self, word: str) -> bool:
        return any(OSA.distance(word, typed, score_cutoff=_WRONG) <= _WRONG for typed in self.marks.misspelt)

    def _runs(self, waiting: Sequence[tuple[int, Mark]]) -> Iterator[Mark]:
        for at in range(len(waiting)):
            for run in self.marks.runs:
                stretch = waiting[at : at + len(run)]
                if tuple(mark.term for _number, mark in stretch) == run and _are_neighbours(stretch):
                    yield from (mark for _number, mark in stretch)


def _are_neighbours(stretch: Sequence[tuple[int, Mark]]) -> bool:
    return all(later[0] - earlier[0] <= _NEXT for earlier, later in zip(stretch, stretch[1:], strict=False))


def covered(marks: Sequence[Mark]) -> int:
    """How many different things of the question a text answers."""
    return len({mark.term for mark in marks})


def cut(text: str, marks: Sequence[Mark], start: int, end: int) -> Pieces:
    """The text from `start` to `end` in pieces; overlapping marks are one."""
    pieces: list[Piece] = []
    at = start
    for begin, stop in _joined(text, marks):
        begin, stop = max(begin, start), min(stop, end)
        if begin >= stop:
            continue
        if at < begin:
            pieces.append(Piece(text[at:begin], False))
        pieces.append(Piece(text[begin:stop], True))
        at = stop
    if at < end:
        pieces.append(Piece(text[at:end], False))
    return tuple(pieces)


def _joined(text: str, marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """Neighbours with nothing but a blank between them are one: <lanjut usia>."""
    start = end = -1
    for mark in marks:
        if end >= 0 and (mark.start <= end or text[end : mark.start].isspace()):
            end = max(end, mark.end)
            continue
        if end >= 0:
            yield start, end
        start, end = mark.start, mark.end
    if end >= 0:
        yield start, end


def _window(text: str, marks: Sequence[Mark]) -> tuple[int, int]:
    """Where the most different marks stand together, then the most marks; from blank to blank."""
    if len(text) <= SNIPPET_LENGTH:
        return 0, len(text)
    starts = [mark.start for mark in marks]
    best, first = (0, 0), 0
    for at, mark in enumerate(marks):
        inside = marks[at : bisect_right(starts, mark.start + SNIPPET_LENGTH - _BEFORE)]
        if (score := (covered(inside), len(inside))) > best:
            best, first = score, mark.start
    start = max(0, min(first - _BEFORE, len(text) - SNIPPET_LENGTH))
    end = start + SNIPPET_LENGTH
    if start and (blank := text.find(" ", start, start + 40)) >= 0 and blank < (first or end):
        start = blank + 1
    if end < len(text) and (blank := text.rfind(" ", end - 40, end)) > start:
        end = blank
    return start, min(end, len(text))
