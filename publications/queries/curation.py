"""What curators look at: the queue and one submitted version with everything around it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.models import LogEntry
from publications.models import Comment, Contributor, File, Output, Version
from publications.states import OutputState, VersionState

WORKING_DAYS = 5  # what authors are promised (interface.md, deposit)


def queue(state: str = VersionState.SUBMITTED) -> "QuerySet[Version]":
    """Versions in this state, the longest waiting first, with what a row shows in a constant number of queries."""
    shown = (
        Version.objects.filter(state=state)
        .select_related("output__owner", "type", "claimed_by")
        .prefetch_related(
            Prefetch("contributors", Contributor.objects.only("version", "given_name", "family_name", "position")),
            Prefetch("files", File.objects.select_related("blob")),
            "pmks",
        )
        .annotate(open_comments=Count("comments", filter=Q(comments__resolved_at=None)))
    )
    return shown.order_by("submitted_at" if state == VersionState.SUBMITTED else "-returned_at", "pk")


def queue_counts() -> dict[str, int]:
    """How many are in hand of nobody, of somebody, and back with their authors."""
    counts = Version.objects.aggregate(
        waiting=Count("pk", filter=Q(state=VersionState.SUBMITTED, claimed_by=None)),
        in_hand=Count("pk", filter=Q(state=VersionState.SUBMITTED, claimed_by__isnull=False)),
        returned=Count("pk", filter=Q(state=VersionState.RETURNED)),
    )
    return dict(counts)


def is_late(version: Version, now: datetime.datetime | None = None) -> bool:
    """Whether it has waited longer than the working days that authors are promised."""
    if version.submitted_at is None:
        return False
    return working_days(version.submitted_at, now or timezone.now()) > WORKING_DAYS


def working_days(start: datetime.datetime, end: datetime.datetime) -> int:
    """Mondays to Fridays that have passed after the day of `start`, in Jakarta."""
    day, last = timezone.localtime(start).date(), timezone.localtime(end).date()
    count = 0
    while day < last:
        day += datetime.timedelta(days=1)
        count += day.weekday() < 5
    return count


@dataclass(frozen=True)
class Thread:
    """Comments by the field they are about; '' is the conversation itself."""

    by_field: dict[str, list[Comment]]

    @property
    def general(self) -> list[Comment]:
        return self.by_field.get("", [])


def thread(version: Version) -> Thread:
    by_field: dict[str, list[Comment]] = {}
    for comment in version.comments.select_related("author"):
        by_field.setdefault(comment.field, []).append(comment)
    return Thread(by_field)


def log_of(output: Output, limit: int = 200) -> list[LogEntry]:
    """What happened to an output, newest first."""
    entries = LogEntry.objects.filter(target=f"publications.output:{output.pk}").select_related("actor")
    return list(entries.order_by("-id")[:limit])


def all_outputs(words: str, state: str) -> "QuerySet[Output]":
    """Every output for the curators' list, newest change first; `words` search the titles of all versions."""
    outputs = Output.objects.select_related("owner", "current", "type").order_by("-created_at", "-pk")
    if state in OutputState.values:
        outputs = outputs.filter(state=state)
    for word in words.split()[:8]:
        titled = Version.objects.filter(Q(title_id__icontains=word) | Q(title_en__icontains=word))
        outputs = outputs.filter(Q(pk__in=titled.values("output")) | Q(public_id__iexact=word))
    return outputs


def version_for_review(pk: int) -> Version | None:
    return (
        Version.objects.select_related("output__owner", "output__current", "type", "licence", "claimed_by", "curator")
        .filter(pk=pk)
        .first()
    )


def facts(version: Version) -> dict[str, Any]:
    """The related rows that the review page lists."""
    return {
        "contributors": list(version.contributors.select_related("affiliation", "person")),
        "pmks": list(version.version_pmks.select_related("pmks")),
        "files": list(version.files.select_related("blob")),
        "identifiers": list(version.identifiers.all()),
        "relations": list(version.relations.select_related("target__current")),
        "terms": {
            name: list(getattr(version, name).all()) for name in ("psks", "pillars", "services", "provinces", "methods")
        },
    }
