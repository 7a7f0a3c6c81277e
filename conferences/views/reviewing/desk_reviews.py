"""At the desk: how reviewing goes, one submission with its reviews, decisions."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.queries import log_of
from accounts.signed_in import person
from conferences.actions import assignments, conflicts, decisions, reviews
from conferences.forms.reviewing import RemarkForm
from conferences.forms.reviewing_desk import ConflictForm, DecisionForm, DueForm, ReviewerForm
from conferences.models import Advice, Conflict, Decision, Edition, Submission
from conferences.queries import reviewing as queries
from conferences.queries.letters import Wordings
from conferences.queries.progress import Progress
from conferences.rules.committee import conflicted, may_decide, may_lead_programme, may_lead_review
from conferences.rules.reviewing import is_decided, may_discuss, may_open_reviewing
from conferences.states import SubmissionState
from conferences.views.common import render_desk
from conferences.views.reviewing.common import (
    assignment_at_desk,
    attempt,
    edition_for,
    number_in,
    private,
    submission_for,
)
from kesos_repo.access import signed_in

PROGRESS = "conferences:desk_progress"
ONE = "conferences:desk_review"
PAGE_SIZE = 25
MOST_AT_ONCE = 400


@signed_in
@private
@require_safe
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    return _progress(request, edition_for(request, slug, may_open_reviewing))


def _progress(request: HttpRequest, edition: Edition, status: int = 200, **context: Any) -> HttpResponse:
    sort = request.GET.get("urut", "")
    whole = Progress(edition, person(request), by_score=sort == "nilai")
    page = Paginator(whole.order, PAGE_SIZE).get_page(request.GET.get("halaman"))
    shown = {
        "page": page,
        "rows": whole.rows(list(page.object_list)),
        "sort": sort,
        "counts": whole.counts(),
        "form": DecisionForm(),
        "may_decide": may_lead_programme(person(request), edition),
        "section": PROGRESS,
        **context,
    }
    return render_desk(request, "conferences/reviewing/desk/progress.html", edition, shown, status)


def _chosen(request: HttpRequest, edition: Edition) -> list[tuple[Submission, int]]:
    """'pk:round' of what was ticked; only what may be decided by this person."""
    wanted: dict[int, int] = {}
    for value in request.POST.getlist("chosen")[:MOST_AT_ONCE]:
        pk, _mark, seen_round = value.partition(":")
        if (number := number_in(pk)) and (seen := number_in(seen_round)):
            wanted[number] = seen
    rows = Submission.objects.filter(edition=edition, pk__in=wanted, state=SubmissionState.SUBMITTED)
    found = list(rows.select_related("edition", "track", "submitter").order_by("number"))
    hidden = conflicted(person(request), found)
    return [(row, wanted[row.pk]) for row in found if row.pk not in hidden]


@signed_in
@private
@require_POST
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Every letter as it would wait in the outbox; nothing is stored yet."""
    edition = edition_for(request, slug, may_lead_programme)
    form, chosen = DecisionForm(request.POST), _chosen(request, edition)
    if not form.is_valid() or not chosen:
        if form.is_valid():
            form.add_error(None, _("Choose at least one submission."))
        return _progress(request, edition, 422, form=form)
    context = {
        "form": form,
        "outcome": Advice(form.cleaned_data["outcome"]),
        "note": form.cleaned_data["note"],
        "letters": _letters(edition, chosen, form, person(request)),
        "section": PROGRESS,
    }
    return render_desk(request, "conferences/reviewing/desk/preview.html", edition, context)


def _letters(edition: Edition, chosen: list[tuple[Submission, int]], form: DecisionForm, by: User) -> list[Any]:
    words, found = Wordings(edition), decisions.reviews_of(submission for submission, _ in chosen)
    made = []
    for submission, seen in chosen:
        decision = Decision(submission=submission, round=submission.round, by=by, **form.cleaned_data)
        letter = decisions.words_of(decision, words, found[submission.pk])
        made.append({"submission": submission, "round": seen, "words": letter, "reviews": len(found[submission.pk])})
    return made


@signed_in
@private
@require_POST
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    edition = edition_for(request, slug, may_lead_programme)
    form, chosen = DecisionForm(request.POST), _chosen(request, edition)
    if not form.is_valid() or not chosen:
        return _progress(request, edition, 422, form=form)
    data = form.cleaned_data
    done, left = decisions.decide_several(chosen, data["outcome"], data["note"], by=person(request))
    if done:
        text = ngettext(
            "%(n)s decision waits with its letter in the outbox. It takes effect when the letter leaves.",
            "%(n)s decisions wait with their letters in the outbox. Each takes effect when its letter leaves.",
            len(done),
        )
        messages.success(request, text % {"n": len(done)})
    if left:
        numbers = ", ".join(str(submission.number) for submission in left)
        messages.error(request, _("Changed meanwhile, not decided: %(numbers)s") % {"numbers": numbers})
    return redirect(PROGRESS, slug)


