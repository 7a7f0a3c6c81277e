"""What the list of final papers needs."""

from django import template

from conferences.final_checks import has_fault
from conferences.models import FinalPaper, Submission
from conferences.states import FinalState

register = template.Library()


@register.simple_tag
def paper_in(submission: Submission) -> FinalPaper | None:
    """Read with the list; a submission without one has no attribute."""
    return getattr(submission, "final_paper", None)


@register.simple_tag
def has_fault_in(paper: FinalPaper | None) -> bool:
    return paper is not None and has_fault(paper.checks)


@register.simple_tag
def may_be_asked(submission: Submission) -> bool:
    """Of the list, where `queries.final_papers.of_edition` says whether a letter waits already."""
    paper = paper_in(submission)
    is_owed = paper is None or paper.state == FinalState.RETURNED
    is_faulty = paper is not None and paper.state == FinalState.WAITING and has_fault(paper.checks)
    return (is_owed or is_faulty) and not submission.is_being_asked  # type: ignore[attr-defined]
