"""Snapshots of the map, and what has happened to their findings since."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Q, QuerySet

from evidence.mapping.asked import Asked
from evidence.mapping.counting import Counted
from evidence.mapping.vocabulary import Vocabulary
from evidence.models import Finding, MapAxis, Snapshot, SnapshotFile
from evidence.queries.mapping import matching
from evidence.states import FindingState
from publications.models import Output
from publications.states import OutputState

MOST_NAMED = 50
_COLUMNS = {MapAxis.SERVICE: "service_id", MapAxis.OUTCOME: "outcome_id"}


def counted_now(asked: Asked, known: Vocabulary) -> tuple[list[Counted], dict[int, str]]:
    """All findings of a map as of one moment, and the public identifiers of their studies; one statement."""
    rows = (
        matching(asked, known)
        .order_by("pk")
        .annotate(people=ArrayAgg("pmks", filter=Q(pmks__isnull=False), default=[]), column=F(_COLUMNS[asked.axis]))
        .values_list("pk", "output_id", "people", "column", "strength", "output__public_id")
    )
    found: list[Counted] = []
    codes: dict[int, str] = {}
    for pk, output, people, column, strength, code in rows:
        found.append(Counted(pk, output, tuple(sorted(people)), column, strength))
        codes[output] = code or ""
    return found, codes


def snapshots() -> QuerySet[Snapshot]:
    """The newest first."""
    return Snapshot.objects.select_related("taken_by")


def with_files(snapshot: Snapshot) -> list[SnapshotFile]:
    """What there is to download, without reading it."""
    return list(snapshot.files.defer("content"))


def file_of(code: str, format_: str, language: str) -> SnapshotFile | None:
    found = SnapshotFile.objects.filter(snapshot__code=code, format=format_, language=language)
    return found.select_related("snapshot").first()


@dataclass(frozen=True, slots=True)
class Since:
    """What of a snapshot is no longer public, and what it would show besides if it were taken now."""

    withdrawn_findings: list[Finding]
    withdrawn_studies: list[Output]
    number_of_findings: int
    number_of_studies: int
    gone: int
    added: int

    @property
    def is_unchanged(self) -> bool:
        return not (self.number_of_findings or self.number_of_studies or self.gone or self.added)


def since(snapshot: Snapshot, asked: Asked, known: Vocabulary, number_then: int) -> Since:
    """`number_then`: of the findings that it has in its file. A finding of a withdrawn study counts with the study."""
    of_snapshot = Finding.objects.filter(snapshots=snapshot)
    withdrawn = of_snapshot.filter(state=FindingState.WITHDRAWN).exclude(output__state=OutputState.WITHDRAWN)
    studies = Output.objects.with_tombstones().filter(state=OutputState.WITHDRAWN, pk__in=of_snapshot.values("output"))
    numbers = _numbers(of_snapshot)
    added = matching(asked, known).exclude(pk__in=of_snapshot.values("pk")).count()
    return Since(
        withdrawn_findings=list(withdrawn.only("pk", "withdrawn_at")[:MOST_NAMED]),
        withdrawn_studies=list(studies.select_related("current")[:MOST_NAMED]),
        number_of_findings=numbers["withdrawn"],
        number_of_studies=numbers["studies"],
        gone=number_then - numbers["still"],
        added=added,
    )


def _numbers(of_snapshot: QuerySet[Finding]) -> dict[str, Any]:
    study_gone = Q(output__state=OutputState.WITHDRAWN)
    return of_snapshot.order_by().aggregate(
        still=Count("pk"),
        withdrawn=Count("pk", filter=Q(state=FindingState.WITHDRAWN) & ~study_gone),
        studies=Count("output", filter=study_gone, distinct=True),
    )
