"""The Atom feeds of searches; those of topics, authors and organisations are the same with one parameter."""

from collections.abc import Callable
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kesos_repo.access import public
from publications.addresses import site_base
from publications.queries.generation import generation_of, per_generation
from search import feeds, saved, synonyms
from search.describing import described
from search.index import reading
from search.query.request import SearchRequest
from search.query.vocabulary import vocabulary

RETRY_SECONDS = 30


@public
@require_safe
def atom(request: HttpRequest) -> HttpResponseBase:
    """Of one search; parts of the address that make no sense are left out, as on the search page."""
    known = vocabulary(generation_of(request))
    asked = saved.after_merges([saved.plain(SearchRequest.from_querydict(request.GET, known))])[0]
    query = asked.to_query_string() if asked.is_narrowed else ""

    def compute() -> tuple[str, float]:
        found = feeds.entries(feeds.newest_found(asked))
        label = described(asked, known)
        return written(request, found, label, reverse("search:search") + query, reverse("search:atom") + query)

    try:
        state = f"{reading.current().generation}:{synonyms.edition()}"
        return answer(request, f"search:{state}:{query}", compute)
    except reading.IndexNotReady:
        return not_ready()


def written(
    request: HttpRequest, found: list[feeds.Entry], label: str, page: str, own: str, subtitle: str = ""
) -> tuple[str, float]:
    """The feed, and when its newest entry was published."""
    text = feeds.write(
        found,
        site_base(request),
        title=f"{label} · Repositori Kesos",
        subtitle=subtitle or _("What is new, the latest first."),
        page=page,
        own=own,
    )
    return text, max((entry.updated.timestamp() for entry in found), default=0.0)


def answer(request: HttpRequest, key: str, compute: Callable[[], tuple[str, float]]) -> HttpResponseBase:
    """Kept until something public changes; 304 for who has it already."""
    full_key = f"feed:{site_base(request)}:{get_language()}:{timezone.localdate()}:{key}"
    text, changed = per_generation(generation_of(request), full_key, compute)
    body = text.encode()
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    etag = quote_etag(blake2b(body, digest_size=12).hexdigest())
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    if changed:
        response["Last-Modified"] = http_date(changed)
    unchanged = get_conditional_response(request, etag=etag, last_modified=int(changed) or None, response=response)
    return unchanged or response


def not_ready() -> HttpResponse:
    text = _("The search index is being built. Please try again in a moment.")
    return HttpResponse(
        text,
        status=503,
        content_type="text/plain; charset=utf-8",
        headers={"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"},
    )
