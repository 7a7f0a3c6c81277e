"""What the pages of a submission do first, and what they show around the form."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.signed_in import person
from conferences import phases
from conferences.models import DateKind, Submission
from conferences.queries import submissions as queries
from conferences.rules import submissions as rules
from conferences.states import WITH_AUTHOR, SubmissionState
from conferences.submission_checks import Check, checklist
from conferences.views.common import visible_edition
from kesos_repo.access import signed_in
from publications.checks import Status

View = Callable[..., HttpResponseBase]


def for_author(view: View) -> View:
    """The view gets the submission of its address; what is not the reader's does not exist for her."""

    @signed_in
    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, pk: int, **kwargs: Any) -> HttpResponseBase:
        submission = queries.submission_of(pk, visible_edition(request, slug))
        if submission is None or not rules.is_submitter(person(request), submission):
            raise Http404
        response = view(request, submission, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return wrapped


def for_editing(view: View) -> View:
    """The same, while it may be changed; else its author is told why not, and what she typed is shown to be copied."""

    @for_author
    @wraps(view)
    def wrapped(request: HttpRequest, submission: Submission, **kwargs: Any) -> HttpResponseBase:
        if not rules.may_edit(person(request), submission):
            return not_now(request, submission)
        return view(request, submission, **kwargs)

    return wrapped


def why_closed(submission: Submission) -> str:
    """In one sentence."""
    if submission.state == SubmissionState.WITHDRAWN:
        return _("You have withdrawn this submission, so it cannot be changed any more.")
    is_revised = submission.state == SubmissionState.SUBMITTED and submission.round > 1
    if submission.state in WITH_AUTHOR and not is_revised:
        return _("The deadline has passed, so nothing more is saved.")
    return _("The submission is with the committee now, so nothing more is saved.")


def not_now(request: HttpRequest, submission: Submission) -> HttpResponse:
    """What was typed when the deadline passed cannot be saved any more, but it is shown to be copied."""
    typed = [(name, text) for name, values in request.POST.lists() for text in values if len(text) > 20]
    typed = [(name, text) for name, text in typed if not name.startswith(("csrf", "base-"))]
    context = {**around(submission), "typed": typed, "why": why_closed(submission)}
    if typed:
        return render(request, "conferences/submissions/closed.html", context, status=409)
    messages.info(request, why_closed(submission))
    return redirect("conferences:submission", submission.edition.slug, submission.pk)


def around(submission: Submission) -> dict[str, Any]:
    return {
        "submission": submission,
        "edition": submission.edition,
        "deadline": deadline_of(submission),
        "is_revision": submission.state == SubmissionState.REVISION,
    }


def deadline_of(submission: Submission) -> Any:
    """Until when it may be changed; a late link's own end where the call is over."""
    kind = DateKind.REVISIONS_CLOSE if submission.state == SubmissionState.REVISION else DateKind.SUBMISSIONS_CLOSE
    ends = phases.date_of(submission.edition, kind)
    link = getattr(submission, "late_link", None)
    if link is not None and not phases.is_call_open(submission.edition):
        return link.expires_at
    return ends


def address(name: str, submission: Submission, *more: Any) -> str:
    return reverse(f"conferences:{name}", args=[submission.edition.slug, submission.pk, *more])


def render_step(
    request: HttpRequest, step: str, submission: Submission, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    has_files = bool(rules.slots_of(submission))
    steps = [
        ("isian", _("Details"), "submission_edit"),
        ("berkas", _("Files"), "submission_files"),
        ("periksa", _("Check and send"), "submission_review"),
    ]
    shown = [row for row in steps if has_files or row[0] != "berkas"]
    everything = {
        **around(submission),
        "steps": [{"label": label, "url": address(view, submission)} for _name, label, view in shown],
        "step_number": [name for name, _label, _view in shown].index(step) + 1,
        "has_files": has_files,
        **checks_of(submission),
        **context,
    }
    return render(request, f"conferences/submissions/{step}.html", everything, status=status)


def checks_of(submission: Submission) -> dict[str, Any]:
    checks = checklist(submission)
    return {
        "checks": checklist_items(submission, checks),
        "is_complete": not any(check.status is Status.TODO for check in checks),
        "may_edit": True,
    }


def checklist_items(submission: Submission, checks: Iterable[Check]) -> list[dict[str, Any]]:
    """As the component shows them, each unmet one with a link to its field."""
    items = []
    for check in checks:
        item: dict[str, Any] = {"state": check.status.value, "text": check.label}
        if check.status is not Status.OK:
            is_file = check.field == "files"
            page = address("submission_files" if is_file else "submission_edit", submission)
            item |= {"url": page if is_file else f"{page}#isi-{check.field}", "action": _("Fill in")}
        items.append(item)
    return items
