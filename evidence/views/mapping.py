"""The evidence map: as a page, and as CSV, SVG and PNG with the same parameters."""

import logging
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
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
from publications.queries.generation import generation_of, per_generation
from publications.typesetting import NotTypeset

logger = logging.getLogger(__name__)
RETRY_SECONDS = 60


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
        "may_take": rules.may_take_snapshot(user),
        "may_note": rules.may_note_snapshot(user),
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
    content = as_csv(evidence_map(asked, generation), settings.SITE_URL)
    return _download(content, "text/csv; charset=utf-8", "csv")


@public
@require_safe
def map_svg(request: HttpRequest) -> HttpResponse:
    return _download(_drawing(request).svg.encode(), "image/svg+xml; charset=utf-8", "svg")


@public
@require_safe
def map_png(request: HttpRequest) -> HttpResponse:
    """It takes a processor for a moment, so one is drawn at a time, and who has to wait too long comes back later."""
    try:
        return _download(_picture(request), "image/png", "png")
    except NotTypeset as problem:
        logger.warning("the map could not be drawn: %s", problem)
        text = _("The picture could not be made just now. Please try again in a minute.")
        headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
        return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8", headers=headers)


def _picture(request: HttpRequest) -> bytes:
    """The whole map is kept; what anybody may narrow and fold in endless ways would only crowd out the rest."""
    generation, _known, asked = _read(request)
    if asked.is_narrowed or asked.folded:
        return as_png(_drawing(request))
    key = f"evidence:png:{get_language()}:{timezone.localdate()}:{asked.axis}"
    return per_generation(generation, key, lambda: as_png(_drawing(request)))


def _read(request: HttpRequest) -> tuple[int | None, Vocabulary, Asked]:
    generation = generation_of(request)
    known = vocabulary(generation)
    return generation, known, read(request.GET, known).for_map()


def _drawing(request: HttpRequest) -> Drawing:
    """It will be read far from here, so it names the site by its own address, whatever host was asked."""
    generation, known, asked = _read(request)
    address = settings.SITE_URL + reverse("evidence:map") + (asked.query() if asked.pairs() else "")
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
