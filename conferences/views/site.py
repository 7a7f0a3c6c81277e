"""The public site of an edition. A draft's site is there for its committee and administrators alone."""

import mimetypes
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from conferences.describing import dates_calendar, event_json_ld
from conferences.models import CallTemplate, Edition
from conferences.queries import site as queries
from conferences.queries.site import Site
from conferences.rules.committee import may_open_desk
from conferences.site_feed import write_feed
from conferences.views.common import visible_edition
from kesos_repo.access import public
from kesos_repo.page_cache import cached_while
from publications.addresses import site_base
from publications.downloads import send
from publications.metadata.jsonld import script_text

SiteView = Callable[..., HttpResponseBase]


def of_edition(view: SiteView) -> SiteView:
    """For everybody where the edition is public; the view gets the edition. Kept until a deadline passes."""

    @public
    @cached_while(queries.moments_passed)
    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
        edition = visible_edition(request, slug)
        return kept_apart(view(request, edition, **kwargs), edition)

    return wrapped


def kept_apart(response: HttpResponseBase, edition: Edition) -> HttpResponseBase:
    """What is in preparation stays with who has asked for it."""
    if not edition.is_public:
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
    return response


@public
@cached_while(queries.moments_passed)
@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    return render(request, "conferences/site/list.html", {"editions": queries.editions(request.user)})


def site_page(request: HttpRequest, edition: Edition, template: str, **context: Any) -> HttpResponse:
    """`at` says which entry of the menu it belongs to."""
    shown = {"edition": edition, "site": Site(edition), "at": template, **context}
    user: Any = request.user
    shown["may_open_desk"] = user.is_authenticated and may_open_desk(user, edition)
    return render(request, f"conferences/site/{template}.html", shown)


@of_edition
def edition_home(request: HttpRequest, edition: Edition) -> HttpResponse:
    site = Site(edition)
    described = script_text(event_json_ld(site, site_base(request) + request.path))
    return site_page(request, edition, "home", site=site, json_ld=described)


@of_edition
def call(request: HttpRequest, edition: Edition) -> HttpResponse:
    site = Site(edition)
    return site_page(request, edition, "call", site=site, tracks=queries.call_by_track(site))


@of_edition
def dates(request: HttpRequest, edition: Edition) -> HttpResponse:
    return site_page(request, edition, "dates")


@of_edition
def committee(request: HttpRequest, edition: Edition) -> HttpResponse:
    return site_page(request, edition, "committee")


@of_edition
def speakers(request: HttpRequest, edition: Edition) -> HttpResponse:
    return site_page(request, edition, "speakers")


@of_edition
def papers(request: HttpRequest, edition: Edition) -> HttpResponse:
    return site_page(request, edition, "papers")


@of_edition
def photos(request: HttpRequest, edition: Edition) -> HttpResponse:
    return site_page(request, edition, "photos")


@of_edition
def news_list(request: HttpRequest, edition: Edition) -> HttpResponse:
    return site_page(request, edition, "news")


@of_edition
def news_item(request: HttpRequest, edition: Edition, news: str) -> HttpResponse:
    item = get_object_or_404(queries.news_of(edition), slug=news)
    item.edition = edition
    return site_page(request, edition, "news_item", at="news", item=item, related=queries.related_news(item))


@of_edition
def own_page(request: HttpRequest, edition: Edition, page: str) -> HttpResponse:
    return site_page(request, edition, "page", page=get_object_or_404(edition.pages, slug=page))


@of_edition
def calendar(request: HttpRequest, edition: Edition) -> HttpResponse:
    url = site_base(request) + reverse("conferences:edition_dates", args=[edition.slug])
    response = HttpResponse(dates_calendar(Site(edition), url), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{edition.slug}.ics"'
    return response


@of_edition
def feed(request: HttpRequest, edition: Edition) -> HttpResponse:
    body = write_feed(edition, list(queries.news_of(edition)), site_base(request))
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


@of_edition
def photo(request: HttpRequest, edition: Edition, pk: int, *, is_small: bool = False) -> HttpResponseBase:
    """A picture that the site shows somewhere; others are not there."""
    found = get_object_or_404(queries.photos_of(edition), pk=pk)
    blob = found.blob
    small = is_small and bool(blob.thumbnail)
    ending = ".webp" if small else mimetypes.guess_extension(blob.mime) or ""
    stored, mime = (blob.thumbnail, "image/webp") if small else (blob.content, "")
    return _send(request, edition, stored, blob, f"{edition.slug}-{pk}{ending}", mime)


@of_edition
def call_template(request: HttpRequest, edition: Edition, name: str) -> HttpResponseBase:
    found = get_object_or_404(CallTemplate.objects.select_related("blob"), edition=edition, name=name)
    return _send(request, edition, found.blob.content, found.blob, found.name)


def _send(
    request: HttpRequest, edition: Edition, stored: Any, blob: Any, name: str, mime: str = ""
) -> HttpResponseBase:
    try:
        return send(request, stored, blob, name, mime=mime, private=not edition.is_public)
    except FileNotFoundError as error:
        raise Http404 from error
