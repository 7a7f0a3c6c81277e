"""Starts the site's own web server on a corpus and measures every page as rendered, from the cache and unchanged."""

import http.client
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench import corpus, load
from bench.floor import PATH as FLOOR
from kesos_repo.start.web import web_server

# Authorisation keeps a request out of the page cache, and nothing reads it: the page is rendered anew each time.
RENDERED = {"Authorization": "Bench"}
CONNECTIONS = (1, 8)


@dataclass(frozen=True)
class Result:
    outputs: int
    page: str
    way: str  # rendered, cached, unchanged (304)
    connections: int
    figures: load.Figures
    ratio: float  # p50 to the floor's p50 at the same number of connections, measured just before
    queries: int | None


def measure(size: int, pages: dict[str, str], *, seconds: float, only: str = "", cookie: str = "") -> list[Result]:
    """What `corpus.prepare` has prepared last. `cookie`: of who asks, for pages that not everybody sees."""
    results: list[Result] = []
    with _server() as port:
        for name, path in pages.items():
            if only in name:
                results += _page(port, size, name, path, seconds, cookie)
    return results


def _page(port: int, size: int, name: str, path: str, seconds: float, cookie: str) -> Iterator[Result]:
    queries = corpus.count_queries(path, cookie)
    ways = {"rendered": {"Cookie": cookie}} if cookie else _ways(port, path)
    for connections in CONNECTIONS:
        floor = load.measure(port, FLOOR, {}, connections=connections, seconds=seconds)
        yield Result(size, "floor", f"beside {name}", connections, floor, 1.0, 1)
        for way, headers in ways.items():
            figures = load.measure(port, path, headers, connections=connections, seconds=seconds)
            shown = queries if way == "rendered" or path.endswith(".pdf") else 1
            yield Result(size, name, way, connections, figures, figures.p50 / floor.p50, shown)


def _ways(port: int, path: str) -> dict[str, dict[str, str]]:
    ways: dict[str, dict[str, str]] = {"rendered": RENDERED, "cached": {}}
    ways["unchanged"] = {"If-None-Match": _etag(port, path)}
    if path.endswith(".pdf"):
        del ways["rendered"]
    return ways


def _etag(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        raise RuntimeError(f"{path} answered {response.status}")
    return response.getheader("ETag") or ""


@contextmanager
def _server() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    child = web_server("127.0.0.1", port)  # its database and index: `corpus.prepare` has put them into the environment
    child.environment["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    child.tend()
    try:
        _wait(port)
        yield port
    finally:
        child.terminate()
        child.wait(time.monotonic() + 15)


def _wait(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            _etag(port, FLOOR)
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit("the web server did not start")
