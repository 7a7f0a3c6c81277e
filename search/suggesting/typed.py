"""What was typed, in the words of the index."""

from collections.abc import Sequence
from dataclasses import dataclass

from search import analysis

SHORTEST = 2  # letters
MOST_CHARACTERS = 300
MOST_WORDS = 30


@dataclass(frozen=True, slots=True)
class Typed:
    """Whole words and, last, what may be the beginning of one; `text` is as written, for abbreviations in capitals."""

    text: str
    words: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> "Typed":
        """Without words when there is too little to suggest anything."""
        text = " ".join(text[:MOST_CHARACTERS].split())
        words = tuple(word.text for word in analysis.words(text))[:MOST_WORDS]
        return cls(text, words if sum(map(len, words)) >= SHORTEST else ())

    @property
    def whole(self) -> tuple[str, ...]:
        return self.words[:-1]

    @property
    def last(self) -> str:
        return self.words[-1]

    def all_in(self, words: Sequence[str]) -> bool:
        """Whether these words contain the typed ones, in any order."""
        return set(self.whole).issubset(words) and any(word.startswith(self.last) for word in words)

    def begins(self, words: Sequence[str]) -> bool:
        """Whether these words begin with the typed ones."""
        at = len(self.whole)
        return len(words) > at and tuple(words[:at]) == self.whole and words[at].startswith(self.last)
