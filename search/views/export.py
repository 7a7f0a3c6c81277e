"""All that a search finds, as a file."""

from collections.abc import Iterator
from itertools import chain, islice

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kesos_repo.access import public
from publications.addresses import site_base
from publications.queries.generation import generation_of
from search import saved
from search.exports import EXPORTS, batches
from search.index.reading import IndexNotReady
from search.query.request import SearchRequest
from search.query.running import ids
from search.query.vocabulary import vocabulary
from search.views.pages import not_ready


@public
@require_safe
def export(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The same parameters as the search page; the page number is ignored."""
    asked = SearchRequest.from_querydict(request.GET, vocabulary(generation_of(request)))
    return download(request, ids(saved.after_merges([asked])[0]), extension)


def download(request: HttpRequest, found: Iterator[int], extension: str, name: str = "") -> HttpResponseBase:
    """The outputs with these ids in this order; `name` tells the file from others."""
    if (kind := EXPORTS.get(extension)) is None:
        raise Http404
    try:
        first = list(islice(found, 1))  # so that a missing index is known before anything is sent
    except IndexNotReady:
        return not_ready(request)
    language = get_language() or "id"
    read = batches(chain(first, found), site_base(request), language)
    response = StreamingHttpResponse(kind.write(read, language), content_type=kind.mime)
    file_name = "-".join(filter(None, ["repositori-kesos", name, timezone.localdate().isoformat()]))
    response["Content-Disposition"] = f'attachment; filename="{file_name}.{extension}"'
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-cache"
    return response
