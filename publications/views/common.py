"""What several public views do first."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from publications.copy_links import PARAMETER, granted_request
from publications.models import CopyRequest
from publications.publicid import normalise_public_id


def other_spelling(request: HttpRequest, public_id: str) -> HttpResponse | None:
    """None for a public id as it is written; else a redirect to it (capitals; 0 for O, 1 for I and L).

    What cannot be an identifier, since its check character does not match, gets a page that says so.
    """
    canonical = normalise_public_id(public_id)
    if canonical is None:
        return render(request, "publications/mistyped.html", {"typed": public_id}, status=404)
    if canonical == public_id:
        return None
    path = request.path.replace(f"/{public_id}/", f"/{canonical}/", 1)
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def granted_copy(request: HttpRequest) -> CopyRequest | None:
    token = request.GET.get(PARAMETER, "")
    return granted_request(token) if token else None
