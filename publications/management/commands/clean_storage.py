from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from publications.actions import storage


class Command(BaseCommand):
    help = (
        "Compare the stored files with the database: list what nothing needs (left by a crash, or by replaced and "
        "discarded files) and, with --delete, remove it; with --verify, read every file again and compare its SHA-256."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delete", action="store_true", help="remove what is listed")
        parser.add_argument("--verify", action="store_true", help="read every stored file and check that it is whole")
        parser.add_argument(
            "--older-than", type=float, default=24, metavar="HOURS", help="leave what is younger (default: 24)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        hours = options["older_than"]
        if options["delete"]:
            done = storage.clean(hours)
            self.stdout.write("Removed: " + ", ".join(f"{count} {kind}" for kind, count in done.items()))
        else:
            self._list(hours)
        if options["verify"]:
            self._verify()

    def _list(self, hours: float) -> None:
        for path in storage.left_uploads(hours):
            self.stdout.write(f"half-received upload: {path.name}")
        for blob in storage.unused_blobs(hours):
            self.stdout.write(f"in no version any more: {blob.content.name}")
        for name in storage.orphans(hours):
            self.stdout.write(f"in no row: {name}")

    def _verify(self) -> None:
        bad = list(storage.damaged())
        for blob, what in bad:
            self.stdout.write(self.style.ERROR(f"{what}: {blob.content.name}"))
        if bad:
            raise SystemExit(1)
        self.stdout.write("Every stored file is whole.")
