"""The curators' desk for findings: queue, one finding beside its paper, decisions and ratings."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.queries import log_of
from evidence import rubrics, rules
from evidence.actions import findings as actions
from evidence.actions import ratings as rating_actions
from evidence.actions import recommendations as recommendation_actions
from evidence.actions import summaries as summary_actions
from evidence.checks import unmet_for_check
from evidence.forms.curation import RatingForm
from evidence.models import Finding, PlainSummary, RatingKind, Recommendation
from evidence.queries import desk
from evidence.readability import readability_of
from evidence.states import FindingState
from evidence.views.common import decide
from evidence.views.public import described
from evidence.views.queues import Queue, tab_in, tabs_of
from kesos_repo.access import SignedInRequest, curators
from publications.forms.curation import ReasonForm

QUEUE_SIZE = 25


@curators
@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    tab = tab_in(request, desk.TABS, desk.WAITING)
    context: dict[str, Any] = {"tab": tab, "queue": _head(tab)}
    if tab == desk.OTHERS:
        context |= _others(request)
    else:
        context["page"] = Paginator(desk.queue(tab), QUEUE_SIZE).get_page(request.GET.get("page"))
    return render(request, "evidence/curation/queue.html", context)


def _head(tab: str) -> Queue:
    labels = {
        desk.WAITING: _("Waiting"),
        desk.WANTING_RATERS: _("Raters wanted"),
        desk.RETURNED: _("Returned"),
        desk.WITHDRAWN: _("Withdrawn"),
        desk.OTHERS: _("Recommendations and summaries"),
    }
    return Queue(
        section="temuan",
        title=_("Findings to check"),
        lede=_("Compare each with its paper. Nobody checks what they entered themselves."),
        label=_("Findings"),
        tabs=tabs_of("evidence:queue", tab, labels, desk.queue_counts()),
        empty=_(
            "Findings appear here when authors or curators propose them. You can enter some yourself, from the page of "
            "a publication."
        ),
        parameter="page",
    )


def _others(request: SignedInRequest) -> dict[str, Any]:
    """Recommendations and summaries are short enough to be checked where they stand.

    Each with whether the reader may check it, and whether she may return it.
    """
    user = request.user
    waiting, summaries = desk.recommendations_to_check(QUEUE_SIZE), desk.summaries_to_check(QUEUE_SIZE)
    outputs = [one.output_id for one in waiting] + [one.output_id for one in summaries]
    mine_to_decide = rules.decidable(user, outputs)

    def may(output: int, *writers: int) -> tuple[bool, bool]:
        return output in mine_to_decide and user.pk not in writers, output in mine_to_decide

    return {
        "recommendations": [(one, *may(one.output_id, one.entered_by_id, one.edited_by_id)) for one in waiting],
        "summaries": [(one, readability_of(one.text_id), *may(one.output_id, one.edited_by_id)) for one in summaries],
    }


def _finding(pk: int) -> Finding:
    finding = desk.finding_to_edit(pk)
    if finding is None:
        raise Http404
    return finding


@curators
@require_safe
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    return _review(request, _finding(pk))


def _review(request: SignedInRequest, finding: Finding, status: int = 200, **forms: Any) -> HttpResponse:
    """The page with its forms; one that was refused comes back with what was typed."""
    user = request.user
    context = {
        **described(finding),
        "missing": unmet_for_check(finding),
        "may_check": rules.may_check(user, finding),
        "may_decide": rules.may_decide(user, finding.output),
        "may_edit": rules.may_edit(user, finding),
        "return_form": ReasonForm(prefix="return"),
        "withdraw_form": ReasonForm(prefix="withdraw"),
        "rating_forms": _rating_forms(user, finding, forms.pop("rating_form", None)),
        "entries": log_of(finding)[:30],
        **forms,
    }
    return render(request, "evidence/curation/review.html", context, status=status)


def _rating_forms(user: Any, finding: Finding, refused: RatingForm | None) -> list[tuple[Any, RatingForm]]:
    """Each with its rubric; none where this reader may not rate."""
    if not rules.may_rate(user, finding):
        return []
    return [
        (rubric, refused if refused and refused.kind == rubric.kind else _rating_form(finding, rubric.kind, user))
        for rubric in rubrics.EDITIONS[rubrics.CURRENT]
    ]


def _rating_form(finding: Finding, kind: RatingKind, user: Any, data: Any = None) -> RatingForm:
    return RatingForm(data, kind=kind, former=desk.rating_by(finding, kind, user))


@curators
@require_POST
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    finding = _finding(pk)
    seen = _seen(request)
    decide(request, lambda: actions.check(finding, by=request.user, seen=seen), _("The finding is public now."))
    return redirect("evidence:review", pk)


def _seen(request: SignedInRequest) -> int:
    """The revision that the curator has read; none that there is where the form does not say."""
    revision = request.POST.get("revision", "")
    return int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else -1


@curators
@require_POST
def return_to_enterer(request: SignedInRequest, pk: int) -> HttpResponse:
    done = _("The finding went back with your reason.")
    return _with_reason(request, _finding(pk), "return", actions.return_to_enterer, done)


@curators
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Withdraw what is public; bring back what is withdrawn."""
    finding = _finding(pk)
    if finding.state == FindingState.WITHDRAWN:
        again = partial(actions.reinstate, seen=_seen(request))
        return _with_reason(request, finding, "withdraw", again, _("The finding is public again."))
    done = _("The finding is withdrawn. Its address shows the reason.")
    return _with_reason(request, finding, "withdraw", actions.withdraw, done)


