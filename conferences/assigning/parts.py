"""What goes into a plan and what comes out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """`wanted`: how many experts it still needs. `had`: those who have it, or had it and declined."""

    key: int
    text: str
    track: int
    pmks: frozenset[str]
    methods: frozenset[str]
    wanted: int
    had: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Expert:
    """`text`: what they wrote. `room`: how many papers they may still get; `load`: how many they have already."""

    key: int
    text: str
    tracks: frozenset[int]
    pmks: frozenset[str]
    methods: frozenset[str]
    room: int
    load: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for a choice: `code` "text", "pmks", "method" or "load", in points and with the words behind it."""

    code: str
    points: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    paper: int
    expert: int
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        return sum(reason.points for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Gap:
    """A paper for which experts are missing, and why the others could not take it: (code, how many experts)."""

    paper: int
    missing: int
    because: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    choices: tuple[Choice, ...]
    gaps: tuple[Gap, ...]
