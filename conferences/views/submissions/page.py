"""A submission as its author sees it: where it is, what it says, what she can do now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from conferences.forms.submission_answers import answer_text
from conferences.models import ConflictKind, Submission
from conferences.queries import submissions as queries
from conferences.rules import submissions as rules
from conferences.rules.materials import may_bring
from conferences.rules.programme import may_say_when_away
from conferences.states import SubmissionState

from .common import around, for_author


@for_author
@require_safe
def submission(request: HttpRequest, submission: Submission) -> HttpResponse:
    user = person(request)
    context = {
        **around(submission),
        **facts_of(submission),
        "may_edit": rules.may_edit(user, submission),
        "may_bring": may_bring(user, submission),
        "may_withdraw": rules.may_withdraw(user, submission),
        "may_say_when_away": may_say_when_away(user, submission),
        "may_discard": rules.may_discard(user, submission),
        "is_draft": submission.state == SubmissionState.DRAFT,
        "named": list(submission.conflicts.filter(kind=ConflictKind.NAMED).order_by("pk")),
        "letters": list(submission.letters.filter(state="sent", kind="decision").order_by("-sent_at")),
    }
    return render(request, "conferences/submissions/page.html", context)


def facts_of(submission: Submission) -> dict[str, Any]:
    """What it says, for its author and for the desk."""
    answers = submission.answers.select_related("question").order_by("question__position", "question")
    return {
        "authors": list(submission.authors.all()),
        "answers": [(answer.question, answer_text(answer.question, answer.value)) for answer in answers],
        "files": queries.files_of(submission),
        "pmks": list(submission.pmks.all()),
        "methods": list(submission.methods.all()),
        "provinces": list(submission.provinces.all()),
    }
