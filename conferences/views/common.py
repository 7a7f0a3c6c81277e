"""What the views of several subjects share."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.signed_in import person
from conferences.desk_sections import sections_for
from conferences.models import Edition
from conferences.rules.committee import may_open_desk


def visible_edition(request: HttpRequest, slug: str) -> Edition:
    """The edition with its series and dates; 404 for those who must not know of it."""
    found = Edition.objects.visible_to(request.user).select_related("series").prefetch_related("dates")
    edition: Edition | None = found.filter(slug=slug).first()
    if edition is None:
        raise Http404
    return edition


def desk_edition(request: HttpRequest, slug: str) -> Edition:
    """The same for those who work at its desk; the caller checks the rule of its own part on top."""
    edition = visible_edition(request, slug)
    if not may_open_desk(person(request), edition):
        raise PermissionDenied
    return edition


def render_desk(
    request: HttpRequest, template: str, edition: Edition, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page at the desk, with its menu; never kept by anybody."""
    shown = {"edition": edition, "sections": sections_for(person(request), edition), **context}
    response = render(request, template, shown, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
