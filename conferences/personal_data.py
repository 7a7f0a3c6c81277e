"""What somebody handed in to conferences, in the copy of their data; and what stays when an account goes."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_deleted, personal_data_wanted
from conferences import registration_data  # noqa: F401  (connects it)
from conferences.actions import agendas, committee, submissions, unavailability
from conferences.models import (
    Agenda,
    Answer,
    CommitteeMember,
    Conflict,
    ConflictKind,
    FinalPaper,
    Material,
    Remark,
    Review,
    Reviewer,
    Submission,
    SubmissionAuthor,
    Unavailability,
)


@receiver(personal_data_wanted, dispatch_uid="conferences-submissions")
def submissions_of(user: User, **kwargs: Any) -> tuple[str, dict[str, Any]]:
    """With what they wrote of co-authors; submissions that name them as an author are told by number and title."""
    mine = Submission.objects.filter(submitter=user)
    named = SubmissionAuthor.objects.filter(email__iexact=user.email).exclude(submission__submitter=user)
    return "conference_submissions", {
        "submitted": list(
            mine.values(
                "id", "edition__slug", "track__code", "number", "state", "title_id", "title_en", "abstract_id",
                "abstract_en", "keywords", "note", "created_at", "submitted_at", "withdrawn_at", "withdrawal_reason",
            )
        ),
        "authors": list(
            SubmissionAuthor.objects.filter(submission__in=mine).values(
                "submission_id", "position", "given_name", "family_name", "email", "affiliation__name",
                "affiliation_name", "orcid", "is_presenter",
            )
        ),
        "answers": list(Answer.objects.filter(submission__in=mine).values("submission_id", "question_id", "value")),
        "not_to_review": list(
            Conflict.objects.filter(submission__in=mine, kind=ConflictKind.NAMED).values(
                "submission_id", "email", "note"
            )
        ),
        "files": list(mine.filter(files__isnull=False).values("id", "files__slot", "files__original_name")),
        "final_papers": list(
            FinalPaper.objects.filter(submission__in=mine).values(
                "submission_id", "state", "original_name", "licence__code", "uploaded_at", "reason"
            )
        ),
        "named_as_author": list(
            named.exclude(submission__state="draft").values(
                "submission__edition__slug", "submission__number", "submission__title_id", "submission__title_en"
            )
        ),
        "unavailable": list(
            Unavailability.objects.filter(email__iexact=user.email).values(
                "edition__slug", "name", "starts_at", "ends_at", "note"
            )
        ),
        "committees": list(CommitteeMember.objects.filter(user=user).values("edition__slug", "role", "name")),
    }  # fmt: skip


@receiver(account_deleted, dispatch_uid="conferences-submissions")
def forget(user: User, **kwargs: Any) -> None:
    submissions.forget(user)
    unavailability.forget(user)
    committee.forget(user)
    agendas.forget(user)


@receiver(personal_data_wanted, dispatch_uid="conferences-programme")
def programme_of(user: User, **kwargs: Any) -> tuple[str, dict[str, Any]]:
    """What they marked, and the slides and posters that they brought."""
    brought = Material.objects.filter(uploaded_by=user)
    return "conference_programme", {
        "agendas": list(Agenda.objects.filter(user=user).values("edition__slug", "keys")),
        "materials": list(
            brought.values("submission_id", "kind", "original_name", "pages", "is_public", "uploaded_at")
        ),
    }


@receiver(personal_data_wanted, dispatch_uid="conferences-reviewing")
def reviews_of(user: User, **kwargs: Any) -> tuple[str, dict[str, Any]]:
    """What somebody wrote as a reviewer; of the submissions only their numbers."""
    reviews = Review.objects.filter(assignment__reviewer__user=user)
    declared = Conflict.objects.filter(user=user, kind=ConflictKind.DECLARED)
    return "conference_reviews", {
        "invitations": list(
            Reviewer.objects.filter(user=user).values(
                "edition__slug", "email", "name", "state", "most", "invited_at", "answered_at", "decline_reason"
            )
        ),
        "reviews": list(
            reviews.values(
                "assignment__submission__number", "assignment__round", "advice", "confidence", "to_authors",
                "to_committee", "saved_at", "submitted_at",
            )
        ),
        "remarks": list(Remark.objects.filter(by=user).values("submission__number", "round", "text", "at")),
        "declared_conflicts": list(declared.values("submission__number", "note", "made_at")),
    }  # fmt: skip
