"""What the desk's pages about the call do first."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from accounts.models import User
from accounts.signed_in import person
from conferences.models import Edition
from conferences.rules.committee import may_list_submissions, may_open_desk, may_organise
from conferences.views.common import desk_edition, render_desk
from kesos_repo.access import signed_in

View = Callable[..., HttpResponseBase]
Rule = Callable[[User, Edition], bool]


def _with(rule: Rule, view: View) -> View:
    @signed_in
    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
        edition = desk_edition(request, slug)
        if not rule(person(request), edition):
            raise PermissionDenied
        response = view(request, edition, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return wrapped


def for_organising(view: View) -> View:
    """The view gets the edition; for those who say what the call asks for."""
    return _with(may_organise, view)


def for_listing(view: View) -> View:
    """The view gets the edition; for those who may know who handed in what."""
    return _with(may_list_submissions, view)


def sees_call(user: User, edition: Edition) -> bool:
    return may_open_desk(user, edition) and may_organise(user, edition)


def render_call(request: HttpRequest, template: str, edition: Edition, part: str, **context: Any) -> HttpResponse:
    """A page about the call, with the small menu of its parts."""
    status = context.pop("status", 200)
    shown = {"section": "conferences:desk_call", "part": f"conferences:{part}", **context}
    return render_desk(request, f"conferences/call/{template}.html", edition, shown, status)
