"""The page of one output, its tombstone and its citations."""

from functools import cache

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kesos_repo.access import public
from kesos_repo.page_cache import cached_for_anonymous
from publications.addresses import Addresses, site_base
from publications.citation import FORMATS, formatted_html
from publications.copy_links import PARAMETER
from publications.metadata import build_metadata
from publications.models import Version
from publications.queries.parts import parts_of
from publications.queries.public import find_version, whole_version
from publications.rules.reading import is_gone, may_ask_for_copy, may_read_files

from .common import granted_copy, other_spelling
from .desk import desk
from .presentation import everything, other_titles, reading_page


@public
@cached_for_anonymous
@require_safe
def output_page(request: HttpRequest, public_id: str, number: int | None = None) -> HttpResponseBase:
    if elsewhere := other_spelling(request, public_id):
        return elsewhere
    version = find_version(public_id, number)
    if is_gone(version.output):
        return tombstone(request, version)
    granted = granted_copy(request)
    key = request.GET.get(PARAMETER, "") if granted else ""
    may_read = may_read_files(request.user, version, granted)
    opened_at = reading_page(request.GET.get("halaman", ""))
    actions = desk(request, version)
    addresses = _addresses(request, version, number)
    context = {
        "version": version,
        "output": version.output,
        "may_read": may_read,
        "may_ask": may_ask_for_copy(version),
        "key": key,
        "folder": addresses.page(),
        "reading_page": opened_at,
        "desk": actions,
        "is_as_for_everybody": not actions and not opened_at and may_read == version.files_are_open,
        "everything": cache(lambda: everything(version, addresses, key)),
    }
    response = render(request, "publications/output.html", context)
    if PARAMETER in request.GET:
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
    return response


def tombstone(request: HttpRequest, version: Version) -> HttpResponse:
    """What stays of a withdrawn output: title, people, citation and the reason."""
    version = whole_version(version)
    parts = parts_of([version.pk])[version.pk]
    metadata = build_metadata(version, parts, _addresses(request, version, None))
    context = {
        "version": version,
        "output": version.output,
        "citation_html": formatted_html(metadata),
        "contributors": parts.contributors,
        "other_titles": other_titles(version),
        "desk": desk(request, version),
    }
    response = render(request, "publications/tombstone.html", context, status=410)
    response["X-Robots-Tag"] = "noindex"
    return response


@public
@cached_for_anonymous
@require_safe
def citation(request: HttpRequest, public_id: str, extension: str, number: int | None = None) -> HttpResponseBase:
    """A citation as a file for a reference manager."""
    if elsewhere := other_spelling(request, public_id):
        return elsewhere
    if (format_ := FORMATS.get(extension)) is None:
        raise Http404
    version = find_version(public_id, number)
    if is_gone(version.output):
        return tombstone(request, version)
    version = whole_version(version)
    parts = parts_of([version.pk])[version.pk]
    metadata = build_metadata(version, parts, _addresses(request, version, number))
    response = HttpResponse(format_.write(metadata), content_type=f"{format_.mime}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{public_id}.{extension}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _addresses(request: HttpRequest, version: Version, number: int | None) -> Addresses:
    return Addresses(site_base(request), version.output.public_id or "", get_language() or "id", number)
