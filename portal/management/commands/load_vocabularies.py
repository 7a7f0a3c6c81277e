from typing import Any

from django.core.management.base import BaseCommand

from accounts.units import load_units
from search.loading import load_synonyms
from taxonomy.loading import load_all


class Command(BaseCommand):
    help = "Load vocabularies, the ministry's units and synonyms; keeps what administrators edited, deletes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        for model, number in load_all().items():
            self.stdout.write(f"{number:4} {model._meta.verbose_name_plural}")
        self.stdout.write(f"{load_units():4} ministry units")
        self.stdout.write(f"{load_synonyms():4} synonyms")
