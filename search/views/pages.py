"""The search page, and what readers see while there is no index."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kesos_repo.access import public
from kesos_repo.page_cache import cached_while
from search.index.reading import IndexNotReady
from search.listing import Listing
from search.state import search_state
from search.views.feeds import RETRY_SECONDS


@public
@cached_while(search_state)
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Everything public that fits what the address says; without any words everything, the newest first."""
    try:
        listing = Listing(request)
    except IndexNotReady:
        return not_ready(request)
    return render(request, "search/search.html", {"listing": listing})


def not_ready(request: HttpRequest) -> HttpResponse:
    """Lists and topics are there meanwhile; this page leads to them."""
    response = render(request, "search/not_ready.html", {"words": request.GET.get("q", "")}, status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response
