from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kesos_repo import messages
from kesos_repo.messages import Message
from kesos_repo.paths import ROOT

CATALOGUE = ROOT / "locale" / "id" / "LC_MESSAGES" / "django.po"


class Command(BaseCommand):
    help = "Check that every text of the interface has its Indonesian translation, and none is left over."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(find_faults())
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} faults in {CATALOGUE.relative_to(ROOT)}")
        self.stdout.write("All messages are translated.")


def find_faults() -> Iterator[str]:
    import polib

    entries = {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(CATALOGUE))}
    found = messages.messages()
    for message, where in found.items():
        entry = entries.get(message.key)
        if fault := _fault(message, entry):
            yield f"{where}: {message.singular!r}: {fault}"
    known = {message.key for message in found}
    for key, entry in entries.items():
        if key not in known and not entry.obsolete:
            yield f"{entry.msgid!r}: nowhere in the sources"
        elif entry.obsolete:
            yield f"{entry.msgid!r}: obsolete"


def _fault(message: Message, entry: Any) -> str | None:
    if entry is None:
        return "missing in the catalogue"
    if entry.fuzzy or not entry.translated():
        return "fuzzy" if entry.fuzzy else "not translated"
    translations = list(entry.msgstr_plural.values()) or [entry.msgstr]
    unknown = set().union(*map(messages.placeholders, translations)) - message.placeholders
    lost = messages.placeholders(message.singular) - set().union(*map(messages.placeholders, translations))
    if unknown or (lost and not message.plural):
        return f"placeholders differ: {', '.join(sorted(unknown | lost))}"
    return None
