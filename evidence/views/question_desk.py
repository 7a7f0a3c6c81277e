"""The curators' side of the question desk."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.queries import log_of
from evidence import rules
from evidence.actions import questions as actions
from evidence.forms.questions import ReplyForm
from evidence.models import Finding, Question
from evidence.queries import questions as queries
from evidence.states import QuestionState
from evidence.views.common import decide, private, seen_at
from evidence.views.queues import Queue, tab_in, tabs_of
from kesos_repo.access import SignedInRequest, curators
from publications.forms.curation import ReasonForm
from publications.states import IllegalTransition

QUEUE_SIZE = 25


@curators
@private
@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    tab = tab_in(request, queries.TABS, queries.WAITING)
    page = Paginator(queries.queue(tab), QUEUE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "evidence/questions/queue.html", {"queue": _head(tab), "page": page})


def _head(tab: str) -> Queue:
    labels = {
        queries.WAITING: _("Waiting"),
        queries.TO_APPROVE: _("To approve"),
        queries.PUBLISHED: _("Public"),
        queries.DECLINED: _("Declined"),
        queries.WITHDRAWN: _("Withdrawn"),
    }
    return Queue(
        section="pertanyaan",
        title=_("Questions to answer"),
        lede=_("Answer from findings in both languages; a second curator approves."),
        label=_("Questions"),
        tabs=tabs_of("evidence:question_queue", tab, labels, queries.queue_counts()),
        empty=_("Questions appear here when somebody asks."),
        icon="comment",
    )


def _question(pk: int) -> Question:
    question = queries.question_at_desk(pk)
    if question is None:
        raise Http404
    return question


@curators
@private
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: SignedInRequest, pk: int) -> HttpResponse:
    """One question with what can be done about it. POST keeps the draft, and then does what the button says."""
    question = _question(pk)
    if request.method != "POST":
        return _desk(request, question)
    form = ReplyForm(request.POST, instance=question)
    if not form.is_valid():
        return _desk(request, question, 422, form=form)
    try:
        actions.write(question, form.cleaned_data, by=request.user)
    except IllegalTransition:
        messages.error(request, _("Another curator has the question in hand, or it is answered. Nothing was changed."))
        return _desk(request, _question(pk), 409, form=form)
    return _then(request, question)


def _then(request: SignedInRequest, question: Question) -> HttpResponse:
    """After the draft is kept: search, choose, drop, move, or hand it on."""
    what, _colon, number = request.POST.get("do", "")[:40].partition(":")
    pk = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    user, saved = request.user, _("Saved.")
    if what == "answer":
        if decide(request, lambda: actions.answer(question, by=user), _("Your answer waits for a second curator.")):
            return redirect("evidence:question_queue")
    elif what == "choose":
        if finding := Finding.objects.filter(pk=pk).first():
            decide(
                request, lambda: actions.choose(question, finding, by=user), _("The finding stands behind the answer.")
            )
    elif what == "drop":
        decide(request, lambda: actions.drop(question, pk, by=user), saved)
    elif what == "up":
        decide(request, lambda: actions.move_up(question, pk, by=user), saved)
    elif what != "search":
        messages.success(request, saved)
    return _back_to_search(request, question)


def _back_to_search(request: SignedInRequest, question: Question) -> HttpResponse:
    words = request.POST.get("cari", "").replace("\0", "").strip()[:100]
    address = reverse("evidence:question_desk", args=[question.pk])
    is_about_findings = request.POST.get("do", "").partition(":")[0] in ("search", "choose", "drop", "up")
    response = redirect("evidence:question_desk", question.pk)
    query = f"?{urlencode({'cari': words})}" if words or request.POST.get("do") == "search" else ""
    response["Location"] = address + query + ("#temuan" if is_about_findings else "")
    return response


def _desk(request: SignedInRequest, question: Question, status: int = 200, **forms: Any) -> HttpResponse:
    """The page with its forms; one that was refused comes back with what was typed."""
    user = request.user
    may_write = question.state == QuestionState.ASKED and rules.may_write_answer(user, question)
    words = request.GET.get("cari", "").replace("\0", "")[:100]
    context = {
        "question": question,
        "behind": queries.findings_behind(question),
        "may_write": may_write,
        "may_decide": rules.may_decide_question(user, question),
        "may_approve": rules.may_approve_answer(user, question),
        "may_release": rules.may_release_question(user, question) and question.taken_by_id is not None,
        "is_mine": question.taken_by_id == user.pk,
        "is_held": rules.is_held_by_another(user, question),
        "form": ReplyForm(instance=question) if may_write else None,
        "words": words,
        "found": queries.findings_for_answer(question.pmks, words) if may_write and "cari" in request.GET else None,
        "reason_form": ReasonForm(prefix="reason"),
        "entries": log_of(question)[:30],
        **forms,
    }
    return render(request, "evidence/questions/desk.html", context, status=status)


def _plain(act: Callable[..., Any], done: Callable[[], str]) -> Callable[..., HttpResponseBase]:
    """A view for a change that needs nothing but a button."""

    @curators
    @private
    @require_POST
    def view(request: SignedInRequest, pk: int) -> HttpResponse:
        question = _question(pk)
        decide(request, lambda: act(question, by=request.user), done())
        return redirect("evidence:question_desk", pk)

    return view


@curators
@private
@require_POST
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    question, seen = _question(pk), seen_at(request)
    act: Callable[[], Any] = lambda: actions.approve(question, by=request.user, seen=seen)  # noqa: E731
    decide(request, act, _("The answer is public now."))
    return redirect("evidence:question_desk", pk)


def _with_reason(
    act: Callable[..., Any], done: Callable[[], str], *, takes_seen: bool = False
) -> Callable[..., HttpResponseBase]:
    @curators
    @private
    @require_POST
    def view(request: SignedInRequest, pk: int) -> HttpResponse:
        question = _question(pk)
        form = ReasonForm(request.POST, prefix="reason")
        if not form.is_valid():
            return _desk(request, question, 422, reason_form=form)
        seen = {"seen": seen_at(request)} if takes_seen else {}
        decide(request, lambda: act(question, form.cleaned_data["reason"], by=request.user, **seen), done())
        return redirect("evidence:question_desk", pk)

    return view


take = _plain(actions.take, lambda: _("The question is in your hand."))
release = _plain(actions.release, lambda: _("Others can take the question in hand now."))
take_up = _plain(actions.take_up, lambda: _("The question is open again, and in your hand."))
return_answer = _with_reason(
    actions.return_answer, lambda: _("The answer went back with your reason."), takes_seen=True
)
decline = _with_reason(actions.decline, lambda: _("The question is declined. Who asked reads your reason."))
withdraw = _with_reason(actions.withdraw, lambda: _("The answer is withdrawn. Its address shows the reason."))
