"""What reviewers see: their invitation, their reviews, one review."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signed_in import person
from conferences.actions import reviewers, reviews
from conferences.actions.common import ChangedMeanwhile
from conferences.forms.reviewing import ExpertiseForm, RemarkForm, ReviewForm, WhyForm
from conferences.forms.submission_answers import answer_text
from conferences.models import Assignment, Review, Reviewer
from conferences.queries import reviewing as queries
from conferences.queries.values import reviewer_with
from conferences.rules import reviewing as rules
from conferences.states import AssignmentState, EditionState, ReviewerState
from conferences.views.reviewing.common import attempt, private, seen
from kesos_repo.access import signed_in
from publications import downloads


@signed_in
@private
@require_safe
def my_reviews(request: HttpRequest) -> HttpResponse:
    user = person(request)
    context = {"assignments": queries.my_assignments(user), "invitations": queries.my_invitations(user)}
    return render(request, "conferences/reviewing/mine.html", context)


@signed_in
@private
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Answered by whoever has the letter, signed in with a confirmed address; later: change what one knows about."""
    reviewer = reviewer_with(token)
    if reviewer is None or reviewer.edition.state == EditionState.ARCHIVED:
        raise Http404
    if reviewer.state == ReviewerState.REMOVED or reviewer.user_id not in (None, person(request).pk):
        return _invitation(request, reviewer, 403, is_closed=True)
    if request.method != "POST":
        return _invitation(request, reviewer)
    return _decline(request, reviewer) if "decline" in request.POST else _accept(request, reviewer)


def _invitation(request: HttpRequest, reviewer: Reviewer, status: int = 200, **context: Any) -> HttpResponse:
    known = reviewer.state == ReviewerState.ACCEPTED
    initial = {"pmks": reviewer.pmks.all(), "methods": reviewer.methods.all(), "most": reviewer.most} if known else {}
    shown = {"reviewer": reviewer, "form": ExpertiseForm(initial=initial), "why": WhyForm(prefix="why"), **context}
    return render(request, "conferences/reviewing/invitation.html", shown, status=status)


def _accept(request: HttpRequest, reviewer: Reviewer) -> HttpResponse:
    form = ExpertiseForm(request.POST)
    if not form.is_valid():
        return _invitation(request, reviewer, 422, form=form)
    done = _("Thank you. You get a letter when there is something to review.")
    return _answered(request, lambda: reviewers.accept(reviewer, form.cleaned_data, by=person(request)), done)


def _decline(request: HttpRequest, reviewer: Reviewer) -> HttpResponse:
    form = WhyForm(request.POST, prefix="why")
    if not form.is_valid():
        return _invitation(request, reviewer, 422, why=form)
    done = _("The committee knows that you decline. Thank you for the answer.")
    return _answered(
        request, lambda: reviewers.decline(reviewer, form.cleaned_data["reason"], by=person(request)), done
    )


def _answered(request: HttpRequest, act: Any, done: str) -> HttpResponse:
    try:
        attempt(request, act, done)
    except reviewers.AddressNotConfirmed:
        messages.error(request, _("Confirm your mail address first; then open the letter's link again."))
        return redirect("account_email")
    except reviewers.AnsweredByAnother:
        messages.error(request, _("This invitation was answered with another account, or this account has its own."))
    return redirect("conferences:reviews")


def _assignment(request: HttpRequest, pk: int) -> Assignment:
    """Of this person, and without a conflict on record; of others nobody learns that it is there."""
    assignment = queries.assignment_of(person(request), pk)
    if assignment is None or not rules.is_reviewer(person(request), assignment):
        raise Http404
    if assignment.state == AssignmentState.CANCELLED:
        raise Http404
    return assignment


@signed_in
@private
@require_safe
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _assignment(request, pk))


def _page(request: HttpRequest, assignment: Assignment, status: int = 200, **forms: Any) -> HttpResponse:
    """The abstract alone until it is taken on."""
    user = person(request)
    context: dict[str, Any] = {
        "assignment": assignment,
        "submission": assignment.submission,
        "edition": assignment.submission.edition,
        "why": WhyForm(prefix="why"),
        "conflict": WhyForm(prefix="conflict"),
        "may_answer": rules.may_answer(user, assignment) and not rules.is_due(assignment),
        "may_decline": rules.may_give_back(user, assignment),
        "may_declare": rules.may_declare_conflict(user, assignment),
        "is_due": rules.is_due(assignment),
    }
    if rules.may_read_paper(user, assignment):
        context |= _paper(request, assignment, forms.get("form"))
    return render(request, "conferences/reviewing/assignment.html", {**context, **forms}, status=status)


