"""Registrations at the desk: listed, several confirmed at once, what people need."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.signed_in import person
from conferences.actions import needs
from conferences.actions import registration_decisions as actions
from conferences.models import Attendance, Audience, Edition
from conferences.queries import registrations as queries
from conferences.queries import registrations_desk as desk
from conferences.rules.registration import may_register_others
from conferences.states import RegistrationState
from conferences.views.common import render_desk
from conferences.views.desk.common import for_registering, for_registrars

PAGE_SIZE = 50
SECTION = "conferences:desk_registrations"


@for_registrars
def registration_list(request: HttpRequest, edition: Edition) -> HttpResponse:
    wanted = desk.wanted(request.GET)
    counted = desk.counted(edition)
    terms = queries.terms_of(edition)
    page = Paginator(desk.of_edition(edition, wanted), PAGE_SIZE).get_page(request.GET.get("halaman"))
    confirmable = any(one.state in (RegistrationState.REQUESTED, RegistrationState.WAITING) for one in page)
    context = {
        "section": SECTION,
        "wanted": wanted,
        "page": page,
        "states": [(state.value, state.label, counted.get(state, 0)) for state in RegistrationState],
        "categories": Audience.choices,
        "ways": Attendance.choices,
        "terms": terms,
        "places": queries.places_of(terms),
        "may_confirm": confirmable and may_register_others(person(request), edition),
        "query": request.GET.urlencode(),
    }
    return render_desk(request, "conferences/registration/desk/list.html", edition, context)


@for_registering
def confirm_chosen(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    chosen = dict(filter(None, map(_pair, request.POST.getlist("pilih")[: actions.MOST_AT_ONCE])))
    if not chosen:
        messages.info(request, _("Choose at least one registration."))
    else:
        _tell(request, actions.confirm_all(edition, chosen, by=person(request)))
    return redirect("conferences:desk_registrations", edition.slug)


def _pair(text: str) -> tuple[int, int] | None:
    """'12:3': registration and the revision that the page showed."""
    parts = text.split(":")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        return None
    return int(parts[0]), int(parts[1])


def _tell(request: HttpRequest, outcome: actions.Outcome) -> None:
    confirmed, waiting, left = outcome.confirmed, outcome.waiting, outcome.left
    if confirmed:
        done = ngettext("%(n)s registration is confirmed.", "%(n)s registrations are confirmed.", confirmed)
        messages.success(request, done % {"n": confirmed})
    if waiting:
        full = ngettext("No place was left for %(n)s: it waits.", "No place was left for %(n)s: they wait.", waiting)
        messages.warning(request, full % {"n": waiting})
    if left:
        same = ngettext(
            "%(n)s stays as it was: no place, or changed meanwhile.",
            "%(n)s stay as they were: no place, or changed meanwhile.",
            left,
        )
        messages.warning(request, same % {"n": left})


@for_registrars
def need_list(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Read here alone: no export has it."""
    terms = queries.terms_of(edition)
    context = {
        "section": SECTION,
        "page": Paginator(desk.needs_of(edition), PAGE_SIZE).get_page(request.GET.get("halaman")),
        "deleted_on": needs.deleted_on(edition, terms.needs_kept_days),
    }
    return render_desk(request, "conferences/registration/desk/needs.html", edition, context)
