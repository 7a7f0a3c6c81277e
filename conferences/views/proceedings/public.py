"""The published volume on the site of its edition."""

from django.http import Http404, HttpRequest, HttpResponse

from conferences.models import Edition
from conferences.queries.volume_page import volume_page
from conferences.views.site import of_edition, site_page


@of_edition
def proceedings(request: HttpRequest, edition: Edition) -> HttpResponse:
    found = volume_page(edition)
    if found is None:
        raise Http404
    return site_page(request, edition, "proceedings", proceedings=found)
