"""What a reader sees when something is wrong: what happened, what was kept, what to do next."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from portal.context import ENGLISH, Here

RETRY_SECONDS = 30
LIMIT_SECONDS = 60


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _without_context(request, "errors/400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "errors/429.html", status=429)
    response["Retry-After"] = str(LIMIT_SECONDS)
    response["Cache-Control"] = "private, no-store"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the error is being handled; a database that does not answer is told apart, since waiting helps."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        response = _without_context(request, "errors/503.html", 503)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    return _without_context(request, "errors/500.html", 500)


def _without_context(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """For when even the session, the host name or the language may be what is broken."""
    is_english = Here(request).path != request.path
    with translation.override("en" if is_english else "id"):
        address = f"{ENGLISH}/" if is_english else "/"
        return HttpResponse(render_to_string(template, {"home_address": address}), status=status)
