"""What belongs to versions in other tables, read for any number of versions at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from publications.models import Contributor, File, Identifier

from .terms import KINDS, TermsByKind, terms_of


@dataclass(slots=True)
class VersionParts:
    terms: TermsByKind
    contributors: list[Contributor] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)


def parts_of(version_ids: Iterable[int]) -> dict[int, VersionParts]:
    """Four statements, whatever the number of versions."""
    ids = list(version_ids)
    parts = {pk: VersionParts(terms) for pk, terms in terms_of(ids, KINDS).items()}
    people = Contributor.objects.filter(version__in=ids).select_related("affiliation")
    for contributor in people.order_by("version_id", "position"):
        parts[contributor.version_id].contributors.append(contributor)
    files = File.objects.filter(version__in=ids).select_related("blob").defer("blob__reading")
    for file in files.order_by("version_id", "position", "pk"):
        parts[file.version_id].files.append(file)
    for identifier in Identifier.objects.filter(version__in=ids).order_by("version_id", "pk"):
        parts[identifier.version_id].identifiers.append(identifier)
    return parts
