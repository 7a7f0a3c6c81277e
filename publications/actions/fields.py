"""Writing the descriptive fields of a version, and what changed, for the log."""

from collections.abc import Iterable
from typing import Any

from publications.models import Contributor, Identifier, Relation, Version, VersionPmks

SCALARS = (
    "type", "language", "title_id", "title_en", "abstract_id", "abstract_en", "keywords_id", "keywords_en",
    "date", "date_precision", "publisher", "container_title", "volume", "issue", "pages", "funder", "award_number",
    "licence", "access", "embargo_until", "change_note", "is_correction",
)  # fmt: skip
COPIED_MANY = ("psks", "pillars", "services", "provinces", "methods")


def write(version: Version, data: dict[str, Any]) -> dict[str, list[Any]]:
    """Write the fields present in `data`; return {field: [before, after]} of those that changed.

    Keys: the scalars above; `pmks` a list of Pmks, the first one primary; the many-to-many names with lists of terms;
    `contributors` a list of dicts in order (keys: CONTRIBUTOR_FIELDS);
    `identifiers` a list of (scheme, value); `relations` a list of dicts (kind, target, url, label).
    """
    changes: dict[str, list[Any]] = {}
    changed_scalars = []
    for name in SCALARS:
        if name in data and getattr(version, name) != data[name]:
            changes[name] = [describe(getattr(version, name)), describe(data[name])]
            setattr(version, name, data[name])
            changed_scalars.append(name)
    if changed_scalars:
        version.save(update_fields=changed_scalars)
    for name in COPIED_MANY:
        if name in data:
            _note(changes, name, _write_many(version, name, data[name]))
    for name, writer in (
        ("pmks", _write_pmks),
        ("contributors", _write_contributors),
        ("identifiers", _write_identifiers),
        ("relations", _write_relations),
    ):
        if name in data:
            _note(changes, name, writer(version, data[name]))
    _forget_suggestions(version, changes)
    return changes


def empty_value(field: str) -> Any:
    """What an untouched draft has in a field that can be suggested."""
    if field == "language":
        return Version._meta.get_field("language").default
    return [] if field in ("contributors", "identifiers", "keywords_id", "keywords_en") else ""


def describe(value: Any) -> Any:
    """A value as the log keeps it."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | tuple):
        return [describe(item) for item in value]
    return getattr(value, "code", None) or str(value)


def _note(changes: dict[str, list[Any]], name: str, pair: tuple[Any, Any]) -> None:
    before, after = pair
    if before != after:
        changes[name] = [before, after]


def _forget_suggestions(version: Version, changes: dict[str, list[Any]]) -> None:
    """A field that a person has changed is no longer 'from the PDF'."""
    stale = [name for name in version.suggestions if name in changes]
    if stale:
        for name in stale:
            del version.suggestions[name]
        version.save(update_fields=["suggestions"])


def _write_many(version: Version, name: str, terms: Iterable[Any]) -> tuple[Any, Any]:
    manager = getattr(version, name)
    before = sorted(manager.values_list("code", flat=True))
    manager.set(terms)
    return before, sorted(term.code for term in terms)


def _write_pmks(version: Version, kinds: list[Any]) -> tuple[Any, Any]:
    before = [row.pmks.code for row in version.version_pmks.select_related("pmks")]
    after = [kind.code for kind in kinds]
    if before != after:
        version.version_pmks.all().delete()
        VersionPmks.objects.bulk_create(
            VersionPmks(version=version, pmks=kind, is_primary=index == 0) for index, kind in enumerate(kinds)
        )
    return before[:1] + sorted(before[1:]), after[:1] + sorted(after[1:])


CONTRIBUTOR_FIELDS = ("given_name", "family_name", "affiliation", "affiliation_name", "orcid", "role", "credit")


def _write_contributors(version: Version, rows: list[dict[str, Any]]) -> tuple[Any, Any]:
    """Rows that say the same as before keep their identity (and their link to a person)."""
    known = list(version.contributors.select_related("affiliation"))
    fresh = [Contributor(version=version, position=i, **_contributor_values(row)) for i, row in enumerate(rows, 1)]
    before, after = [_identity(c) for c in known], [_identity(c) for c in fresh]
    if before != after:
        people = {_identity(c): (c.person_id, c.orcid_authenticated) for c in known}
        for contributor in fresh:
            contributor.person_id, contributor.orcid_authenticated = people.get(_identity(contributor), (None, False))
        version.contributors.all().delete()
        Contributor.objects.bulk_create(fresh)
    return [_contributor_text(c) for c in known], [_contributor_text(c) for c in fresh]


def _identity(contributor: Contributor) -> tuple[Any, ...]:
    """What a row says; two equal ones are the same row."""
    c = contributor
    return (
        c.given_name, c.family_name, c.affiliation_id, c.affiliation_name, c.orcid, c.role, tuple(sorted(c.credit)),
    )  # fmt: skip


def _contributor_values(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in CONTRIBUTOR_FIELDS if row.get(name) not in (None, "")}


def _contributor_text(contributor: Contributor) -> str:
    """For the log; the comma shows which part is the last name."""
    place = contributor.affiliation.name if contributor.affiliation else contributor.affiliation_name
    name = ", ".join(part for part in (contributor.family_name, contributor.given_name) if part)
    parts = (name, place, contributor.orcid, contributor.role, ",".join(contributor.credit))
    return " · ".join(part for part in parts if part)


def _write_identifiers(version: Version, pairs: list[tuple[str, str]]) -> tuple[Any, Any]:
    before = sorted(f"{row.scheme}:{row.value}" for row in version.identifiers.all())
    after = sorted({f"{scheme}:{value}" for scheme, value in pairs})
    if before != after:
        version.identifiers.all().delete()
        Identifier.objects.bulk_create(
            Identifier(version=version, scheme=scheme, value=value) for scheme, value in dict.fromkeys(pairs)
        )
    return before, after


def _write_relations(version: Version, rows: list[dict[str, Any]]) -> tuple[Any, Any]:
    fresh = [Relation(version=version, **row) for row in rows]
    before = [_relation_text(row) for row in version.relations.select_related("target")]
    after = [_relation_text(row) for row in fresh]
    if before != after:
        version.relations.all().delete()
        Relation.objects.bulk_create(fresh)
    return before, after


def _relation_text(relation: Relation) -> str:
    return f"{relation.kind} {relation.target or relation.url} {relation.label}".strip()
