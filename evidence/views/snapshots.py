"""Dated pictures of the evidence map that never change, and what became of their findings."""

import json
import logging
import re
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.signed_in import person
from evidence.actions.snapshots import TooManySnapshots
from evidence.actions.snapshots import take as take_snapshot
from evidence.mapping.asked import AXES, Asked, read
from evidence.mapping.describing import in_words
from evidence.mapping.stored import from_data
from evidence.mapping.titles import title_of
from evidence.mapping.vocabulary import Vocabulary
from evidence.models import Level, Snapshot, SnapshotFile
from evidence.queries import snapshots as queries
from evidence.queries.mapping import vocabulary
from evidence.views.common import private
from kesos_repo.access import public, signed_in
from kesos_repo.page_cache import cached_for_anonymous
from publications.queries.generation import generation_of
from publications.typesetting import NotTypeset

logger = logging.getLogger(__name__)
PAGE_SIZE = 25
MIMES = {
    SnapshotFile.Format.JSON: "application/json",
    SnapshotFile.Format.CSV: "text/csv; charset=utf-8",
    SnapshotFile.Format.SVG: "image/svg+xml; charset=utf-8",
    SnapshotFile.Format.PNG: "image/png",
}
_NAME = re.compile(r"peta(?:-(id|en))?\.(json|csv|svg|png)")


@signed_in
@require_POST
@private
def take(request: HttpRequest) -> HttpResponseBase:
    """The map that the form names, as it is now."""
    asked = read(request.POST, vocabulary(generation_of(request)))
    note = request.POST.get("catatan", "").replace("\0", "")
    try:
        snapshot, is_new = take_snapshot(asked, note, by=person(request), base=settings.SITE_URL)
    except TooManySnapshots:
        problem = _("You have taken many snapshots today. Please take the next one tomorrow.")
        return _back_to_map(request, asked, problem)
    except NotTypeset:
        logger.exception("a snapshot could not be drawn")
        problem = _("The snapshot could not be made just now, and nothing was kept. Please try again in a minute.")
        return _back_to_map(request, asked, problem)
    if is_new:
        messages.success(request, _("The map is kept as it is today. This address will always show it so."))
    else:
        messages.info(request, _("The same map was kept today already; this is it."))
    return redirect("evidence:snapshot", snapshot.code)


def _back_to_map(request: HttpRequest, asked: Asked, problem: str) -> HttpResponseBase:
    messages.error(request, problem)
    return redirect(reverse("evidence:map") + asked.for_map().query())


@public
@cached_for_anonymous
@require_safe
def snapshot_list(request: HttpRequest) -> HttpResponse:
    known = vocabulary(generation_of(request))
    page = Paginator(queries.snapshots(), PAGE_SIZE).get_page(request.GET.get("halaman"))
    rows = [(snapshot, title_of(snapshot.axis), _narrowed(snapshot, known)) for snapshot in page.object_list]
    return render(request, "evidence/snapshots/list.html", {"page": page, "rows": rows})


def asked_of(snapshot: Snapshot, known: Vocabulary) -> Asked:
    """What it was narrowed to, as far as the vocabulary still knows it."""
    query = QueryDict(mutable=True)
    for name, values in snapshot.filters.items():
        query.setlist(name, values)
    query["kolom"] = next(name for name, axis in AXES.items() if axis == snapshot.axis)
    return read(query, known)


def _narrowed(snapshot: Snapshot, known: Vocabulary) -> list[str]:
    return in_words(asked_of(snapshot, known).filters(), known)


@public
@cached_for_anonymous
@require_safe
def snapshot_page(request: HttpRequest, code: str) -> HttpResponse:
    """The map from its file, and beside it what has changed since."""
    snapshot = get_object_or_404(queries.snapshots(), code=code)
    known = vocabulary(generation_of(request))
    data = queries.file_of(code, SnapshotFile.Format.JSON, "id")
    if data is None:
        raise Http404
    stored = json.loads(bytes(data.content))
    asked = asked_of(snapshot, known)
    context: dict[str, Any] = {
        "snapshot": snapshot,
        "map": from_data(stored),
        "title": title_of(snapshot.axis),
        "narrowed": _narrowed(snapshot, known),
        "since": queries.since(snapshot, asked, known, len(stored["findings"])),
        "now_url": reverse("evidence:map") + asked.query(),
        "address": settings.SITE_URL + reverse("evidence:snapshot", args=[code]),
        "files": [(_name_of(file), file) for file in queries.with_files(snapshot)],
        "legend": [*Level],
    }
    return render(request, "evidence/snapshots/page.html", context)


def _name_of(file: SnapshotFile) -> str:
    """The data are in both languages, so their name says none."""
    return "peta.json" if file.format == SnapshotFile.Format.JSON else f"peta-{file.language}.{file.format}"


@public
@require_safe
def snapshot_file(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Byte for byte as it was made; whoever has it may keep it for ever."""
    parts = _NAME.fullmatch(name)
    file = queries.file_of(code, parts[2], parts[1] or "id") if parts else None
    if file is None or _name_of(file) != name:
        raise Http404
    etag = f'"{file.digest}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(bytes(file.content), content_type=MIMES[SnapshotFile.Format(file.format)])
        response["Content-Disposition"] = f'inline; filename="repositori-kesos-{code}-{name}"'
        response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Robots-Tag"] = "noindex"
    return response
