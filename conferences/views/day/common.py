"""What the pages of the day itself share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.signed_in import person
from conferences.models import Edition, ProgrammeSession
from conferences.queries.check_ins import sessions_to_attend
from conferences.rules.registration import may_certify, may_open_registrations, may_register_others
from conferences.views.common import desk_edition
from conferences.views.reviewing.common import number_in, private
from kesos_repo.access import signed_in

View = Callable[..., HttpResponseBase]
READ = ("GET", "HEAD")


def _for(rule: Callable[[User, Edition], bool], *methods: str) -> Callable[[View], View]:
    """The view gets the edition of its address, for those whom the rule lets in; nobody keeps its answer."""

    def decorate(view: View) -> View:
        @signed_in
        @private
        @require_http_methods(methods)
        @wraps(view)
        def wrapped(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
            edition = desk_edition(request, slug)
            if not rule(person(request), edition):
                raise PermissionDenied
            return view(request, edition, **kwargs)

        return wrapped

    return decorate


at_door = _for(may_register_others, *READ, "POST")
telling = _for(may_register_others, "POST")
reading = _for(may_open_registrations, *READ)
certifying = _for(may_certify, *READ)
deciding = _for(may_certify, "POST")


def session_asked(request: HttpRequest, edition: Edition) -> ProgrammeSession | None:
    """The session that `?sesi=` names; none for the door."""
    text = request.GET.get("sesi", "")
    return session_of(edition, number_in(text) or 0) if text else None


def session_of(edition: Edition, pk: int) -> ProgrammeSession:
    if pk <= 0:
        raise Http404
    found: ProgrammeSession = get_object_or_404(sessions_to_attend(edition), pk=pk)
    return found


def pdf_response(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
