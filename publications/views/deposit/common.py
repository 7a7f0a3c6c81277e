"""What the pages of the deposit do first, and what they show around the form."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.signed_in import person
from kesos_repo.access import signed_in
from publications.models import Version
from publications.queries import deposits
from publications.rules import editing

View = Callable[..., HttpResponseBase]


def for_version(view: View) -> View:
    """The view gets the version of its address; what is not the reader's does not exist for her."""

    @signed_in
    @wraps(view)
    def wrapped(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
        version = deposits.version_for_deposit(pk, person(request))
        if version is None:
            raise Http404
        return view(request, version, **kwargs)

    return wrapped


def for_editing(view: View) -> View:
    """The same, while the version is with the reader; else she is told where it is now."""

    @for_version
    @wraps(view)
    def wrapped(request: HttpRequest, version: Version, **kwargs: Any) -> HttpResponseBase:
        if not editing.may_edit(person(request), version):
            return not_now(request, version)
        return view(request, version, **kwargs)

    return wrapped


def not_now(request: HttpRequest, version: Version) -> HttpResponse:
    """What was typed meanwhile cannot be saved any more, but it is shown to be copied."""
    typed = [(name, text) for name, values in request.POST.lists() for text in values if len(text) > 20]
    typed = [(name, text) for name, text in typed if not name.startswith(("csrf", "base-"))]
    if typed:
        context = {"version": version, "typed": typed}
        return render(request, "publications/deposit/closed.html", context, status=409)
    messages.info(request, _("This version is not open for changes now. Here you see where it is."))
    return redirect("publications:deposit_status", version.pk)


def keeps_typed(view: View) -> View:
    """What is sent to this view after the session has ended waits until its author has signed in again."""
    view.keep_typed = keep_typed  # type: ignore[attr-defined]
    return view


UNSAVED = "unsaved_deposit"
MOST_KEPT = 300_000


def keep_typed(request: HttpRequest) -> None:
    typed = request.POST.urlencode()
    if len(typed) <= MOST_KEPT:
        request.session[UNSAVED] = {"path": request.path, "data": typed}


def take_typed(request: HttpRequest) -> str | None:
    """What was kept for this page, once."""
    kept = request.session.get(UNSAVED)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[UNSAVED]
    return str(kept["data"])
