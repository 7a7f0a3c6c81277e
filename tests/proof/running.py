"""The whole site as `manage.py start` runs it, in a folder and with a PostgreSQL of its own, for tests that kill it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg2
import pytest

from kesos_repo import embedded, paths
from kesos_repo.start import prepare
from tests.kesos_repo.processes import wait_for
from tests.kesos_repo.test_start import free_port, health

READY_SECONDS = 120


class RunningSite:
    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = var.parent / "start.log"
        self.process: subprocess.Popen[bytes] | None = None

    # --- running ---------------------------------------------------------------------------------------------------

    def start(self) -> float:
        """Start it and wait until it is well; returns after how many seconds."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(paths.ROOT / "manage.py"), "start", "--port", str(self.port)],
                env=os.environ | {"PORT": str(self.port)},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self.wait_until_well()

    def wait_until_well(self) -> float:
        began = time.monotonic()
        try:
            wait_for(lambda: health(self.port)[0] == 200, READY_SECONDS)
        except AssertionError as error:
            answer, log = health(self.port), self.log.read_text(errors="replace")[-6000:]
            raise AssertionError(f"{error}: /healthz answers {answer}\n{log}") from error
        return time.monotonic() - began

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(30)
        for process in self.processes():
            process.kill()

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(paths.ROOT / "manage.py"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)

    def inside(self, job: str, **arguments: Any) -> Any:
        """Run a function of `tests.proof.inside` in a process that has the site's settings and database."""
        command = [sys.executable, "-m", "tests.proof.inside", job]
        given = json.dumps(arguments)
        done = subprocess.run(command, cwd=paths.ROOT, input=given, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def query(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        connection = psycopg2.connect(host=str(paths.socket_dir()), user="postgres", dbname=embedded.DATABASE)
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql, values or None)
                return list(cursor.fetchall())
        finally:
            connection.close()

    # --- its processes -----------------------------------------------------------------------------------------------

    def processes(self) -> list[psutil.Process]:
        """All that `start` has started, and what these have."""
        if self.process is None:
            return []
        with suppress(psutil.NoSuchProcess):
            return psutil.Process(self.process.pid).children(recursive=True)
        return []

    def web_server(self) -> list[psutil.Process]:
        return self._named(lambda line: "granian" in line and self._is_direct(line))

    def web_workers(self) -> list[psutil.Process]:
        """The children of the web server, which answer the requests."""
        return [child for parent in self.web_server() for child in parent.children()]

    def workers(self) -> list[psutil.Process]:
        return self._named(lambda line: "manage.py worker" in line and self._is_direct(line))

    def postmaster(self) -> list[psutil.Process]:
        pid = embedded._server_pid(paths.postgresql_dir())
        return [psutil.Process(pid)] if pid else []

    def backends(self) -> list[psutil.Process]:
        """The processes of PostgreSQL that serve one client each."""
        return [
            child
            for parent in self.postmaster()
            for child in parent.children()
            if embedded.DATABASE in " ".join(child.cmdline())
        ]

    def _named(self, fits: Callable[[str], bool]) -> list[psutil.Process]:
        found = []
        for process in psutil.Process(self.process.pid).children() if self.process else []:
            with suppress(psutil.NoSuchProcess):
                if fits(" ".join(process.cmdline())):
                    found.append(process)
        return found

    @staticmethod
    def _is_direct(line: str) -> bool:
        return "publications.pdf" not in line


def kill(process: psutil.Process) -> bool:
    """`kill -9`; whether it still lived."""
    try:
        os.kill(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def scratch_site(folder: Path) -> Iterator[RunningSite]:
    """An empty site that is ready to be filled and started; gone afterwards, whatever happened."""
    var = folder / "var"
    with pytest.MonkeyPatch.context() as patch:
        _pretend_static_is_built(var)
        patch.setenv("KESOS_VAR", str(var))
        patch.setenv("KESOS_DEMO", "1")  # so that curators need no second factor; there are users, so no demo is loaded
        patch.setenv("KESOS_WEB_WORKERS", "2")
        patch.setenv("KESOS_WORKERS", "2")
        patch.delenv("DATABASE_URL", raising=False)
        site = RunningSite(var)
        try:
            yield site
        finally:
            site.stop()
            embedded.stop()
            shutil.rmtree(paths.postgresql_dir(), ignore_errors=True)
            paths.postgresql_dir().with_name(f"{paths.postgresql_dir().name}.lock").unlink(missing_ok=True)


def _pretend_static_is_built(var: Path) -> None:
    """Every static file under its own name: hashing and compressing them takes long and matters nothing here."""
    sources = list(prepare._static_sources())
    shutil.copytree(paths.var_dir() / "bundle", var / "bundle")
    manifest = {"version": "1.1", "paths": {name: name for name in (line.rsplit(" ", 2)[0] for line in sources)}}
    for place, text in (
        ("static/staticfiles.json", json.dumps(manifest)),
        ("stamps/static", prepare._digest(iter(sources))),
    ):
        (var / place).parent.mkdir(parents=True)
        (var / place).write_text(text)
