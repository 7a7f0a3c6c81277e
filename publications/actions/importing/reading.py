"""What is in the database about the rows of a piece of a file, a few statements a piece."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from publications.importing.contents import SCALARS, Content, Name
from publications.models import Contributor, Identifier, Version, VersionPmks
from publications.models.imports import ImportState
from publications.states import OutputState


@dataclass(frozen=True, slots=True)
class Existing:
    """An output that this source brought earlier, and how the last import left it."""

    output_id: int
    public_id: str | None
    state: str
    version_id: int  # its newest version
    version_state: str
    revision: int
    checksum: str | None
    left_version: int | None
    left_revision: int | None
    batch_state: str | None

    @property
    def name(self) -> str:
        return self.public_id or f"#{self.output_id}"

    @property
    def was_edited(self) -> bool:
        return (self.version_id, self.revision) != (self.left_version, self.left_revision)

    @property
    def is_withdrawn(self) -> bool:
        return self.state == OutputState.WITHDRAWN

    @property
    def was_undone(self) -> bool:
        """Withdrawn by the undo of the import that brought it."""
        return self.is_withdrawn and self.batch_state == ImportState.UNDONE


_EXISTING = """
    SELECT o.source_id, o.id, o.public_id, o.state, v.id, v.state, v.revision,
           said.checksum, r.version_id, r.revision, r.batch_state
      FROM publications_output o
      JOIN LATERAL (SELECT id, state, revision FROM publications_version
                     WHERE output_id = o.id ORDER BY number DESC LIMIT 1) v ON true
      LEFT JOIN LATERAL (SELECT i.version_id, i.revision, b.state AS batch_state
                           FROM publications_importedrecord i JOIN publications_importbatch b ON b.id = i.batch_id
                          WHERE i.output_id = o.id ORDER BY i.id DESC LIMIT 1) r ON true
      LEFT JOIN LATERAL (SELECT i.checksum
                           FROM publications_importedrecord i JOIN publications_importbatch b ON b.id = i.batch_id
                          WHERE i.output_id = o.id AND b.state <> 'undone' ORDER BY i.id DESC LIMIT 1) said ON true
     WHERE o.source = %s AND o.source_id = ANY(%s)
"""
_DOIS = """
    SELECT i.value, coalesce(o.public_id, '#' || o.id)
      FROM publications_identifier i
      JOIN publications_version v ON v.id = i.version_id
      JOIN publications_output o ON o.id = v.output_id
     WHERE i.scheme = 'doi' AND i.value = ANY(%s) AND o.source <> %s AND o.state <> 'withdrawn'
"""


def existing_outputs(source: str, source_ids: list[str]) -> dict[str, Existing]:
    with connection.cursor() as cursor:
        cursor.execute(_EXISTING, [source, source_ids])
        return {source_id: Existing(*rest) for source_id, *rest in cursor.fetchall()}


def dois_elsewhere(source: str, dois: list[str]) -> dict[str, str]:
    """{DOI: the output of another source, or deposited by hand, that has it}."""
    if not dois:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_DOIS, [dois, source])
        return dict(cursor.fetchall())


def load_contents(version_ids: Iterable[int]) -> dict[int, Content]:
    """Seven statements for any number of versions."""
    ids = list(version_ids)
    rows = Version.objects.filter(pk__in=ids).values("pk", *SCALARS)
    contents = {row.pop("pk"): Content(scalars=row) for row in rows}
    for version_id, contributor in _names(ids):
        contents[version_id].contributors.append(contributor)
    pairs = Identifier.objects.filter(version__in=ids).order_by("pk").values_list("version_id", "scheme", "value")
    for version_id, scheme, value in pairs:
        contents[version_id].identifiers.append((scheme, value))
    for name, links in _links(ids).items():
        for version_id, term_id in links:
            getattr(contents[version_id], name).append(term_id)
    return contents


def _names(ids: list[int]) -> Iterable[tuple[int, Name]]:
    rows = Contributor.objects.filter(version__in=ids).order_by("version_id", "position")
    for row in rows:
        yield (
            row.version_id,
            Name(
                row.given_name,
                row.family_name,
                row.affiliation_name,
                row.orcid,
                row.role,
                row.affiliation_id,
                row.person_id,
                row.orcid_authenticated,
                tuple(row.credit),
            ),
        )


def _links(ids: list[int]) -> dict[str, Iterable[tuple[int, int]]]:
    found: dict[str, Any] = defaultdict(list)
    found["pmks"] = (
        VersionPmks.objects.filter(version__in=ids).order_by("-is_primary", "pk").values_list("version_id", "pmks_id")
    )
    for name, model, column in many_to_many():
        found[name] = model.objects.filter(version__in=ids).order_by("pk").values_list("version_id", column)
    return found


def many_to_many() -> list[tuple[str, Any, str]]:
    """(field, table of links, column of the term)."""
    return [
        ("psks", Version.psks.through, "psks_id"),
        ("provinces", Version.provinces.through, "province_id"),
        ("methods", Version.methods.through, "method_id"),
    ]
