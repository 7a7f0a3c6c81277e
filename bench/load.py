"""A small load generator: a few connections that ask for one address again and again, and how long each answer took."""

import socket
import statistics
import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Figures:
    """Milliseconds of the median and the 95th percentile, answers a second, the status and bytes of an answer."""

    p50: float
    p95: float
    per_second: float
    status: int
    size: int


def measure(port: int, path: str, headers: dict[str, str], *, connections: int, seconds: float) -> Figures:
    """Warm up with a few requests, then ask over all connections for `seconds`."""
    opened = [Connection(port, path, headers) for _n in range(connections)]
    for _warm in range(12):
        answers = [connection.ask() for connection in opened]
    status, size = answers[0]
    times: list[float] = []
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=_loop, args=(connection, status, until, times)) for connection in opened]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - began
    times.sort()
    return Figures(
        p50=1000 * statistics.median(times),
        p95=1000 * times[min(len(times) - 1, int(0.95 * len(times)))],
        per_second=len(times) / elapsed,
        status=status,
        size=size,
    )


class Connection:
    """One kept-alive connection with just enough HTTP, so that the generator costs little beside the server."""

    def __init__(self, port: int, path: str, headers: dict[str, str]) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines = [f"GET {path} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in headers.items())]
        self.request = ("\r\n".join(lines) + "\r\n\r\n").encode()

    def ask(self) -> tuple[int, int]:
        """(status, bytes of the body) of one answer."""
        self.socket.sendall(self.request)
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._receive()
        head = received[:end].lower()
        status = int(head[9:12])
        length = 0 if status == 304 else _length(head)
        missing = length - (len(received) - end - 4)
        while missing > 0:
            missing -= len(self._receive())
        return status, length

    def _receive(self) -> bytes:
        chunk = self.socket.recv(1 << 18)
        if not chunk:
            raise ConnectionError("the server closed the connection")
        return chunk


def _length(head: bytes) -> int:
    if b"transfer-encoding" in head:
        raise ValueError("an answer without a length")
    _before, found, rest = head.partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0]) if found else 0


def _loop(connection: Connection, status: int, until: float, times: list[float]) -> None:
    while (began := time.perf_counter()) < until:
        answered, _size = connection.ask()
        if answered != status:
            raise RuntimeError(f"answered {answered} after {status}")
        times.append(time.perf_counter() - began)
