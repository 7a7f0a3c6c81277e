"""Reads of final papers: constant statements, however many there are."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from conferences.final_checks import Level
from conferences.models import Edition, FinalPaper, Letter, LetterKind, Submission
from conferences.states import FinalState, LetterState, SubmissionState

FAULTY = Q(final_paper__checks__contains=[{"level": Level.FAULT.value}])
# What the list at the desk is narrowed to, by the word in its address.
MISSING, WAITING, FAULTS, RETURNED, APPROVED = "belum", "menunggu", "bermasalah", "dikembalikan", "disetujui"
NARROWED: dict[str, Q] = {
    MISSING: Q(final_paper=None),
    WAITING: Q(final_paper__state=FinalState.WAITING) & ~FAULTY,
    FAULTS: Q(final_paper__state=FinalState.WAITING) & FAULTY,
    RETURNED: Q(final_paper__state=FinalState.RETURNED),
    APPROVED: Q(final_paper__state=FinalState.APPROVED),
}


def approved(edition: Edition) -> "QuerySet[FinalPaper]":
    """What the proceedings take, in the order of the submissions' numbers, with all that they name; two statements."""
    rows = FinalPaper.objects.filter(
        submission__edition=edition, submission__state=SubmissionState.ACCEPTED, state=FinalState.APPROVED
    )
    rows = rows.select_related("submission__track", "submission__submitter", "blob", "licence")
    return rows.prefetch_related("submission__authors__affiliation").order_by("submission__number")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; what is not understood narrows nothing."""

    track: int | None = None
    state: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.track or self.state)


def wanted(data: Any) -> Wanted:
    track, state = data.get("jalur", ""), data.get("status", "")
    is_number = track.isascii() and track.isdigit() and len(track) < 10
    return Wanted(int(track) if is_number else None, state if state in NARROWED else "")


def of_edition(edition: Edition, wanted: Wanted) -> "QuerySet[Submission]":
    """Accepted submissions with their final papers, and whether a request for it waits or has left."""
    rows = _accepted(edition)
    if wanted.track:
        rows = rows.filter(track=wanted.track)
    if wanted.state:
        rows = rows.filter(NARROWED[wanted.state])
    requests = Letter.objects.filter(submission=OuterRef("pk"), kind=LetterKind.CAMERA_READY)
    rows = rows.annotate(
        is_asked=Exists(requests.filter(state=LetterState.SENT)),
        is_being_asked=Exists(requests.filter(state=LetterState.WAITING)),
    )
    return rows.select_related("track", "final_paper").prefetch_related("authors").order_by("number")


def _accepted(edition: Edition) -> "QuerySet[Submission]":
    return Submission.objects.filter(edition=edition, state=SubmissionState.ACCEPTED)


def counted(edition: Edition) -> dict[str, int]:
    numbers: dict[str, Any] = {name: Count("pk", filter=rule) for name, rule in NARROWED.items()}
    return _accepted(edition).aggregate(**numbers, semua=Count("pk"))


def owed(edition: Edition) -> "QuerySet[Submission]":
    """Accepted ones without a final paper that could be approved."""
    return _accepted(edition).filter(NARROWED[MISSING] | NARROWED[FAULTS] | NARROWED[RETURNED])


def to_ask(edition: Edition) -> "QuerySet[Submission]":
    """Those owed for which no request waits in the outbox."""
    waiting = Letter.objects.filter(edition=edition, kind=LetterKind.CAMERA_READY, state=LetterState.WAITING)
    rows = owed(edition).exclude(pk__in=waiting.filter(submission__isnull=False).values("submission"))
    return rows.select_related("track", "submitter").order_by("number")


def paper_of(submission: Submission) -> FinalPaper | None:
    rows = FinalPaper.objects.select_related("blob", "licence", "uploaded_by", "decided_by")
    paper = rows.filter(submission=submission).first()
    if paper is not None:
        paper.submission = submission
    return paper


def accepted_numbered(edition: Edition, number: int) -> Submission | None:
    """With what its rules ask for. One that was withdrawn after its final paper came is still looked at."""
    rows = Submission.objects.filter(Q(state=SubmissionState.ACCEPTED) | Q(final_paper__isnull=False), edition=edition)
    found = rows.select_related("track", "submitter").prefetch_related("authors").filter(number=number).first()
    if found is not None:
        found.edition = edition
    return found


def accepted_of(user: User, pk: int) -> Submission | None:
    """The same of its submitter."""
    rows = Submission.objects.filter(Q(state=SubmissionState.ACCEPTED) | Q(final_paper__isnull=False), submitter=user)
    rows = rows.select_related("edition", "track", "submitter").prefetch_related("edition__dates")
    return rows.filter(pk=pk).first()
