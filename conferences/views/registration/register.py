"""The page that explains how to register, and its form for those who are signed in."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.queries import organisation_names
from accounts.signed_in import person
from conferences import phases
from conferences.actions import registrations as actions
from conferences.forms.registration import RegistrationForm, of_person
from conferences.models import DateKind, Edition, Registration, RegistrationTerms
from conferences.queries import registrations as queries
from conferences.queries.site import Site
from conferences.rules.committee import may_open_desk
from conferences.rules.registration import is_open
from conferences.states import RegistrationState
from conferences.views.common import visible_edition
from evidence.views.common import private
from kesos_repo.access import public
from publications.views.deposit.common import keep_typed, take_typed

from .common import add_letter, address, is_sound


@public
@private
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponseBase:
    """To everybody it says what, when and how many places; whose session has ended loses nothing typed."""
    edition = visible_edition(request, slug)
    terms = queries.terms_of(edition)
    if request.method != "POST":
        return _page(request, terms, _new_form(request, terms))
    if not request.user.is_authenticated:
        keep_typed(request)
        return redirect(_sign_in(request))
    form = RegistrationForm(request.POST, request.FILES, terms=terms)
    if not is_open(terms) or not is_sound(request, form):
        return _page(request, terms, form, 422)
    return _registered(request, terms, form)


def _registered(request: HttpRequest, terms: RegistrationTerms, form: RegistrationForm) -> HttpResponseBase:
    try:
        registration = actions.register(terms.edition, form.data_for_action(), by=person(request))
    except actions.Closed:
        return _page(request, queries.terms_of(terms.edition), form, 422)
    except actions.AlreadyRegistered as known:
        messages.info(request, _("You are registered already."))
        return redirect(address(known.registration))
    add_letter(request, registration, form)
    _say(request, registration)
    return redirect(address(registration))


def _say(request: HttpRequest, registration: Registration) -> None:
    said = {
        RegistrationState.REQUESTED: _("Your registration is with the committee. It writes to you."),
        RegistrationState.WAITING: _("You are on the waiting list. We write to you as soon as you have a place."),
    }.get(RegistrationState(registration.state), _("You are registered. A confirmation is on its way to you."))
    messages.success(request, said)


def _sign_in(request: HttpRequest) -> str:
    return f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.path})}"


def _new_form(request: HttpRequest, terms: RegistrationTerms) -> RegistrationForm | None:
    if not request.user.is_authenticated or not is_open(terms):
        return None
    initial = of_person(person(request))
    if (typed := take_typed(request)) is not None:
        initial |= QueryDict(typed).dict()
        messages.info(request, _("Your session had ended. What you typed is here again; send it now."))
    return RegistrationForm(terms=terms, initial=initial)


def _page(
    request: HttpRequest, terms: RegistrationTerms, form: RegistrationForm | None, status: int = 200
) -> HttpResponse:
    edition, user = terms.edition, request.user
    mine = actions.active_of(user, edition) if isinstance(user, User) else None
    context: dict[str, Any] = {
        "edition": edition,
        "site": Site(edition),
        "at": "registration",
        "terms": terms,
        "form": form,
        "mine": mine,
        "is_open": is_open(terms),
        "places": queries.places_of(terms),
        "sign_in_url": _sign_in(request),
        "may_open_desk": isinstance(user, User) and may_open_desk(user, edition),
        "organisation_names": organisation_names() if form and not mine else [],
        **dates_of(edition),
    }
    return render(request, "conferences/registration/register.html", context, status=status)


def dates_of(edition: Edition) -> dict[str, Any]:
    opens, closes = DateKind.REGISTRATION_OPENS, DateKind.REGISTRATION_CLOSES
    return {
        "opens": phases.date_of(edition, opens),
        "closes": phases.date_of(edition, closes),
        "has_closed": phases.is_past(edition, closes),
    }
