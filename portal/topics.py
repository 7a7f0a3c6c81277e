"""The pages of the 26 PMKS."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kesos_repo.access import public
from kesos_repo.page_cache import cached_for_anonymous, cached_while
from portal.charts import bar_chart
from portal.queries import topics as queries
from publications.queries.generation import generation_of
from publications.queries.paging import page_number
from search.listing import Listing
from search.state import list_state
from taxonomy.models import Pmks
from taxonomy.queries import resolve


@public
@cached_for_anonymous
@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    generation = generation_of(request)
    return render(request, "portal/topics.html", {"clusters": lambda: queries.counted_clusters(generation)})


@public
@cached_while(list_state)
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponseBase:
    try:
        kind = resolve(Pmks, slug)
    except Pmks.DoesNotExist as error:
        raise Http404 from error
    if kind.slug != slug:
        return redirect("topics:topic", kind.slug, permanent=True)
    generation = generation_of(request)
    context = {
        "topic": kind,
        "listing": Listing(
            request,
            within=[("pmks", kind.slug)],
            plain=lambda: queries.topic_page(kind, page_number(request.GET.get("halaman")), generation),
        ),
        "numbers": lambda: _numbers(kind, generation),
        "atensi": lambda: list(kind.atensi_clusters.all()),
    }
    return render(request, "portal/topic.html", context)


def _numbers(kind: Pmks, generation: int | None) -> dict[str, Any]:
    """For the column beside the list; read when that is drawn anew."""
    facts = queries.topic_facts(kind, generation)
    return {"facts": facts, "chart": bar_chart(facts.years), "related": queries.related_topics(kind, facts)}
