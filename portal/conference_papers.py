"""The published papers of a conference, with search and facets of their own."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conferences.queries.papers import public_papers
from conferences.queries.site import Site, moments_passed
from conferences.views.common import visible_edition
from conferences.views.site import kept_apart
from kesos_repo.access import public
from kesos_repo.page_cache import cached_while
from publications.queries.generation import generation_of
from publications.queries.lists import ListPage, list_page
from publications.queries.paging import page_number
from search.listing import Listing
from search.state import list_state

IN_ORDER = ("conference_paper__position", "pk")


@public
@cached_while(moments_passed)
@cached_while(list_state)
@require_safe
def papers(request: HttpRequest, slug: str) -> HttpResponseBase:
    """In the order of the programme until somebody searches in them."""
    edition = visible_edition(request, slug)
    generation, key = generation_of(request), f"conference:{edition.pk}"

    def plain() -> ListPage:
        works = public_papers(edition)
        return list_page(works, IN_ORDER, page_number(request.GET.get("halaman")), generation, key)

    listing = Listing(request, within=[("konferensi", slug)], plain=plain)
    context = {"edition": edition, "site": Site(edition), "at": "papers", "listing": listing}
    return kept_apart(render(request, "portal/conference_papers.html", context), edition)
