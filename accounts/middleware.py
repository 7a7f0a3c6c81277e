"""Curators and administrators need a second factor; the demo, whose passwords are public, goes without."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

# What somebody without a second factor still needs: to set one up, to confirm a password or address, and to leave.
OPEN_NAMES = (
    "account_logout",
    "account_reauthenticate",
    "account_email",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_inactive",
    "set_language",
    "healthz",
)


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_args: Any) -> HttpResponseBase | None:
        """One indexed query for each request of somebody whose role requires a second factor, none for others."""
        user: Any = request.user
        if not user.is_authenticated or user.role not in settings.MFA_REQUIRED_ROLES or _is_open(request):
            return None
        if is_mfa_enabled(user):
            return None
        messages.warning(request, _("Your role needs a second factor. Set one up to go on."))
        return redirect("mfa_index")


def _is_open(request: HttpRequest) -> bool:
    name = (request.resolver_match.url_name if request.resolver_match else "") or ""
    return name in OPEN_NAMES or name.startswith("mfa_")
