"""The last step: look at it as a whole and send it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from conferences.actions import submissions as actions
from conferences.models import Submission
from conferences.queries import submissions as queries
from conferences.states import SubmissionState
from publications.states import IllegalTransition

from .common import address, for_editing, not_now, render_step
from .page import facts_of


@for_editing
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    if request.method != "POST":
        return _show(request, submission)
    is_revision = submission.state == SubmissionState.REVISION
    try:
        sent = actions.submit(submission, by=person(request))
    except actions.Closed:
        return not_now(request, submission)
    except actions.Incomplete as incomplete:
        missing = ", ".join(str(check.label) for check in incomplete.missing)
        messages.error(request, _("It cannot be sent yet. Missing: %(missing)s.") % {"missing": missing})
        return _show(request, submission, 422)
    except IllegalTransition:
        messages.info(request, _("It has already been sent."))
    else:
        _say_sent(request, sent, is_revision)
    return redirect(address("submission", submission))


def _say_sent(request: HttpRequest, submission: Submission, is_revision: bool) -> None:
    if is_revision:
        messages.success(request, _("Your revised paper is with the committee now."))
    else:
        text = _("It is handed in as number %(number)s. You and the other authors get a mail.")
        messages.success(request, text % {"number": submission.number})


def _show(request: HttpRequest, submission: Submission, status: int = 200) -> HttpResponse:
    fresh = queries.submission_of(submission.pk, submission.edition) or submission
    context = {**facts_of(fresh), "is_sent": fresh.state == SubmissionState.SUBMITTED}
    return render_step(request, "periksa", fresh, context, status)
