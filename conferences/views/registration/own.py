"""One's own registrations: listed, read, changed, cancelled; the letter and the calendar."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.queries import organisation_names
from accounts.signed_in import person
from conferences.actions import needs
from conferences.actions import registration_letters as letters
from conferences.actions import registrations as actions
from conferences.actions.common import ChangedMeanwhile
from conferences.describing import event_calendar
from conferences.forms.registration import RegistrationForm, of_registration
from conferences.models import Registration
from conferences.queries import registrations as queries
from conferences.rules import registration as rules
from conferences.states import RegistrationState
from conferences.views.desk.common import Difference, differences
from evidence.views.common import private
from kesos_repo.access import signed_in
from publications.addresses import site_base

from .common import add_letter, address, for_owner, is_sound, no_place, seen_in, send_letter

PAGE_SIZE = 20


@signed_in
@private
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.mine(person(request)), PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "conferences/registration/mine.html", {"page": page})


def _around(request: HttpRequest, registration: Registration) -> dict[str, Any]:
    terms = queries.terms_of(registration.edition)
    by = person(request)
    return {
        "registration": registration,
        "edition": registration.edition,
        "terms": terms,
        "need": getattr(registration, "need", None),
        "deleted_on": needs.deleted_on(registration.edition, terms.needs_kept_days),
        "may_edit": rules.may_edit(by, registration),
        "may_cancel": rules.may_cancel(by, registration),
    }


@for_owner
@require_safe
def registration(request: HttpRequest, registration: Registration) -> HttpResponse:
    is_waiting = registration.state == RegistrationState.WAITING
    context = _around(request, registration) | {
        "position": queries.place_in_line(registration) if is_waiting else 0,
    }
    return render(request, "conferences/registration/page.html", context)


@for_owner
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, registration: Registration) -> HttpResponseBase:
    if not rules.may_edit(person(request), registration):
        messages.info(request, _("This registration cannot be changed any more."))
        return redirect(address(registration))
    terms = queries.terms_of(registration.edition)
    if request.method != "POST":
        return _form_page(request, registration, RegistrationForm(terms=terms, initial=of_registration(registration)))
    form = RegistrationForm(request.POST, request.FILES, terms=terms)
    if not is_sound(request, form):
        return _form_page(request, registration, form, 422)
    try:
        saved = actions.edit(registration, form.data_for_action(), by=person(request), seen=seen_in(request))
    except actions.Full:
        no_place(form, registration.edition)
        return _form_page(request, registration, form, 422)
    except ChangedMeanwhile:
        return _in_two_windows(request, registration, form)
    saved.edition = registration.edition
    add_letter(request, saved, form)
    messages.success(request, _("Saved."))
    return redirect(address(registration))


def _in_two_windows(request: HttpRequest, registration: Registration, form: RegistrationForm) -> HttpResponse:
    fresh = queries.registration_of(registration.pk, registration.edition) or registration
    stored = RegistrationForm(terms=queries.terms_of(fresh.edition), initial=of_registration(fresh))
    return _form_page(request, fresh, form, 409, differences(form, stored))


def _form_page(
    request: HttpRequest,
    registration: Registration,
    form: RegistrationForm,
    status: int = 200,
    found: list[Difference] | None = None,
) -> HttpResponse:
    more = {"form": form, "differences": found or [], "organisation_names": organisation_names()}
    context = _around(request, registration) | more
    return render(request, "conferences/registration/edit.html", context, status=status)


@for_owner
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, registration: Registration) -> HttpResponseBase:
    if not rules.may_cancel(person(request), registration):
        messages.info(request, _("This registration cannot be cancelled any more."))
        return redirect(address(registration))
    if request.method == "POST":
        actions.cancel(registration, by=person(request))
        messages.success(request, _("Your registration is cancelled."))
        return redirect(address(registration))
    return render(request, "conferences/registration/cancel.html", _around(request, registration))


@for_owner
@require_safe
def letter(request: HttpRequest, registration: Registration) -> HttpResponseBase:
    return send_letter(request, registration)


@for_owner
@require_POST
def remove_letter(request: HttpRequest, registration: Registration) -> HttpResponseBase:
    letters.remove(registration, by=person(request))
    messages.success(request, _("The letter is removed."))
    return redirect(address(registration))


@for_owner
@require_safe
def calendar(request: HttpRequest, registration: Registration) -> HttpResponse:
    if registration.state != RegistrationState.CONFIRMED:
        raise Http404
    url = site_base(request) + address(registration)
    response = HttpResponse(event_calendar(registration.edition, url), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{registration.edition.slug}.ics"'
    return response
