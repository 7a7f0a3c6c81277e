"""Reads of authors' pages."""

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from conferences.models import Edition, LateLink, Submission, SubmissionFile, Track


def submission_of(pk: int, edition: Edition) -> Submission | None:
    """With what its rules ask for; the caller checks them."""
    found = Submission.objects.filter(edition=edition).select_related("track", "submitter", "theme")
    submission = found.prefetch_related("authors__affiliation").filter(pk=pk).first()
    if submission is not None:
        submission.edition = edition
    return submission


def files_of(submission: Submission) -> list[SubmissionFile]:
    files = list(submission.files.select_related("blob"))
    for file in files:
        file.submission = submission
    return files


def mine(user: User) -> QuerySet[Submission]:
    """The newest first."""
    rows = Submission.objects.of_author(user).select_related("edition", "track")
    return rows.prefetch_related("edition__dates").order_by("-created_at", "-pk")


def drafts_in(user: User, edition: Edition) -> list[Submission]:
    rows = Submission.objects.of_author(user).filter(edition=edition).select_related("track")
    return list(rows.order_by("-saved_at"))


def tracks_with_templates(edition: Edition) -> list[Track]:
    pmks = Prefetch("pmks")
    return list(edition.tracks.prefetch_related(pmks, "templates"))


def late_link(token_sha256: str, edition: Edition) -> LateLink | None:
    rows = LateLink.objects.filter(edition=edition).select_related("track", "submission")
    return rows.filter(token_sha256=token_sha256).first()
