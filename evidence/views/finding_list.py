"""All public findings, narrowed by what the address says: the cells of the map lead here."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from evidence.mapping import facets
from evidence.mapping.asked import Asked, Notice, read
from evidence.mapping.describing import applied, cell_of
from evidence.mapping.finding_table import lines
from evidence.queries.finding_list import all_of, page_of
from evidence.queries.mapping import vocabulary
from evidence.views.mapping import levels_of
from kesos_repo.access import public
from kesos_repo.page_cache import cached_for_anonymous
from publications.queries.generation import generation_of
from publications.queries.paging import Paging
from publications.spreadsheets import csv_response


@dataclass(frozen=True, slots=True)
class Links:
    map: str
    csv: str
    clear: str
    outputs: str  # the parameters that the search of publications knows too


@public
@cached_for_anonymous
@require_safe
def finding_list(request: HttpRequest) -> HttpResponse:
    generation = generation_of(request)
    known = vocabulary(generation)
    asked = read(request.GET, known)
    findings, paging, studies = page_of(asked, known, generation)
    context = {
        "asked": asked,
        "findings": findings,
        "paging": paging,
        "studies": studies,
        "notices": [*asked.notices, *_missed(asked, paging)],
        "cell": cell_of(asked, known),
        "facets": facets.of_list(asked, known),
        "levels": [facets.levels(name, value) for name, value in levels_of(asked)],
        "applied": applied(asked, known),
        "links": _links(asked),
    }
    return render(request, "evidence/list/page.html", context)


def _missed(asked: Asked, paging: Paging) -> list[Notice]:
    return [Notice("halaman", str(asked.page))] if asked.page != paging.number else []


def _links(asked: Asked) -> Links:
    everything = Asked(axis=asked.axis)
    shared = tuple(pair for pair in asked.chosen if pair[0] in ("pmks", "klaster", "layanan", "provinsi"))
    return Links(
        map=reverse("evidence:map") + asked.for_map().query(),
        csv=reverse("evidence:finding_csv") + replace(asked, page=1).query(),
        clear=everything.query(),
        outputs=Asked(chosen=shared).query(),
    )


@public
@require_safe
def finding_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same findings in the same order, all of them."""
    known = vocabulary(generation_of(request))
    findings = all_of(read(request.GET, known), known)
    return csv_response(lines(findings, settings.SITE_URL), "temuan")
