"""An index of what the test has published, in a folder of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def no_index(settings: Any) -> None:
    """Without one of its own no test finds an index, whatever lies in the folder of whoever runs it."""
    settings.SEARCH_DIR = settings.VAR_DIR / "no-search"


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
            return
        follower = Follower(found, state)
        follower.catch_up()
        follower.close()

    def forget() -> None:
        reading.forget()
        synonyms.forget()
        names._kept.clear()
        topics._kept = None

    forget()
    yield take_in
    forget()
