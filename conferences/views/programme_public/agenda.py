"""Somebody's own agenda: what they marked on the programme, where it overlaps, and its calendar by a secret address."""

from dataclasses import dataclass, field
from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signed_in import person
from conferences.actions import agendas as actions
from conferences.models import Agenda, Edition
from conferences.queries.programme_public import programme_of
from conferences.schedules.calendars import marked_calendar
from conferences.schedules.reading import Item, Programme, Session
from conferences.views.common import visible_edition
from conferences.views.site import site_page
from kesos_repo.access import public, signed_in
from publications.addresses import site_base

from .machine import CALENDAR, as_file


@dataclass(slots=True)
class Row:
    """Something marked; `session` is where it takes place, `overlaps` the titles of what is on at the same time."""

    thing: Session | Item
    session: Session
    overlaps: list[str] = field(default_factory=list)


def rows_of(programme: Programme, marks: set[str]) -> list[Row]:
    """In order. An item and its own session do not overlap."""
    found = [Row(session, session) for session in programme.sessions if session.mark in marks]
    found += [Row(item, session) for session in programme.sessions for item in session.items if item.mark in marks]
    found.sort(key=lambda row: (row.thing.starts_at, row.thing.ends_at))
    for row in found:
        row.overlaps = [
            str(other.thing.title)
            for other in found
            if other.session.id != row.session.id and other.thing.overlaps(row.thing)
        ]
    return found


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: HttpRequest, slug: str) -> HttpResponseBase:
    """POST: `add` or `remove` names what is marked; then back to the page with the button."""
    edition = visible_edition(request, slug)
    if request.method == "POST":
        return _mark(request, edition)
    programme = programme_of(edition)
    mine = actions.agenda_of(person(request), edition)
    rows = rows_of(programme, set(mine.keys)) if programme else []
    on_programme = {row.thing.mark for row in rows}
    days = [(day, list(found)) for day, found in groupby(rows, key=lambda row: row.thing.day)]
    link = site_base(request) + reverse("conferences:edition_agenda_calendar", args=[slug, mine.token])
    context = {"programme": programme, "days": days, "link": link if edition.is_public else ""}
    gone = [mark for mark in mine.keys if mark not in on_programme]
    return _private(site_page(request, edition, "agenda", at="programme", **context, gone=gone))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _mark(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    wanted = "add" in request.POST
    mark = request.POST.get("add") or request.POST.get("remove") or ""
    programme = programme_of(edition)
    if wanted and (programme is None or mark not in programme.marks):
        messages.error(request, _("This is no longer on the programme."))
        return redirect("conferences:edition_agenda", edition.slug)
    try:
        actions.mark(edition, mark, by=person(request), wanted=wanted)
    except actions.TooMany:
        messages.error(request, _("Your agenda is full. Take something out first."))
    return redirect(_back(request, edition))


def _back(request: HttpRequest, edition: Edition) -> str:
    """The page with the button, at what was marked."""
    back = request.POST.get("back", "")
    here = reverse("conferences:edition_programme", args=[edition.slug])
    if url_has_allowed_host_and_scheme(back, None) and back.startswith(here):
        return back
    return reverse("conferences:edition_agenda", args=[edition.slug])


@signed_in
@require_POST
def renew(request: HttpRequest, slug: str) -> HttpResponseBase:
    actions.renew_link(visible_edition(request, slug), by=person(request))
    messages.success(request, _("The calendar has a new address; the former one no longer works."))
    return redirect("conferences:edition_agenda", slug)


@public
@require_safe
def calendar(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """For whoever has the address, as calendars cannot sign in; of public editions only."""
    found = Agenda.objects.filter(token=token, edition__slug=slug, user__is_active=True).select_related("edition")
    mine = found.first()
    programme = programme_of(mine.edition) if mine and mine.edition.is_public else None
    if mine is None or programme is None:
        raise Http404
    return _private(as_file(marked_calendar(programme, mine.keys, site_base(request)), CALENDAR, f"{slug}.ics"))
