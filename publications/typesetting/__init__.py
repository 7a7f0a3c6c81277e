"""From plain values and a typst template to a PDF or a picture, in a child process with limits."""

import json
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, Literal

from publications.pdf.runner import run
from publications.typesetting.child import SECONDS

MOST_BYTES = 8 * 1024 * 1024
WAIT = 30
Format = Literal["pdf", "png"]
_BEGINNINGS = {"pdf": b"%PDF-", "png": b"\x89PNG"}
# As many at once as leave the machine something to answer with; pictures never take the turns of documents.
_turns = {"pdf": threading.BoundedSemaphore(2), "png": threading.BoundedSemaphore(1)}


class NotTypeset(RuntimeError):
    """It took too long, or the compiler gave up."""


def typeset(
    template: Path, data: dict[str, Any], *, format: Format = "pdf", fonts: Path | None = None, wait: float = WAIT
) -> bytes:
    """`data` reaches the template as values (`sys.inputs.data`), never as markup; its `timestamp` is the file's.

    `fonts` is a folder of fonts besides the compiler's own; `wait` how many seconds a turn is waited for.
    """
    turns = _turns[format]
    if not turns.acquire(timeout=wait):
        raise NotTypeset("too many at once")
    try:
        with tempfile.TemporaryFile() as given:
            given.write(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
            given.seek(0)
            command = [sys.executable, "-s", "-m", "publications.typesetting.child", str(template), format]
            command += [str(fonts)] if fonts else []
            done = run(command, seconds=SECONDS, output_bytes=MOST_BYTES, stdin=given.fileno())
    finally:
        turns.release()
    if done.killed or done.returncode or not done.output.startswith(_BEGINNINGS[format]):
        raise NotTypeset(done.killed or f"exit {done.returncode}")
    return done.output
