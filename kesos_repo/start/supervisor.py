"""Keeps the children and the embedded PostgreSQL alive until a signal says stop."""

import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType

from kesos_repo.start.child import Child

TICK_SECONDS = 0.2
POSTGRESQL_CHECK_SECONDS = 1.0
GRACE_SECONDS = 15.0


class Supervisor:
    def __init__(self, children: Sequence[Child], keep_postgresql: Callable[[], None]) -> None:
        self.children = children
        self._keep_postgresql = keep_postgresql
        self._next_check = time.monotonic() + POSTGRESQL_CHECK_SECONDS
        self._stopping = False
        self._signals = 0

    def run(self, when_ready: Callable[[], bool]) -> None:
        """Run until SIGINT, SIGTERM or SIGHUP. `when_ready` is asked on every tick until it has answered True."""
        self._listen()
        ready = False
        try:
            while not self._stopping:
                self._tend()
                ready = ready or when_ready()
                time.sleep(TICK_SECONDS)
        finally:
            self._stop()

    def _tend(self) -> None:
        for child in self.children:
            child.tend()
        if time.monotonic() >= self._next_check:
            self._keep_postgresql()
            self._next_check = time.monotonic() + POSTGRESQL_CHECK_SECONDS

    def _stop(self) -> None:
        """All at once, with time to finish what is under way; a second signal cuts that short."""
        for child in self.children:
            child.terminate()
        end = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            while self._signals < 2 and time.monotonic() < end and child.process and child.process.poll() is None:
                time.sleep(0.05)
            child.wait(until=time.monotonic())

    def _listen(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True
        self._signals += 1
