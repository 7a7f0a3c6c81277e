"""The process that keeps this machine's index: builds it when there is none that can be used, then follows."""

import logging
import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection

from search.index import changes, documents, integrity, place, rebuilding, schema
from search.index.following import Follower
from search.index.place import Place
from search.index.rebuilding import Progress
from search.index.writing import CannotWrite

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.3
RETRY_SECONDS = 5.0
WAIT_SECONDS = 1.0


class Indexer:
    """`say` gets what an administrator should know; `stop` is asked all the time."""

    def __init__(self, say: Callable[[str], None], progress: Progress, stop: Callable[[], bool]) -> None:
        self._say, self._progress, self._stop = say, progress, stop
        self._told = ""

    def run(self) -> None:
        while not self._stop():
            try:
                with place.locked("follow"):
                    self._keep()
                return
            except place.Locked:
                self._tell("Another process keeps this machine's search index; waiting for it to end.")
                self._wait(WAIT_SECONDS)

    def _keep(self) -> None:
        while not self._stop():
            try:
                self._keep_one()
            except rebuilding.Interrupted:
                return
            except place.Locked:
                self._tell("The search index is being built by another process; waiting for it.")
                self._wait(WAIT_SECONDS)
            except (OperationalError, InterfaceError) as error:
                self._tell(f"The database cannot be reached, trying again: {error}")
                connection.close()
                self._wait(WAIT_SECONDS)
            except (CannotWrite, OSError) as error:
                self._tell(f"The search index in {place.root()} cannot be written, trying again: {error}")
                self._wait(RETRY_SECONDS)
            except Exception:
                logger.exception("The indexer failed, trying again")
                connection.close()
                self._wait(RETRY_SECONDS)

    def _keep_one(self) -> None:
        """Until another index becomes the current one."""
        found = place.current()
        if reason := unusable(found):
            self._tell(f"Building the search index: {reason}.")
            found = rebuilding.rebuild(self._progress, stop=self._stop)
        assert found is not None  # noqa: S101 - it is unusable when there is none
        self._leave_only(found)
        if reason := outdated(found):
            self._tell(f"Building the search index anew, while the old one is searched: {reason}.")
            found = rebuilding.rebuild(self._progress, stop=self._stop)
        self._follow(found)

    def _follow(self, found: Place) -> None:
        state = found.read_state()
        assert state is not None  # noqa: S101 - nor is it usable without
        follower = Follower(found, state)
        self._tell("The search index follows what is published.")
        try:
            while not self._stop() and place.current() == found and not found.damage.exists():
                if not follower.step():
                    self._wait(POLL_SECONDS)
        finally:
            follower.close()

    def _leave_only(self, found: Place) -> None:
        """Remove what an earlier swap left behind; what is being built stays."""
        for other in place.others():
            state = other.read_state()
            if (state is None or state.built_to is None) and not place.is_locked("build"):
                place.remove(other)

    def _tell(self, text: str) -> None:
        """Once, until there is something else to tell."""
        if text != self._told:
            self._told = text
            self._say(text)

    def _wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self._stop() and time.monotonic() < end:
            time.sleep(min(0.1, seconds))


def unusable(found: Place | None) -> str:
    """Why nothing can be searched in it, or nothing."""
    if found is None:
        return "there is none yet"
    state = found.read_state()
    if state is None or state.built_to is not None:
        return "the one that is there is not complete"
    if state.version != schema.VERSION:
        return "this release has other fields"
    if wrong := integrity.damage(found):
        found.damage.write_text(wrong)
        return wrong
    found.damage.unlink(missing_ok=True)  # whoever complained was wrong: all that Tantivy wrote is there as it was
    return ""


def outdated(found: Place) -> str:
    """Why it must be built anew although it can be searched meanwhile, or nothing."""
    state = found.read_state()
    with documents.one_snapshot():
        database, horizon = changes.database(), changes.horizon()
    if state is None or state.database != database or state.xid > horizon:
        return "it was built from another database"
    if not rebuilding.is_of_now(state, database):
        return "this release reads texts in another way"
    return ""
