"""The programme for machines: calendars, our own JSON, schedule.xml and schedule.json as frab and pretalx write it."""

import json
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from conferences.models import Edition
from conferences.queries.programme_public import beside
from conferences.schedules.calendars import item_calendar, programme_calendar
from conferences.schedules.choosing import Choice, chosen_sessions
from conferences.schedules.facts import programme_facts
from conferences.schedules.frab import Values
from conferences.schedules.frab_files import as_json, as_xml
from conferences.schedules.frab_values import told
from conferences.views.site import of_edition
from publications.addresses import site_base

from .pages import published

CALENDAR = "text/calendar; charset=utf-8"


def as_file(content: bytes, mime: str, name: str = "") -> HttpResponse:
    response = HttpResponse(content, content_type=mime)
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@of_edition
def ics(request: HttpRequest, edition: Edition) -> HttpResponse:
    """All of it, or the part that the page with the same filters shows."""
    programme = published(edition)
    sessions = chosen_sessions(programme, Choice.of(request.GET.dict(), programme))
    if not sessions:
        raise Http404  # a calendar without entries is none
    content = programme_calendar(programme, sessions, site_base(request))
    return as_file(content, CALENDAR, f"{edition.slug}-jadwal.ics")


@of_edition
def item_ics(request: HttpRequest, edition: Edition, key: UUID) -> HttpResponse:
    programme = published(edition)
    item = programme.item(str(key))
    if item is None:
        raise Http404
    return as_file(item_calendar(programme, item, site_base(request)), CALENDAR, f"{edition.slug}-{key}.ics")


@of_edition
def json_file(request: HttpRequest, edition: Edition) -> HttpResponse:
    facts = programme_facts(published(edition), beside(edition), site_base(request))
    return as_file(json.dumps(facts, ensure_ascii=False).encode(), "application/json")


def _frab(request: HttpRequest, edition: Edition) -> Values:
    programme = published(edition)
    number = str(programme.schedule.number)
    return told(edition, programme.data, number, base=site_base(request), beside=beside(edition))


@of_edition
def xml(request: HttpRequest, edition: Edition) -> HttpResponse:
    return as_file(as_xml(_frab(request, edition)), "application/xml; charset=utf-8")


@of_edition
def frab_json(request: HttpRequest, edition: Edition) -> HttpResponse:
    return as_file(as_json(_frab(request, edition)), "application/json")
