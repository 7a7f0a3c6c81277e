"""Reads of submissions at the desk: constant queries, however many there are."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.actions.journal import target_of
from accounts.models import LogEntry
from conferences.models import Edition, Submission
from conferences.states import SubmissionState


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; what is not understood narrows nothing."""

    track: int | None = None
    state: str = ""
    theme: int | None = None
    words: str = ""

    @property
    def is_narrowed(self) -> bool:
        return any((self.track, self.state, self.theme, self.words))


def wanted(data: Any) -> Wanted:
    state = data.get("status", "")
    return Wanted(
        _number(data.get("jalur", "")),
        state if state in SubmissionState.values and state != SubmissionState.DRAFT else "",
        _number(data.get("tema", "")),
        data.get("cari", "").strip()[:100],
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def of_edition(edition: Edition, wanted: Wanted) -> QuerySet[Submission]:
    """What was handed in; drafts are their authors' alone."""
    rows = Submission.objects.handed_in().filter(edition=edition)
    if wanted.track:
        rows = rows.filter(track=wanted.track)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.theme:
        rows = rows.filter(theme=wanted.theme)
    if wanted.words:
        rows = rows.filter(pk__in=_matching(edition, wanted.words))
    return rows.select_related("track", "theme").prefetch_related("authors__affiliation").order_by("number")


def _matching(edition: Edition, words: str) -> QuerySet[Any]:
    text = Q(title_id__icontains=words) | Q(title_en__icontains=words)
    people = Q(authors__family_name__icontains=words) | Q(authors__given_name__icontains=words)
    number = Q(number=_number(words.lstrip("#"))) if _number(words.lstrip("#")) else Q()
    return Submission.objects.filter(text | people | number, edition=edition).values("pk")


def counted(edition: Edition) -> dict[str, int]:
    """{state: number}, drafts too."""
    rows = Submission.objects.filter(edition=edition).order_by().values_list("state").annotate(number=Count("pk"))
    return dict(rows)


def log_of(submission: Submission) -> list[LogEntry]:
    """What its author did; what reviewers and chairs did stands in their own part."""
    rows = LogEntry.objects.filter(target=target_of(submission), action__startswith="submission.")
    return list(rows.select_related("actor").order_by("-at", "-pk")[:100])
