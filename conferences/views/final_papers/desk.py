"""Final papers at the desk: which are there, which are missing, looked at one by one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signed_in import person
from conferences import phases
from conferences.actions import final_papers as actions
from conferences.forms.final_papers import FinalPaperForm, GiveBackForm
from conferences.models import DateKind, Edition, FinalPaper, Submission
from conferences.queries import final_papers as queries
from conferences.rules import final_papers as rules
from conferences.rules.proceedings import may_edit_proceedings
from conferences.states import FINAL_TRANSITIONS, FinalState
from conferences.views.common import render_desk
from conferences.views.reviewing.common import attempt, edition_for, private, seen
from kesos_repo.access import signed_in

from .common import about, answer_with, form_for, handed_in

SECTION, ONE = "conferences:desk_final_papers", "conferences:desk_final_paper"
PAGE_SIZE = 50
STATES = {
    queries.MISSING: gettext_lazy("missing"),
    queries.WAITING: FinalState.WAITING.label,
    queries.FAULTS: gettext_lazy("with faults"),
    queries.RETURNED: FinalState.RETURNED.label,
    queries.APPROVED: FinalState.APPROVED.label,
}


@signed_in
@private
@require_safe
def final_papers(request: HttpRequest, slug: str) -> HttpResponse:
    edition = edition_for(request, slug, may_edit_proceedings)
    wanted, counts = queries.wanted(request.GET), queries.counted(edition)
    context = {
        "section": SECTION,
        "wanted": wanted,
        "page": Paginator(queries.of_edition(edition, wanted), PAGE_SIZE).get_page(request.GET.get("halaman")),
        "tracks": list(edition.tracks.all()),
        "states": [(name, label, counts[name]) for name, label in STATES.items()],
        "count": counts["semua"],
        "due": phases.date_of(edition, DateKind.CAMERA_READY),
        "may_ask": rules.may_ask_for_papers(person(request), edition) and rules.takes_final_papers(edition),
        "query": request.GET.urlencode(),
    }
    return render_desk(request, "conferences/final_papers/desk/list.html", edition, context)


def _found(request: HttpRequest, slug: str, number: int) -> tuple[Edition, Submission, FinalPaper | None]:
    edition = edition_for(request, slug, may_edit_proceedings)
    submission = queries.accepted_numbered(edition, number)
    if submission is None:
        raise Http404
    return edition, submission, queries.paper_of(submission)


@signed_in
@private
@require_safe
def final_paper(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    _edition, submission, paper = _found(request, slug, number)
    return _page(request, submission, paper)


def _page(
    request: HttpRequest,
    submission: Submission,
    paper: FinalPaper | None,
    status: int = 200,
    *,
    problem: str = "",
    upload_form: FinalPaperForm | None = None,
    give_back_form: GiveBackForm | None = None,
) -> HttpResponse:
    judges = paper is not None and rules.may_judge(person(request), paper)
    after = FINAL_TRANSITIONS[paper.state] if paper is not None and judges else frozenset()
    told = about(paper)
    context: dict[str, Any] = {
        "section": SECTION,
        "submission": submission,
        **told,
        "problem": problem,
        "upload_form": upload_form or FinalPaperForm(initial={"licence": paper.licence if paper else None}),
        "give_back_form": give_back_form or GiveBackForm(),
        "may_approve": FinalState.APPROVED in after and not told["has_fault"],
        "may_give_back": FinalState.RETURNED in after,
        "may_upload": rules.may_hand_in(person(request), submission, paper),
    }
    return render_desk(request, "conferences/final_papers/desk/page.html", submission.edition, context, status)


@signed_in
@private
@require_safe
def file(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    paper = _found(request, slug, number)[2]
    if paper is None:
        raise Http404
    return answer_with(request, paper)


@signed_in
@private
@require_POST
def approve(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    paper = _found(request, slug, number)[2]
    if paper is None:
        raise Http404
    try:
        done = _("It is in the proceedings; the author gets a mail.")
        attempt(request, lambda: actions.approve(paper, by=person(request), seen=seen(request)), done)
    except actions.HasFaults:
        messages.error(request, _("It has faults, so the proceedings cannot take it. Give it back."))
    return redirect(ONE, slug, number)


@signed_in
@private
@require_POST
def give_back(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    _edition, submission, paper = _found(request, slug, number)
    if paper is None:
        raise Http404
    form = GiveBackForm(request.POST)
    if not form.is_valid():
        return _page(request, submission, paper, 422, give_back_form=form)
    reason, by = form.cleaned_data["reason"], person(request)
    done = _("Given back; the author gets a mail with what to change.")
    if attempt(request, lambda: actions.give_back(paper, reason, by=by, seen=seen(request)), done):
        return redirect(ONE, slug, number)
    return _page(request, submission, queries.paper_of(submission), 409, give_back_form=form)


@signed_in
@private
@require_http_methods(["POST"])
def upload(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """For an author who comes late or writes by mail."""
    _edition, submission, paper = _found(request, slug, number)
    form = form_for(request, paper)
    try:
        status, problem = handed_in(request, submission, form)
    except actions.Closed:
        status, problem = 409, _("The proceedings are published or the submission was withdrawn: nothing was taken in.")
    if status:
        return _page(request, submission, queries.paper_of(submission), status, problem=problem, upload_form=form)
    messages.success(request, _("The file is stored; the author gets a mail."))
    return redirect(ONE, slug, number)
