"""Running a child: its own session, its output read as it comes, killed as a group when time or output run out."""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publications.pdf.limits import Limits

ROOT = Path(__file__).resolve().parents[2]
CHUNK = 256 * 1024
SAMPLE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Run:
    output: bytes
    returncode: int
    killed: str
    seconds: float
    peak_kib: int

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The whole lines that can be read; a child may have died within its last one."""
        return [message for line in self.output.split(b"\n") if (message := _parse(line)) is not None]


def _parse(line: bytes) -> dict[str, Any] | None:
    try:
        message = json.loads(line) if line else None
    except ValueError:
        return None
    return message if isinstance(message, dict) and isinstance(message.get("kind"), str) else None


def run_child(job: str, path: Path, limits: Limits, *, number: int, seconds: float) -> Run:
    arguments = ["-m", "publications.pdf.child", job, str(path), limits.dumps(), str(number)]
    return run([sys.executable, "-s", *arguments], seconds=seconds, output_bytes=limits.output_bytes)


def run(command: Sequence[str], *, seconds: float, output_bytes: int, stdin: int = subprocess.DEVNULL) -> Run:
    """Nothing of the server's environment is handed down: no secret could leak from a child that was taken over."""
    started = time.monotonic()
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
    with subprocess.Popen(  # noqa: S603
        command,
        cwd=ROOT,
        env=environment,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            output, killed, peak = _collect(process, started + seconds, output_bytes)
        finally:
            _kill_group(process)
    return Run(output, process.returncode, killed, time.monotonic() - started, peak)


def _collect(process: "subprocess.Popen[bytes]", deadline: float, limit: int) -> tuple[bytes, str, int]:
    output = bytearray()
    peak = 0
    if process.stdout is None:
        return b"", "", 0
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            ready = selector.select(min(SAMPLE_SECONDS, left))
            peak = max(peak, peak_kib(process.pid))
            if not ready:
                continue
            chunk = os.read(process.stdout.fileno(), CHUNK)
            if not chunk:
                return bytes(output), "", peak
            output += chunk
            if len(output) > limit:
                return bytes(output[:limit]), "output", peak
    return bytes(output), "time", peak


def peak_kib(pid: int) -> int:
    with contextlib.suppress(OSError), open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:
        return next((int(line.split()[1]) for line in status if line.startswith("VmHWM")), 0)
    return 0


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.2)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
