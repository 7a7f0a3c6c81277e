"""Where a submission begins: choose a track; or open a late link."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from conferences import phases
from conferences.actions import submissions as actions
from conferences.actions.calls import token_hash
from conferences.models import DateKind, Edition, LateLink, Submission, Track
from conferences.queries import submissions as queries
from conferences.views.common import visible_edition
from evidence.views.common import private
from kesos_repo.access import signed_in

from .common import address


@signed_in
@private
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, slug: str) -> HttpResponseBase:
    edition = visible_edition(request, slug)
    if request.method == "POST":
        track = _chosen(request, edition)
        if track is not None:
            return _begin(request, edition, lambda: actions.start(track, by=person(request)))
        messages.error(request, _("Choose a track."))
    return _choose(request, edition, phases.is_call_open(edition))


def _chosen(request: HttpRequest, edition: Edition) -> Track | None:
    pk = request.POST.get("track", "")
    return edition.tracks.filter(pk=int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 10 else 0).first()


def _begin(request: HttpRequest, edition: Edition, start: Any) -> HttpResponseBase:
    try:
        submission: Submission = start()
    except actions.Closed:
        messages.error(request, _("This track takes no submissions now."))
    except actions.TooMany:
        messages.error(request, _("You have ten drafts here. Send or throw away one of them first."))
    else:
        return redirect(address("submission_edit", submission))
    return redirect("conferences:submit", edition.slug)


def _choose(
    request: HttpRequest, edition: Edition, is_open: bool, *, late: LateLink | None = None, status: int = 200
) -> HttpResponse:
    tracks = queries.tracks_with_templates(edition)
    for track in tracks:
        track.edition = edition
    offered = [t for t in tracks if (late.track_id in (None, t.pk) if late else t.is_open)]
    context = {
        "edition": edition,
        "is_open": is_open,
        "late": late,
        "opens": phases.date_of(edition, DateKind.CALL_OPENS),
        "closes": phases.date_of(edition, DateKind.SUBMISSIONS_CLOSE),
        "is_before": not phases.is_past(edition, DateKind.CALL_OPENS),
        "tracks": offered,
        "themes": list(edition.themes.all()),
        "templates": list(edition.templates.filter(track=None)),
        "mine": queries.drafts_in(person(request), edition),
    }
    return render(request, "conferences/submissions/start.html", context, status=status)


@signed_in
@private
@require_http_methods(["GET", "HEAD", "POST"])
def late(request: HttpRequest, slug: str, token: str) -> HttpResponseBase:
    """A link that the committee gave to one person. It says nothing about why it does not work."""
    edition = visible_edition(request, slug)
    link = queries.late_link(token_hash(token), edition)
    if link is None or not link.is_open_at(timezone.now()):
        context = {"edition": edition}
        return render(request, "conferences/submissions/late_closed.html", context, status=410 if link else 404)
    if link.submission is not None:
        if link.submission.submitter_id != person(request).pk:
            return render(request, "conferences/submissions/late_closed.html", {"edition": edition}, status=410)
        link.submission.edition = edition
        return redirect(address("submission_edit", link.submission))
    if request.method == "POST" and (track := _chosen(request, edition)):
        track.edition = edition
        try:
            return _begin(request, edition, lambda: actions.start_late(link, track, by=person(request)))
        except PermissionDenied:  # somebody else was faster
            return render(request, "conferences/submissions/late_closed.html", {"edition": edition}, status=410)
    return _choose(request, edition, True, late=link)
