"""An author hands in her final paper and sees what its checks say."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from conferences import phases
from conferences.actions.final_papers import Closed
from conferences.forms.final_papers import FinalPaperForm
from conferences.models import DateKind, FinalPaper, Submission
from conferences.queries import final_papers as queries
from conferences.rules import final_papers as rules
from conferences.states import SubmissionState
from conferences.views.reviewing.common import private
from kesos_repo.access import signed_in

from .common import about, answer_with, form_for, handed_in

View = Callable[..., HttpResponseBase]


def for_submitter(view: View) -> View:
    """The view gets the accepted submission and its final paper; what is not the reader's does not exist for her."""

    @signed_in
    @private
    @wraps(view)
    def wrapped(request: HttpRequest, pk: int) -> HttpResponseBase:
        submission = queries.accepted_of(person(request), pk)
        if submission is None:
            raise Http404
        return view(request, submission, queries.paper_of(submission))

    return wrapped


@for_submitter
@require_http_methods(["GET", "HEAD", "POST"])
def final_paper(request: HttpRequest, submission: Submission, paper: FinalPaper | None) -> HttpResponseBase:
    form = form_for(request, paper)
    if request.method != "POST":
        return _page(request, submission, paper, form)
    try:
        status, problem = handed_in(request, submission, form)
    except Closed:
        return _page(request, submission, paper, form, 409, _("It is too late: nothing was taken in."))
    if status:
        return _page(request, submission, queries.paper_of(submission), form, status, problem)
    _say_taken_in(request, submission)
    return redirect("conferences:final_paper", submission.pk)


def _say_taken_in(request: HttpRequest, submission: Submission) -> None:
    fresh = queries.paper_of(submission)
    if about(fresh)["has_fault"]:
        messages.warning(request, _("The file is stored, but the proceedings cannot take it yet. Look below."))
    else:
        messages.success(request, _("The file is stored. The committee looks at it next."))


def _page(
    request: HttpRequest,
    submission: Submission,
    paper: FinalPaper | None,
    form: FinalPaperForm,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        "submission": submission,
        "edition": submission.edition,
        **about(paper),
        "form": form,
        "problem": problem,
        "may_hand_in": rules.may_hand_in(person(request), submission, paper),
        "is_accepted": submission.state == SubmissionState.ACCEPTED,
        "takes_papers": rules.takes_final_papers(submission.edition),
        "due": phases.date_of(submission.edition, DateKind.CAMERA_READY),
    }
    return render(request, "conferences/final_papers/page.html", context, status=status)


@for_submitter
@require_safe
def file(request: HttpRequest, submission: Submission, paper: FinalPaper | None) -> HttpResponseBase:
    if paper is None:
        raise Http404
    return answer_with(request, paper)
