"""Recommendations and summaries: entered by those who enter findings, answered by the addressee, read by everybody."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.queries import organisation_names
from accounts.signed_in import person
from evidence import rules
from evidence.actions import recommendations as actions
from evidence.actions import summaries as summary_actions
from evidence.forms.curation import AnswerForm
from evidence.forms.recommendation import RecommendationForm, SummaryForm
from evidence.models import AddresseeKind, Finding, Recommendation
from evidence.queries import desk
from evidence.queries import recommendations as queries
from evidence.readability import readability_of
from evidence.recommendations_table import rows_of
from evidence.states import RecommendationState
from evidence.views.common import decide, for_entering, private
from kesos_repo.access import public, signed_in
from kesos_repo.page_cache import cached_for_anonymous
from publications.models import Version
from publications.spreadsheets import csv_response

PAGE_SIZE = 25


@public
@cached_for_anonymous
@require_safe
def recommendation_list(request: HttpRequest) -> HttpResponse:
    """All that are public; `untuk=saya`: those that the reader may answer."""
    user: Any = request.user
    asked = queries.RecommendationFilter.of(request.GET, user)
    found = queries.public_recommendations(asked, user)
    context = {
        "page": Paginator(queries.for_rows(found, asked.state), PAGE_SIZE).get_page(request.GET.get("halaman")),
        "asked": asked,
        "numbers": queries.numbers_by_state(found),
        "kinds": AddresseeKind.choices,
        "topics": queries.offered_topics(),
        "addressees": queries.offered_addressees(),
        "may_answer": queries.may_answer_some(user),
    }
    return render(request, "evidence/recommendations.html", context)


@public
@require_safe
def recommendation_csv(request: HttpRequest) -> HttpResponseBase:
    user: Any = request.user
    asked = queries.RecommendationFilter.of(request.GET, user)
    found = queries.for_rows(queries.public_recommendations(asked, user), asked.state)
    return csv_response(rows_of(found), "rekomendasi")


@public
@cached_for_anonymous
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """POST: the addressee, or a curator in its name, says what became of it."""
    user: Any = request.user
    recommendation = desk.visible_recommendation(pk, user)
    if recommendation is None:
        raise Http404
    may_answer = user.is_authenticated and rules.may_answer(user, recommendation)
    steps = len(recommendation.steps.all())
    form = AnswerForm(request.POST or None, before=recommendation.state, steps=steps) if may_answer else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid() and _answered(request, form, recommendation):
            return redirect("evidence:recommendation", pk)
    context = {
        "recommendation": recommendation,
        "findings": desk.findings_of_recommendation(recommendation),
        "form": form,
        "may_take_back": _may_take_back(user, recommendation),
    }
    return render(request, "evidence/recommendation.html", context, status=422 if request.method == "POST" else 200)


def _answered(request: HttpRequest, form: AnswerForm, recommendation: Recommendation) -> bool:
    """False where somebody was faster: what they said is shown beside what was typed."""
    told = {name: form.cleaned_data[name] for name in ("state", "note_id", "note_en", "seen")}
    try:
        decide(
            request,
            lambda: actions.answer(recommendation, **told, by=person(request)),
            _("Your answer is public now."),
        )
    except actions.AnsweredMeanwhile:
        form.add_error(None, AnswerForm.MEANWHILE)
        return False
    return True


def _may_take_back(user: Any, recommendation: Recommendation) -> bool:
    is_open = recommendation.checked_on is not None and recommendation.state == RecommendationState.OPEN
    return is_open and user.is_authenticated and rules.may_decide(user, recommendation.output)


@for_entering
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, version: Version) -> HttpResponseBase:
    form = RecommendationForm(request.POST or None, output=version.output)
    if request.method == "POST" and form.is_valid():
        actions.enter(version.output, form.data_for_action(), by=person(request))
        messages.success(request, _("The recommendation waits for a curator to check it."))
        return redirect("evidence:entering", version.pk)
    return _form(request, form, version, None)


def _form(
    request: HttpRequest, form: RecommendationForm, version: Version | None, recommendation: Recommendation | None
) -> HttpResponse:
    context = {
        "form": form,
        "version": version,
        "recommendation": recommendation,
        "organisation_names": organisation_names(),
        "has_findings": Finding.objects.filter(output=form.output).exists(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "evidence/recommendation_edit.html", context, status=status)


@signed_in
@private
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    recommendation = _mine(request, pk)
    version = recommendation.output.versions.order_by("-number").first()
    form = RecommendationForm(request.POST or None, output=recommendation.output, instance=recommendation)
    if request.method == "POST" and form.is_valid():
        actions.edit(recommendation, form.data_for_action(), by=person(request))
        messages.success(request, _("Saved."))
        return redirect("evidence:entering", version.pk if version else 0)
    return _form(request, form, version, recommendation)


def _mine(request: HttpRequest, pk: int) -> Recommendation:
    recommendation = get_object_or_404(Recommendation.objects.select_related("output", "addressee"), pk=pk)
    if not rules.may_enter(person(request), recommendation.output):
        raise Http404
    if not rules.may_edit_recommendation(person(request), recommendation):
        raise PermissionDenied
    return recommendation


@signed_in
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    recommendation = _mine(request, pk)
    version = recommendation.output.versions.order_by("-number").first()
    actions.discard(recommendation, by=person(request))
    messages.success(request, _("The recommendation is discarded."))
    return redirect("evidence:entering", version.pk if version else 0)


@for_entering
@require_http_methods(["GET", "HEAD", "POST"])
def summary(request: HttpRequest, version: Version) -> HttpResponseBase:
    """Write, change or (`do=discard`) remove the summary in plain language."""
    output, user = version.output, person(request)
    if request.method == "POST" and request.POST.get("do") == "discard":
        summary_actions.discard(output, by=user)
        messages.success(request, _("The summary is discarded."))
        return redirect("evidence:entering", version.pk)
    stored = desk.summary_of(output)
    initial = {"text_id": stored.text_id, "text_en": stored.text_en} if stored else {}
    form = SummaryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        summary_actions.write(output, form.cleaned_data["text_id"], form.cleaned_data["text_en"], by=user)
        messages.success(request, _("The summary waits for a curator to check it."))
        return redirect("evidence:entering", version.pk)
    typed = str(form["text_id"].value() or "")
    context = {"form": form, "version": version, "stored": stored, "readability": readability_of(typed[:5000])}
    return render(request, "evidence/summary_edit.html", context, status=422 if request.method == "POST" else 200)
