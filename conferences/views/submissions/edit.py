"""The form. Without JavaScript each button saves the whole page; with it, changes save themselves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.queries import organisation_names
from accounts.signed_in import person
from conferences.actions.submissions import Closed
from conferences.forms.submissions import SubmissionForm
from conferences.models import Submission
from conferences.queries import submissions as queries
from conferences.rules import submissions as rules
from publications.forms.deposit import digest
from publications.views.deposit.common import keeps_typed, take_typed
from publications.views.deposit.page import BlockView

from .common import address, around, checks_of, for_author, for_editing, not_now, render_step, why_closed
from .saving import Outcome, bound_form, comparison_of, save


@keeps_typed
@for_editing
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    if request.method == "POST":
        try:
            return _save(request, submission)
        except Closed:  # the deadline passed between reading and saving
            return not_now(request, submission)
    if typed := take_typed(request):
        messages.warning(request, _("You had to sign in again. What you had typed is back: check it and save it."))
        return _show(request, bound_form(submission, QueryDict(typed)))
    return _show(request, SubmissionForm(submission))


def _show(
    request: HttpRequest, form: SubmissionForm, status: int = 200, refused: dict[str, list[str]] | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "b": block_views(form, refused or {}),
        "asked": [block_view(form, name, refused or {}) for name in form.questions],
        "organisations": organisation_names(),
    }
    return render_step(request, "isian", form.submission, context, status)


def block_views(form: SubmissionForm, refused: dict[str, list[str]]) -> dict[str, BlockView]:
    return {name: block_view(form, name, refused) for name in form.blocks}


def block_view(form: SubmissionForm, name: str, refused: dict[str, list[str]]) -> BlockView:
    block = form.blocks[name]
    errors = {**(form.block_errors() if form.is_bound else {}), **refused}
    fields = [form[field] for field in block.inputs]
    return BlockView(block, form.digests[name], fields, rows=form.rows.get(name), errors=errors.get(name, []))


def _save(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    row_order = request.POST.get("row", "")
    outcome = save(submission, request.POST, by=person(request), row_order=row_order)
    if outcome.conflicts:
        return _ask(request, outcome)
    if outcome.changed_elsewhere:
        names = ", ".join(str(outcome.form.blocks[name].label) for name in outcome.changed_elsewhere)
        text = _("Changed meanwhile in another window and kept as it is there: %(fields)s.")
        messages.info(request, text % {"fields": names})
    again = queries.submission_of(submission.pk, submission.edition) or submission
    if row_order:
        return _show(request, bound_form(again, request.POST, row_order))
    if outcome.errors:
        return _show(request, bound_form(again, request.POST), 422, outcome.refused)
    return _go_on(request, outcome.submission)


def _ask(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """Two versions of the same field: the author chooses, nothing is lost."""
    context = {
        **around(outcome.submission),
        "comparison": comparison_of(outcome, request.POST),
        "action": request.path,
        "go": request.POST.get("go", ""),
    }
    return render(request, "conferences/submissions/conflict.html", context, status=409)


def _go_on(request: HttpRequest, submission: Submission) -> HttpResponse:
    go = request.POST.get("go", "")
    if go == "keluar":
        messages.success(request, _("It is saved. You can go on until the deadline."))
        return redirect("conferences:my_submissions")
    if go == "berkas" and rules.slots_of(submission):
        return redirect(address("submission_files", submission))
    if go in ("berkas", "periksa"):
        return redirect(address("submission_review", submission))
    time = time_format(timezone.localtime(submission.saved_at), "TIME_FORMAT")
    messages.success(request, _("Saved at %(time)s.") % {"time": time})
    return redirect(address("submission_edit", submission))


@for_author
@require_POST
def autosave(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    """Save the blocks that changed. 409: other words were saved meanwhile; the answer holds a form to choose."""
    if not rules.may_edit(person(request), submission):
        return _closed(submission)
    try:
        outcome = save(submission, request.POST, by=person(request))
    except Closed:
        return _closed(submission)
    return JsonResponse(_answer(request, outcome), status=409 if outcome.conflicts else 200)


def _closed(submission: Submission) -> JsonResponse:
    text = f"{why_closed(submission)} {_('Copy what you typed.')}"
    return JsonResponse({"closed": text, "url": address("submission", submission)}, status=403)


def _answer(request: HttpRequest, outcome: Outcome) -> dict[str, Any]:
    submission = outcome.submission
    stored = SubmissionForm(submission).stored
    open_questions = {*outcome.conflicts, *outcome.errors, *outcome.changed_elsewhere}
    time = time_format(timezone.localtime(submission.saved_at), "TIME_FORMAT")
    return {
        "message": _("Saved at %(time)s") % {"time": time},
        "bases": {n: digest(stored[n]) for n in outcome.form.named if n not in open_questions and n in stored},
        "errors": outcome.errors,
        "suggested": [],
        "elsewhere": [str(outcome.form.blocks[name].label) for name in outcome.changed_elsewhere],
        "conflict": _conflict_dialog(request, outcome) if outcome.conflicts else "",
        "aside": render_to_string("conferences/submissions/checks.html", checks_of(submission), request),
    }


def _conflict_dialog(request: HttpRequest, outcome: Outcome) -> str:
    action = address("submission_edit", outcome.submission)
    context = {"comparison": comparison_of(outcome, request.POST), "action": action, "go": ""}
    return render_to_string("publications/deposit/conflict_form.html", context, request)
