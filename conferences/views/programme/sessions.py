"""Sessions at the desk: shown, added, edited, moved, removed."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.signed_in import person
from conferences.actions import programme as actions
from conferences.actions.editions_common import Conflict
from conferences.forms.programme import ItemForm, MoveSessionForm, SessionForm
from conferences.models import Edition, ProgrammeSession
from conferences.queries import programme as queries
from conferences.views.desk.common import differences, for_schedule, for_scheduled, for_scheduling
from conferences.views.reviewing.common import seen

from .common import SAID, attempt, day_url, render_programme, session_day_url, session_or_404

USUAL = datetime.timedelta(minutes=90)


@for_schedule
def session(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    """With what is given in it, and a form to add more."""
    found = session_or_404(edition, pk)
    return render_session(request, found, ItemForm(session=found))


def render_session(
    request: HttpRequest, found: ProgrammeSession, form: ItemForm, status: int = 200
) -> HttpResponseBase:
    context = {
        "session": found,
        "items": list(found.items.all()),
        "form": form,
        "back": session_day_url(found),
    }
    return render_programme(request, "session", found.edition, context, status)


@for_scheduling
def new(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    form = SessionForm(request.POST or None, edition=edition, initial=_begun(request, edition))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_session(edition, form.data_for_action(), form.chairs(), by=person(request))
        except SAID as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("conferences:desk_session", edition.slug, made.pk)
    return _form_page(request, edition, form, 422 if request.method == "POST" else 200)


def _begun(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """On the day that one comes from, for an hour and a half."""
    try:
        day = datetime.date.fromisoformat(request.GET.get("hari", ""))
    except ValueError:
        day = edition.starts_on
    starts = datetime.datetime.combine(day, datetime.time(9), edition.tz)
    return {"starts_at": starts, "ends_at": starts + USUAL}


def _form_page(
    request: HttpRequest, edition: Edition, form: SessionForm, status: int = 200, **more: Any
) -> HttpResponseBase:
    thing = form.instance if form.instance.pk else None
    context = {"form": form, "session": thing, "revision": thing.revision if thing else 0, **more}
    return render_programme(request, "session_form", edition, context, status)


@for_scheduling
def edit(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    found = session_or_404(edition, pk)
    form = SessionForm(request.POST or None, instance=found, edition=edition)
    if request.method != "POST":
        return _form_page(request, edition, form)
    if form.is_valid():
        try:
            data, chairs = form.data_for_action(), form.chairs()
            actions.edit_session(found, data, chairs, by=person(request), seen=seen(request))
        except Conflict as conflict:
            return _conflict(request, edition, form, conflict.fresh)
        except actions.Gone:
            messages.error(request, _("Somebody else has removed it in the meantime."))
            return redirect("conferences:desk_schedule", edition.slug)
        messages.success(request, _("Saved."))
        return redirect("conferences:desk_session", edition.slug, pk)
    return _form_page(request, edition, form, 422, revision=request.POST.get("revision", ""))


def _conflict(request: HttpRequest, edition: Edition, form: SessionForm, fresh: ProgrammeSession) -> HttpResponseBase:
    """Both texts; what was typed stays in the form and replaces the other when it is saved again."""
    found = differences(form, SessionForm(instance=fresh, edition=edition))
    return _form_page(request, edition, form, 409, differences=found, revision=fresh.revision)


@for_scheduling
def move(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    """To another day, time or room: by this form, and by dragging or keys, which send the same."""
    found = session_or_404(edition, pk)
    form = MoveSessionForm(request.POST or None, session=found)
    if request.method == "POST" and form.is_valid():
        starts_at, room = form.starts_at(), form.cleaned_data["room"]
        act = lambda: actions.move_session(found, starts_at, room, by=person(request), seen=seen(request))  # noqa: E731
        place = f"{starts_at:%H:%M}, {room or _('all rooms')}"
        moved = attempt(request, act, _("Moved: %(title)s to %(place)s.") % {"title": found, "place": place})
        if moved:
            return redirect(day_url(edition, starts_at.date(), f"sesi-{pk}"))
        return redirect(session_day_url(found))
    context = {"session": found, "form": form, "thing": found, "back": session_day_url(found)}
    return render_programme(request, "move", edition, context, 422 if request.method == "POST" else 200)


@for_scheduled
def remove(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    found = session_or_404(edition, pk)
    day = queries.day_of(found, edition)
    act = lambda: actions.remove_session(found, by=person(request), seen=seen(request))  # noqa: E731
    if attempt(request, act, _("Removed.")):
        is_left = day in queries.days_of(edition, list(edition.sessions.all()))
        return redirect(day_url(edition, day if is_left else edition.starts_on))
    return redirect("conferences:desk_session", edition.slug, pk)
