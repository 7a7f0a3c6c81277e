"""An index of what the test has published, in a folder of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def index(settings: Any, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Call it to take in what is public by now. For tests with real transactions (`django_db(transaction=True)`)."""
    from search import synonyms
    from search.index import place, reading, rebuilding
    from search.index.following import Follower

    settings.SEARCH_DIR = tmp_path / "search"

    def take_in() -> None:
        found = place.current()
        state = found.read_state() if found else None
        if found is None or state is None:
            rebuilding.rebuild(lambda _done, _all: None)
            return
        follower = Follower(found, state)
        follower.catch_up()
        follower.close()

    def forget() -> None:
        reading.forget()
        synonyms.forget()

    forget()
    yield take_in
    forget()
