"""Taking an import back: drafts go, public outputs are withdrawn, changed ones say again what they said before."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, override

from accounts.actions import log
from accounts.models import Person, User
from publications.actions.common import require
from publications.actions.listing import publish_changes
from publications.importing.contents import Content
from publications.models import ImportBatch, ImportedRecord, Output
from publications.models.imports import ImportState, check_import_transition
from publications.states import OutputState

from .reading import load_contents
from .writing import lock_outputs, log_differences, replace_contents, write_log

REASON = gettext_noop("The bulk import that brought this record was taken back.")


_REASONS = {
    "edited": gettext_lazy("was edited or got a new version"),
    "submitted": gettext_lazy("was submitted or published"),
    "withdrawn": gettext_lazy("was withdrawn"),
    "commented": gettext_lazy("has comments"),
    "requested": gettext_lazy("has requests for copies"),
    "cited": gettext_lazy("is referred to by another output"),
    "imported": gettext_lazy("was changed by a later import"),
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """An output that cannot be taken back, and why: edited, commented, cited, requested, reimported, withdrawn."""

    output_id: int
    name: str
    title: str
    reason: str

    @property
    def label(self) -> str:
        return str(_REASONS[self.reason])


class CannotUndo(Exception):
    def __init__(self, found: list[Obstacle]) -> None:
        super().__init__(f"{len(found)} outputs were used since")
        self.obstacles = found


# One row for each reason; `version` and `revision` tell what the import left behind.
_OBSTACLES = """
    WITH r AS (SELECT i.*, o.public_id, o.state FROM publications_importedrecord i
                 JOIN publications_output o ON o.id = i.output_id WHERE i.batch_id = %(batch)s)
    SELECT output_id, public_id, reason FROM (
        SELECT r.output_id, r.public_id, 'edited' AS reason FROM r
         WHERE NOT EXISTS (SELECT 1 FROM publications_version v WHERE v.output_id = r.output_id
                            AND v.id = r.version_id AND v.revision = r.revision)
            OR EXISTS (SELECT 1 FROM publications_version v WHERE v.output_id = r.output_id AND v.id > r.version_id)
        UNION ALL
        SELECT r.output_id, r.public_id, 'submitted' FROM r JOIN publications_version v ON v.id = r.version_id
         WHERE (r.before ->> 'public') = 'false' AND v.state <> 'draft'
        UNION ALL
        SELECT r.output_id, r.public_id, 'withdrawn' FROM r WHERE r.state = 'withdrawn'
        UNION ALL
        SELECT r.output_id, r.public_id, 'commented' FROM r
         WHERE EXISTS (SELECT 1 FROM publications_comment c WHERE c.version_id = r.version_id)
        UNION ALL
        SELECT r.output_id, r.public_id, 'requested' FROM r
         WHERE EXISTS (SELECT 1 FROM publications_copyrequest c WHERE c.output_id = r.output_id)
        UNION ALL
        SELECT r.output_id, r.public_id, 'cited' FROM r
         WHERE EXISTS (SELECT 1 FROM publications_relation l JOIN publications_version v ON v.id = l.version_id
                        WHERE l.target_id = r.output_id AND v.output_id NOT IN (SELECT output_id FROM r))
        UNION ALL
        SELECT r.output_id, r.public_id, 'imported' FROM r
         WHERE EXISTS (SELECT 1 FROM publications_importedrecord later
                         JOIN publications_importbatch b ON b.id = later.batch_id AND b.state <> 'undone'
                        WHERE later.output_id = r.output_id AND later.id > r.id)
    ) found ORDER BY output_id, reason
