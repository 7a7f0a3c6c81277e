"""What one line of a list shows, read for a whole page at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.utils.translation import get_language

from publications.models import ContributorRole, Output, Version

from .terms import TermLabel, terms_of

SHOWN_NAMES = 6
SNIPPET_LENGTH = 180


@dataclass(frozen=True, slots=True)
class Row:
    output: Output
    names: list[str]
    more_names: int
    pmks: list[TermLabel] = field(default_factory=list)
    provinces: list[TermLabel] = field(default_factory=list)

    @property
    def version(self) -> Version:
        assert self.output.current is not None  # noqa: S101 - public outputs have one (output_published_has_id_and_date)
        return self.output.current

    @property
    def snippet_language(self) -> str:
        if get_language() == "en":
            return "en" if self.version.abstract_en else "id"
        return "id" if self.version.abstract_id else "en"

    @property
    def snippet(self) -> str:
        """The beginning of the abstract, cut at a word."""
        version = self.version
        text = version.abstract_en if self.snippet_language == "en" else version.abstract_id
        if len(text) <= SNIPPET_LENGTH:
            return text
        return text[:SNIPPET_LENGTH].rsplit(" ", 1)[0].rstrip(",.;:") + " …"


def output_rows(ids: Sequence[int]) -> list[Row]:
    """Public outputs in the order of `ids`, with names and terms: three statements for any number."""
    if not ids:
        return []
    shown = (
        Output.objects.public()
        .filter(pk__in=ids)
        .select_related("current", "type")
        .only(
            "public_id", "year", "is_sample", "sort_date", "type__label_id", "type__label_en",
            "current__number", "current__title_id", "current__title_en", "current__abstract_id", "current__abstract_en",
            "current__language", "current__container_title", "current__publisher", "current__access",
            "current__embargo_until",
        )
    )  # fmt: skip
    outputs = {output.pk: output for output in shown}
    versions = [output.current_id for output in outputs.values() if output.current_id]
    names, terms = author_names(versions), terms_of(versions, ("pmks", "province"))
    return [_row(outputs[pk], names, terms) for pk in ids if pk in outputs]


def _row(output: Output, names: dict[int, list[str]], terms: dict[int, dict[str, list[TermLabel]]]) -> Row:
    version = output.current_id or 0
    authors = names[version]
    return Row(
        output=output,
        names=authors[:SHOWN_NAMES],
        more_names=max(0, len(authors) - SHOWN_NAMES),
        pmks=terms[version]["pmks"],
        provinces=terms[version]["province"],
    )


_NAMES = """
    SELECT version_id, role, given_name, family_name FROM publications_contributor
     WHERE version_id = ANY(%s) ORDER BY version_id, position
"""


def author_names(version_ids: Iterable[int]) -> dict[int, list[str]]:
    """{version: names of its authors in order}; of a work without authors, of its editors."""
    found: dict[int, dict[str, list[str]]] = {pk: {} for pk in version_ids}
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, [list(found)])
        for version, role, given, family in cursor.fetchall():
            found[version].setdefault(role, []).append(f"{given} {family}".strip())
    roles = (ContributorRole.AUTHOR, ContributorRole.EDITOR)
    return {pk: next((by_role[r] for r in roles if r in by_role), []) for pk, by_role in found.items()}
