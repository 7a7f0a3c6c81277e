"""Submissions at the desk: listed, exported, read one by one."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from conferences.models import ConflictKind, Edition, Submission
from conferences.queries import submissions as queries
from conferences.queries import submissions_desk as desk
from conferences.rules import submissions as rules
from conferences.rules.committee import conflicted
from conferences.states import SubmissionState
from conferences.views.common import render_desk
from conferences.views.submissions.files import neutral_name
from conferences.views.submissions.page import facts_of
from publications.downloads import send
from publications.spreadsheets import csv_response, xlsx_response

from .common import for_listing

PAGE_SIZE = 30
SECTION = "conferences:desk_submissions"


@for_listing
@require_safe
def submission_list(request: HttpRequest, edition: Edition) -> HttpResponse:
    wanted = desk.wanted(request.GET)
    counted = desk.counted(edition)
    context = {
        "section": SECTION,
        "wanted": wanted,
        "page": Paginator(desk.of_edition(edition, wanted), PAGE_SIZE).get_page(request.GET.get("halaman")),
        "tracks": list(edition.tracks.all()),
        "themes": list(edition.themes.all()),
        "states": [(s.value, s.label, counted.get(s, 0)) for s in SubmissionState if s != SubmissionState.DRAFT],
        "drafts": counted.get(SubmissionState.DRAFT, 0),
        "query": request.GET.urlencode(),
    }
    return render_desk(request, "conferences/call/submissions.html", edition, context)


@for_listing
@require_safe
def submissions_csv(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    rows = desk.of_edition(edition, desk.wanted(request.GET))
    return csv_response(_rows(list(rows)), f"kiriman-{edition.slug}")


@for_listing
@require_safe
def submissions_xlsx(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    rows = _rows(list(desk.of_edition(edition, desk.wanted(request.GET))))
    return xlsx_response(rows, f"kiriman-{edition.slug}", _("Submissions"))


def _rows(submissions: list[Submission]) -> Iterator[Sequence[object]]:
    yield [
        _("Number"), _("State"), _("Track"), _("Theme of the call"), _("Title"), _("Authors"), _("Organisations"),
        _("E-mail"), _("Presents"), _("Would like to give a"), _("Language of the paper"), _("Submitted at"),
        _("Round"),
    ]  # fmt: skip
    for submission in submissions:
        authors = list(submission.authors.all())
        places = [author.affiliation.label if author.affiliation else author.affiliation_name for author in authors]
        yield [
            submission.number,
            submission.get_state_display(),
            str(submission.track.name),
            str(submission.theme.text) if submission.theme else "",
            str(submission.title),
            "; ".join(author.name for author in authors),
            "; ".join(dict.fromkeys(place for place in places if place)),
            "; ".join(author.email for author in authors if author.email),
            "; ".join(author.name for author in authors if author.is_presenter),
            submission.get_wishes_display(),
            submission.get_language_display(),
            timezone.localtime(submission.submitted_at).strftime("%Y-%m-%d %H:%M") if submission.submitted_at else "",
            submission.round,
        ]


def _handed_in(edition: Edition, pk: int) -> Submission:
    submission = queries.submission_of(pk, edition)
    if submission is None or submission.state == SubmissionState.DRAFT:
        raise Http404
    return submission


@for_listing
@require_safe
def submission(request: HttpRequest, edition: Edition, pk: int) -> HttpResponse:
    found = _handed_in(edition, pk)
    facts: dict[str, Any] = facts_of(found)
    is_conflicted = bool(conflicted(person(request), [found]))
    named = found.conflicts.filter(kind=ConflictKind.NAMED).order_by("pk")
    if is_conflicted:  # titles and authors are in the list anyway; what else it says to the committee is not for them
        facts["files"], found.note, named = [], "", named.none()
    context = {
        "section": SECTION,
        "submission": found,
        **facts,
        "named": list(named),
        "is_conflicted": is_conflicted,
        "entries": desk.log_of(found),
    }
    return render_desk(request, "conferences/call/submission.html", edition, context)


@for_listing
@require_safe
def file(request: HttpRequest, edition: Edition, pk: int, file_pk: int) -> HttpResponseBase:
    found = next((f for f in queries.files_of(_handed_in(edition, pk)) if f.pk == file_pk), None)
    if found is None or not rules.may_read_file(person(request), found):
        raise Http404
    return send(request, found.blob.content, found.blob, neutral_name(found), private=True)
