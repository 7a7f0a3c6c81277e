"""The pages of authors and organisations."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.models import Organisation, Person
from kesos_repo.access import public
from kesos_repo.page_cache import cached_for_anonymous, cached_while
from portal.queries import organisations as organisation_queries
from portal.queries import people as people_queries
from portal.queries.letters import OTHERS, Letter
from portal.queries.topics import topics_named
from publications.models import Output
from publications.queries.generation import generation_of
from publications.queries.lists import NEWEST, ListPage, list_page
from publications.queries.paging import Paging, ids_on_page, page_number
from search.listing import Listing
from search.query.request import Chosen
from search.state import list_state

NAMES_ON_PAGE = 100


@public
@cached_for_anonymous
@require_safe
def people(request: HttpRequest, letter: str = "") -> HttpResponseBase:
    letters = people_queries.people_letters(generation_of(request))
    found = _names(request, letters, letter, people_queries.people_starting_with, people_queries.people_with_counts)
    return render(request, "portal/people.html", found)


@public
@cached_for_anonymous
@require_safe
def organisations(request: HttpRequest, letter: str = "") -> HttpResponseBase:
    letters = organisation_queries.organisation_letters(generation_of(request))
    starting, counted = (
        organisation_queries.organisations_starting_with,
        organisation_queries.organisations_with_counts,
    )
    return render(request, "portal/organisations.html", _names(request, letters, letter, starting, counted))


def _names(
    request: HttpRequest,
    letters: list[Letter],
    slug: str,
    starting_with: Callable[[str], QuerySet[Any]],
    with_counts: Callable[[list[int]], list[tuple[Any, int]]],
) -> dict[str, Any]:
    """One page of names; without a letter in the address, those of the first letter there is."""
    wanted = OTHERS if slug == OTHERS else slug.upper()
    current = next((known for known in letters if not slug or known.letter == wanted), None)
    if current is None:
        if slug:
            raise Http404
        return {"letters": [], "current": None, "rows": []}
    paging = Paging.nearest(page_number(request.GET.get("halaman")), current.count, NAMES_ON_PAGE)
    ids = ids_on_page(starting_with(current.letter).values_list("pk", flat=True), paging)
    return {"letters": letters, "current": current, "ids": ids, "rows": lambda: with_counts(ids), "paging": paging}


@public
@cached_while(list_state)
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponseBase:
    somebody = get_object_or_404(Person.objects.select_related("affiliation"), pk=pk)
    if somebody.merged_into_id:
        return redirect("people:person", somebody.merged_into_id, permanent=True)
    generation = generation_of(request)
    identities = people_queries.identities(somebody)
    works = people_queries.outputs_of(identities)
    listing = _listing(request, ("penulis", str(pk)), works, f"person:{pk}")
    if not listing.total and not works.exists():
        raise Http404

    def beside() -> dict[str, Any]:
        facts = people_queries.person_facts(identities, generation)
        return {"facts": facts, "topics": topics_named(facts.topics)}

    return render(request, "portal/person.html", {"person": somebody, "listing": listing, "beside": beside})


@public
@cached_while(list_state)
@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Organisation.objects.select_related("parent"), pk=pk)
    if unit.merged_into_id:
        return redirect("people:organisation", unit.merged_into_id, permanent=True)
    generation = generation_of(request)
    identities = organisation_queries.identities(unit)
    works = organisation_queries.outputs_of(identities)
    listing = _listing(request, ("lembaga", str(pk)), works, f"organisation:{pk}")
    if not listing.total and not unit.is_confirmed and not works.exists():
        raise Http404

    def beside() -> dict[str, Any]:
        facts = organisation_queries.organisation_facts(identities, generation)
        parts = list(unit.organisation_set.filter(merged_into=None, is_confirmed=True))
        return {"facts": facts, "topics": topics_named(facts.topics), "parts": parts}

    return render(request, "portal/organisation.html", {"organisation": unit, "listing": listing, "beside": beside})


def _listing(request: HttpRequest, within: Chosen, works: QuerySet[Output], key: str) -> Listing:
    """The newest first until somebody searches in it."""

    def plain() -> ListPage:
        return list_page(works, NEWEST, page_number(request.GET.get("halaman")), generation_of(request), key)

    return Listing(request, within=[within], plain=plain)
