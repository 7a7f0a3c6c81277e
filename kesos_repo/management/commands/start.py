import os
import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from kesos_repo import embedded
from kesos_repo.start import prepare, web
from kesos_repo.start.child import KeepsDying
from kesos_repo.start.leftovers import end_leftovers
from kesos_repo.start.lock import AlreadyRunning, StartLock
from kesos_repo.start.supervisor import Supervisor


class Command(BaseCommand):
    help = "Prepare the site and run it: PostgreSQL (unless DATABASE_URL is set), web server, workers and indexer."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1", help="default: HOST or 127.0.0.1")
        parser.add_argument("--port", type=int, default=os.environ.get("PORT") or 8000, help="default: PORT or 8000")
        parser.add_argument("--prepare-only", action="store_true", help="prepare, say so and end")

    def handle(self, *, host: str, port: int, prepare_only: bool, **_: Any) -> None:
        self.address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}/"  # noqa: S104
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            lock = StartLock(settings.VAR_DIR / "start.lock")
            try:
                if left := end_leftovers(settings.VAR_DIR):
                    self._say(f"Ended {left} processes that a killed start had left running.")
                self._with_postgresql(lock, host, port, prepare_only)
            finally:
                lock.release()
        except (AlreadyRunning, KeepsDying, web.PortTaken, prepare.CannotStart, embedded.EmbeddedError) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self._say("Stopped while starting.")

    def _with_postgresql(self, lock: StartLock, host: str, port: int, prepare_only: bool) -> None:
        if not prepare_only:
            web.check_port(host, port)
        started = embedded.ensure_running()
        owned = embedded.used() and (started or lock.owned_postgresql)
        lock.write(address=self.address, owns_postgresql=owned)
        try:
            prepare.prepare(self._say)
            connection.close()
            if not prepare_only:
                self._serve(host, port)
        finally:
            if owned:
                connection.close()
                embedded.stop()

    def _serve(self, host: str, port: int) -> None:
        server, others = web.web_server(host, port), [*web.workers(), web.indexer()]
        children = [server]

        def when_ready() -> bool:
            if not web.answers(host, port):
                return False
            children.extend(others)  # only now: they would compete with the web server for the processors
            self._greet()
            return True

        Supervisor(children, _keep_postgresql).run(when_ready)
        self._say("Stopped.")

    def _greet(self) -> None:
        self._say(f"\nRepositori Kesos: {self.address} (English: {self.address}en/)")
        if settings.DEMO:
            from conferences.demo.accounts import ACCOUNTS
            from publications.demo.accounts import describe_accounts

            self._say(describe_accounts(ACCOUNTS))
        self._say("Ctrl-C stops it.\n")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _keep_postgresql() -> None:
    if embedded.used() and not embedded.is_running():
        embedded.ensure_running()
