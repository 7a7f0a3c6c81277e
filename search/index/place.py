"""Where indexes lie, which of them is the current one, and what is known of each.

`SEARCH_DIR/current` names a folder beside it, which holds `outputs/`, `pages/` (two Tantivy indexes) and
`state.json`. Another folder becomes the current one by an atomic rename of `current`.
"""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from search import analysis

# What decides about documents, beside the analysis: an index that other code has built is built anew.
_SOURCES = ("documents.py", "rows.py", "schema.py")


class Locked(Exception):
    """Another process has it."""


@dataclass(frozen=True, slots=True)
class State:
    """What an index holds: all changes up to (`xid`, `change`), embargoes up to `day`.

    Written after each commit, so it may be a commit behind; then some changes are taken in twice, which is harmless.
    `built_to` is the last output of an index that is still being built, None once it is complete.
    """

    version: int
    fingerprint: str
    database: str
    xid: int
    change: int
    day: str
    built_to: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def outputs(self) -> Path:
        return self.folder / "outputs"

    @property
    def pages(self) -> Path:
        return self.folder / "pages"

    @property
    def damage(self) -> Path:
        """Written by whoever finds the index unreadable: nobody searches it until the indexer has looked at it."""
        return self.folder / "damaged"

    def read_state(self) -> State | None:
        """None when there is none, or none that this code understands."""
        with suppress(OSError, ValueError, TypeError):
            return State(**json.loads((self.folder / "state.json").read_text()))
        return None

    def write_state(self, state: State) -> None:
        _write(self.folder / "state.json", json.dumps(asdict(state)))


def root() -> Path:
    return Path(settings.SEARCH_DIR)


def pointer() -> Path:
    return root() / "current"


def current() -> Place | None:
    with suppress(OSError, UnicodeDecodeError):
        name = pointer().read_text().strip()
        if name and Path(name).name == name and (root() / name).is_dir():
            return Place(root() / name)
    return None


def make_current(place: Place) -> None:
    _write(pointer(), place.name)


def new() -> Place:
    place = Place(root() / f"index-{secrets.token_hex(4)}")
    for folder in (place.outputs, place.pages):
        folder.mkdir(parents=True)
    return place


def others() -> list[Place]:
    """All but the current one: unfinished, or left behind."""
    now = current()
    found = [Place(path) for path in sorted(root().glob("index-*")) if path.is_dir()]
    return [place for place in found if now is None or place.name != now.name]


def remove(place: Place) -> None:
    """Who reads it still has its files open, and finds the new one at the next request."""
    shutil.rmtree(place.folder, ignore_errors=True)


@cache
def fingerprint() -> str:
    found = hashlib.sha256(f"{analysis.fingerprint()} {version('tantivy')}".encode())
    for name in _SOURCES:
        found.update(Path(__file__).with_name(name).read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def locked(name: str) -> Iterator[None]:
    """`follow`: the only process of this machine that writes to the current index; `build`: that builds a new one."""
    root().mkdir(parents=True, exist_ok=True)
    with open(root() / f"{name}.lock", "a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Locked(name) from None
        yield


def is_locked(name: str) -> bool:
    try:
        with locked(name):
            return False
    except Locked:
        return True


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and on the disk when this returns."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with open(temporary, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
