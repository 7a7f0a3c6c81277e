"""What an earlier start left running when it was killed: it may hold the port, or do tasks with old code."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

MARK = "KESOS_CHILD_OF"
GONE_SECONDS = 5.0


def mark(var: Path) -> dict[str, str]:
    """The environment by which everything that a child of this start starts is known later."""
    return {MARK: str(var.resolve())}


def end_leftovers(var: Path) -> int:
    """End what was left; only for the holder of the start lock of `var`. Returns how many processes there were."""
    found = list(_leftovers(var))
    for pid in found:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + GONE_SECONDS
    while any(_belongs(pid, var) for pid in found) and time.monotonic() < end:
        time.sleep(0.05)
    return len(found)


def _leftovers(var: Path) -> Iterator[int]:
    for folder in Path("/proc").glob("[0-9]*"):
        pid = int(folder.name)
        if pid != os.getpid() and _belongs(pid, var):
            yield pid


def _belongs(pid: int, var: Path) -> bool:
    entry = "=".join(*mark(var).items()).encode()
    with suppress(OSError):
        return entry in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return False
