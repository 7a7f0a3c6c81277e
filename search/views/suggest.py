"""What is offered while somebody types in a search box: a fragment that static/js/suggest.js puts into its list."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from kesos_repo.access import public
from kesos_repo.page_cache import cached_while
from publications.queries.generation import generation_of
from search.index import reading
from search.state import search_state
from search.suggesting import suggestions


@public
@cached_while(search_state)
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """204 while there is no index: the box then is one without suggestions, and readers notice nothing."""
    try:
        with reading.searching() as reader:
            groups = suggestions(reader, request.GET.get("q", ""), generation_of(request))
    except reading.IndexNotReady:
        return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
    number = sum(len(group.suggestions) for group in groups)
    # Without the request: nothing in it depends on the reader, and the frame's context is not needed.
    body = render_to_string("search/suggestions.html", {"groups": groups, "number": number})
    return HttpResponse(body, headers={"Cache-Control": "no-cache"})
