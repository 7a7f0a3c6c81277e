"""The pages of the 26 PMKS."""

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from evidence.queries.topics import (
    TopicEvidence,
    message_of,
    recommendations_on,
)
from evidence.topics.choice import PAGE_SIZE, Choice
from evidence.topics.wording import generated_message
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
    kind = topic_named(slug)
    if kind.slug != slug:
        return redirect("topics:topic", kind.slug, permanent=True)
    page = TopicPage(kind, generation_of(request))
    choice = Choice.read(request.GET, lambda: page.evidence.vocabulary)
    context = {
        "topic": kind,
        "listing": Listing(
            request,
            within=[("pmks", kind.slug)],
            plain=lambda: queries.topic_page(kind, page_number(request.GET.get("halaman")), page.generation),
        ),
        "choice": choice,
        "is_for_robots": choice.is_plain,
        "answered": page.answered,
        "found": lambda: page.found(choice),
        "numbers": page.numbers,
        "after": page.after,
        "atensi": lambda: list(kind.atensi_clusters.all()),
    }
    return render(request, "portal/topic.html", context)


def topic_named(slug: str) -> Pmks:
    """By address or code; of a retired one its successor."""
    current: Pmks | None = Pmks.objects.active().select_related("cluster", "pas_group").filter(slug=slug).first()
    if current is not None:
        return current
    try:
        return resolve(Pmks, slug)
    except Pmks.DoesNotExist as error:
        raise Http404 from error


class TopicPage:
    """Each part of it is read when it is drawn anew; what several need, once."""

    def __init__(self, topic: Pmks, generation: int | None) -> None:
        self.topic, self.generation = topic, generation
        self.evidence = TopicEvidence(topic, generation)

    @cached_property
    def facts(self) -> queries.TopicFacts:
        return queries.topic_facts(self.topic, self.generation)

    def answered(self) -> dict[str, Any]:
        return {
            "answers": self.evidence.answers,
            "message": message_of(self.topic),
            "generated": generated_message(self.evidence.answers),
            "harms": self.evidence.harms(),
            "facts": self.facts,
        }

    def found(self, choice: Choice) -> dict[str, Any]:
        shown = self.evidence.shown(choice)
        page, pages = shown.narrowed.page, shown.narrowed.pages
        first = (page - 1) * PAGE_SIZE
        return {
            "narrowed": shown.narrowed,
            "findings": shown.findings,
            "first": first + 1,
            "last": first + len(shown.findings),
            "before": replace(choice, page=page - 1) if page > 1 else None,
            "next": replace(choice, page=page + 1) if page < pages else None,
        }

    def numbers(self) -> dict[str, Any]:
        """For the column beside the list."""
        known = self.evidence.vocabulary.by_pk["method"]
        return {
            "facts": self.facts,
            "chart": bar_chart(self.facts.years),
            "methods": [(known[pk], count) for pk, count in self.facts.methods if pk in known],
            "related": queries.related_topics(self.topic, self.facts, self.evidence.vocabulary),
            "services": self.evidence.answers.services,
        }

    def after(self) -> dict[str, Any]:
        """What follows from it all, below the list."""
        return {
            "answers": self.evidence.answers,
            "facts": self.facts,
            "recommended": recommendations_on(self.topic),
        }
