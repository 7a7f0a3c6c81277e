"""From plain values and a typst template to a PDF, in a child process with limits."""

import json
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from publications.pdf.runner import run
from publications.typesetting.child import SECONDS

MOST_BYTES = 8 * 1024 * 1024
WAIT = 30
# As many at once as leave the machine something to answer with.
_turns = threading.BoundedSemaphore(2)


class NotTypeset(RuntimeError):
    """It took too long, or the compiler gave up."""


def typeset(template: Path, data: dict[str, Any]) -> bytes:
    """`data` reaches the template as values (`sys.inputs.data`), never as markup; its `timestamp` is the file's."""
    if not _turns.acquire(timeout=WAIT):
        raise NotTypeset("too many at once")
    try:
        with tempfile.TemporaryFile() as given:
            given.write(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
            given.seek(0)
            command = [sys.executable, "-s", "-m", "publications.typesetting.child", str(template)]
            done = run(command, seconds=SECONDS, output_bytes=MOST_BYTES, stdin=given.fileno())
    finally:
        _turns.release()
    if done.killed or done.returncode or not done.output.startswith(b"%PDF-"):
        raise NotTypeset(done.killed or f"exit {done.returncode}")
    return done.output
