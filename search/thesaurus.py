"""What else is meant by the words that somebody asks for. Knows nothing of the database."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from search import analysis
from search.analysis.indonesian import is_root
from search.analysis.stopwords import STOP_WORDS

Stems = tuple[str, ...]

# How much a hit counts beside one with the words as typed (1.0).
WEIGHTS = {
    "canonical": 0.7,
    "spell": 0.7,
    "syn": 0.6,
    "abbr": 0.6,
    "en": 0.5,
    "slang": 0.5,
    "old": 0.5,
    "narrow": 0.4,
}
HIDDEN = "old"
ONE_WAY = "narrow"
MOST_ALTERNATIVES = 32
_SHOUTED_WORDS = 3  # in a query of so many words, all in capitals, capitals say nothing


class Entry(NamedTuple):
    group: str
    term: str
    kind: str
    only_as_written: bool


@dataclass(frozen=True)
class Alternative:
    """Other words for a slot: one stem, or a phrase. `shown` tells whether readers may see `term`."""

    stems: Stems
    term: str
    kind: str
    weight: float
    shown: bool


@dataclass(frozen=True)
class Slot:
    """A stretch of what was asked. It is met by all its `stems` (each in its own part, if there are parts), or by one
    of the alternatives.
    """

    stems: Stems
    start: int
    end: int
    alternatives: tuple[Alternative, ...] = ()
    parts: tuple["Slot", ...] = ()


@dataclass(frozen=True)
class _Match:
    entries: tuple[Entry, ...]
    length: int


class Thesaurus:
    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_stems: dict[Stems, list[Entry]] = defaultdict(list)
        self._groups: dict[str, list[tuple[Stems, Entry]]] = defaultdict(list)
        for entry in entries:
            if stems := tuple(term.text for term in meaningful(entry.term, entry.only_as_written)):
                self._by_stems[stems].append(entry)
                self._groups[entry.group].append((stems, entry))
        self._written = {entry.term for found in self._by_stems.values() for entry in found if entry.only_as_written}
        self._longest = max(map(len, self._by_stems), default=0)

    def expand(self, text: str) -> list[Slot]:
        """The asked words in their order, without stop words; the longest known terms are one slot each."""
        return self._slots(text, self._terms(text), _shouts(text), self._longest)

    def _terms(self, text: str) -> list[analysis.Term]:
        """With stop words where an abbreviation is meant: AT, not at."""
        written = [
            analysis.Term(*word)
            for word in analysis.words(text)
            if word.text in STOP_WORDS and text[word.start : word.end] in self._written
        ]
        return sorted(analysis.terms(text) + written, key=lambda term: term.start) if written else analysis.terms(text)

    def _slots(self, text: str, terms: Sequence[analysis.Term], shouted: bool, longest: int) -> list[Slot]:
        slots, at = [], 0
        while at < len(terms):
            match = self._match(text, terms[at : at + longest], shouted)
            taken = terms[at : at + (match.length if match else 1)]
            slot = Slot(tuple(term.text for term in taken), taken[0].start, taken[-1].end)
            if match:
                slot = replace(slot, alternatives=self._alternatives(slot.stems, match.entries))
            if len(taken) > 1:
                slot = replace(slot, parts=tuple(self._slots(text, taken, shouted, len(taken) - 1)))
            slots.append(slot)
            at += len(taken)
        return slots

    def _match(self, text: str, terms: Sequence[analysis.Term], shouted: bool) -> _Match | None:
        for length in range(len(terms), 0, -1):
            entries = self._by_stems.get(tuple(term.text for term in terms[:length]), ())
            written = text[terms[0].start : terms[length - 1].end]
            meant = tuple(
                entry for entry in entries if not entry.only_as_written or (written == entry.term and not shouted)
            )
            if meant:
                return _Match(meant, length)
        return None

    def _alternatives(self, typed: Stems, entries: Iterable[Entry]) -> tuple[Alternative, ...]:
        found: dict[Stems, Alternative] = {}
        for group in {entry.group: None for entry in entries if entry.kind != ONE_WAY}:
            for stems, entry in self._groups[group]:
                alternative = Alternative(stems, entry.term, entry.kind, WEIGHTS[entry.kind], entry.kind != HIDDEN)
                if not _is_common_word(stems, entry) and _weighs_more(alternative, found.get(stems)):
                    found[stems] = alternative
        ranked = sorted(found.values(), key=lambda alternative: (-alternative.weight, len(alternative.stems)))
        return _without_redundant(typed, ranked)[:MOST_ALTERNATIVES]


def meaningful(term: str, only_as_written: bool) -> list[analysis.Term]:
    """The terms of a synonym; an abbreviation that is a stop word in small letters stands for itself."""
    return analysis.terms(term) or [analysis.Term(*word) for word in analysis.words(term) if only_as_written]


def _weighs_more(new: Alternative, old: Alternative | None) -> bool:
    return old is None or new.weight > old.weight


def _is_common_word(stems: Stems, entry: Entry) -> bool:
    """The index does not know capitals: looking for TAS would find every bag."""
    return entry.only_as_written and (len(entry.term) < 3 or is_root(stems[0]) or stems[0] in STOP_WORDS)


def _without_redundant(typed: Stems, ranked: list[Alternative]) -> tuple[Alternative, ...]:
    """Leave out what could find nothing that the typed words or a shorter alternative would not."""
    shorter = [(alternative.stems, alternative.weight) for alternative in ranked]
    return tuple(
        alternative
        for alternative in ranked
        if not set(typed) <= set(alternative.stems)
        and not any(
            len(stems) < len(alternative.stems) and weight >= alternative.weight and _contains(alternative.stems, stems)
            for stems, weight in shorter
        )
    )


def _contains(phrase: Stems, part: Stems) -> bool:
    return any(phrase[at : at + len(part)] == part for at in range(len(phrase) - len(part) + 1))


def _shouts(text: str) -> bool:
    return text.isupper() and len(text.split()) >= _SHOUTED_WORDS
