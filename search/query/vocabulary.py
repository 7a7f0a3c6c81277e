"""The vocabularies that addresses name by slug and the index by code: one statement, kept until a term changes."""

from dataclasses import dataclass
from functools import cached_property

from django.db import connection

from conferences.models import Edition
from publications.queries.terms import TermLabel
from search.analysis import stems
from search.query.kept import Kept
from search.query.parameters import VOCABULARIES


@dataclass(frozen=True)
class Vocabulary:
    """Terms by parameter, also retired ones: `by_slug` for addresses, `by_code` for counts, in their own order; and
    the codes of the PMKS by the stems of their names in both languages, for who types one.
    """

    by_slug: dict[str, dict[str, TermLabel]]
    by_code: dict[str, dict[str, TermLabel]]

    @cached_property
    def topics(self) -> dict[tuple[str, ...], str]:
        terms = self.by_code["pmks"].items()
        return {tuple(stems(label)): code for code, term in terms for label in (term.label_en, term.label_id) if label}


_TERMS = "SELECT id, '{kind}' AS kind, code, slug, label_id, label_en, position FROM {table}"
# Editions are no terms: everybody may know the public ones, the newest first; the index has their ids.
_EDITIONS = """
    SELECT id, '{kind}' AS kind, id::text AS code, slug, title_id AS label_id, title_en AS label_en,
           DATE '2500-01-01' - starts_on AS position
      FROM {table} WHERE state <> 'draft'
"""

_kept: Kept[Vocabulary] = Kept(1)  # as it is: every search reads it, and the cache would copy it each time


def vocabulary(generation: int | None) -> Vocabulary:
    return _read() if generation is None else _kept.get(generation, _read)


def _read() -> Vocabulary:
    statement = " UNION ALL ".join(
        (_EDITIONS if table == Edition._meta.db_table else _TERMS).format(kind=name, table=table)
        for name, table in VOCABULARIES.items()
    )
    by_slug: dict[str, dict[str, TermLabel]] = {name: {} for name in VOCABULARIES}
    by_code: dict[str, dict[str, TermLabel]] = {name: {} for name in VOCABULARIES}
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY kind, position, code")
        for pk, kind, code, slug, label_id, label_en, _position in cursor.fetchall():
            term = TermLabel(pk, kind, code, slug, label_id, label_en)
            by_slug[kind][slug] = by_code[kind][code] = term
    return Vocabulary(by_slug, by_code)
