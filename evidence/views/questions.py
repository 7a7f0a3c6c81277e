"""The question desk as those who ask and everybody who reads see it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signed_in import person
from evidence import rules
from evidence.actions import questions as actions
from evidence.forms.questions import QuestionFilter, QuestionForm
from evidence.models import Question
from evidence.queries import questions as queries
from evidence.states import QuestionState
from evidence.views import drafts
from evidence.views.common import decide, gone, private
from kesos_repo.access import public, signed_in
from kesos_repo.page_cache import cached_for_anonymous
from publications.views.deposit.common import keeps_typed, take_typed
from taxonomy.models import Pmks

PAGE_SIZE = 20


@public
@cached_for_anonymous
@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    form = QuestionFilter(request.GET)
    wanted = form.wanted()
    context = {
        "form": form,
        "is_narrowed": any(value not in (None, "") for value in wanted.values()),
        "topic": wanted["pmks"],
        "page": Paginator(queries.published(**wanted), PAGE_SIZE).get_page(request.GET.get("halaman")),
    }
    return render(request, "evidence/questions/list.html", context)


@public
@cached_for_anonymous
@require_safe
def question_page(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    question = queries.visible_question(pk, user)
    if question is None:
        return _tombstone(request, pk)
    is_curator = rules.is_active_curator(user)
    shows_answer = question.state == QuestionState.PUBLISHED or (is_curator and bool(question.answer))
    context = {
        "question": question,
        "is_public": question.state == QuestionState.PUBLISHED,
        "shows_answer": shows_answer,
        "behind": queries.findings_behind(question) if shows_answer else None,
        "is_curator": is_curator,
        "may_take_back": user.is_authenticated and rules.may_take_back_question(user, question),
    }
    response = render(request, "evidence/questions/question.html", context)
    if is_curator or (user.is_authenticated and question.asked_by_id == user.pk):
        response["Cache-Control"] = "private, no-store"
    return response


def _tombstone(request: HttpRequest, pk: int) -> HttpResponse:
    """The reason, and no longer what was asked and answered."""
    question = queries.question_tombstone(pk)
    if question is None:
        raise Http404
    return gone(request, "evidence/questions/tombstone.html", {"question": question})


@keeps_typed
@signed_in
@private
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """What may answer it already is shown first; sent again with `seen` (the PMKS it was shown for), it is asked.

    Whatever comes of it, a redirect follows, so that Back and reload send nothing again.
    """
    if request.method != "POST":
        return _ask_form(request, _draft(request))
    form = QuestionForm(request.POST)
    if not form.is_valid() or _similar(form):
        return _with_draft(request, form)
    try:
        question = actions.ask(form.cleaned_data, by=person(request))
    except actions.AskedAlready as asked:
        messages.info(request, _("You have asked this already. Here is your question."))
        return redirect("evidence:question", asked.question.pk)
    except actions.TooManyQuestions as too_many:
        messages.error(request, str(too_many))
        return _with_draft(request, form)
    drafts.forget(request)
    messages.success(request, _("Your question is with the curators. You get a mail when it is answered."))
    return redirect("evidence:question", question.pk)


def _draft(request: HttpRequest) -> QuestionForm:
    """Empty, or with what was typed and not sent."""
    typed = drafts.kept(request, request.GET.get("draf", ""))
    if typed is None and (unsaved := take_typed(request)):
        typed = QueryDict(unsaved)
    topic = Pmks.objects.active().filter(slug=request.GET.get("pmks", "").replace("\0", "")[:120]).first()
    return QuestionForm(typed, topic=topic)


def _with_draft(request: HttpRequest, form: QuestionForm) -> HttpResponse:
    name = drafts.keep(request)
    if name is None:
        return _ask_form(request, form, status=422)
    return redirect(f"{reverse('evidence:ask')}?draf={name}")


def _similar(form: QuestionForm) -> queries.Similar | None:
    """What may answer it and was not shown yet."""
    data = form.cleaned_data
    if form.data.get("seen") == str(data["pmks"].pk):
        return None
    return queries.similar_to(data["text"], data["pmks"]) or None


def _ask_form(request: HttpRequest, form: QuestionForm, status: int = 200) -> HttpResponse:
    similar = _similar(form) if form.is_bound and form.is_valid() else None
    context = {"form": form, "similar": similar, "topic": form.cleaned_data["pmks"] if similar else None}
    return render(request, "evidence/questions/ask.html", context, status=status)


@signed_in
@private
@require_safe
def my_questions(request: HttpRequest) -> HttpResponseBase:
    rows = queries.asked_by(person(request))
    context = {"page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))}
    return render(request, "evidence/questions/mine.html", context)


@signed_in
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(Question, pk=pk, asked_by=person(request))
    done = _("Your question is taken back. Nothing of it is kept.")
    if decide(request, lambda: actions.take_back(question, by=person(request)), done):
        return redirect("evidence:my_questions")
    return redirect("evidence:question", pk)
