"""The pages of the 26 PMKS."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from evidence.queries import topics as evidence
from evidence.queries.mapping import vocabulary
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
    generation = generation_of(request)
    choice = Choice.read(request.GET, lambda: vocabulary(generation))
    context = {
        "topic": kind,
        "listing": Listing(
            request,
            within=[("pmks", kind.slug)],
            plain=lambda: queries.topic_page(kind, page_number(request.GET.get("halaman")), generation),
        ),
        "choice": choice,
        "is_for_robots": choice.is_plain,
        "answered": lambda: _answered(kind, generation),
        "found": lambda: _found(kind, choice, generation),
        "numbers": lambda: _numbers(kind, generation),
        "after": lambda: _after(kind, generation),
        "atensi": lambda: list(kind.atensi_clusters.all()),
    }
    return render(request, "portal/topic.html", context)


def topic_named(slug: str) -> Pmks:
    """By address or code; of a retired one its successor."""
    try:
        return resolve(Pmks, slug)
    except Pmks.DoesNotExist as error:
        raise Http404 from error


# Each of these is read when its part is drawn anew.


def _answered(kind: Pmks, generation: int | None) -> dict[str, Any]:
    answers = evidence.topic_answers(kind, generation)
    return {
        "answers": answers,
        "message": evidence.message_of(kind),
        "generated": generated_message(answers),
        "harms": evidence.harms_on(evidence.light_findings(kind, generation)),
        "facts": queries.topic_facts(kind, generation),
    }


def _found(kind: Pmks, choice: Choice, generation: int | None) -> dict[str, Any]:
    shown = evidence.shown_findings(kind, choice, generation)
    first = (shown.narrowed.page - 1) * PAGE_SIZE
    return {
        "narrowed": shown.narrowed,
        "findings": shown.findings,
        "first": first + 1,
        "last": first + len(shown.findings),
        "before": replace(choice, page=shown.narrowed.page - 1) if shown.narrowed.page > 1 else None,
        "next": replace(choice, page=shown.narrowed.page + 1) if shown.narrowed.page < shown.narrowed.pages else None,
    }


def _numbers(kind: Pmks, generation: int | None) -> dict[str, Any]:
    """For the column beside the list."""
    facts = queries.topic_facts(kind, generation)
    known = vocabulary(generation).by_pk["method"]
    return {
        "facts": facts,
        "chart": bar_chart(facts.years),
        "methods": [(known[pk], count) for pk, count in facts.methods if pk in known],
        "related": queries.related_topics(kind, facts),
        "services": evidence.topic_answers(kind, generation).services,
    }


def _after(kind: Pmks, generation: int | None) -> dict[str, Any]:
    """What follows from it all, below the list."""
    return {
        "answers": evidence.topic_answers(kind, generation),
        "facts": queries.topic_facts(kind, generation),
        "recommended": evidence.recommendations_on(kind),
        "questions": evidence.questions_on(kind),
        "opportunities": evidence.opportunities_on(kind),
    }
