from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conferences.models import Edition
from conferences.queries.snapshot import snapshot
from conferences.schedules.frab_files import as_json, as_xml
from conferences.schedules.frab_values import as_imported

FORMS = {".xml": as_xml, ".json": as_json}


class Command(BaseCommand):
    help = (
        "Write the programme as the desk has it now as schedule.xml or schedule.json (frab, pretalx). Of an imported"
        " schedule everything comes out that came in, also what people answered to its organisers."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the edition's address: /konferensi/<slug>/")
        parser.add_argument("file", type=Path, help="ends in .xml or .json")

    def handle(self, *, slug: str, file: Path, **_options: Any) -> None:
        edition = Edition.objects.filter(slug=slug).first()
        if edition is None:
            raise CommandError(f"There is no edition {slug}.")
        if file.suffix not in FORMS:
            raise CommandError("Name a file that ends in .xml or .json.")
        data = snapshot(edition, whole=True)
        file.write_bytes(FORMS[file.suffix](as_imported(edition, data)))
        self.stdout.write(f"{len(data['sessions'])} sessions in {file}.")