def _with_reason(
    request: SignedInRequest, finding: Finding, name: str, act: Callable[..., Finding], done: str
) -> HttpResponse:
    form = ReasonForm(request.POST, prefix=name)
    if not form.is_valid():
        return _review(request, finding, 422, **{f"{name}_form": form})
    decide(request, lambda: act(finding, form.cleaned_data["reason"], by=request.user), done)
    return redirect("evidence:review", finding.pk)


@curators
@require_POST
def rate(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    if kind not in RatingKind.values:
        raise Http404
    finding = _finding(pk)
    form = _rating_form(finding, RatingKind(kind), request.user, request.POST)
    if not form.is_valid():
        return _review(request, finding, 422, rating_form=form)
    data = form.cleaned_data
    decide(
        request,
        lambda: rating_actions.rate(
            finding, kind, data["value"], data["reason_id"], data["reason_en"], by=request.user
        ),
        _("Your rating is saved."),
    )
    return redirect("evidence:review", pk)


def _back() -> HttpResponse:
    response = redirect("evidence:queue")
    response["Location"] += f"?status={desk.OTHERS}"
    return response


@curators
@require_POST
def check_recommendation(request: SignedInRequest, pk: int) -> HttpResponse:
    recommendation = get_object_or_404(Recommendation.objects.select_related("output"), pk=pk)
    act = partial(recommendation_actions.check, seen=request.POST.get("seen", ""))
    decide(request, lambda: act(recommendation, by=request.user), _("The recommendation is public now."))
    return _back()


@curators
@require_POST
def return_recommendation(request: SignedInRequest, pk: int) -> HttpResponse:
    recommendation = get_object_or_404(Recommendation.objects.select_related("output"), pk=pk)
    act, reason = recommendation_actions.return_to_writer, _reason(request)
    done = _("The recommendation went back with your reason.")
    decide(request, lambda: act(recommendation, reason, by=request.user), done)
    return _back()


def _reason(request: SignedInRequest) -> str:
    return request.POST.get("reason", "").replace("\0", "")[:1000]


@curators
@require_POST
def take_back_recommendation(request: SignedInRequest, pk: int) -> HttpResponse:
    recommendation = get_object_or_404(Recommendation.objects.select_related("output"), pk=pk)
    reason = _reason(request)
    decide(
        request,
        lambda: recommendation_actions.take_back(recommendation, reason, by=request.user),
        _("The recommendation waits for correction and is not public until then."),
    )
    return _back()


@curators
@require_POST
def check_summary(request: SignedInRequest, pk: int) -> HttpResponse:
    """`seen` says which text the curator has read."""
    summary, seen = _summary(request, pk)
    act = summary_actions.check
    decide(request, lambda: act(summary, by=request.user, seen=seen), _("The summary is public now."))
    return _back()


@curators
@require_POST
def return_summary(request: SignedInRequest, pk: int) -> HttpResponse:
    summary, seen = _summary(request, pk)
    act, reason = summary_actions.return_to_writer, _reason(request)
    done = _("The summary went back with your reason.")
    decide(request, lambda: act(summary, reason, by=request.user, seen=seen), done)
    return _back()


def _summary(request: SignedInRequest, pk: int) -> tuple[PlainSummary, datetime.datetime | None]:
    summary = get_object_or_404(PlainSummary.objects.select_related("output"), pk=pk)
    try:
        return summary, parse_datetime(request.POST.get("seen", "")[:40])
    except ValueError:
        return summary, None
