"""Who was there: numbers, lists and files, for the door and each session."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.signed_in import person
from conferences.actions import check_ins as actions
from conferences.badges.sheet import institution_of
from conferences.models import CheckIn, Edition, ProgrammeSession
from conferences.queries import check_ins as queries
from conferences.rules.registration import may_register_others
from conferences.views.common import render_desk
from conferences.views.day.common import reading, session_of, telling
from publications.spreadsheets import csv_response

ATTENDANCE = "conferences:desk_attendance"
PAGE_SIZE = 50


@reading
def attendance(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    context = {
        "section": ATTENDANCE,
        "counts": queries.counts(edition, None),
        "categories": queries.by_category(edition),
        "sessions": queries.by_session(edition),
    }
    return render_desk(request, "conferences/day/attendance.html", edition, context)


def _session(edition: Edition, pk: int | None) -> ProgrammeSession | None:
    return None if pk is None else session_of(edition, pk)


@reading
def who(request: HttpRequest, edition: Edition, pk: int | None = None) -> HttpResponseBase:
    session = _session(edition, pk)
    rows = queries.seen(edition, session)
    context: dict[str, Any] = {
        "section": ATTENDANCE,
        "session": session,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "may_undo": may_register_others(person(request), edition),
    }
    return render_desk(request, "conferences/day/who.html", edition, context)


@reading
def table(request: HttpRequest, edition: Edition, pk: int | None = None) -> HttpResponseBase:
    session = _session(edition, pk)
    part = f"sesi-{session.pk}" if session else "pintu"
    return csv_response(_rows(edition, session), f"kehadiran-{edition.slug}-{part}")


def _rows(edition: Edition, session: ProgrammeSession | None) -> Iterator[list[object]]:
    yield [_("Number"), _("Name"), _("Institution"), _("Category"), _("Seen at"), _("Seen by")]
    for row in queries.seen(edition, session).iterator():
        one = row.registration
        at = f"{row.at.astimezone(edition.tz):%Y-%m-%d %H:%M:%S}"
        yield [one.number, one.name, institution_of(one), str(one.get_category_display()), at, row.by.name]


@telling
def undo(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    rows = CheckIn.objects.select_related("registration__edition")
    row = get_object_or_404(rows, pk=pk, registration__edition=edition)
    actions.undo(row, by=person(request))
    if row.session_id:
        return redirect("conferences:desk_session_attendance", edition.slug, row.session_id)
    return redirect("conferences:desk_door_attendance", edition.slug)
