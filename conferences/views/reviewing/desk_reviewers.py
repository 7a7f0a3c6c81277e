"""At the desk: reviewers, the assignment, rubrics."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signed_in import person
from conferences import phases
from conferences.actions import assignments, reviewers, rubrics
from conferences.forms.reviewing_desk import CriterionForm, DueForm, InviteForm, TracksForm
from conferences.models import Assignment, Criterion, DateKind, Edition, Reviewer, Track
from conferences.queries import reviewing as queries
from conferences.rules.committee import conflicted, may_lead_programme
from conferences.rules.reviewing import may_open_programme_desk
from conferences.states import AssignmentState
from conferences.views.common import render_desk
from conferences.views.reviewing.common import assignment_at_desk, attempt, edition_for, private
from kesos_repo.access import signed_in

INVITED = "conferences:desk_reviewers"
PLAN = "conferences:desk_assignment"
RUBRICS = "conferences:desk_rubrics"
PAGE_SIZE = 25


@signed_in
@private
@require_http_methods(["GET", "HEAD", "POST"])
def reviewer_list(request: HttpRequest, slug: str) -> HttpResponse:
    rule = may_lead_programme if request.method == "POST" else may_open_programme_desk
    edition = edition_for(request, slug, rule)
    form = InviteForm(request.POST or None, edition=edition)
    if request.method == "POST" and form.is_valid():
        made, known = reviewers.invite(edition, form.rows(), by=person(request))
        _say_invited(request, len(made), known)
        return redirect(INVITED, slug)
    loads = queries.loads_of(edition, person(request))
    page = Paginator(queries.reviewers_of(edition), PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {
        "form": form,
        "page": page,
        "rows": [(reviewer, loads.get(reviewer.pk, {})) for reviewer in page.object_list],
        "may_change": may_lead_programme(person(request), edition),
        "section": INVITED,
    }
    status = 422 if request.method == "POST" else 200
    return render_desk(request, "conferences/reviewing/desk/reviewers.html", edition, context, status)


def _say_invited(request: HttpRequest, made: int, known: list[str]) -> None:
    if made:
        text = ngettext(
            "%(n)s invitation waits in the outbox. Look at it and send it.",
            "%(n)s invitations wait in the outbox. Look at them and send them.",
            made,
        )
        messages.success(request, text % {"n": made})
    if known:
        messages.warning(request, _("Known already: %(people)s") % {"people": ", ".join(known[:10])})


def _reviewer(request: HttpRequest, slug: str, pk: int) -> tuple[Edition, Reviewer]:
    edition = edition_for(request, slug, may_lead_programme)
    return edition, get_object_or_404(Reviewer.objects.select_related("edition"), pk=pk, edition=edition)


@signed_in
@private
@require_POST
def remove_reviewer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    _edition, reviewer = _reviewer(request, slug, pk)
    done = _("Removed. What was not reviewed is taken back.")
    attempt(request, lambda: reviewers.remove(reviewer, by=person(request)), done)
    return redirect(INVITED, slug)


@signed_in
@private
@require_POST
def invite_again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    _edition, reviewer = _reviewer(request, slug, pk)
    attempt(request, lambda: reviewers.invite_again(reviewer, by=person(request)), _("A letter waits in the outbox."))
    return redirect(INVITED, slug)


@signed_in
@private
@require_http_methods(["GET", "HEAD", "POST"])
def reviewer_tracks(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edition, reviewer = _reviewer(request, slug, pk)
    form = TracksForm(request.POST or None, edition=edition, initial={"tracks": reviewer.tracks.all()})
    if request.method == "POST" and form.is_valid():
        tracks = list(form.cleaned_data["tracks"])
        attempt(request, lambda: reviewers.set_tracks(reviewer, tracks, by=person(request)), _("Saved."))
        return redirect(INVITED, slug)
    context = {"form": form, "reviewer": reviewer, "section": INVITED}
    status = 422 if request.method == "POST" else 200
    return render_desk(request, "conferences/reviewing/desk/tracks.html", edition, context, status)


@signed_in
@private
@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    return _plan(request, edition_for(request, slug, may_open_programme_desk))


def _plan(request: HttpRequest, edition: Edition, status: int = 200, **context: Any) -> HttpResponse:
    due = phases.date_of(edition, DateKind.REVIEWS_DUE)
    shown: dict[str, Any] = {
        **_proposals(request, edition),
        "unplaced": [],
        "due_form": DueForm(edition=edition, initial={"due_on": due and due.astimezone(edition.tz).date()}),
        "may_change": may_lead_programme(person(request), edition),
        "section": PLAN,
        **context,
    }
    return render_desk(request, "conferences/reviewing/desk/plan.html", edition, shown, status)


def _proposals(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """What waits to be sent, without what the reader is in conflict with."""
    rows = Assignment.objects.filter(submission__edition=edition, state=AssignmentState.PROPOSED)
    rows = rows.select_related("submission__track", "reviewer").annotate(letter_count=Count("letters"))
    found = list(rows.order_by("submission__number", "pk"))
    hidden = conflicted(person(request), [row.submission for row in found])
    proposals = [row for row in found if row.submission_id not in hidden]
    return {"proposals": proposals, "without_letter": sum(not row.letter_count for row in proposals)}


@signed_in
@private
@require_POST
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """The page itself says who could not be placed, since that is not kept."""
    edition = edition_for(request, slug, may_lead_programme)
    _made, unplaced = assignments.propose(edition, by=person(request))
    hidden = conflicted(person(request), [gap.submission for gap in unplaced])
    seen = [gap for gap in unplaced if gap.submission.pk not in hidden]
    return _plan(request, edition, unplaced=seen, was_planned=True)


@signed_in
@private
@require_POST
def write_letters(request: HttpRequest, slug: str) -> HttpResponse:
    edition = edition_for(request, slug, may_lead_programme)
    form = DueForm(request.POST, edition=edition)
    if not form.is_valid():
        return _plan(request, edition, 422, due_form=form)
    due = form.cleaned_data["due_on"]
    done = _("The letters wait in the outbox. A reviewer learns of a submission when its letter leaves.")
    attempt(request, lambda: assignments.write_letters(edition, due, by=person(request)), done)
    return redirect(PLAN, slug)


@signed_in
@private
@require_POST
def discard(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edition = edition_for(request, slug, may_open_programme_desk)
    found = assignment_at_desk(request, edition, pk)
    attempt(request, lambda: assignments.discard(found, by=person(request)), _("Discarded."))
    return redirect(PLAN, slug)


@signed_in
@private
@require_safe
def rubric_list(request: HttpRequest, slug: str) -> HttpResponse:
    edition = edition_for(request, slug, may_open_programme_desk)
    context = {
        "tracks": queries.tracks_with_criteria(edition),
        "may_change": may_lead_programme(person(request), edition),
        "section": RUBRICS,
    }
    return render_desk(request, "conferences/reviewing/desk/rubrics.html", edition, context)


def _track(request: HttpRequest, slug: str, pk: int) -> tuple[Edition, Track]:
    edition = edition_for(request, slug, may_lead_programme)
    return edition, get_object_or_404(Track.objects.select_related("edition"), pk=pk, edition=edition)


@signed_in
@private
@require_POST
def usual_rubric(request: HttpRequest, slug: str, track: int) -> HttpResponse:
    _edition, found = _track(request, slug, track)
    attempt(request, lambda: rubrics.take_usual(found, by=person(request)), _("Saved."))
    return redirect(RUBRICS, slug)


@signed_in
@private
@require_http_methods(["GET", "HEAD", "POST"])
def criterion(request: HttpRequest, slug: str, track: int, pk: int = 0) -> HttpResponse:
    """A new one, or one that is there."""
    edition, found = _track(request, slug, track)
    line = get_object_or_404(Criterion, pk=pk, track=found) if pk else None
    form = CriterionForm(request.POST or None, initial=_initial(line))
    if request.method == "POST" and form.is_valid():
        rubrics.save(found, line, form.cleaned_data, by=person(request))
        messages.success(request, _("Saved."))
        return redirect(RUBRICS, slug)
    context = {"form": form, "track": found, "criterion": line, "section": RUBRICS}
    status = 422 if request.method == "POST" else 200
    return render_desk(request, "conferences/reviewing/desk/criterion.html", edition, context, status)


def _initial(line: Criterion | None) -> dict[str, Any]:
    if line is None:
        return {}
    texts = {name: "\n".join(getattr(line, name)) for name in ("anchors_id", "anchors_en")}
    return {"label_id": line.label_id, "label_en": line.label_en, "weight": line.weight, **texts}


@signed_in
@private
@require_POST
def delete_criterion(request: HttpRequest, slug: str, track: int, pk: int) -> HttpResponse:
    _edition, found = _track(request, slug, track)
    line = get_object_or_404(Criterion.objects.select_related("track__edition"), pk=pk, track=found)
    attempt(request, lambda: rubrics.delete(line, by=person(request)), _("Deleted."))
    return redirect(RUBRICS, slug)
