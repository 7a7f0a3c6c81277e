import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from search.index.indexer import Indexer


class Command(BaseCommand):
    help = "Keep this machine's search index: build it if need be, then take in each change. `start` runs it."

    def handle(self, **_: Any) -> None:
        self._stopping = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        Indexer(self._say, self._progress, lambda: self._stopping).run()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _progress(self, done: int, total: int) -> None:
        """A line for each tenth of an index that takes long."""
        tenth = done * 10 // total if total else 10
        if total > 10_000 and tenth != getattr(self, "_tenth", 0):
            self._say(f"  {done:,} of {total:,} outputs")
        self._tenth = tenth
