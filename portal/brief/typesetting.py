"""From what a brief says to its PDF, in a child process."""

import json
import sys
import tempfile
import threading
from typing import Any

from portal.brief.child import SECONDS
from publications.pdf.runner import run

MOST_BYTES = 8 * 1024 * 1024
WAIT = 30
# As many at once as leave the machine something to answer with.
_turns = threading.BoundedSemaphore(2)


class NotTypeset(RuntimeError):
    """It took too long, or the compiler gave up."""


def typeset(brief: dict[str, Any]) -> bytes:
    """`brief` is data alone: it reaches the template as values, never as markup."""
    if not _turns.acquire(timeout=WAIT):
        raise NotTypeset("too many at once")
    try:
        with tempfile.TemporaryFile() as data:
            data.write(json.dumps(brief, ensure_ascii=False).encode())
            data.seek(0)
            command = [sys.executable, "-s", "-m", "portal.brief.child"]
            done = run(command, seconds=SECONDS, output_bytes=MOST_BYTES, stdin=data.fileno())
    finally:
        _turns.release()
    if done.killed or done.returncode or not done.output.startswith(b"%PDF-"):
        raise NotTypeset(done.killed or f"exit {done.returncode}")
    return done.output
