"""The question desk as those who ask and everybody who reads see it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signed_in import person
from evidence import rules
from evidence.actions import questions as actions
from evidence.forms.questions import QuestionFilter, QuestionForm
from evidence.models import Question
from evidence.queries import questions as queries
from evidence.states import QuestionState
from evidence.views.common import decide, gone, private
from kesos_repo.access import public, signed_in
from kesos_repo.page_cache import cached_for_anonymous
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


@signed_in
@private
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """What may answer it already is shown first; sent again with `seen` (the PMKS it was shown for), it is asked."""
    topic = Pmks.objects.active().filter(slug=request.GET.get("pmks", "").replace("\0", "")[:120]).first()
    form = QuestionForm(request.POST or None, topic=topic)
    if request.method != "POST" or not form.is_valid():
        return _ask_form(request, form, status=422 if request.method == "POST" else 200)
    data = form.cleaned_data
    if request.POST.get("seen") != str(data["pmks"].pk):
        similar = queries.similar_to(data["text"], data["pmks"])
        if similar:
            return _ask_form(request, form, similar=similar)
    try:
        question = actions.ask(data, by=person(request))
    except actions.AskedAlready as asked:
        form.add_error("text", _already(asked.question))
    except actions.TooManyQuestions as too_many:
        form.add_error(None, str(too_many))
    else:
        messages.success(request, _("Your question is with the curators. You get a mail when it is answered."))
        return redirect("evidence:question", question.pk)
    return _ask_form(request, form, status=422)


def _ask_form(request: HttpRequest, form: QuestionForm, status: int = 200, similar: Any = None) -> HttpResponse:
    topic = form.cleaned_data["pmks"] if similar else None
    context = {"form": form, "similar": similar, "topic": topic}
    return render(request, "evidence/questions/ask.html", context, status=status)


def _already(question: Question) -> str:
    url = reverse("evidence:question", args=[question.pk])
    words, link = _("You have asked this already."), _("See your question")
    return format_html('{} <a href="{}">{}</a>', words, url, link)


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
