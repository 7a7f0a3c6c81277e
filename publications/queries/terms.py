"""The vocabulary terms of versions, and those that lists offer as filters: one statement each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class TermLabel:
    """A term as pages show it: enough for a chip or an option, without a model instance."""

    pk: int
    kind: str
    code: str
    slug: str
    label_id: str
    label_en: str
    is_primary: bool = False

    @property
    def label(self) -> str:
        return self.label_in(get_language())

    def label_in(self, language: str | None) -> str:
        return self.label_en if self.label_en and language == "en" else self.label_id

    def __str__(self) -> str:
        return self.label


TermsByKind = dict[str, list[TermLabel]]

# kind: (table of links, column of the term)
_LINKS = {
    "pmks": ("publications_versionpmks", "pmks_id"),
    "province": ("publications_version_provinces", "province_id"),
    "method": ("publications_version_methods", "method_id"),
    "psks": ("publications_version_psks", "psks_id"),
    "pillar": ("publications_version_pillars", "pillar_id"),
    "service": ("publications_version_services", "service_id"),
}
KINDS = tuple(_LINKS)
_FILTERS = {"pmks": "taxonomy_pmks", "province": "taxonomy_province", "type": "taxonomy_outputtype"}


def _links_sql(kind: str) -> str:
    links, column = _LINKS[kind]
    primary = "l.is_primary" if kind == "pmks" else "false"
    return (  # only constants are put together here
        f"SELECT l.version_id, t.id, '{kind}' AS kind, t.code, t.slug, t.label_id, t.label_en,"  # noqa: S608
        f" {primary} AS is_primary, t.position"
        f" FROM {links} l JOIN taxonomy_{kind} t ON t.id = l.{column} WHERE l.version_id = ANY(%(ids)s)"
    )


def terms_of(version_ids: Iterable[int], kinds: Iterable[str] = KINDS) -> dict[int, TermsByKind]:
    """{version: {kind: terms}}, each kind in the vocabulary's order, the primary one first."""
    ids = list(version_ids)
    found: dict[int, TermsByKind] = {pk: {kind: [] for kind in kinds} for pk in ids}
    statement = " UNION ALL ".join(_links_sql(kind) for kind in kinds)
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY kind, is_primary DESC, position, code", {"ids": ids})
        for version_id, pk, kind, code, slug, label_id, label_en, is_primary, _position in cursor.fetchall():
            found[version_id][kind].append(TermLabel(pk, kind, code, slug, label_id, label_en, is_primary))
    return found


def filter_terms() -> TermsByKind:
    """What the filters of a list offer: PMKS, provinces and types, without retired ones."""
    offered: TermsByKind = {kind: [] for kind in _FILTERS}
    statement = " UNION ALL ".join(
        f"SELECT id, '{kind}' AS kind, code, slug, label_id, label_en, position FROM {table} WHERE retired_on IS NULL"  # noqa: S608 - constants only
        for kind, table in _FILTERS.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY kind, position, code")
        for pk, kind, code, slug, label_id, label_en, _position in cursor.fetchall():
            offered[kind].append(TermLabel(pk, kind, code, slug, label_id, label_en))
    return offered
