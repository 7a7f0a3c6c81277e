"""The walls around a child: memory, time, output, environment, and that nobody outlives the parent."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from publications.pdf.runner import ROOT, run

LAUNCH = [sys.executable, "-m", "publications.pdf.confine", str(256 * 1024 * 1024), "20"]


def python(code: str, *, seconds: float = 10, output_bytes: int = 100_000):
    return run([*LAUNCH, sys.executable, "-c", code], seconds=seconds, output_bytes=output_bytes)


def test_memory_is_limited():
    done = python("x = bytearray(400_000_000)\nprint('got it')")
    assert done.returncode != 0 and b"got it" not in done.output


def test_nothing_can_be_written(tmp_path):
    done = python(f"f = open({str(tmp_path / 'f')!r}, 'w'); f.write('x' * 10); f.flush(); print('wrote')")
    assert done.returncode != 0 and b"wrote" not in done.output


def test_limits_cannot_be_raised_back_by_a_child_without_privileges():
    done = python(
        "import resource as r\nprint(r.getrlimit(r.RLIMIT_AS), r.getrlimit(r.RLIMIT_CORE), r.getrlimit(r.RLIMIT_FSIZE))"
    )
    assert done.output.split() == b"(268435456, 268435456) (0, 0) (0, 0)".split()


def test_environment_is_not_handed_down(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "very secret")
    assert b"very secret" not in python("import os; print(dict(os.environ))").output


def test_time_is_limited_and_grandchildren_die_too(tmp_path):
    code = "import subprocess, time\nprint(subprocess.Popen(['sleep', '60']).pid, flush=True)\ntime.sleep(60)"
    started = time.monotonic()
    done = python(code, seconds=1.0)
    assert done.killed == "time" and time.monotonic() - started < 5
    assert gone(int(done.output))


def test_output_is_limited():
    done = python("while True: print('x' * 1000)", output_bytes=5_000)
    assert done.killed == "output" and len(done.output) == 5_000


def test_unfinished_and_foreign_lines_are_ignored():
    done = python("print('{\"kind\": \"end\"}')\nprint('{\"kind\": 3}')\nprint('[1]')\nprint('{\"kind', end='')")
    assert done.messages == [{"kind": "end"}]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="parent-death signals are a thing of Linux")
def test_child_dies_with_a_killed_parent():
    code = (
        "import sys\nfrom publications.pdf.runner import run\n"
        f"run([*{LAUNCH!r}, sys.executable, '-c', 'import time; time.sleep(60)'], seconds=60, output_bytes=9)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    child = wait_for_child(parent.pid)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    assert gone(child)


def wait_for_child(pid: int) -> int:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    for _attempt in range(100):
        time.sleep(0.05)
        found = children.read_text().split()
        if found and is_confined(int(found[0])):
            return int(found[0])
    raise AssertionError("no child came")


def is_confined(pid: int) -> bool:
    return bool(re.search(r"^Max core file size +0 +0", Path(f"/proc/{pid}/limits").read_text(), re.MULTILINE))


def gone(pid: int) -> bool:
    for _attempt in range(60):
        status = Path(f"/proc/{pid}/status")
        if not status.exists() or "\nState:\tZ" in status.read_text():
            return True
        time.sleep(0.05)
    return False
