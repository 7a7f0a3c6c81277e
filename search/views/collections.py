"""The collections that readers see."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kesos_repo.access import public
from kesos_repo.page_cache import cached_for_anonymous, cached_while
from publications.queries.generation import generation_of
from publications.queries.paging import page_number
from search import feeds
from search.index.reading import IndexNotReady
from search.listing import files
from search.models import Collection
from search.queries import collections as queries
from search.query.vocabulary import vocabulary
from search.state import list_state
from search.views.export import download
from search.views.feeds import RETRY_SECONDS, answer, not_ready, written


@public
@cached_for_anonymous
@require_safe
def collection_list(request: HttpRequest) -> HttpResponse:
    return render(request, "search/collections/list.html", {"collections": queries.listed(Collection.objects.public())})


@public
@cached_while(list_state)
@require_safe
def collection_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    collection = _find(request, slug)
    if collection.slug != slug:
        return redirect("collections:collection", collection.slug, permanent=True)
    generation = generation_of(request)
    number = page_number(request.GET.get("halaman"))
    exports = files(lambda extension: reverse("collections:export", args=[collection.slug, extension]))
    context: dict[str, Any] = {"collection": collection, "asked": None, "exports": exports}
    if collection.is_curated:
        context["page"] = queries.curated_page(collection, number)
    elif asked := queries.asked_of(collection, vocabulary(generation)):
        context["asked"] = asked
        try:
            context["page"] = queries.found_page(asked, number, timezone.localdate(), generation)
        except IndexNotReady:
            response = render(request, "search/collections/page.html", context, status=503)
            response["Retry-After"] = str(RETRY_SECONDS)
            return response
    return render(request, "search/collections/page.html", context)


@public
@require_safe
def collection_atom(request: HttpRequest, slug: str) -> HttpResponseBase:
    collection = _find(request, slug)
    if collection.slug != slug:
        return redirect("collections:atom", collection.slug, permanent=True)
    page = reverse("collections:collection", args=[collection.slug])
    own = reverse("collections:atom", args=[collection.slug])

    def compute() -> tuple[str, float]:
        return written(request, feeds.entries(_newest(collection)), collection.title, page, own, collection.description)

    try:
        return answer(request, f"collection:{collection.pk}:{collection.changed_at}:{list_state()}", compute)
    except IndexNotReady:
        return not_ready()


@public
@require_safe
def collection_export(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    collection = _find(request, slug)
    if collection.slug != slug:
        return redirect("collections:export", collection.slug, extension, permanent=True)
    return download(request, queries.ids_of(collection), extension, collection.slug)


def _newest(collection: Collection) -> list[int]:
    if collection.is_curated:
        return feeds.newest_of(queries.ids_of(collection))
    asked = queries.asked_of(collection, vocabulary(None))
    return feeds.newest_found(asked) if asked else []


def _find(request: HttpRequest, slug: str) -> Collection:
    """By its address or a former one; those that are being prepared only for curators."""
    visible = Collection.objects.visible_to(request.user)
    found = visible.filter(slug=slug).first() or visible.filter(former_slugs__slug=slug).first()
    if found is None:
        raise Http404
    return found
