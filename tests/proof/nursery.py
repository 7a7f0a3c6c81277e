"""Makes indexers quickly: `python -m tests.proof.nursery` forks one for each line it reads, and tells its number.

It has everything loaded and neither threads nor connections, so a fork is a fresh indexer after some milliseconds.
"""

import os
import signal
import subprocess
import sys
from contextlib import suppress

from kesos_repo.paths import ROOT


class Nursery:
    def __init__(self, **environment: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.proof.nursery"],
            cwd=ROOT,
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pid = 0

    def start_indexer(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("start\n")
        self._process.stdin.flush()
        self.pid = int(self._process.stdout.readline())

    def kill_indexer(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def close(self) -> None:
        with suppress(ProcessLookupError):
            self.kill_indexer()
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(10)


def main() -> None:
    import django

    django.setup()
    from search.analysis import analyse
    from search.index import following, indexer, rebuilding

    # Small steps without pauses, so that a kill finds it in every part of its work.
    following.BATCH = 5
    indexer.POLL_SECONDS = indexer.WAIT_SECONDS = 0.01
    rebuilding.BATCH_OUTPUTS = rebuilding.COMMIT_OUTPUTS = 6
    analyse("perawatan keluarga family")  # loads the words
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _line in sys.stdin:
        pid = os.fork()
        if not pid:
            indexer.Indexer(
                lambda text: print(text, file=sys.stderr, flush=True), lambda _done, _total: None, lambda: False
            ).run()
            os._exit(0)
        print(pid, flush=True)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "kesos_repo.settings"
    main()
