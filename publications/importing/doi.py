"""Asks the DOI registry what a DOI stands for: HTTPS only, known hosts only, bounded in time and size."""

import http.client
import socket
import ssl
import threading
from urllib.parse import quote, urljoin, urlsplit

RESOLVER = "https://doi.org/"
# Where doi.org sends a question for data. A registry that has none sends to the publisher's page: not followed.
HOSTS = frozenset({
    "doi.org", "www.doi.org", "dx.doi.org", "data.crossref.org", "api.crossref.org", "data.crosscite.org",
    "api.datacite.org", "data.datacite.org", "data.medra.org",
})  # fmt: skip
ACCEPT = "application/vnd.citationstyles.csl+json, application/json;q=0.5"
SECONDS = 8.0  # altogether
MAX_BYTES = 1024 * 1024
MAX_REDIRECTS = 4
_MOVED = frozenset({301, 302, 303, 307, 308})


class Unknown(Exception):
    """The registry knows no such DOI."""


class Unreachable(Exception):
    """No usable answer in time."""


def fetch_csl(
    doi: str,
    resolver: str = RESOLVER,
    hosts: frozenset[str] = HOSTS,
    context: ssl.SSLContext | None = None,
    seconds: float = SECONDS,
) -> str:
    """The registry's CSL-JSON as text; raises `Unknown` or `Unreachable`."""
    address = urljoin(resolver, quote(doi, safe="/;()._-:"))
    with _Deadline(seconds) as deadline:
        for _hop in range(MAX_REDIRECTS + 1):
            status, location, body = _get(address, hosts, context, deadline)
            if status in _MOVED and location:
                address = urljoin(address, location)
                continue
            if status == 404:
                raise Unknown(doi)
            if status != 200:
                raise Unreachable(f"status {status}")
            return body
    raise Unreachable("too many redirects")


class _Deadline:
    """Cuts the connection when the time is over, also in the middle of a header that drips in."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.sock: socket.socket | None = None
        self.is_over = False
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "_Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _cut(self) -> None:
        self.is_over = True
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it is closed already


def _get(
    address: str, hosts: frozenset[str], context: ssl.SSLContext | None, deadline: _Deadline
) -> tuple[int, str, str]:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise Unreachable(str(error)) from error
    if parts.scheme != "https" or (parts.hostname or "") not in hosts:
        raise Unreachable("an address that is not asked")
    connection = http.client.HTTPSConnection(
        parts.hostname or "", port, timeout=deadline.seconds, context=context or ssl.create_default_context()
    )
    try:
        connection.connect()
        deadline.sock = connection.sock
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path, headers={"Accept": ACCEPT, "User-Agent": "RepositoriKesos"})
        response = connection.getresponse()
        body = _read(response, deadline) if response.status == 200 else ""
        return response.status, response.getheader("Location") or "", body
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise Unreachable(str(error)) from error
    finally:
        deadline.sock = None
        connection.close()


def _read(response: http.client.HTTPResponse, deadline: _Deadline) -> str:
    received = bytearray()
    while piece := response.read1(65536):
        received += piece
        if len(received) > MAX_BYTES:
            raise Unreachable("the answer is too long")
        if deadline.is_over:
            raise Unreachable("too slow")
    return received.decode("utf-8", "replace")
