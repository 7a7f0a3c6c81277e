"""The list of all publications: searched and narrowed through the index, and without one as PostgreSQL answers it."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kesos_repo.access import public
from kesos_repo.page_cache import cached_while
from publications.models import Output
from publications.queries.generation import generation_of
from publications.queries.lists import NEWEST, ListPage, list_page
from publications.queries.paging import page_number
from publications.views.lists import output_list
from search.listing import Listing
from search.state import list_state


@public
@cached_while(list_state)
@require_safe
def outputs(request: HttpRequest) -> HttpResponseBase:
    """Stands in front of `publications.views.lists.output_list`, which answers while there is no index."""
    if not list_state()[0]:
        return output_list(request)
    listing = Listing(request, plain=lambda: _newest(request))
    return render(request, "search/outputs.html", {"listing": listing}) if listing.is_ready else output_list(request)


def _newest(request: HttpRequest) -> ListPage:
    number = page_number(request.GET.get("halaman"))
    return list_page(Output.objects.public(), NEWEST, number, generation_of(request), "all")
