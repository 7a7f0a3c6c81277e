"""What is exported, read in batches: five statements for each, however many outputs there are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import F
from django.utils import translation

from publications.addresses import Addresses
from publications.metadata import PublicMetadata, build_metadata
from publications.models import Output, Version
from publications.queries.parts import VersionParts, parts_of

BATCH = 500


@dataclass(frozen=True, slots=True)
class Entry:
    version: Version
    metadata: PublicMetadata
    parts: VersionParts


Batches = Iterable[Sequence[Entry]]


def batches(ids: Iterable[int], base: str, language: str) -> Iterator[list[Entry]]:
    """What of these outputs is public when its batch is read, in the same order."""
    remaining = iter(ids)
    while chunk := list(islice(remaining, BATCH)):
        yield _batch(chunk, base, language)


def _batch(ids: Sequence[int], base: str, language: str) -> list[Entry]:
    public = Output.objects.public().filter(pk__in=ids)
    current = Version.objects.filter(output__in=public, output__current=F("pk"))
    described = current.select_related("output", "type", "licence").defer("suggestions", "output__search")
    versions = {version.output_id: version for version in described}
    parts = parts_of([version.pk for version in versions.values()])
    with translation.override(language):
        found = [versions[pk] for pk in ids if pk in versions]
        return [_entry(version, parts[version.pk], base, language) for version in found]


def _entry(version: Version, parts: VersionParts, base: str, language: str) -> Entry:
    addresses = Addresses(base, version.output.public_id or "", language)
    return Entry(version, build_metadata(version, parts, addresses), parts)
