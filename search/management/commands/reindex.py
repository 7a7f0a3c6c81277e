import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.index import place, rebuilding
from search.index.writing import CannotWrite

WIDTH = 40


class Command(BaseCommand):
    help = (
        "Build the search index anew beside the current one, which is searched meanwhile, and put it in its place. "
        "Goes on where it was interrupted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true", help="begin at the beginning, also after an interruption")

    def handle(self, *, anew: bool, **_: Any) -> None:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        self._began = self._shown = time.monotonic()
        self._first: int | None = None
        try:
            rebuilding.rebuild(self._progress, anew=anew)
        except place.Locked as error:
            raise CommandError("An index is being built already (by this command or by `start`).") from error
        except (CannotWrite, OSError) as error:
            raise CommandError(
                f"The new index cannot be written in {place.root()}: {error}. The old one stays."
            ) from error
        except KeyboardInterrupt:
            raise CommandError("Interrupted. The next `reindex` goes on from here; the old index stays.") from None
        self.stdout.write(f"{self._end}The new search index is in use, after {time.monotonic() - self._began:.0f} s.")

    @property
    def _end(self) -> str:
        return "\n" if self._on_terminal else ""

    @property
    def _on_terminal(self) -> bool:
        return bool(getattr(self.stdout, "isatty", lambda: False)())

    def _progress(self, done: int, total: int) -> None:
        """A bar that moves on a terminal, a line now and then elsewhere."""
        now = time.monotonic()
        self._first = done if self._first is None else self._first
        if done < total and now - self._shown < (0.2 if self._on_terminal else 10):
            return
        self._shown = now
        share = done / total if total else 1.0
        rate = (done - self._first) / max(now - self._began, 0.001)
        left = f", {(total - done) / rate:.0f} s left" if rate and done < total else ""
        text = f"{done:,} of {total:,} outputs ({share:.0%}{left})"
        if self._on_terminal:
            bar = "█" * int(WIDTH * share)
            self.stdout.write(f"\r{bar:░<{WIDTH}} {text}\x1b[K", ending="")
        else:
            self.stdout.write(text)
        self.stdout.flush()