"""


def obstacles(batch: ImportBatch) -> list[Obstacle]:
    """What somebody has done since with the outputs of this batch; an empty list lets it be undone."""
    with connection.cursor() as cursor:
        cursor.execute(_OBSTACLES, {"batch": batch.pk})
        rows = cursor.fetchall()
    titles: dict[int, str] = {}
    outputs = Output.objects.filter(pk__in={pk for pk, _public_id, _reason in rows[:1000]})
    for pk, title_id, title_en in outputs.values_list("pk", "versions__title_id", "versions__title_en"):
        titles[pk] = title_id or title_en or ""
    return [Obstacle(pk, public_id or f"#{pk}", titles.get(pk, ""), reason) for pk, public_id, reason in rows]


@transaction.atomic
def begin_undo(batch: ImportBatch, *, by: User, keep_used: bool = False) -> ImportBatch:
    """Let the worker undo; refuses at once, with the list, when something was used since."""
    from publications.tasks import undo_import

    require(by.is_curator)
    fresh = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    check_import_transition(fresh, ImportState.UNDOING)
    if not keep_used and (found := obstacles(fresh)):
        raise CannotUndo(found)
    fresh.state, fresh.progress_at = ImportState.UNDOING, timezone.now()
    fresh.save(update_fields=["state", "progress_at"])
    log(by, "import.undo_started", fresh)
    undo_import.enqueue(fresh.pk, by.pk, keep_used)
    return fresh


@transaction.atomic
def undo_batch(batch: ImportBatch, *, by: User, keep_used: bool = False) -> dict[str, int]:
    """All or nothing, in one transaction. `keep_used` leaves what was used since as it is and undoes the rest.

    Returns how many drafts were deleted, public outputs withdrawn, changed outputs restored, and outputs kept.
    """
    require(by.is_curator)
    fresh = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    check_import_transition(fresh, ImportState.UNDOING)
    lock_outputs(list(fresh.records.values_list("output_id", flat=True)))
    found = obstacles(fresh)
    if found and not keep_used:
        raise CannotUndo(found)
    kept = {obstacle.output_id for obstacle in found}
    records = list(fresh.records.exclude(output__in=kept).select_related("output"))
    counts = _undo(fresh, records, by) | {"kept": len(kept)}
    _remember_revisions([record.output_id for record in records])
    fresh.state, fresh.finished_at, fresh.progress_at = ImportState.UNDONE, timezone.now(), timezone.now()
    fresh.save(update_fields=["state", "finished_at", "progress_at"])
    log(by, "import.undone", fresh, {name: [0, value] for name, value in counts.items()})
    batch.state = fresh.state
    return counts


def _undo(batch: ImportBatch, records: Sequence[ImportedRecord], by: User) -> dict[str, int]:
    to_do: dict[str, list[ImportedRecord]] = defaultdict(list)
    for record in records:
        to_do[_what(record)].append(record)
    restored = _restore(batch, to_do["restore"] + to_do["withdraw"], by)
    withdrawn = _withdraw(batch, [record.output_id for record in to_do["withdraw"]], by)
    deleted = _delete(batch, [record.output_id for record in to_do["delete"]], by)
    return {"deleted": deleted, "withdrawn": withdrawn, "restored": restored}


def _what(record: ImportedRecord) -> str:
    """What was public stays known: its address, its citation and the deletion itself outlive it."""
    is_public = record.output.state == OutputState.PUBLISHED
    came_out = record.was_created or record.was_restored or bool((record.before or {}).get("was_draft"))
    if is_public and came_out:
        return "withdraw"
    return "delete" if record.was_created else "restore"


def _withdraw(batch: ImportBatch, ids: list[int], by: User) -> int:
    with override("id"):
        reason = _(REASON)
    now = timezone.now()
    changed = Output.objects.filter(pk__in=ids, state=OutputState.PUBLISHED).update(
        state=OutputState.WITHDRAWN, withdrawn_at=now, withdrawal_reason=reason
    )
    _log(batch, "output.withdrawn", {pk: {"reason": [None, reason]} for pk in ids}, by)
    publish_changes(ids)
    return changed


def _restore(batch: ImportBatch, records: Sequence[ImportedRecord], by: User) -> int:
    earlier = {
        record.version_id: Content.from_json(record.before["content"])
        for record in records
        if record.version_id and record.before and record.before.get("content")
    }
    if not earlier:
        return 0
    now_said = load_contents(earlier)
    outputs = {record.version_id: record.output_id for record in records if record.version_id in earlier}
    replace_contents(earlier)
    logged = {outputs[pk]: log_differences(now_said[pk], content) for pk, content in earlier.items()}
    _log(batch, "output.import_corrected", logged, by)
    public = [r.output_id for r in records if r.version_id in earlier and r.output.state != OutputState.UNPUBLISHED]
    publish_changes(public)
    _forget_people([pk for record in records for pk in (record.before or {}).get("new_people", [])])
    return len(earlier)


def _remember_revisions(ids: list[int]) -> None:
    """The undo is the importer's own doing: to the next import, what it leaves is not somebody's edit."""
    statement = """
        UPDATE publications_importedrecord i SET revision = v.revision
          FROM publications_version v WHERE v.id = i.version_id AND i.output_id = ANY(%s)
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [ids])


def _forget_people(ids: list[int]) -> None:
    """People whom only the undone correction had named."""
    unused = Person.objects.filter(pk__in=ids, contributions=None, user=None, merged_into=None, merged=None)
    unused.filter(orcid_authenticated=False).delete()


def _delete(batch: ImportBatch, ids: list[int], by: User) -> int:
    titles = Output.objects.filter(pk__in=ids).values_list("pk", "source_id")
    _log(batch, "output.import_undone", {pk: {"source_id": [source_id, None]} for pk, source_id in titles}, by)
    for start in range(0, len(ids), 2000):
        Output.objects.filter(pk__in=ids[start : start + 2000], state=OutputState.UNPUBLISHED).delete()
    return len(ids)


def _log(batch: ImportBatch, action: str, changes: dict[int, dict[str, list[Any]]], by: User) -> None:
    marked = {pk: {**change, "import": [batch.pk, None]} for pk, change in changes.items()}
    write_log(batch, action, marked, timezone.now(), by.pk)
