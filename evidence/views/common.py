"""What the views of those who enter and check findings share."""

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.signed_in import person
from evidence import rules
from evidence.actions.common import ReasonMissing
from evidence.checks import Incomplete
from evidence.queries import desk
from kesos_repo.access import signed_in
from publications.states import IllegalTransition

View = Callable[..., HttpResponseBase]


def for_entering(view: View) -> View:
    """The view gets the version of its address; what the reader may enter nothing for does not exist for her."""

    @signed_in
    @wraps(view)
    def wrapped(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
        version = desk.version_to_enter(pk)
        if version is None or not rules.may_enter(person(request), version.output):
            raise Http404
        return _private(view(request, version, **kwargs))

    return wrapped


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "private, no-store"
    return response


def private(view: View) -> View:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _private(view(request, *args, **kwargs))

    return wrapped


def seen_at(request: HttpRequest) -> datetime.datetime | None:
    """Which text the curator has read, by when it was handed on; none where the form does not say."""
    try:
        return parse_datetime(request.POST.get("seen", "")[:40])
    except ValueError:
        return None


def gone(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """What was public once: its reason, and no longer what it said."""
    response = render(request, template, context, status=410)
    response["X-Robots-Tag"] = "noindex"
    return response


def decide(request: HttpRequest, act: Callable[[], Any], done: str) -> bool:
    """Run an action; say what happened, or why it could not."""
    try:
        act()
    except IllegalTransition:
        messages.error(request, _("Somebody else has decided in the meantime. Nothing was changed."))
    except Incomplete as incomplete:
        missing = ", ".join(map(str, incomplete.missing))
        messages.error(request, _("It cannot go on yet. Missing: %(missing)s") % {"missing": missing})
    except ReasonMissing:
        messages.error(request, _("A reason is needed. Nothing was changed."))
    else:
        messages.success(request, done)
        return True
    return False
