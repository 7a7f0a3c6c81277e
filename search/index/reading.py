"""The index as a web process sees it: always the last commit of the current index, noticed by a look at three files.

    with reading.searching() as reader:
        found = reader.outputs.search(query, 20)
        ids = reader.outputs.fast_field_values("id", [address for _score, address in found.hits])

Queries are made with `reader.outputs_schema` and `reader.pages_schema`; the fields are told in `schema`.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tantivy import Index, Schema, Searcher

from search.index import place, schema
from search.index.place import Place

Signature = tuple[tuple[int, int, int], ...]
_ATTEMPTS = 3
_SIGNS = ("orrupt", "IO error", "IoError", "Failed to open")


class IndexNotReady(Exception):
    """There is no index that could be searched; the indexer is building one."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Two searchers, each of one commit for as long as it is used. `generation` differs after every commit."""

    outputs: Searcher
    pages: Searcher
    outputs_schema: Schema
    pages_schema: Schema
    generation: str


class _Opened:
    """One index, kept open while it is the current one."""

    def __init__(self, found: Place) -> None:
        state = found.read_state()
        if state is None or state.version != schema.VERSION or state.built_to is not None or found.damage.exists():
            raise IndexNotReady
        self.place = found
        self._outputs, self._pages = _open(found.outputs), _open(found.pages)

    def read(self, signature: Signature) -> Reader:
        self._outputs.reload()
        self._pages.reload()
        return Reader(
            self._outputs.searcher(),
            self._pages.searcher(),
            self._outputs.schema,
            self._pages.schema,
            f"{self.place.name}-{hash(signature):x}",
        )


def _open(folder: Path) -> Index:
    index = Index.open(str(folder))
    index.config_reader("manual")
    return index


_lock = threading.Lock()
_now: tuple[Reader, _Opened, Signature] | None = None  # replaced as a whole, so that no thread sees half of it


def current() -> Reader:
    """What to search in now; raises `IndexNotReady`."""
    if (now := _now) is not None and now[2] and now[2] == _signature(now[1].place):
        return now[0]
    with _lock:
        return _refresh()


@contextmanager
def searching() -> Iterator[Reader]:
    """`current()`; what goes wrong inside because files are damaged is `IndexNotReady` too, and gets them rebuilt."""
    reader = current()
    try:
        yield reader
    except BaseException as error:
        if not is_damage(error):
            raise
        _report(error)
        raise IndexNotReady from error


def is_damage(error: BaseException) -> bool:
    """Tantivy panics on files that make no sense, or cannot read them; of other mistakes it speaks otherwise."""
    if isinstance(error, ValueError):
        return any(sign in str(error) for sign in _SIGNS)
    return type(error).__name__ == "PanicException"


def forget() -> None:
    """Close what is open (tests, forks)."""
    global _now
    with _lock:
        _now = None


def _refresh() -> Reader:
    """With the lock held. The folder may be replaced while it is opened: then the pointer names another by now."""
    global _now
    opened, _now = _now[1] if _now else None, None
    cause: BaseException = IndexNotReady()
    for _attempt in range(_ATTEMPTS):
        found = place.current()
        if found is None:
            raise IndexNotReady
        try:
            if opened is None or opened.place != found or found.damage.exists():
                opened = _Opened(found)
            signature = _signature(found)
            reader = opened.read(signature)
        except BaseException as error:
            if not isinstance(error, (ValueError, OSError)) and not is_damage(error):
                raise
            opened, cause = None, error
        else:
            _now = (reader, opened, signature)
            return reader
    _report(cause)
    raise IndexNotReady from cause


def _signature(found: Place) -> Signature:
    """Changes with each commit and each swap; empty when there is nothing to look at."""
    paths = (place.pointer(), found.outputs / "meta.json", found.pages / "meta.json")
    try:
        stats = [os.stat(path) for path in paths]
    except OSError:
        return ()
    return tuple((stat.st_ino, stat.st_mtime_ns, stat.st_size) for stat in stats)


def _report(error: BaseException) -> None:
    found = place.current()
    if found is not None:
        try:
            found.damage.write_text(f"{type(error).__name__}: {error}\n")
        except OSError:  # then the indexer finds it at its next start
            return
