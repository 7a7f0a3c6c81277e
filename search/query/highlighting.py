"""Where a text says what was asked for: also in other forms of the word, and in other words for it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from typing import NamedTuple

from rapidfuzz.distance import OSA

from search import analysis
from search.analysis.words import CHUNK
from search.query.building import Marks
from search.query.results import Piece, Pieces

SNIPPET_LENGTH = 260
_BEFORE = 60  # so much of a snippet stands before its first mark
_NEXT = 2  # words of a term stand at most so many chunks apart
_LONG = 8  # in shorter words one wrong letter is what highlights forgive


class Mark(NamedTuple):
    """A place in a text, and the number of what it answers (see `Marks`)."""

    start: int
    end: int
    answers: int


class _Found(NamedTuple):
    """`answers` is None for what counts only beside the other words of a term."""

    start: int
    end: int
    term: str
    answers: int | None


class _Waiting(NamedTuple):
    """Possibly part of a term of several words."""

    chunk: int
    start: int
    end: int
    term: str


@dataclass
class Highlighter:
    """For the texts of one answer: a word's forms are looked at once, however often it stands there. `most` is the
    number of different things that a text may answer.
    """

    marks: Marks
    _seen: dict[str, tuple[_Found, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        marks = self.marks
        self._parts = {stem for run in marks.runs for stem in run}
        self._stems = self._parts | marks.stems.keys()
        self._is_spelt = bool(marks.words or marks.misspelt)
        numbers = (marks.stems, marks.runs, marks.words, marks.misspelt)
        self.most = len({number for each in numbers for number in each.values()})

    def marks_in(self, text: str, *, enough: bool = False) -> list[Mark]:
        """With `enough`, only up to behind the first stretch that answers everything: all that a snippet needs."""
        if not (seen := self._looked_at(text)):
            return []
        last = len(text)
        found: list[Mark] = []
        waiting: list[_Waiting] = []
        for number, match in enumerate(CHUNK.finditer(text)):
            if not (here := seen[match[0]]):
                continue
            if match.start() > last:
                break
            for start, end, term, answers in here:
                begin, stop = match.start() + start, match.start() + end
                if answers is not None:
                    found.append(Mark(begin, stop, answers))
                    if enough and self._is_answered(found, begin):
                        last = min(last, begin + SNIPPET_LENGTH)
                if term in self._parts:
                    waiting.append(_Waiting(number, begin, stop, term))
        if self.marks.runs and len(waiting) > 1:
            found = sorted({*found, *self._runs(waiting)})
        return found

    def _looked_at(self, text: str) -> dict[str, tuple[_Found, ...]]:
        """What each of its chunks gives; nothing if none gives anything."""
        seen, chunks = self._seen, set(CHUNK.findall(text) if self.marks else ())
        for chunk in chunks.difference(seen):
            seen[chunk] = self._look_at(chunk)
        return seen if any(map(seen.__getitem__, chunks)) else {}

    def _is_answered(self, found: Sequence[Mark], at: int) -> bool:
        """Whether the stretch that ends here answers everything."""
        near = takewhile(lambda mark: mark.start > at - SNIPPET_LENGTH + _BEFORE, reversed(found))
        return len({mark.answers for mark in near}) == self.most

    def pieces(self, text: str) -> Pieces:
        return cut(text, self.marks_in(text), 0, len(text))

    def snippet(self, text: str, marks: Sequence[Mark]) -> Pieces:
        """The stretch of the text that says most of what was asked for."""
        start, end = _window(text, marks)
        pieces = cut(text, marks, start, end)
        before, after = ("… " if start else ""), (" …" if end < len(text) else "")
        return tuple(piece for piece in (Piece(before, False), *pieces, Piece(after, False)) if piece.text)

    def _look_at(self, chunk: str) -> tuple[_Found, ...]:
        if not self._is_spelt and self._stems.isdisjoint(analysis.stems_of_chunk(chunk)):
            return ()  # nearly all of them
        return tuple(self._places(chunk))

    def _places(self, chunk: str) -> Iterator[_Found]:
        stems, words = self.marks.stems, self.marks.words
        for term in analysis.terms(chunk):
            if term.text in self._stems:
                yield _Found(term.start, term.end, term.text, stems.get(term.text))
        if self._is_spelt:
            for word in analysis.words(chunk):
                if (answers := words.get(word.text, self._meant_by(word.text))) is not None:
                    yield _Found(word.start, word.end, word.text, answers)

    def _meant_by(self, word: str) -> int | None:
        for typed, answers in self.marks.misspelt.items():
            furthest = 1 if len(typed) < _LONG else 2
            if OSA.distance(word, typed, score_cutoff=furthest) <= furthest:
                return answers
        return None

    def _runs(self, waiting: Sequence[_Waiting]) -> Iterator[Mark]:
        for at in range(len(waiting)):
            for run, answers in self.marks.runs.items():
                stretch = waiting[at : at + len(run)]
                if tuple(one.term for one in stretch) == run and _are_neighbours(stretch):
                    yield from (Mark(one.start, one.end, answers) for one in stretch)


def _are_neighbours(stretch: Sequence[_Waiting]) -> bool:
    return all(later.chunk - earlier.chunk <= _NEXT for earlier, later in pairwise(stretch))


def covered(marks: Sequence[Mark]) -> int:
    """How many different things of the question a text answers."""
    return len({mark.answers for mark in marks})


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
