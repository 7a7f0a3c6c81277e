from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from search.index import integrity, place
from search.index.checking import compare
from search.index.reading import IndexNotReady


class Command(BaseCommand):
    help = "Compare the search index with the database and list what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--most", type=int, default=100, help="differences to list (default: 100)")

    def handle(self, *, most: int, **_: Any) -> None:
        found = place.current()
        if found and (wrong := integrity.damage(found)):
            raise CommandError(f"The search index is damaged: {wrong}. Run: manage.py reindex")
        try:
            differences = list(islice(compare(timezone.localdate()), most))
        except IndexNotReady as error:
            raise CommandError("There is no search index that could be used. Run: manage.py reindex") from error
        for difference in differences:
            self.stdout.write(f"Output {difference.id} {difference.what}.")
        if differences:
            raise CommandError(f"{len(differences)} differences. If they stay, run: manage.py reindex")
        self.stdout.write("Index and database agree.")
