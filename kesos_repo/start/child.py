"""One process that the supervisor keeps alive."""

import ctypes
import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress

from kesos_repo.paths import var_dir
from kesos_repo.start import leftovers

PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None)


class KeepsDying(RuntimeError):
    """A child ends again and again; the message says which."""


class Child:
    """Starts again when it ends: first at once, then after ever longer waits; not after five ends in a minute."""

    ENOUGH = 5
    WITHIN_SECONDS = 60.0

    def __init__(self, name: str, command: Sequence[str], environment: dict[str, str] | None = None) -> None:
        self.name = name
        self.command = list(command)
        self.environment = os.environ | leftovers.mark(var_dir()) | (environment or {})
        self.process: subprocess.Popen[bytes] | None = None
        self._ends: deque[float] = deque(maxlen=self.ENOUGH)
        self._not_before = 0.0

    def tend(self) -> None:
        """Notice its end, start it when it is due."""
        if self.process and (status := self.process.poll()) is not None:
            _end_group(self.process.pid)  # what it had started must not outlive it: it may hold the port
            self.process = None
            self._note_end(status)
        if self.process is None and time.monotonic() >= self._not_before:
            self._spawn()

    def terminate(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Wait for its end until that moment, then end it and everything it started by force."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            _end_group(self.process.pid)
            self.process.wait()
        self.process = None

    def _spawn(self) -> None:
        # Own session: a Ctrl-C at the terminal reaches the supervisor alone, which then stops all in order.
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            env=self.environment,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # the supervisor has one thread  # noqa: PLW1509
        )

    def _note_end(self, status: int) -> None:
        now = time.monotonic()
        self._ends.append(now)
        if len(self._ends) == self.ENOUGH and now - self._ends[0] < self.WITHIN_SECONDS:
            raise KeepsDying(f"{self.name} ended {self.ENOUGH} times within a minute, last with status {status}.")
        recent = sum(now - end < self.WITHIN_SECONDS for end in self._ends)
        wait = 0.0 if recent == 1 else 2.0 ** (recent - 2)
        self._not_before = now + wait
        print(f"{self.name} ended with status {status}; starting it again.", flush=True)  # noqa: T201


def _end_group(leader: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def _end_with_parent() -> None:
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
