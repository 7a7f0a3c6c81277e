"""What each track asks for."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from conferences import phases
from conferences.actions import calls
from conferences.forms.call import TrackCallForm
from conferences.models import DateKind, Edition, Track

from .common import for_organising, render_call


@for_organising
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    tracks = list(edition.tracks.all())
    chosen = request.POST.get("track", "")
    forms = [(track, _form(request, track, is_sent=chosen == str(track.pk))) for track in tracks]
    if request.method == "POST":
        sent = next(((track, form) for track, form in forms if form.is_bound), None)
        if sent is None:
            raise Http404
        if sent[1].is_valid():
            sent[0].edition = edition
            calls.ask_of_track(sent[0], sent[1].cleaned_data, by=person(request))
            messages.success(request, _("Saved: %(track)s.") % {"track": sent[0].name})
            return redirect("conferences:desk_call", edition.slug)
    status = 422 if request.method == "POST" else 200
    opens, closes = (phases.date_of(edition, kind) for kind in (DateKind.CALL_OPENS, DateKind.SUBMISSIONS_CLOSE))
    is_open = phases.is_call_open(edition)
    return render_call(
        request, "tracks", edition, "desk_call",
        forms=forms, opens=opens, closes=closes, is_open=is_open, status=status,
    )  # fmt: skip


def _form(request: HttpRequest, track: Track, is_sent: bool) -> TrackCallForm:
    return TrackCallForm(request.POST if is_sent else None, instance=track, prefix=f"t{track.pk}")
