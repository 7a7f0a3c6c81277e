"""Reads of final papers."""

from django.db.models import QuerySet

from conferences.models import Edition, FinalPaper
from conferences.states import FinalState, SubmissionState


def approved(edition: Edition) -> "QuerySet[FinalPaper]":
    """What the proceedings take, in the order of the submissions' numbers, with all that they name; two statements."""
    rows = FinalPaper.objects.filter(
        submission__edition=edition, submission__state=SubmissionState.ACCEPTED, state=FinalState.APPROVED
    )
    rows = rows.select_related("submission__track", "submission__submitter", "blob", "licence")
    return rows.prefetch_related("submission__authors__affiliation").order_by("submission__number")
