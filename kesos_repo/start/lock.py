"""One `manage.py start` for each var folder."""

import fcntl
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any


class AlreadyRunning(RuntimeError):
    pass


class StartLock:
    """Held while the site runs; also remembers, through a crash, that stopping PostgreSQL is up to us."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = open(path, "a+")  # noqa: SIM115 - open, and so locked, as long as this object
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            running = self._read()
            raise AlreadyRunning(f"already running at {running.get('address')}, process {running.get('pid')}") from None
        self.owned_postgresql: bool = self._read().get("owns_postgresql", False)

    def write(self, *, address: str, owns_postgresql: bool) -> None:
        self._replace(json.dumps({"pid": os.getpid(), "address": address, "owns_postgresql": owns_postgresql}))

    def release(self) -> None:
        self._replace("")
        self._file.close()

    def _read(self) -> dict[str, Any]:
        self._file.seek(0)
        with suppress(json.JSONDecodeError):
            return dict(json.load(self._file))
        return {}

    def _replace(self, text: str) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._file.write(text)
        self._file.flush()
