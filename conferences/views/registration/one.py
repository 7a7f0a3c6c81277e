"""One registration at the desk: read and decided."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.signed_in import person
from conferences.actions import needs
from conferences.actions import registration_decisions as decisions
from conferences.actions import registrations as actions
from conferences.actions.common import ChangedMeanwhile
from conferences.forms.registration import ReasonForm
from conferences.models import Edition, Registration
from conferences.queries import registrations as queries
from conferences.queries import registrations_desk as desk
from conferences.rules import registration as rules
from conferences.states import REGISTRATION_TRANSITIONS, RegistrationState
from conferences.views.common import render_desk
from conferences.views.desk.common import for_registering, for_registrars
from publications.states import IllegalTransition

from .common import address, seen_in, send_letter

SECTION = "conferences:desk_registrations"
WITH_REASON = ("tolak", "batal")


def found(edition: Edition, pk: int) -> Registration:
    registration = queries.registration_of(pk, edition)
    if registration is None:
        raise Http404
    return registration


@for_registrars
def registration(request: HttpRequest, edition: Edition, pk: int) -> HttpResponse:
    return show(request, found(edition, pk))


def show(
    request: HttpRequest, registration: Registration, status: int = 200, reason: ReasonForm | None = None
) -> HttpResponse:
    edition, by = registration.edition, person(request)
    terms = queries.terms_of(edition)
    is_waiting = registration.state == RegistrationState.WAITING
    context: dict[str, Any] = {
        "section": SECTION,
        "registration": registration,
        "terms": terms,
        "need": getattr(registration, "need", None),
        "deleted_on": needs.deleted_on(edition, terms.needs_kept_days),
        "position": queries.place_in_line(registration) if is_waiting else 0,
        "places": next((one for one in queries.places_of(terms) if one.attendance == registration.attendance), None),
        "may_change": rules.may_register_others(by, edition),
        "may_edit": rules.may_edit(by, registration),
        "may_cancel": rules.may_cancel(by, registration) and registration.state == RegistrationState.CONFIRMED,
        "can": {str(state.value): True for state in _next_states(registration)},
        "reason_form": reason or ReasonForm(),
        "entries": desk.log_of(registration),
    }
    return render_desk(request, "conferences/registration/desk/one.html", edition, context, status)


def _next_states(registration: Registration) -> list[RegistrationState]:
    return [RegistrationState(state) for state in REGISTRATION_TRANSITIONS[registration.state]]


@for_registering
def decide(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    registration = found(edition, pk)
    if request.method != "POST":
        return redirect(address(registration, "desk_registration"))
    what, form = request.POST.get("putusan", ""), ReasonForm(request.POST)
    if what in WITH_REASON and not form.is_valid():
        return show(request, registration, 422, form)
    act = _act(request, registration, what, form)
    try:
        said = act()
    except ChangedMeanwhile:
        messages.error(request, _("It has changed since this page was opened. Look at it again; nothing was decided."))
        return show(request, found(edition, pk), 409, form if what in WITH_REASON else None)
    except IllegalTransition:
        messages.error(request, _("Somebody else has decided in the meantime. Nothing was changed."))
    except actions.Full:
        messages.error(request, _("No place is left. Raise the number of places, or wait until somebody cancels."))
    except actions.AlreadyRegistered:
        messages.error(request, _("They have registered anew meanwhile. Decide on that registration."))
    else:
        messages.success(request, said)
    return redirect(address(registration, "desk_registration"))


def _act(request: HttpRequest, registration: Registration, what: str, form: ReasonForm) -> Callable[[], str]:
    by, seen = person(request), seen_in(request)
    reason = form.cleaned_data["reason"] if what in WITH_REASON else ""
    acts: dict[str, Callable[[], Registration]] = {
        "terima": lambda: decisions.confirm(registration, by=by, seen=seen),
        "tunggu": lambda: decisions.put_on_waiting_list(registration, by=by, seen=seen),
        "tolak": lambda: decisions.decline(registration, reason, by=by, seen=seen),
        "batal": lambda: actions.cancel(registration, by=by, seen=seen, reason=reason),
    }
    if what not in acts:
        raise Http404
    return lambda: _said(acts[what]())


def _said(registration: Registration) -> str:
    return {
        RegistrationState.CONFIRMED: _("The registration is confirmed."),
        RegistrationState.WAITING: _("The registration is on the waiting list."),
        RegistrationState.DECLINED: _("The registration is declined."),
    }.get(RegistrationState(registration.state), _("The registration is cancelled."))


@for_registrars
def letter(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    return send_letter(request, found(edition, pk))
