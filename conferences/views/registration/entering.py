"""The committee enters somebody by hand, and corrects what a registration says."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.queries import organisation_names
from accounts.signed_in import person
from conferences.actions import registrations as actions
from conferences.actions.common import ChangedMeanwhile
from conferences.forms.registration import EnterForm, of_registration
from conferences.models import Attendance, Edition, Registration
from conferences.queries import registrations as queries
from conferences.rules.registration import may_edit
from conferences.views.common import render_desk
from conferences.views.desk.common import Difference, differences, for_registering

from .common import address, no_place, seen_in
from .one import SECTION, found


@for_registering
def enter(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    terms = queries.terms_of(edition)
    if request.method != "POST":
        form = EnterForm(terms=terms, initial={"language": "id", "attendance": Attendance.ON_SITE})
        return _page(request, edition, form)
    form = EnterForm(request.POST, terms=terms)
    if not form.is_valid():
        return _page(request, edition, form, 422)
    registration = actions.enter(edition, form.data_for_action(), by=person(request))
    said = _("Entered and confirmed: number %(number)s.") % {"number": registration.number}
    messages.success(request, said)
    return redirect(address(registration, "desk_registration"))


@for_registering
def edit(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    registration = found(edition, pk)
    if not may_edit(person(request), registration):
        messages.info(request, _("This registration cannot be changed any more."))
        return redirect(address(registration, "desk_registration"))
    if request.method != "POST":
        return _page(request, edition, _form(registration), registration=registration)
    form = _form(registration, request.POST)
    if not form.is_valid():
        return _page(request, edition, form, 422, registration=registration)
    try:
        actions.edit(registration, form.data_for_action(), by=person(request), seen=seen_in(request))
    except actions.Full:
        no_place(form, edition)
        return _page(request, edition, form, 422, registration=registration)
    except ChangedMeanwhile:
        fresh = found(edition, pk)
        return _page(request, edition, form, 409, registration=fresh, found=differences(form, _form(fresh)))
    messages.success(request, _("Saved."))
    return redirect(address(registration, "desk_registration"))


def _form(registration: Registration, data: Any = None) -> EnterForm:
    terms = queries.terms_of(registration.edition)
    has_account = registration.user_id is not None
    return EnterForm(data, terms=terms, initial=of_registration(registration), has_account=has_account)


def _page(
    request: HttpRequest,
    edition: Edition,
    form: EnterForm,
    status: int = 200,
    *,
    registration: Registration | None = None,
    found: list[Difference] | None = None,
) -> HttpResponse:
    context = {
        "section": SECTION,
        "form": form,
        "registration": registration,
        "places": [] if registration else queries.places_of(queries.terms_of(edition)),
        "differences": found or [],
        "organisation_names": organisation_names(),
    }
    return render_desk(request, "conferences/registration/desk/enter.html", edition, context, status)
