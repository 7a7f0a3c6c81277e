"""The curators' side of the cooperation board."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.queries import log_of
from evidence import rules
from evidence.actions import cooperation as actions
from evidence.models import Opportunity
from evidence.queries import cooperation as queries
from evidence.views.common import decide, private
from evidence.views.queues import Queue, tab_in, tabs_of
from kesos_repo.access import SignedInRequest, curators
from publications.forms.curation import ReasonForm

QUEUE_SIZE = 25


@curators
@private
@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    tab = tab_in(request, queries.TABS, queries.WAITING)
    page = Paginator(queries.queue(tab), QUEUE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "evidence/cooperation/queue.html", {"queue": _head(tab), "page": page})


def _head(tab: str) -> Queue:
    labels = {
        queries.WAITING: _("Waiting"),
        queries.RETURNED: _("Returned"),
        queries.ON_BOARD: _("On the board"),
        queries.WITHDRAWN: _("Withdrawn"),
    }
    return Queue(
        section="kerja-sama",
        title=_("Opportunities to let in"),
        lede=_("Is it about social welfare, serious, and without addresses in its text?"),
        label=_("Opportunities to cooperate"),
        tabs=tabs_of("evidence:opportunity_queue", tab, labels, queries.queue_counts()),
        empty=_("Opportunities appear here when somebody posts one."),
        icon="tray",
    )


@curators
@private
@require_safe
def desk(request: SignedInRequest, pk: int) -> HttpResponse:
    return _desk(request, _opportunity(request, pk))


def _opportunity(request: SignedInRequest, pk: int) -> Opportunity:
    opportunity = queries.visible_opportunity(pk, request.user)
    if opportunity is None:
        raise Http404
    return opportunity


def _desk(request: SignedInRequest, opportunity: Opportunity, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "opportunity": opportunity,
        "may_decide": rules.may_decide_opportunity(request.user, opportunity),
        "reason_form": ReasonForm(prefix="reason"),
        "clear_form": ReasonForm(prefix="clear"),
        "entries": log_of(opportunity)[:30],
        **forms,
    }
    return render(request, "evidence/cooperation/desk.html", context, status=status)


@curators
@private
@require_POST
def let_in(request: SignedInRequest, pk: int) -> HttpResponse:
    opportunity = _opportunity(request, pk)
    seen = _seen(request)
    decide(request, lambda: actions.let_in(opportunity, by=request.user, seen=seen), _("It is on the board now."))
    return redirect("evidence:opportunity_desk", pk)


def _seen(request: SignedInRequest) -> int | None:
    """The revision that the curator has read."""
    revision = request.POST.get("revision", "")
    return int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else None


@curators
@private
@require_POST
def return_to_owner(request: SignedInRequest, pk: int) -> HttpResponse:
    act = partial(actions.return_to_owner, seen=_seen(request))
    return _with_reason(request, pk, act, _("It went back with your reason."))


@curators
@private
@require_POST
def clear_result(request: SignedInRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, actions.clear_result, _("What came of it is no longer shown."), "clear")


@curators
@private
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, actions.withdraw, _("It is withdrawn. Its address shows the reason."))


def _with_reason(
    request: SignedInRequest, pk: int, act: Callable[..., Any], done: str, prefix: str = "reason"
) -> HttpResponse:
    opportunity = _opportunity(request, pk)
    form = ReasonForm(request.POST, prefix=prefix)
    if not form.is_valid():
        return _desk(request, opportunity, 422, **{f"{prefix}_form": form})
    decide(request, lambda: act(opportunity, form.cleaned_data["reason"], by=request.user), done)
    return redirect("evidence:opportunity_desk", pk)
