"""How outputs are cited, for any number of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F
from django.utils.safestring import SafeString

from publications.addresses import Addresses
from publications.citation import formatted, formatted_html
from publications.metadata import PublicMetadata, build_metadata
from publications.models import Output, Version
from publications.queries.parts import parts_of


@dataclass(frozen=True, slots=True)
class Citation:
    metadata: PublicMetadata

    @property
    def html(self) -> SafeString:
        return formatted_html(self.metadata)

    def __str__(self) -> str:
        return formatted(self.metadata)


def citations_of(outputs: Iterable[int], base: str, language: str) -> dict[int, Citation]:
    """{output: citation} of those that are public, as reached at `base`; five statements."""
    public = Output.objects.public().filter(pk__in=set(outputs))
    current = Version.objects.filter(output__in=public, output__current=F("pk"))
    versions = list(current.select_related("output", "type", "licence").defer("suggestions", "output__search"))
    parts = parts_of([version.pk for version in versions])
    return {
        version.output_id: Citation(
            build_metadata(version, parts[version.pk], Addresses(base, version.output.public_id or "", language))
        )
        for version in versions
    }
