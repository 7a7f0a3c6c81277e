"""The programme of a day as a table of rooms and times, what waits for a place, and what does not fit."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.signed_in import person
from conferences.actions import programme_items as actions
from conferences.actions.parts import TooMany
from conferences.actions.programme import Gone
from conferences.forms.programme import PlaceForm
from conferences.models import Edition, ProgrammeSession, Submission
from conferences.programme_grid import rows_of
from conferences.programme_warnings import grouped, warnings_of
from conferences.queries import programme as queries
from conferences.queries.programme import Working
from conferences.views.desk.common import for_schedule, for_scheduled
from conferences.views.reviewing.common import number_in

from .common import render_programme, session_day_url, session_or_404

ALL = "semua"


@for_schedule
def schedule(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    working = Working(edition)
    return _day(request, working, working.days[0])


@for_schedule
def schedule_day(request: HttpRequest, edition: Edition, day: str) -> HttpResponseBase:
    working = Working(edition)
    try:
        wanted = datetime.date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    if wanted not in working.days:
        raise Http404
    return _day(request, working, wanted)


def _day(
    request: HttpRequest, working: Working, day: datetime.date, form: PlaceForm | None = None, status: int = 200
) -> HttpResponseBase:
    edition = working.edition
    warnings = warnings_of(working)
    context: dict[str, Any] = {
        "day": day,
        "days": working.days,
        "rooms": working.rooms,
        "rows": rows_of(edition, working.rooms, working.sessions, day),
        "unplaced": working.unplaced,
        "has_sessions": bool(working.sessions),
        "warnings": len(warnings) - len(working.unplaced),
        "last": queries.last_schedule(edition),
        "form": form or PlaceForm(edition=edition),
        "chosen": set(request.POST.getlist("submission")),
    }
    return render_programme(request, "day", edition, context, status)


@for_schedule
def problems(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    groups = grouped(warnings_of(Working(edition)))
    return render_programme(request, "warnings", edition, {"groups": groups})


def _wanted(request: HttpRequest, edition: Edition) -> list[Submission]:
    if request.POST.get("which") == ALL:
        return list(queries.unplaced(edition)[: actions.MOST])
    numbers = [number_in(value) for value in request.POST.getlist("submission")[: actions.MOST]]
    pks = [number for number in numbers if number is not None]
    return list(queries.placeable(edition).filter(pk__in=pks))


@for_scheduled
def place(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Those that are chosen, or all, into a session, one after the other."""
    form = PlaceForm(request.POST, edition=edition)
    wanted = _wanted(request, edition)
    if form.is_valid() and not wanted:
        form.add_error(None, _("Nothing was chosen."))
    if not form.is_valid():
        working = Working(edition)
        return _day(request, working, working.days[0], form, 422)
    session = form.cleaned_data["session"]
    _place(request, session, wanted, form.cleaned_data["minutes"])
    return redirect(session_day_url(session))


@for_scheduled
def place_in(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    """Dropped on a session. As long as the other papers in it are, else a quarter of an hour."""
    session = session_or_404(edition, pk)
    wanted = _wanted(request, edition)
    lengths = [item.minutes for item in session.items.all()]
    if wanted:
        _place(request, session, wanted, number_in(request.POST.get("minutes")) or (lengths or [15])[-1])
    return redirect(session_day_url(session))


def _place(request: HttpRequest, session: ProgrammeSession, wanted: list[Submission], minutes: int) -> None:
    try:
        placed, left = actions.place(session, wanted, min(minutes, 1440), by=person(request))
    except TooMany as refused:
        messages.error(request, str(refused))
    except Gone:
        messages.error(request, _("Somebody else has removed it in the meantime."))
    else:
        if placed:
            text = ngettext("%(n)s submission is placed.", "%(n)s submissions are placed.", placed) % {"n": placed}
            messages.success(request, text)
        if left:
            numbers = ", ".join(f"#{one.number}" for one in left)
            messages.error(request, _("Placed by somebody else meanwhile: %(numbers)s") % {"numbers": numbers})
