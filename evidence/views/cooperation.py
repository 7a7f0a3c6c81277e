"""The cooperation board: read by everybody, posted by owners, answered through the site."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.queries import organisation_names
from accounts.signed_in import person
from evidence import rules
from evidence.actions import cooperation as actions
from evidence.actions import interests
from evidence.actions.findings import Conflict
from evidence.forms.cooperation import InterestForm, OpportunityFilter, OpportunityForm, ReopenForm, ResultForm
from evidence.forms.stored import stored_instead
from evidence.models import Opportunity
from evidence.queries import cooperation as queries
from evidence.states import OpportunityState
from evidence.views.common import decide, gone, private
from kesos_repo.access import public, signed_in
from kesos_repo.page_cache import cached_for_anonymous
from publications.states import IllegalTransition

PAGE_SIZE = 20
SHOWN_INTERESTS = 200


@public
@cached_for_anonymous
@require_safe
def opportunity_list(request: HttpRequest) -> HttpResponse:
    form = OpportunityFilter(request.GET)
    wanted = form.wanted()
    context = {
        "form": form,
        "is_narrowed": any(wanted.values()),
        "page": Paginator(queries.on_board(**wanted), PAGE_SIZE).get_page(request.GET.get("halaman")),
    }
    return render(request, "evidence/cooperation/list.html", context)


@public
@cached_for_anonymous
@require_safe
def opportunity_page(request: HttpRequest, pk: int) -> HttpResponse:
    opportunity = queries.visible_opportunity(pk, request.user)
    if opportunity is None:
        return _tombstone(request, pk)
    return _page(request, opportunity)


def _page(request: HttpRequest, opportunity: Opportunity, status: int = 200, **forms: Any) -> HttpResponse:
    """The page with what its owner, a curator or somebody interested may do; refused forms keep what was typed."""
    user: Any = request.user
    context: dict[str, Any] = {
        "opportunity": opportunity,
        "is_public": opportunity.state in (OpportunityState.OPEN, OpportunityState.CLOSED),
        "is_curator": rules.is_active_curator(user),
    }
    if user.is_authenticated:
        context |= _for_user(user, opportunity)
    response = render(request, "evidence/cooperation/opportunity.html", {**context, **forms}, status=status)
    if user.is_authenticated:
        response["Cache-Control"] = "private, no-store"
    return response


def _for_user(user: User, opportunity: Opportunity) -> dict[str, Any]:
    mine = queries.interest_of(user, opportunity)
    may_write = mine is None and rules.may_write_to_owner(user, opportunity)
    may_read = rules.may_read_interests(user, opportunity)
    is_closed = opportunity.state == OpportunityState.CLOSED
    is_owner = rules.is_opportunity_owner(user, opportunity)
    return {
        "my_interest": mine,
        "interest_form": InterestForm() if may_write else None,
        "interests": queries.interests_in(opportunity)[:SHOWN_INTERESTS] if may_read else None,
        "is_owner": is_owner,
        "may_edit": rules.may_edit_opportunity(user, opportunity),
        "result_form": _result_form(opportunity) if rules.may_close_opportunity(user, opportunity) else None,
        "reopen_form": ReopenForm() if is_owner and is_closed else None,
        "may_discard": is_owner and opportunity.state in (OpportunityState.POSTED, OpportunityState.RETURNED),
    }


def _result_form(opportunity: Opportunity, data: Any = None) -> ResultForm:
    return ResultForm(data, initial={"result_id": opportunity.result_id, "result_en": opportunity.result_en})


def _tombstone(request: HttpRequest, pk: int) -> HttpResponse:
    """The reason, and no longer what was sought."""
    opportunity = queries.opportunity_tombstone(pk)
    if opportunity is None:
        raise Http404
    return gone(request, "evidence/cooperation/tombstone.html", {"opportunity": opportunity})


@signed_in
@private
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest) -> HttpResponseBase:
    user = person(request)
    own = getattr(user, "person", None)
    form = OpportunityForm(request.POST or None, initial={"organisation": own.affiliation if own else None})
    if request.method == "POST" and form.is_valid():
        try:
            opportunity = actions.post(form.data_for_action(), by=user)
        except actions.TooManyPosted as too_many:
            form.add_error(None, str(too_many))
        else:
            messages.success(request, _("It waits for a curator to let it in. You get a mail then."))
            return redirect("evidence:opportunity", opportunity.pk)
    return _form(request, form, None)


def _form(
    request: HttpRequest, form: OpportunityForm, opportunity: Opportunity | None, stored: Any = None
) -> HttpResponse:
    context = {
        "form": form,
        "opportunity": opportunity,
        "organisation_names": organisation_names(),
        "stored": stored,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "evidence/cooperation/edit.html", context, status=status)


def _visible(request: HttpRequest, pk: int) -> Opportunity:
    opportunity = queries.visible_opportunity(pk, request.user)
    if opportunity is None:
        raise Http404
    return opportunity


def _mine(request: HttpRequest, pk: int) -> Opportunity:
    opportunity = _visible(request, pk)
    if not rules.is_opportunity_owner(person(request), opportunity):
        raise PermissionDenied
    return opportunity


@signed_in
@private
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    opportunity = _mine(request, pk)
    if not rules.may_edit_opportunity(person(request), opportunity):
        raise PermissionDenied
    form, stored = OpportunityForm(request.POST or None, instance=opportunity), None
    if request.method == "POST" and form.is_valid():
        revision = request.POST.get("revision", "")
        base = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else None
        try:
            fresh = actions.edit(opportunity, form.data_for_action(), by=person(request), base_revision=base)
        except Conflict:
            opportunity = _mine(request, pk)
            stored = stored_instead(form, OpportunityForm(instance=opportunity))
            form.add_error(
                None, _("It was saved in another window meanwhile. What you typed is still here; look first.")
            )
        except IllegalTransition:
            form.add_error(None, _("A curator has decided meanwhile. What you typed is still here; look first."))
        else:
            waits = fresh.state == OpportunityState.POSTED
            done = _("Saved. It waits for a curator to let it in.") if waits else _("Saved.")
            messages.success(request, done)
            return redirect("evidence:opportunity", pk)
    return _form(request, form, opportunity, stored)


@signed_in
@private
@require_safe
def my_opportunities(request: HttpRequest) -> HttpResponseBase:
    user = person(request)
    context = {
        "page": Paginator(queries.owned_by(user), PAGE_SIZE).get_page(request.GET.get("halaman")),
        "written": queries.written_by(user)[:PAGE_SIZE],
    }
    return render(request, "evidence/cooperation/mine.html", context)


@signed_in
@private
@require_POST
def write_to_owner(request: HttpRequest, pk: int) -> HttpResponseBase:
    opportunity = _visible(request, pk)
    form = InterestForm(request.POST)
    if not form.is_valid():
        may = rules.may_write_to_owner(person(request), opportunity)
        return _page(request, opportunity, 422, **({"interest_form": form} if may else {}))
    message = form.cleaned_data["message"]
    try:
        done = _("Your message is on its way to the owner, who answers to your address.")
        decide(request, lambda: interests.express(opportunity, message, by=person(request)), done)
    except (interests.WrittenAlready, interests.TooManyMessages) as refused:
        messages.error(request, str(refused))
    return redirect("evidence:opportunity", pk)


@signed_in
@private
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Close it, or tell anew what came of it."""
    opportunity = _mine(request, pk)
    form = _result_form(opportunity, request.POST)
    if not form.is_valid():
        return _page(request, opportunity, 422, result_form=form)
    data = form.cleaned_data
    return _done(
        request,
        pk,
        lambda: actions.close(opportunity, data["result_id"], data["result_en"], by=person(request)),
        _("It is closed. What came of it stands on its page."),
    )


@signed_in
@private
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponseBase:
    opportunity = _mine(request, pk)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _page(request, opportunity, 422, reopen_form=form)
    closes_on = form.cleaned_data["closes_on"]
    act: Callable[[], Any] = lambda: actions.reopen(opportunity, closes_on, by=person(request))  # noqa: E731
    return _done(request, pk, act, _("It is open again."))


def _done(request: HttpRequest, pk: int, act: Callable[[], Any], done: str) -> HttpResponse:
    decide(request, act, done)
    return redirect("evidence:opportunity", pk)


@signed_in
@private
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponseBase:
    opportunity = get_object_or_404(Opportunity, pk=pk, owner=person(request))
    if decide(request, lambda: actions.discard(opportunity, by=person(request)), _("It is discarded.")):
        return redirect("evidence:my_opportunities")
    return redirect("evidence:opportunity", pk)
