"""The floor: one SELECT by an index and a small template, on the same server and through the same middleware."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from kesos_repo.access import public
from kesos_repo.page_cache import PageCacheMiddleware
from taxonomy.models import Pmks

PATH = "/bench/floor/"


@public
def floor(request: HttpRequest) -> HttpResponse:
    return render(request, "floor.html", {"term": Pmks.objects.get(pk=1)})


class PageCacheBesideFloor(PageCacheMiddleware):
    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request) if request.path == PATH else super().__call__(request)
