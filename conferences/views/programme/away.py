"""A presenter says when she cannot be there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.signed_in import person
from conferences.actions import unavailability as actions
from conferences.actions.parts import TooMany
from conferences.forms.programme import AwayForm
from conferences.models import Submission, Unavailability
from conferences.rules.programme import may_say_when_away
from conferences.views.submissions.common import address, around, for_author


@for_author
@require_http_methods(["GET", "HEAD", "POST"])
def away(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    user = person(request)
    if not may_say_when_away(user, submission):
        messages.info(request, _("The committee does not ask for this any more."))
        return redirect(address("submission", submission))
    form = AwayForm(request.POST or None, edition=submission.edition)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.say_away(submission, data["starts_at"], data["ends_at"], data["note"], by=user)
        except TooMany as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved. The committee is told when it puts you there anyway."))
            return redirect(address("submission_away", submission))
    rows = list(Unavailability.objects.filter(edition=submission.edition, email=user.email))
    context = {**around(submission), "form": form, "rows": rows}
    status = 422 if request.method == "POST" else 200
    return render(request, "conferences/programme/away.html", context, status=status)


@for_author
@require_POST
def back(request: HttpRequest, submission: Submission, row_pk: int) -> HttpResponseBase:
    actions.take_back(submission, row_pk, by=person(request))
    messages.success(request, _("Removed."))
    return redirect(address("submission_away", submission))