@signed_in
@private
@require_safe
def review(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    edition = edition_for(request, slug, may_open_reviewing)
    return _review(request, edition, submission_for(request, edition, number))


def _review(
    request: HttpRequest, edition: Edition, submission: Submission, status: int = 200, **forms: Any
) -> HttpResponse:
    user = person(request)
    (row,) = queries.rows_of([submission], user)
    context: dict[str, Any] = {
        "submission": submission,
        "row": row,
        "criteria": queries.criteria_of(submission.track),
        "earlier": queries.earlier_reviews(submission),
        "remarks": queries.remarks_of(submission, submission.round),
        "conflicts": queries.conflicts_on(submission),
        "entries": log_of(submission)[:30],
        "section": PROGRESS,
    }
    if may_lead_review(user, submission):
        context |= _changes(user, edition, submission)
    return render_desk(request, "conferences/reviewing/desk/review.html", edition, {**context, **forms}, status)


def _changes(user: User, edition: Edition, submission: Submission) -> dict[str, Any]:
    is_open = submission.state == SubmissionState.SUBMITTED
    decided = is_decided(submission, submission.round)
    return {
        "may_lead": is_open,
        "reviewer_form": ReviewerForm(edition=edition),
        "conflict_form": ConflictForm(edition=edition, prefix="conflict"),
        "due_form": DueForm(edition=edition),
        "remark_form": RemarkForm() if may_discuss(user, submission) and not decided else None,
        "decision_form": DecisionForm() if is_open and may_decide(user, submission) else None,
        "may_take_back": decided and is_open and may_decide(user, submission),
    }


def _led(request: HttpRequest, slug: str, number: int) -> tuple[Edition, Submission]:
    edition = edition_for(request, slug, may_open_reviewing)
    return edition, submission_for(request, edition, number)


@signed_in
@private
@require_POST
def add(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    edition, submission = _led(request, slug, number)
    form = ReviewerForm(request.POST, edition=edition)
    if not form.is_valid():
        return _review(request, edition, submission, 422, reviewer_form=form)
    reviewer = form.cleaned_data["reviewer"]
    done = _("Proposed. The programme chair sends it from the assignment page.")
    attempt(request, lambda: assignments.add(submission, reviewer, by=person(request)), done)
    return redirect(ONE, slug, number)


@signed_in
@private
@require_POST
def discuss(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    edition, submission = _led(request, slug, number)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _review(request, edition, submission, 422, remark_form=form)
    text = form.cleaned_data["text"]
    attempt(request, lambda: reviews.remark(submission, text, by=person(request)), _("Your remark is there."))
    return redirect(ONE, slug, number)


@signed_in
@private
@require_POST
def enter_conflict(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    edition, submission = _led(request, slug, number)
    form = ConflictForm(request.POST, edition=edition, prefix="conflict")
    if not form.is_valid():
        return _review(request, edition, submission, 422, conflict_form=form)
    reviewer, note = form.cleaned_data["reviewer"], form.cleaned_data["note"]
    attempt(request, lambda: conflicts.enter(submission, reviewer, note, by=person(request)), _("It is on record."))
    return redirect(ONE, slug, number)


@signed_in
@private
@require_POST
def take_conflict_back(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    _edition, submission = _led(request, slug, number)
    conflict = get_object_or_404(Conflict.objects.select_related("submission__edition"), pk=pk, submission=submission)
    attempt(request, lambda: conflicts.take_back(conflict, by=person(request)), _("Taken back."))
    return redirect(ONE, slug, number)


@signed_in
@private
@require_POST
def take_decision_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    _edition, submission = _led(request, slug, number)
    decision = Decision.objects.filter(submission=submission, round=submission.round).first()
    if decision is None:
        raise Http404
    done = _("The decision is taken back; its letter will not leave.")
    attempt(request, lambda: decisions.take_back(decision, by=person(request)), done)
    return redirect(ONE, slug, number)


@signed_in
@private
@require_POST
def cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edition = edition_for(request, slug, may_open_reviewing)
    found = assignment_at_desk(request, edition, pk)
    attempt(request, lambda: assignments.cancel(found, by=person(request)), _("Taken back."))
    return redirect(ONE, slug, found.submission.number)


@signed_in
@private
@require_POST
def extend(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edition = edition_for(request, slug, may_open_reviewing)
    found = assignment_at_desk(request, edition, pk)
    form = DueForm(request.POST, edition=edition)
    if not form.is_valid():
        return _review(request, edition, found.submission, 422, due_form=form)
    due = form.cleaned_data["due_on"]
    attempt(request, lambda: assignments.extend(found, due, by=person(request)), _("Saved."))
    return redirect(ONE, slug, found.submission.number)
