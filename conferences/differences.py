"""What differs between two texts, short enough for a log that nobody can delete."""

from os.path import commonprefix
from typing import Any

MOST = 300  # characters of a text that the log keeps whole
AROUND = 40
LONGEST = 1000


def shortened(changes: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The same changes; of long texts only the passage that differs."""
    return {name: _short(*pair) for name, pair in changes.items()}


def _short(before: Any, after: Any) -> list[Any]:
    texts = [before, after]
    if all(isinstance(text, str) or text is None for text in texts) and max(len(t or "") for t in texts) > MOST:
        return list(passages(before or "", after or ""))
    return texts


def passages(before: str, after: str) -> tuple[str, str]:
    start = len(commonprefix([before, after]))
    most = min(len(before), len(after)) - start
    end = min(len(commonprefix([before[::-1], after[::-1]])), most)
    return _cut(before, start, end), _cut(after, start, end)


def _cut(text: str, start: int, end: int) -> str:
    first, last = max(0, start - AROUND), min(len(text), len(text) - end + AROUND)
    piece = text[first:last]
    if len(piece) > LONGEST:
        piece = f"{piece[:LONGEST]}…"
    return ("…" if first else "") + piece + ("…" if last < len(text) else "")
