"""Closed by default: every view says who may call it; one that doesn't is refused (house rule 3)."""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

if TYPE_CHECKING:
    from accounts.models import User

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class SignedInRequest(HttpRequest):
    """The request of a view that only signed-in people reach: its user is one of ours."""

    user: "User"


class Access(StrEnum):
    PUBLIC = "public"
    SIGNED_IN = "signed-in"  # the view itself checks ownership through rules.py
    CURATOR = "curator"
    ADMINISTRATOR = "administrator"


def access(level: Access) -> Callable[[View], View]:
    """Declare who may call a view. Ownership is checked by the view through `rules.py`, on top of this."""

    def mark(view: View) -> View:
        view.access = level  # type: ignore[attr-defined]
        return view

    return mark


public = access(Access.PUBLIC)
signed_in = access(Access.SIGNED_IN)
curators = access(Access.CURATOR)
administrators = access(Access.ADMINISTRATOR)

# Views of libraries, by module: what we cannot decorate.
LIBRARY_ACCESS = {
    "allauth.": Access.PUBLIC,  # allauth guards its own account pages
    "django.contrib.admin.": Access.ADMINISTRATOR,
    "django.contrib.contenttypes.": Access.ADMINISTRATOR,
    "django.views.generic.base": Access.ADMINISTRATOR,  # the admin redirects its former addresses with it
    "django.views.i18n": Access.PUBLIC,
    "django.views.static": Access.PUBLIC,
}


def declared_access(view: Callable[..., Any]) -> Access | None:
    """The level a view declares, looking through class-based views; None if it declares none."""
    for candidate in (view, getattr(view, "view_class", None)):
        if level := getattr(candidate, "access", None):
            return Access(level)
    module = getattr(view, "__module__", "")
    return next((level for prefix, level in LIBRARY_ACCESS.items() if module.startswith(prefix)), None)


class AccessMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> HttpResponseBase | None:
        level = declared_access(view)
        if level is Access.PUBLIC:
            return None
        if level is None:
            raise PermissionDenied("view declares no access rule")
        user = request.user
        if not user.is_authenticated:
            if request.method == "POST" and (keep := getattr(view, "keep_typed", None)):
                keep(request)  # so that an expired session does not cost what was typed
            query = urlencode({"next": _after_sign_in(request)})
            return redirect(f"{reverse(settings.LOGIN_URL)}?{query}")
        if level is Access.CURATOR and not user.is_curator:
            raise PermissionDenied
        if level is Access.ADMINISTRATOR and not user.is_administrator:
            raise PermissionDenied
        return None


def _after_sign_in(request: HttpRequest) -> str:
    """The page that was asked for; after a form the page that held it, since a form's address may show nothing."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    held = urlsplit(request.headers.get("Referer", ""))
    if held.netloc != request.get_host():
        return request.get_full_path()
    return held.path + (f"?{held.query}" if held.query else "")
