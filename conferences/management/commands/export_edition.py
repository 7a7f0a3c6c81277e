from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conferences.exporting import export
from conferences.exporting.folder import FolderInUse, NotPublic
from conferences.models import Edition


class Command(BaseCommand):
    help = "Write the public site of an edition into a folder: HTML in both languages, ICS, JSON, PDF and pictures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the edition's address: /konferensi/<slug>/")
        parser.add_argument("folder", type=Path, help="new, empty, or an earlier copy of the same edition")

    def handle(self, *, slug: str, folder: Path, **_options: Any) -> None:
        edition = Edition.objects.select_related("series").prefetch_related("dates").filter(slug=slug).first()
        if edition is None:
            raise CommandError(f"There is no edition {slug}.")
        try:
            number = export(edition, folder)
        except NotPublic as error:
            raise CommandError(f"{slug} is not public; only public editions are copied.") from error
        except FolderInUse as error:
            raise CommandError(f"{folder} holds something else; name a new folder.") from error
        self.stdout.write(f"{number} files of {slug} in {folder}.")
