"""Mails to the author about her final paper, in her language, leaving after commit."""

from django.urls import reverse

from conferences.actions.submission_mails import send_about
from conferences.models import FinalPaper


def approved(paper: FinalPaper) -> None:
    _send(paper, "final_approved")


def given_back(paper: FinalPaper) -> None:
    _send(paper, "final_given_back", words=paper.reason)


def handed_in_for(paper: FinalPaper) -> None:
    """By an editor, in her place."""
    _send(paper, "final_handed_in")


def _send(paper: FinalPaper, template: str, **more: str) -> None:
    submission = paper.submission
    author = submission.submitter
    address = lambda: reverse("conferences:final_paper", args=[submission.pk])  # noqa: E731 (asked in her language)
    send_about(submission, author, author.language, template, address, **more)
