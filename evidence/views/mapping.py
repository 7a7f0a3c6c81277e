"""The evidence map: as a page, and as CSV, SVG and PNG with the same parameters."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from evidence import rules
from evidence.mapping import facets
from evidence.mapping.asked import Asked, read
from evidence.mapping.describing import applied, in_words
from evidence.mapping.drawing import Drawing, draw
from evidence.mapping.picture import as_png
from evidence.mapping.table import as_csv
from evidence.mapping.titles import heading_of, short_title_of, title_of
from evidence.mapping.vocabulary import Vocabulary
from evidence.models import Level, MapAxis
from evidence.queries.mapping import evidence_map, vocabulary
from kesos_repo.access import public
from kesos_repo.page_cache import cached_for_anonymous
from publications.addresses import site_base
from publications.queries.generation import generation_of, per_generation


@public
@cached_for_anonymous
@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    generation = generation_of(request)
    known = vocabulary(generation)
    asked = read(request.GET, known).for_map()
    user: Any = request.user
    context = {
        "asked": asked,
        "map": evidence_map(asked, generation),
        "title": title_of(asked.axis),
        "axes": _axes(asked),
        "facets": facets.of_map(asked, known),
        "levels": [facets.levels(name, value) for name, value in levels_of(asked)],
        "applied": applied(asked, known),
        "clear_url": asked.with_(chosen=(), year_from=None, year_to=None, strength=None, applicability=None).query(),
        "folding": folding(asked, known),
        "downloads": _downloads(asked),
        "legend": [*Level],
        "may_take": user.is_authenticated and rules.may_take_snapshot(user),
    }
    return render(request, "evidence/map/page.html", context)


def levels_of(asked: Asked) -> list[tuple[str, int | None]]:
    return [("kekuatan", asked.strength), ("keberlakuan", asked.applicability)]


def _axes(asked: Asked) -> list[tuple[str, str, bool]]:
    return [(short_title_of(axis), asked.with_(axis=axis).query(), axis == asked.axis) for axis in MapAxis]


def folding(asked: Asked, known: Vocabulary) -> dict[str, str]:
    """Queries that fold and unfold all clusters; empty for what is so already."""
    everything = tuple(term.slug for term in known.offered("cluster"))
    return {
        "fold": "" if set(everything) <= set(asked.folded) else asked.with_(folded=everything).query(),
        "unfold": asked.with_(folded=()).query() if asked.folded else "",
    }


def _downloads(asked: Asked) -> list[tuple[str, str]]:
    kinds = ("csv", "svg", "png")
    return [(kind.upper(), reverse(f"evidence:map_{kind}") + asked.query()) for kind in kinds]


@public
@require_safe
def map_csv(request: HttpRequest) -> HttpResponse:
    """Folded clusters are one row here too: the file has what the page shows."""
    generation, _known, asked = _read(request)
    content = as_csv(evidence_map(asked, generation), site_base(request))
    return _download(content, "text/csv; charset=utf-8", "csv")


@public
@require_safe
def map_svg(request: HttpRequest) -> HttpResponse:
    return _download(_drawing(request).svg.encode(), "image/svg+xml; charset=utf-8", "svg")


@public
@require_safe
def map_png(request: HttpRequest) -> HttpResponse:
    """Made once a generation for each set of parameters, since it takes a processor for a moment."""
    generation, _known, asked = _read(request)
    key = f"evidence:png:{get_language()}:{timezone.localdate()}:{site_base(request)}:{asked.pairs()}"
    return _download(per_generation(generation, key, lambda: as_png(_drawing(request))), "image/png", "png")


def _read(request: HttpRequest) -> tuple[int | None, Vocabulary, Asked]:
    generation = generation_of(request)
    known = vocabulary(generation)
    return generation, known, read(request.GET, known).for_map()


def _drawing(request: HttpRequest) -> Drawing:
    generation, known, asked = _read(request)
    address = site_base(request) + reverse("evidence:map") + (asked.query() if asked.pairs() else "")
    heading = heading_of(asked.axis, in_words(asked.filters(), known), timezone.localdate(), address)
    return draw(evidence_map(asked, generation), heading)


def _download(content: bytes, mime: str, extension: str) -> HttpResponse:
    response = HttpResponse(content, content_type=mime)
    name = f"repositori-kesos-peta-bukti-{timezone.localdate().isoformat()}.{extension}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-cache"
    return response
