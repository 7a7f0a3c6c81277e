"""The floor: one SELECT by an index and a small template, on the same server and through the same middleware."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from kesos_repo.access import public
from kesos_repo.page_cache import PageCacheMiddleware
from search.query import running
from search.suggesting import names
from search.templatetags import search as drawn
from taxonomy.models import Pmks

PATH = "/bench/floor/"


@public
def floor(request: HttpRequest) -> HttpResponse:
    return render(request, "floor.html", {"term": Pmks.objects.get(pk=1)})


class PageCacheBesideFloor(PageCacheMiddleware):
    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == PATH:
            return self.get_response(request)
        if "HTTP_AUTHORIZATION" in request.META and request.path.startswith("/cari/"):
            _forget_answers()
        if "HTTP_AUTHORIZATION" in request.META and request.path.startswith("/bukti/"):
            cache.clear()  # counted as for the first time after a change
        return super().__call__(request)


def _forget_answers() -> None:
    """A search that is measured as asked for the first time."""
    running._results.clear()
    running._counts.clear()
    drawn._drawn.clear()
    names._kept.clear()
