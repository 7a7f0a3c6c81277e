"""Fill an unused database with sample outputs and accounts."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from publications.demo.accounts import describe_accounts
from publications.demo.loading import load
from publications.models import Output


class Command(BaseCommand):
    help = "Load the sample outputs and the demo accounts. Does nothing where there are outputs already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--add", action="store_true", help="add what is missing of the demo to what is there")

    def handle(self, *, add: bool, verbosity: int, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo's passwords are public: it is loaded only with KESOS_DEMO=1.")
        if Output.objects.exists() and not add:
            self._say("There are outputs already; nothing was loaded (--add loads what is missing).", verbosity)
            return
        began = time.monotonic()
        added = load(lambda text: self._say(text, verbosity))
        self._say(f"{added} sample outputs in {time.monotonic() - began:.0f} s.", verbosity)
        self._say(describe_accounts(), verbosity)

    def _say(self, text: str, verbosity: int) -> None:
        if verbosity:
            self.stdout.write(text)
            self.stdout.flush()
