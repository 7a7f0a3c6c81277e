"""Outputs that an earlier import brought, and of which the source now says something else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from publications.actions.listing import publish_changes
from publications.importing.contents import Content
from publications.importing.resolving import Resolved
from publications.models import File, FileKind, ImportBatch, ImportedFile, ImportedRecord, Output, Version
from publications.models.imports import ImportedFileState
from publications.states import OUTPUT_TRANSITIONS, OutputState, VersionState, check_transition

from .bulk import copy_rows
from .linking import Linker
from .reading import load_contents
from .writing import free_public_ids, lock_outputs, log_differences, replace_contents, write_log

if TYPE_CHECKING:
    from .pieces import Change, Sorted


@dataclass
class _Done:
    """What was done, by output."""

    corrected: set[int] = field(default_factory=set)
    published: set[int] = field(default_factory=set)
    restored: set[int] = field(default_factory=set)
    new_people: set[int] = field(default_factory=set)

    @property
    def all(self) -> set[int]:
        return self.corrected | self.published | self.restored


def change_outputs(batch: ImportBatch, linker: Linker, found: "Sorted") -> dict[int, tuple[int, Resolved]]:
    """Write what differs: in a draft, or in place in the public version, as the importer's correction.

    Returns {row: (version, resolved)} for the files. A public output never becomes a draft again: what the source no
    longer says but a public output needs (date, type) stays as it was.
    """
    changes = found.changed
    if not changes:
        return {}
    lock_outputs([change.existing.output_id for change in changes])
    before = load_contents(change.existing.version_id for change in changes)
    _adapt_all(changes, before)
    done = _Done()
    _correct(batch, linker, changes, before, done)
    _publish(batch, changes, done)
    _restore(batch, changes, done)
    publish_changes([c.existing.output_id for c in changes if c.existing.output_id in done.all and _is_public(c)])
    found.counts["updated_count"] += len(done.all)
    found.counts["unchanged_count"] += len(changes) - len(done.all)
    _record(batch, changes, before, done)
    return {c.resolved.row.number: (c.existing.version_id, c.resolved) for c in changes}


def _is_public(change: "Change") -> bool:
    """After this import."""
    return change.existing.state != OutputState.UNPUBLISHED or _is_to_publish(change)


def _is_to_publish(change: "Change") -> bool:
    """A draft of an earlier import, untouched since, that is now imported to be published."""
    here = change.existing
    is_draft = here.state == OutputState.UNPUBLISHED and here.version_state == VersionState.DRAFT
    return is_draft and change.resolved.is_public


def _adapt_all(changes: Sequence["Change"], before: Mapping[int, Content]) -> None:
    waiting = ImportedFile.objects.filter(version__in=before).exclude(state=ImportedFileState.ATTACHED)
    files = File.objects.filter(version__in=before, kind=FileKind.MAIN)
    held, filed = set(waiting.values_list("version_id", flat=True)), set(files.values_list("version_id", flat=True))
    for change in changes:
        pk = change.existing.version_id
        says_nothing = not change.resolved.record.access and change.resolved.record.embargo_until is None
        _adapt(change, before[pk], keeps_access=pk in held or (pk in filed and says_nothing))


def _adapt(change: "Change", before: Content, keeps_access: bool) -> None:
    content = change.resolved.content
    content.keep_links(before)
    if keeps_access:
        content.scalars.update(access=before.scalars["access"], embargo_until=before.scalars["embargo_until"])
    if change.existing.state != OutputState.UNPUBLISHED:
        for name in ("date", "type_id"):
            if content.scalars[name] is None:
                content.scalars[name] = before.scalars[name]


def _correct(
    batch: ImportBatch, linker: Linker, changes: Sequence["Change"], before: Mapping[int, Content], done: _Done
) -> None:
    public = [c.resolved.content for c in changes if _is_public(c)]
    done.new_people = set(linker.link(public, create=True))
    linker.link([c.resolved.content for c in changes if not _is_public(c)], create=False)
    logged = {}
    contents = {}
    for change in changes:
        here, content = change.existing, change.resolved.content
        differences = log_differences(before[here.version_id], content)
        if differences or _is_to_publish(change):
            contents[here.version_id] = content
        if differences:
            logged[here.output_id] = {**differences, "import": [None, batch.pk]}
    replace_contents(contents)
    write_log(batch, "output.import_corrected", logged, timezone.now())
    done.corrected = set(logged)


def _publish(batch: ImportBatch, changes: Sequence["Change"], done: _Done) -> None:
    ready = [c for c in changes if _is_to_publish(c)]
    if not ready:
        return
    now = timezone.now()
    outputs = Output.objects.in_bulk([c.existing.output_id for c in ready])
    for change, public_id in zip(ready, free_public_ids(len(ready)), strict=True):
        output, scalars = outputs[change.existing.output_id], change.resolved.content.scalars
        check_transition(output, output.state, OutputState.PUBLISHED, OUTPUT_TRANSITIONS)
        output.public_id, output.current_id, output.first_published_at = public_id, change.existing.version_id, now
        output.type_id, output.sort_date, output.year = scalars["type_id"], scalars["date"], scalars["date"].year
        output.state = OutputState.PUBLISHED
    Version.objects.filter(pk__in=[c.existing.version_id for c in ready]).update(
        state=VersionState.PUBLISHED, published_at=now, curator=batch.started_by
    )
    columns = ["public_id", "current", "first_published_at", "type", "sort_date", "year", "state"]
    Output.objects.bulk_update(outputs.values(), columns, batch_size=500)
    write_log(batch, "version.published", {pk: {"import": [None, batch.pk]} for pk in outputs}, now)
    done.published = set(outputs)


def _restore(batch: ImportBatch, changes: Sequence["Change"], done: _Done) -> None:
    """What an undo had withdrawn, and what is imported again, is public again under its old identifier."""
    ids = [c.existing.output_id for c in changes if c.existing.was_undone]
    for output in Output.objects.filter(pk__in=ids):
        check_transition(output, output.state, OutputState.PUBLISHED, OUTPUT_TRANSITIONS)
    Output.objects.filter(pk__in=ids).update(state=OutputState.PUBLISHED, withdrawn_at=None, withdrawal_reason="")
    write_log(batch, "output.reinstated", {pk: {"import": [None, batch.pk]} for pk in ids}, timezone.now())
    done.restored = set(ids)


def _record(batch: ImportBatch, changes: Sequence["Change"], before: Mapping[int, Content], done: _Done) -> None:
    """Also for a row that says the same in other words: its new checksum is known from now on."""
    versions = [c.existing.version_id for c in changes]
    revisions = dict(Version.objects.filter(pk__in=versions).values_list("pk", "revision"))
    copy_rows(
        ImportedRecord,
        ("batch_id", "output_id", "version_id", "revision", "row", "checksum", "was_created", "was_restored", "before"),
        (_record_row(batch, c, before, revisions, done) for c in changes),
    )


def _record_row(
    batch: ImportBatch, change: "Change", before: Mapping[int, Content], revisions: Mapping[int, int], done: _Done
) -> tuple[Any, ...]:
    here, row = change.existing, change.resolved.row.number
    earlier = {
        "content": before[here.version_id].to_json() if here.output_id in done.corrected else None,
        "public": _is_public(change),
        "was_draft": here.output_id in done.published,
        "new_people": [n.person_id for n in change.resolved.content.contributors if n.person_id in done.new_people],
    }
    revision, restored = revisions[here.version_id], here.output_id in done.restored
    return (batch.pk, here.output_id, here.version_id, revision, row, change.checksum, False, restored, earlier)
