"""Limits a process sets upon itself before it touches a file of unknown origin.

Also a launcher: ``python -m publications.pdf.confine MEMORY SECONDS COMMAND…`` limits itself, then becomes COMMAND.
A launcher instead of ``preexec_fn``, because the parent may be a server with threads.
"""

import ctypes
import math
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
GRACE = 15


def confine(
    memory_bytes: int, seconds: float, *, open_files: int = 64, processes: int = 0, file_bytes: int = 0
) -> None:
    """Lower every limit that matters. The hard limits fall too, so nothing later can raise them."""
    _tie_to_parent()
    cpu = math.ceil(seconds) + 1
    for kind, value in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_NOFILE, open_files),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, processes),
    ):
        _lower(kind, value)
    # The last resort when the parent is gone: the default action of SIGALRM ends the process.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)


def _lower(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (wanted, wanted))


def _tie_to_parent() -> None:
    """Die with the parent, gain no privileges, leave no core. Linux only; elsewhere the timer has to do."""
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def main(arguments: list[str]) -> None:
    memory, seconds, *command = arguments
    # The command may start threads of its own, which count as processes of this user.
    confine(int(memory), float(seconds), processes=4096)
    os.execvp(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
