"""Keep the evidence map as it is today, to be cited: in every format and language, never to be changed."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts.actions import log
from accounts.models import User
from evidence import rules
from evidence.actions.common import require
from evidence.mapping.asked import Asked
from evidence.mapping.building import build
from evidence.mapping.cells import EvidenceMap
from evidence.mapping.counting import Counted, count
from evidence.mapping.describing import in_words
from evidence.mapping.drawing import draw
from evidence.mapping.picture import as_png
from evidence.mapping.stored import as_bytes, as_data
from evidence.mapping.table import as_csv
from evidence.mapping.titles import heading_of
from evidence.mapping.vocabulary import Vocabulary
from evidence.models import Snapshot, SnapshotFile
from evidence.queries.mapping import vocabulary
from evidence.queries.snapshots import counted_now

MOST_A_DAY = 10
MOST_NOTE = 200
WAIT = 20  # seconds for a picture's turn: worth more than a reader's
LANGUAGES = ("id", "en")
_LOCK = 0x6B65736F73  # one snapshot at a time, so that codes and days stay in order


class TooManySnapshots(Exception):
    """More than `MOST_A_DAY` of one person on one day."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """The map of one moment."""

    shown: EvidenceMap
    findings: list[Counted]
    json: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.json).hexdigest()


def take(asked: Asked, note: str, *, by: User, base: str) -> tuple[Snapshot, bool]:
    """The snapshot, and whether it is new: the same map of the same day is kept once. `base`: scheme and host.

    The note of somebody who may not write one is left out. Whole or, with `NotTypeset`, not at all.
    """
    require(rules.may_take_snapshot(by))
    known = vocabulary(None)
    taken = _taken(replace(asked.for_map(), folded=(), notices=()), known)
    with transaction.atomic():
        _wait_for_turn()
        today = timezone.localdate()
        if known_already := Snapshot.objects.filter(taken_on=today, digest=taken.digest).first():
            return known_already, False
        if Snapshot.objects.filter(taken_on=today, taken_by=by).count() >= MOST_A_DAY:
            raise TooManySnapshots
        snapshot = _stored(taken, note.strip()[:MOST_NOTE] if rules.may_note_snapshot(by) else "", by)
        SnapshotFile.objects.bulk_create(_files(snapshot, taken, known, base))
        log(by, "snapshot.taken", snapshot, {"code": [None, snapshot.code]})
        return snapshot, True


def _taken(asked: Asked, known: Vocabulary) -> _Taken:
    findings, codes = counted_now(asked, known)
    cluster_of = {term.pk: term.parent for term in known.terms["pmks"] if term.parent}
    shown = build(asked, known, count(findings, cluster_of), reverse("evidence:finding_list"))
    return _Taken(shown, findings, as_bytes(as_data(shown, findings, codes)))


def _wait_for_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _stored(taken: _Taken, note: str, by: User) -> Snapshot:
    today = timezone.localdate()
    before = Snapshot.objects.filter(taken_on=today).count()
    snapshot = Snapshot.objects.create(
        code=today.isoformat() + (f"-{before + 1}" if before else ""),
        axis=taken.shown.axis,
        filters=_by_name(taken.shown.asked),
        note=note,
        digest=taken.digest,
        taken_on=today,
        taken_by=by,
    )
    links: Any = Snapshot.findings.through
    rows = [links(snapshot_id=snapshot.pk, finding_id=finding.pk) for finding in taken.findings]
    links.objects.bulk_create(rows, batch_size=5000)
    return snapshot


def _by_name(asked: Asked) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in asked.filters():
        found.setdefault(name, []).append(value)
    return found


def _files(snapshot: Snapshot, taken: _Taken, known: Vocabulary, base: str) -> Iterator[SnapshotFile]:
    """The data are in both languages at once and lie under the site's own."""
    kinds = SnapshotFile.Format
    yield _file(snapshot, kinds.JSON, LANGUAGES[0], taken.json)
    for language in LANGUAGES:
        with translation.override(language):
            address = base + reverse("evidence:snapshot", args=[snapshot.code])
            narrowed = in_words(taken.shown.asked.filters(), known)
            drawing = draw(taken.shown, heading_of(taken.shown.axis, narrowed, snapshot.taken_on, address))
            yield _file(snapshot, kinds.CSV, language, as_csv(taken.shown, base))
            yield _file(snapshot, kinds.SVG, language, drawing.svg.encode())
            yield _file(snapshot, kinds.PNG, language, as_png(drawing, wait=WAIT))


def _file(snapshot: Snapshot, kind: str, language: str, content: bytes) -> SnapshotFile:
    digest = hashlib.sha256(content).hexdigest()
    return SnapshotFile(snapshot=snapshot, format=kind, language=language, content=content, digest=digest)
