"""The web server, the workers and the indexer: which commands, with which options."""

import http.client
import os
import socket
import sys
from contextlib import suppress

from kesos_repo.paths import ROOT
from kesos_repo.start.child import Child


class PortTaken(RuntimeError):
    pass


def check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"Port {port} on {host} cannot be used ({error.strerror}). Another one: PORT=8001"
            ) from error


def web_server(host: str, port: int) -> Child:
    """Granian; why, and why these numbers: docs/decisions/0001-web-server.md."""
    options = {
        "interface": "wsgi",
        "host": host,
        "port": str(port),
        "workers": os.environ.get("KESOS_WEB_WORKERS", "2"),
        "blocking-threads": os.environ.get("KESOS_WEB_THREADS", "24"),
        "blocking-threads-idle-timeout": "600",
        "http": "1",
        "workers-kill-timeout": "10",
        "log-level": "error",  # it warns of more threads than processors, which wait for slow readers here
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    flags = ["--no-ws", "--respawn-failed-workers", "--working-dir", str(ROOT)]
    return Child("The web server", [sys.executable, "-m", "granian", *arguments, *flags, "kesos_repo.wsgi:application"])


def workers() -> list[Child]:
    """The first does everything; the others leave slow tasks to it, so that a mail never waits behind an import."""
    manage = [sys.executable, str(ROOT / "manage.py"), "worker"]
    number = int(os.environ.get("KESOS_WORKERS", "2"))
    quick = [Child(f"Worker {n}", [*manage, "--exclude-queues=slow"]) for n in range(2, number + 1)]
    return [Child("Worker 1", manage), *quick]


def indexer() -> Child:
    """One for each machine: it keeps the search index that the machine's web processes read."""
    return Child("The indexer", [sys.executable, str(ROOT / "manage.py"), "follow_index"])


def answers(host: str, port: int) -> bool:
    """Whether the web server answers at all; any status will do."""
    connection = http.client.HTTPConnection(reachable(host), port, timeout=10)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status > 0
    return False


def reachable(host: str) -> str:
    """An address of this machine for one that means all of them."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
