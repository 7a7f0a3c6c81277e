"""An index of what the test has published, in a folder of its own."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

PATIENCE = 90  # seconds


@pytest.fixture(autouse=True)
def no_index(settings: Any) -> None:
    """Without one of its own no test finds an index, whatever lies in the folder of whoever runs it."""
    settings.SEARCH_DIR = settings.VAR_DIR / "no-search"


def _await_all(follower: Any) -> None:
    """Transactions of other workers, in databases of their own on the same server, hold the follower up."""
    from search.index import currency

    until = time.monotonic() + PATIENCE
    follower.catch_up()
    while not currency.is_current():
        assert time.monotonic() < until, f"changes are not there to be followed for {PATIENCE} s"
        time.sleep(0.05)
        follower.catch_up()


@pytest.fixture
def index(settings: Any, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Call it to take in what is public by now. Followed in tests with real transactions, built anew in the others."""
    from django.db import connection

    from search import synonyms
    from search.index import place, reading, rebuilding
    from search.index.following import Follower
    from search.suggesting import names, topics

    settings.SEARCH_DIR = tmp_path / "search"

    def take_in() -> None:
        found = place.current()
        state = found.read_state() if found else None
        if found is None or state is None or connection.in_atomic_block:
            rebuilding.rebuild(lambda _done, _all: None, anew=True)
            found = place.current()
            state = found.read_state() if found else None
        if found is None or state is None or connection.in_atomic_block:
            return
        follower = Follower(found, state)
        _await_all(follower)
        follower.close()

    def forget() -> None:
        reading.forget()
        synonyms.forget()
        names._kept.clear()
        topics._kept = None

    forget()
    yield take_in
    forget()
