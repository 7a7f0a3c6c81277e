"""The A4 sheet of a topic as PDF: kept until something public changes, the same for everybody."""

import datetime
import hashlib
import logging
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kesos_repo.access import public
from portal.brief.content import TEMPLATE, brief_of
from portal.topics import topic_named
from publications.downloads import protect
from publications.queries.generation import generation_of, per_generation
from publications.typesetting import NotTypeset, typeset
from taxonomy.models import Pmks

logger = logging.getLogger(__name__)
PDF = "application/pdf"
RETRY_AFTER = "60"


@dataclass(frozen=True, slots=True)
class Made:
    pdf: bytes
    etag: str
    at: int  # seconds


@public
@require_safe
def brief(request: HttpRequest, slug: str) -> HttpResponseBase:
    kind = topic_named(slug)
    if kind.slug != slug:
        return redirect("topics:brief", kind.slug, permanent=True)
    try:
        made = _made(kind, generation_of(request))
    except NotTypeset:
        logger.exception("the brief of %s could not be typeset", kind.code)
        text = _("The A4 sheet could not be made just now. Please try again in a minute.")
        return HttpResponse(
            text, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": RETRY_AFTER}
        )
    return _answer(request, made, f"{kind.slug}-{get_language()}.pdf")


def _made(kind: Pmks, generation: int | None) -> Made:
    """The day is part of it, since the brief says when it was made."""
    key = f"brief:{kind.pk}:{get_language()}:{timezone.localdate()}"
    return per_generation(generation, key, lambda: _make(kind, generation))


def _make(kind: Pmks, generation: int | None) -> Made:
    pdf = typeset(TEMPLATE, brief_of(kind, generation))
    now = datetime.datetime.now(datetime.UTC)
    return Made(pdf, f'"{hashlib.sha256(pdf).hexdigest()}"', int(now.timestamp()))


def _answer(request: HttpRequest, made: Made, name: str) -> HttpResponseBase:
    response: HttpResponseBase | None = get_conditional_response(request, etag=made.etag, last_modified=made.at)
    if response is None:
        response = HttpResponse(made.pdf, content_type=PDF, headers={"Content-Length": str(len(made.pdf))})
    response["ETag"] = made.etag
    response["Last-Modified"] = http_date(made.at)
    response["Cache-Control"] = "no-cache"
    protect(response, PDF, name)
    return response
