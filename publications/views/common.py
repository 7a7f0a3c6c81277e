"""What several public views do first."""

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _

from publications.copy_links import PARAMETER, granted_request
from publications.models import CopyRequest
from publications.publicid import normalise_public_id


class MistypedId(Http404):
    """The address cannot be an output's: its check character does not match."""


def canonical_redirect(request: HttpRequest, public_id: str) -> HttpResponsePermanentRedirect | None:
    """To the one spelling of a public id (capitals; 0 for O, 1 for I and L); None if it is spelled so already."""
    canonical = normalise_public_id(public_id)
    if canonical is None:
        raise MistypedId(_("This address was mistyped: its check character does not match."))
    if canonical == public_id:
        return None
    path = request.path.replace(f"/{public_id}/", f"/{canonical}/", 1)
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def granted_copy(request: HttpRequest) -> CopyRequest | None:
    token = request.GET.get(PARAMETER, "")
    return granted_request(token) if token else None
