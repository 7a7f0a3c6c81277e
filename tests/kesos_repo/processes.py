"""Real processes of the site, for tests."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

import psutil
from django.db import connection

from kesos_repo.paths import ROOT


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds} s in vain"
        time.sleep(0.05)


def test_database_url() -> str:
    """The database of this test run as a `DATABASE_URL`."""
    settings = connection.settings_dict
    host = settings["OPTIONS"].get("host") or settings["HOST"]
    login = quote(settings["USER"] or "postgres") + (f":{quote(settings['PASSWORD'])}" if settings["PASSWORD"] else "")
    port = f"&port={settings['PORT']}" if settings["PORT"] else ""
    return f"postgres://{login}@/{settings['NAME']}?host={quote(host, safe='')}{port}"


test_database_url.__test__ = False  # type: ignore[attr-defined]


@contextmanager
def manage(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """`manage.py` with everything it starts gone at the end."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                for child in psutil.Process(process.pid).children(recursive=True):
                    child.kill()
                os.killpg(process.pid, signal.SIGKILL)
        if process.stdout:
            process.stdout.close()
