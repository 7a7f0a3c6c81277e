"""The curators' desk for reported uses: queue, one report, decisions."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.queries import log_of
from evidence import rules
from evidence.actions import uses as actions
from evidence.forms.uses import AcceptForm
from evidence.models import Use
from evidence.queries import uses as queries
from evidence.states import UseState
from evidence.views.common import decide, private, seen_at
from evidence.views.queues import Queue, tab_in, tabs_of
from kesos_repo.access import SignedInRequest, curators
from publications.forms.curation import ReasonForm

QUEUE_SIZE = 25


@curators
@private
@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    tab = tab_in(request, queries.TABS, queries.WAITING)
    page = Paginator(queries.queue(tab), QUEUE_SIZE).get_page(request.GET.get("page"))
    return render(request, "evidence/uses/queue.html", {"queue": _head(tab), "page": page})


def _head(tab: str) -> Queue:
    labels = {
        queries.WAITING: _("Waiting"),
        queries.ACCEPTED: _("Accepted"),
        queries.DECLINED: _("Declined"),
        queries.WITHDRAWN: _("Withdrawn"),
    }
    return Queue(
        section="penggunaan",
        title=_("Reported uses"),
        lede=_(
            "Look each up where it was issued before you accept it. Nobody decides about what they reported, nor about "
            "uses of their own papers."
        ),
        label=_("Reported uses"),
        tabs=tabs_of("evidence:use_queue", tab, labels, queries.queue_counts()),
        empty=_("Reports appear here when readers send them from the page of a publication."),
        parameter="page",
    )


def _use(pk: int) -> Use:
    use = queries.use_to_decide(pk)
    if use is None:
        raise Http404
    return use


@curators
@private
@require_safe
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    return _review(request, _use(pk))


def _review(request: SignedInRequest, use: Use, status: int = 200, **forms: Any) -> HttpResponse:
    """With its forms; one that was refused comes back with what was typed."""
    context = {
        "use": use,
        "others": queries.others_of(use),
        "may_decide": rules.may_decide_use(request.user, use),
        "accept_form": AcceptForm(initial={"title_en": use.title_en, "how_en": use.how_en}),
        "decline_form": ReasonForm(prefix="decline"),
        "withdraw_form": ReasonForm(prefix="withdraw"),
        "entries": log_of(use)[:30],
        **forms,
    }
    return render(request, "evidence/uses/review.html", context, status=status)


@curators
@private
@require_POST
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    use, form = _use(pk), AcceptForm(request.POST)
    if not form.is_valid():
        return _review(request, use, 422, accept_form=form)
    seen = seen_at(request)
    decide(
        request,
        lambda: actions.accept(use, form.cleaned_data, by=request.user, seen=seen),
        _("Accepted: it stands with the publication now."),
    )
    return redirect("evidence:use_review", pk)


@curators
@private
@require_POST
def decline(request: SignedInRequest, pk: int) -> HttpResponse:
    done = _("Declined. The reporter can correct it and report it again.")
    return _with_reason(request, _use(pk), "decline", actions.decline, done)


@curators
@private
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Withdraw what is public; bring back what is withdrawn."""
    use = _use(pk)
    if use.state == UseState.WITHDRAWN:
        return _with_reason(request, use, "withdraw", actions.reinstate, _("It stands with the publication again."))
    return _with_reason(request, use, "withdraw", actions.withdraw, _("Withdrawn: it is no longer shown."))


def _with_reason(request: SignedInRequest, use: Use, name: str, act: Callable[..., Use], done: str) -> HttpResponse:
    form = ReasonForm(request.POST, prefix=name)
    if not form.is_valid():
        return _review(request, use, 422, **{f"{name}_form": form})
    decide(request, lambda: act(use, form.cleaned_data["reason"], by=request.user), done)
    return redirect("evidence:use_review", use.pk)
