"""My conferences, the first page of a desk, its log, and the steps from draft to archive."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.queries import log_of
from accounts.signed_in import person
from conferences.actions import committee, editions
from conferences.desk_numbers import numbers_for
from conferences.exporting import zipped
from conferences.models import CommitteeMember, Edition
from conferences.queries import desk as queries
from conferences.readiness import Item, readiness
from conferences.rules import committee as rules
from conferences.rules.desk import may_read_site_desk
from conferences.states import EditionState
from conferences.views.common import render_desk
from evidence.views.common import private
from kesos_repo.access import signed_in

from .common import for_chairs, for_committee, for_reading, run

PAGE_SIZE = 30


@signed_in
@private
@require_safe
def desks(request: HttpRequest) -> HttpResponseBase:
    """Where I am on the committee, and who asks me to be; series for administrators."""
    user = person(request)
    makes = rules.may_make_editions(user)
    context = {
        "page": Paginator(queries.desks_of(user), PAGE_SIZE).get_page(request.GET.get("halaman")),
        "invitations": queries.invitations_of(user),
        "may_make": makes,
        "series": queries.all_series() if makes else [],
    }
    return render(request, "conferences/desk/desks.html", context)


@signed_in
@private
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Accept or decline an invitation to a committee."""
    member = get_object_or_404(CommitteeMember.objects.select_related("edition"), pk=pk)
    if request.POST.get("jawaban") == "terima":
        act: Callable[..., Any] = committee.accept
        done = _("You are on the committee. Welcome.")
    else:
        act, done = committee.decline, _("You have declined. The committee sees it.")
    if run(request, lambda: act(member, by=person(request)), done) and act is committee.accept:
        return redirect("conferences:desk", member.edition.slug)
    return redirect("conferences:desks")


@for_committee
def home(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    user = person(request)
    organises = may_read_site_desk(user, edition)
    items = readiness(edition) if edition.state == EditionState.DRAFT or organises else []
    context = {
        "section": "conferences:desk",
        "checklist": [_line(item, edition, organises) for item in items],
        "is_ready": all(item.is_met for item in items if item.is_needed),
        "next_dates": queries.next_dates(edition, timezone.now()),
        "numbers": numbers_for(user, edition),
        "may_change_state": rules.may_change_state(user, edition),
        "may_clone": rules.may_clone(user, edition),
        "may_copy": organises and edition.is_public,
        "may_organise": rules.may_organise(user, edition),
    }
    return render_desk(request, "conferences/desk/home.html", edition, context)


def _line(item: Item, edition: Edition, is_linked: bool) -> dict[str, Any]:
    """As the checklist component takes it."""
    line: dict[str, Any] = {"state": "ok" if item.is_met else "todo" if item.is_needed else "warn", "text": item.text}
    if is_linked and not item.is_met:
        line |= {"url": reverse(item.url_name, args=[edition.slug]), "action": _("Go there")}
    return line


@for_reading
def log(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    page = Paginator(log_of(edition), PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render_desk(request, "conferences/desk/log.html", edition, {"section": "conferences:desk_log", "page": page})


@for_reading
def site_copy(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """The public site as files, for keeping elsewhere."""
    if not edition.is_public:
        raise Http404
    response = HttpResponse(zipped(edition), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{edition.slug}.zip"'
    return response


def _step(request: HttpRequest, edition: Edition, act: Callable[..., Any], done: str) -> HttpResponse:
    if not rules.may_change_state(person(request), edition):
        raise PermissionDenied
    run(request, lambda: act(edition, by=person(request)), done)
    return redirect("conferences:desk", edition.slug)


@for_chairs
def publish(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    return _step(request, edition, editions.publish, _("Everybody can see it now."))


@for_chairs
def archive(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    return _step(request, edition, editions.archive, _("It is archived: everybody can read it, nobody changes it."))


@for_chairs
def reopen(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    return _step(request, edition, editions.reopen, _("It is out of the archive and can be changed again."))
