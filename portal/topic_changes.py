"""What changed on a topic since a day."""

import datetime

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from kesos_repo.access import public
from kesos_repo.page_cache import cached_for_anonymous
from portal.queries.changes import changes_since
from portal.topics import topic_named
from publications.queries.paging import page_number

YEAR = datetime.timedelta(days=365)
FIRST = datetime.date(1900, 1, 1)


@public
@cached_for_anonymous
@require_safe
def changes(request: HttpRequest, slug: str) -> HttpResponseBase:
    kind = topic_named(slug)
    if kind.slug != slug:
        return redirect("topics:changes", kind.slug, permanent=True)
    text = request.GET.get("sejak", "")
    day = _day(text)
    since = day or timezone.localdate() - YEAR
    context = {
        "topic": kind,
        "since": since,
        "is_wrong": bool(text) and day is None,
        "page": changes_since(kind, since, page_number(request.GET.get("halaman"))),
        "today": timezone.localdate(),
    }
    return render(request, "portal/topic/changes.html", context)


def _day(text: str) -> datetime.date | None:
    """None for what is no day between 1900 and today."""
    try:
        day = parse_date(text[:20])
    except ValueError:  # the 30th of February
        return None
    return day if day and FIRST <= day <= timezone.localdate() else None
