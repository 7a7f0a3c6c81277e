"""The synonyms as they stand now, in each process that asks."""

import threading
import time
from dataclasses import dataclass

from search.models import Synonym, SynonymEdition
from search.thesaurus import Alternative, Entry, Slot, Thesaurus

__all__ = ["Alternative", "Slot", "edition", "expand", "forget"]

CHECK_EVERY = 0.5  # seconds; an edit is live everywhere after this long


@dataclass(frozen=True)
class _Known:
    edition: int
    thesaurus: Thesaurus
    checked_at: float


_known: _Known | None = None
_lock = threading.Lock()


def expand(text: str) -> list[Slot]:
    """The asked words, each with what else may be meant. At most one tiny query, and none within half a second."""
    return _current().thesaurus.expand(text)


def edition() -> int:
    """A number that differs after each change of a synonym: part of the key of whatever is kept of a search."""
    return _current().edition


def forget() -> None:
    """Look at the database at the next search."""
    global _known
    _known = None


def _current() -> _Known:
    global _known
    known = _known
    if known and time.monotonic() - known.checked_at < CHECK_EVERY:
        return known
    with _lock:
        known = _known = _checked(_known)
    return known


def _checked(known: _Known | None) -> _Known:
    # The number first: rows newer than it are read again at the next check, older ones never are kept.
    now = time.monotonic()
    number = SynonymEdition.objects.values_list("number", flat=True).first() or 0
    if known and known.edition == number:
        return _Known(number, known.thesaurus, now)
    return _Known(number, Thesaurus(_entries()), now)


def _entries() -> list[Entry]:
    rows = Synonym.objects.filter(is_active=True).order_by("pk")
    return [Entry(*row) for row in rows.values_list("group", "term", "kind", "only_as_written")]
