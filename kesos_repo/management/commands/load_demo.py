"""Fill an unused database with sample outputs, what they found, and accounts."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from conferences.demo import loading as conferences
from conferences.demo.accounts import ACCOUNTS
from evidence.demo import loading as evidence
from publications.demo import loading as publications
from publications.demo.accounts import describe_accounts
from publications.models import Output


class Command(BaseCommand):
    help = (
        "Load the sample outputs, their findings, the sample conferences and the demo accounts. Outputs are loaded "
        "only where there are none, findings only where no sample output has one, conferences only where there is none."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--add", action="store_true", help="add what is missing of the demo to what is there")

    def handle(self, *, add: bool, verbosity: int, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo's passwords are public: it is loaded only with KESOS_DEMO=1.")
        self.verbosity = verbosity
        wants_outputs = add or not Output.objects.exists()
        if wants_outputs:
            self._load("sample outputs", publications.load)
        wants_findings = wants_outputs or evidence.wanted()
        if wants_findings:
            self._load("sample findings", evidence.load)
        wants_editions = wants_findings or conferences.wanted()
        if wants_editions:
            self._load("sample conferences", conferences.load)
            self._say(describe_accounts(ACCOUNTS))
        else:
            self._say("There are outputs already; nothing was loaded (--add loads what is missing).")

    def _load(self, what: str, load: Any) -> None:
        began = time.monotonic()
        added = load(self._say)
        self._say(f"{added} {what} in {time.monotonic() - began:.0f} s.")

    def _say(self, text: str) -> None:
        if self.verbosity:
            self.stdout.write(text)
            self.stdout.flush()
