"""What can be wrong with an upload before its content is looked at."""

from django.conf import settings
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from publications.uploads import refused_uploads


def too_large() -> str:
    return _(
        "The file is larger than %(limit)s. Make it smaller, for example by saving its pictures with less detail."
    ) % {"limit": filesizeformat(settings.MAX_UPLOAD_BYTES)}


def wants_json(request: HttpRequest) -> bool:
    """Sent by the page's script, which shows progress and errors itself."""
    return "application/json" in request.headers.get("Accept", "")


def upload_problem(request: HttpRequest, name: str = "file") -> str:
    """Why there is no file to take in; empty if there is one."""
    if name in request.FILES:
        return ""
    if name in refused_uploads(request):
        return too_large()
    return _("Choose a file first.")
