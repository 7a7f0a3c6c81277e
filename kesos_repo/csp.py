"""Headers that keep a page to itself: nothing from elsewhere, nothing inline, no framing by others."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY: dict[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "font-src": ("'self'",),
    "connect-src": ("'self'",),
    "worker-src": ("'self'",),
    "manifest-src": ("'self'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'self'",),
    "base-uri": ("'none'",),
    "object-src": ("'none'",),
}
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=(), interest-cohort=()"


def sign_in_origins() -> list[str]:
    """Where ORCID or OpenID Connect lead: browsers apply form-action also to the redirect after a form."""
    providers = getattr(settings, "SOCIALACCOUNT_PROVIDERS", {})
    addresses = list(getattr(settings, "CSP_FORM_ACTION", []))
    if orcid := providers.get("orcid"):
        addresses.append(f"https://{orcid.get('BASE_DOMAIN', 'orcid.org')}")
    apps = providers.get("openid_connect", {}).get("APPS", [])
    addresses += [app.get("settings", {}).get("server_url", "") for app in apps]
    return sorted({f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, addresses) if parts.netloc})


def policy_header() -> str:
    policy = {**POLICY, "form-action": (*POLICY["form-action"], *sign_in_origins())}
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in policy.items())


class SecurityHeadersMiddleware:
    """Sets the headers where the view has not set its own (uploaded files carry a stricter policy)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = policy_header()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
