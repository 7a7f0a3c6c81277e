"""What each track asks for."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from conferences import phases
from conferences.actions import calls
from conferences.actions.editions_common import Conflict, stamp
from conferences.forms.call import TrackCallForm
from conferences.models import DateKind, Edition, Track
from conferences.views.desk.common import Difference, differences

from .common import for_organising, render_call

Row = tuple[Track, TrackCallForm, str, list[Difference]]  # the stamp of what the form began with, what differs now


@for_organising
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    chosen = request.POST.get("track", "")
    rows: list[Row] = [_row(request, track, chosen) for track in edition.tracks.all()]
    status = 200
    if request.method == "POST":
        place = next((place for place, row in enumerate(rows) if row[1].is_bound), None)
        if place is None:
            raise Http404
        rows[place], status = _saved(request, edition, rows[place])
        if not status:
            messages.success(request, _("Saved: %(track)s.") % {"track": rows[place][0].name})
            return redirect("conferences:desk_call", edition.slug)
    opens, closes = (phases.date_of(edition, kind) for kind in (DateKind.CALL_OPENS, DateKind.SUBMISSIONS_CLOSE))
    is_open = phases.is_call_open(edition)
    return render_call(
        request, "tracks", edition, "desk_call",
        forms=rows, opens=opens, closes=closes, is_open=is_open, status=status,
    )  # fmt: skip


def _row(request: HttpRequest, track: Track, chosen: str) -> Row:
    """Bound is the form that was sent; its stamp is still that of what it began with."""
    form = _form(track, request if chosen == str(track.pk) else None)
    return track, form, request.POST.get("base", "") if form.is_bound else stamp(track, calls.ASKED_OF_TRACK), []


def _form(track: Track, request: HttpRequest | None) -> TrackCallForm:
    return TrackCallForm(request.POST if request else None, instance=track, prefix=f"t{track.pk}")


def _saved(request: HttpRequest, edition: Edition, row: Row) -> tuple[Row, int]:
    """The row to show and the status of the page; 0 once it is saved."""
    track, form, base, _none = row
    if not form.is_valid():
        return row, 422
    track.edition = edition
    try:
        calls.ask_of_track(track, form.cleaned_data, by=person(request), base=base)
    except Conflict as conflict:
        fresh = conflict.fresh
        return (track, form, stamp(fresh, calls.ASKED_OF_TRACK), differences(form, _form(fresh, None))), 409
    return row, 0