def _paper(request: HttpRequest, assignment: Assignment, form: ReviewForm | None) -> dict[str, Any]:
    user, review = person(request), Review.objects.filter(assignment=assignment).first()
    discusses = rules.may_discuss_as_reviewer(user, assignment)
    submission = assignment.submission
    return {
        "reads": True,
        "review": review,
        "form": form or _form(assignment, review),
        "may_review": rules.may_review(user, assignment),
        "files": queries.files_for(assignment),
        "answers": [(row.question, answer_text(row.question, row.value)) for row in queries.answers_for(assignment)],
        "authors": submission.authors.select_related("affiliation") if rules.knows_authors(assignment) else None,
        "discusses": discusses,
        "others": queries.other_reviews(assignment) if discusses else [],
        "remarks": queries.remarks_of(submission, assignment.round) if discusses else [],
        "remark_form": RemarkForm() if discusses and rules.is_under_review(assignment) else None,
    }


def _form(assignment: Assignment, review: Review | None, data: Any = None) -> ReviewForm:
    return ReviewForm(data, criteria=queries.criteria_of(assignment.submission.track), review=review)


@signed_in
@private
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    found = _assignment(request, pk)
    attempt(request, lambda: reviews.accept(found, by=person(request)), _("Thank you. Here is the paper."))
    return redirect("conferences:assignment", pk)


@signed_in
@private
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _assignment(request, pk), WhyForm(request.POST, prefix="why")
    if not form.is_valid():
        return _page(request, found, 422, why=form)
    reason = form.cleaned_data["reason"]
    done = _("You declined. The committee asks somebody else.")
    attempt(request, lambda: reviews.decline(found, reason, by=person(request)), done)
    return redirect("conferences:reviews")


@signed_in
@private
@require_POST
def declare_conflict(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _assignment(request, pk), WhyForm(request.POST, prefix="conflict")
    if not form.is_valid():
        return _page(request, found, 422, conflict=form)
    note = form.cleaned_data["reason"]
    done = _("Your conflict of interest is on record, and the submission is no longer yours to review.")
    attempt(request, lambda: reviews.declare_conflict(found, note, by=person(request)), done)
    return redirect("conferences:reviews")


@signed_in
@private
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponseBase:
    """By the button or by the script, which gets an answer as JSON. `hand_over`: it is finished."""
    found = _assignment(request, pk)
    if not rules.may_read_paper(person(request), found):
        raise Http404
    review = Review.objects.filter(assignment=found).first()
    form = _form(found, review, request.POST)
    form.is_valid()
    is_script = request.headers.get("Accept") == "application/json"
    problem, status = "", 422
    try:
        stored = _store(request, found, form)
    except ChangedMeanwhile:
        problem, status = _("It was changed in another window. Reload the page to go on there."), 409
    except reviews.TooLate:
        problem, status = _("It is too late: the due date has come, or it is decided. Ask the committee."), 409
    except reviews.Unfinished as unfinished:
        form.mark_missing(unfinished.missing)
        problem = _("Not stored: what was handed over must stay complete.")
    else:
        if is_script:
            saved = date_format(localtime(stored.saved_at), "TIME_FORMAT")
            return JsonResponse({"revision": stored.revision, "text": _("Saved at %(time)s") % {"time": saved}})
        done = _("Your review is with the committee.") if "hand_over" in request.POST else _("Saved.")
        messages.success(request, done)
        return redirect("conferences:assignment", pk)
    if is_script:
        return JsonResponse({"problem": problem}, status=status)
    if status == 409:
        messages.error(request, problem)
    return _page(request, found, status, form=form)


def _store(request: HttpRequest, found: Assignment, form: ReviewForm) -> Review:
    act = reviews.submit if "hand_over" in request.POST and not form.errors else reviews.save
    return act(found, form.data_for_action(), by=person(request), base_revision=seen(request))


@signed_in
@private
@require_POST
def discuss(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _assignment(request, pk), RemarkForm(request.POST)
    if not rules.may_discuss_as_reviewer(person(request), found):
        raise Http404
    if not form.is_valid():
        return _page(request, found, 422, remark_form=form)
    text = form.cleaned_data["text"]
    attempt(request, lambda: reviews.remark(found.submission, text, by=person(request)), _("Your remark is there."))
    return redirect("conferences:assignment", pk)


@signed_in
@private
@require_safe
def file(request: HttpRequest, pk: int, slot: str) -> HttpResponseBase:
    """Under a name of our own: the one it came with may tell who wrote it."""
    found = _assignment(request, pk)
    if not rules.may_read_paper(person(request), found):
        raise Http404
    row = next((row for row in queries.files_for(found) if row.slot == slot), None)
    if row is None:
        raise Http404
    name = f"{found.submission.edition.slug}-{found.submission.number}-{row.slot}{row.extension}"
    return downloads.send(request, row.blob.content, row.blob, name, private=True)
