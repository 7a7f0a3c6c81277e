"""Everything the page of one output shows, in a fixed number of statements."""

from dataclasses import dataclass

from django.db.models import F, Q

from publications.models import File, Output, Relation, RelationKind, Version
from publications.states import OutputState

from .parts import VersionParts, parts_of
from .public import published_versions

INVERSE = {
    RelationKind.IS_PART_OF: RelationKind.HAS_PART,
    RelationKind.IS_SUPPLEMENT_TO: RelationKind.IS_SUPPLEMENTED_BY,
    RelationKind.CITES: RelationKind.IS_CITED_BY,
    RelationKind.IS_BASED_ON: RelationKind.IS_SOURCE_OF,
    RelationKind.CONTINUES: RelationKind.IS_CONTINUED_BY,
}
INVERSE |= {inverse: kind for kind, inverse in INVERSE.items()}


@dataclass(frozen=True, slots=True)
class RelatedWork:
    """As seen from the output whose page it is; `output` is None for a work elsewhere."""

    kind: RelationKind
    title: str
    output: Output | None = None
    url: str = ""

    @property
    def label(self) -> str:
        return str(self.kind.label)


@dataclass(frozen=True, slots=True)
class OutputPage:
    version: Version
    parts: VersionParts
    versions: list[Version]
    related: list[RelatedWork]

    @property
    def main(self) -> File | None:
        return next((file for file in self.parts.files if file.kind == "main"), None)

    @property
    def is_latest(self) -> bool:
        return self.version.pk == self.version.output.current_id


def output_page(version: Version) -> OutputPage:
    return OutputPage(
        version=version,
        parts=parts_of([version.pk])[version.pk],
        versions=published_versions(version.output),
        related=related_works(version),
    )


def related_works(version: Version) -> list[RelatedWork]:
    """What this version names, and public outputs whose current version names its output; both only if ever public."""
    ever_public = [OutputState.PUBLISHED, OutputState.WITHDRAWN]
    named = Q(version=version) & (Q(target=None) | Q(target__state__in=ever_public))
    naming = Q(
        target=version.output_id, version=F("version__output__current"), version__output__state=OutputState.PUBLISHED
    )
    relations = Relation.objects.filter(named | naming).select_related("target__current", "version__output")
    works = [_seen_from(version, relation) for relation in relations]
    return list({(work.kind, work.title, work.url): work for work in works}.values())


def _seen_from(version: Version, relation: Relation) -> RelatedWork:
    kind = RelationKind(relation.kind)
    if relation.version_id != version.pk:
        other = relation.version
        return RelatedWork(INVERSE[kind], other.title, other.output)
    if relation.target is not None and relation.target.current is not None:
        return RelatedWork(kind, relation.target.current.title, relation.target)
    return RelatedWork(kind, relation.label or relation.url, url=relation.url)
