"""Writes outputs in bulk: new ones by COPY, changed ones by a few statements a piece."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.actions import masked
from accounts.models import LogEntry
from publications.actions.listing import publish_changes
from publications.importing.contents import SCALARS, Content, shown
from publications.importing.resolving import Resolved
from publications.models import Contributor, Identifier, ImportBatch, ImportedRecord, Output, Version, VersionPmks
from publications.publicid import new_public_id
from publications.states import OutputState, VersionState

from .bulk import copy_rows, next_ids
from .reading import many_to_many

_OUTPUT_COLUMNS = (
    "id", "public_id", "owner_id", "state", "current_id", "type_id", "year", "sort_date", "first_published_at",
    "source", "source_id", "created_at", "changed_at",
)  # fmt: skip
_VERSION_COLUMNS = ("id", "output_id", "number", "state", "published_at", "curator_id", *SCALARS)
_CONTRIBUTOR_COLUMNS = (
    "version_id", "position", "given_name", "family_name", "affiliation_name", "orcid", "role", "affiliation_id",
    "person_id", "orcid_authenticated", "credit",
)  # fmt: skip


@dataclass(slots=True)
class Made:
    """A row and the output that now carries it."""

    resolved: Resolved
    checksum: str
    output_id: int
    version_id: int


def create_outputs(batch: ImportBatch, rows: Sequence[tuple[Resolved, str]]) -> list[Made]:
    """`rows` are (resolved, checksum), their people already linked; published or a draft, as the row says."""
    output_ids, version_ids = next_ids(Output, len(rows)), next_ids(Version, len(rows))
    made = [
        Made(resolved, checksum, output_id, version_id)
        for (resolved, checksum), output_id, version_id in zip(rows, output_ids, version_ids, strict=True)
    ]
    now = timezone.now()
    public_ids = iter(free_public_ids(sum(one.resolved.is_public for one in made)))
    # `output.current` and `version.output` point to each other; both constraints wait for the commit.
    copy_rows(Output, _OUTPUT_COLUMNS, (_output_row(batch, one, public_ids, now) for one in made))
    copy_rows(Version, _VERSION_COLUMNS, (_version_row(batch, one, now) for one in made))
    insert_related({one.version_id: one.resolved.content for one in made})
    record_made(batch, made, now)
    publish_changes([one.output_id for one in made if one.resolved.is_public])
    return made


def _output_row(batch: ImportBatch, one: Made, public_ids: Any, now: datetime.datetime) -> tuple[Any, ...]:
    source = (batch.source, one.resolved.record.source_id, now, now)
    if not one.resolved.is_public:
        state = OutputState.UNPUBLISHED.value
        return (one.output_id, None, batch.started_by_id, state, None, None, None, None, None, *source)
    scalars = one.resolved.content.scalars
    return (
        one.output_id,
        next(public_ids),
        batch.started_by_id,
        OutputState.PUBLISHED.value,
        one.version_id,
        scalars["type_id"],
        scalars["date"].year,
        scalars["date"],
        now,
        *source,
    )


def _version_row(batch: ImportBatch, one: Made, now: datetime.datetime) -> tuple[Any, ...]:
    scalars = [one.resolved.content.scalars[name] for name in SCALARS]
    if one.resolved.is_public:
        state = VersionState.PUBLISHED.value
        return (one.version_id, one.output_id, 1, state, now, batch.started_by_id, *scalars)
    return (one.version_id, one.output_id, 1, VersionState.DRAFT.value, None, None, *scalars)


def free_public_ids(count: int) -> list[str]:
    """New identifiers that no output has; a race with another publication fails on the unique constraint."""
    found: set[str] = set()
    while len(found) < count:
        candidates = {new_public_id() for _index in range(count - len(found))} - found
        taken = Output.objects.filter(public_id__in=candidates).values_list("public_id", flat=True)
        found |= candidates - set(taken)
    return list(found)


def insert_related(contents: dict[int, Content]) -> None:
    """Contributors, identifiers and terms of versions that have none."""
    copy_rows(Contributor, _CONTRIBUTOR_COLUMNS, _contributor_rows(contents))
    copy_rows(
        Identifier,
        ("version_id", "scheme", "value"),
        (
            (pk, scheme, value)
            for pk, content in contents.items()
            for scheme, value in dict.fromkeys(content.identifiers)
        ),
    )
    copy_rows(
        VersionPmks,
        ("version_id", "pmks_id", "is_primary"),
        ((pk, term, index == 0) for pk, content in contents.items() for index, term in enumerate(content.pmks)),
    )
    for name, model, column in many_to_many():
        rows = [(pk, term) for pk, content in contents.items() for term in getattr(content, name)]
        if rows:
            copy_rows(model, ("version_id", column), rows)


def _contributor_rows(contents: dict[int, Content]) -> Any:
    for pk, content in contents.items():
        for position, name in enumerate(content.contributors, 1):
            links = (name.affiliation_id, name.person_id, name.orcid_authenticated, name.credit)
            yield (pk, position, name.given, name.family, name.place, name.orcid, name.role, *links)


def replace_contents(contents: dict[int, Content]) -> None:
    """The versions say from now on what `contents` says; what an import knows nothing of stays."""
    versions = list(Version.objects.filter(pk__in=contents).select_for_update())
    for version in versions:
        for name, value in contents[version.pk].scalars.items():
            setattr(version, name, value)
        version.revision += 1
    Version.objects.bulk_update(versions, [*SCALARS, "revision"], batch_size=500)
    for model in (Contributor, Identifier, VersionPmks, *(through for _name, through, _column in many_to_many())):
        model.objects.filter(version__in=contents).delete()
    insert_related(contents)


def record_made(batch: ImportBatch, made: Sequence[Made], now: datetime.datetime) -> None:
    copy_rows(
        ImportedRecord,
        ("batch_id", "output_id", "version_id", "row", "checksum", "was_created", "before"),
        (
            (batch.pk, one.output_id, one.version_id, one.resolved.row.number, one.checksum, True, _state_of(one))
            for one in made
        ),
    )
    write_log(batch, "output.imported", {one.output_id: _origin(batch, one) for one in made}, now)


def _state_of(one: Made) -> dict[str, bool]:
    return {"public": one.resolved.is_public}


def _origin(batch: ImportBatch, one: Made) -> dict[str, list[Any]]:
    return {
        "source": [None, batch.source],
        "source_id": [None, one.resolved.record.source_id],
        "state": [None, "published" if one.resolved.is_public else "draft"],
        "import": [None, batch.pk],
    }


def write_log(
    batch: ImportBatch,
    action: str,
    changes: dict[int, dict[str, list[Any]]],
    now: datetime.datetime,
    actor: int | None = None,
) -> None:
    """One entry for each output, as `accounts.actions.log` would write it."""
    label = Output._meta.label_lower
    who = actor or batch.started_by_id
    copy_rows(
        LogEntry,
        ("at", "actor_id", "action", "target", "changes"),
        ((now, who, action, f"{label}:{pk}", masked(change)) for pk, change in changes.items()),
    )


def log_differences(before: Content, after: Content) -> dict[str, list[Any]]:
    return {name: [shown(_value(before, name)), shown(_value(after, name))] for name in before.differences(after)}


def _value(content: Content, name: str) -> Any:
    return content.scalars[name] if name in content.scalars else getattr(content, name)


def lock_outputs(ids: Sequence[int]) -> None:
    """In the order of their keys, as every action locks the output first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM publications_output WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [list(ids)])
