"""The files of a submission: hand them in, look at what the checker says, take them out, read them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signed_in import person
from conferences.actions import submission_files as actions
from conferences.actions.submission_warnings import BLIND
from conferences.actions.submissions import Closed, Incomplete
from conferences.actions.uploads import FileRefused
from conferences.checker.limits import MOST_BYTES
from conferences.checker.messages import STRIPPED, WARNINGS
from conferences.models import Slot, Submission, SubmissionFile
from conferences.queries import submissions as queries
from conferences.rules import submissions as rules
from conferences.views.common import visible_edition
from kesos_repo.access import signed_in
from publications.downloads import send
from publications.views.deposit.uploading import upload_problem

from .common import address, for_editing, not_now, render_step

ACCEPT = ".pdf,.docx,application/pdf,application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@for_editing
@require_http_methods(["GET", "HEAD", "POST"])
def file_step(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    """GET: the slots. POST: a file for one of them, new or instead of the present one."""
    if not rules.slots_of(submission):
        raise Http404
    if request.method != "POST":
        return _show(request, submission)
    slot = request.POST.get("slot", "")
    if slot not in rules.slots_of(submission):
        raise Http404
    problem = upload_problem(request)
    if not problem:
        try:
            file = actions.add_file(submission, slot, request.FILES["file"], by=person(request))
        except FileRefused as refusal:
            problem = str(refusal.message)
        except Closed:
            return not_now(request, submission)
        else:
            _say_stored(request, file)
            return redirect(f"{address('submission_files', submission)}#{slot}")
    return _show(request, submission, 422, {slot: problem})


def _say_stored(request: HttpRequest, file: SubmissionFile) -> None:
    if file.findings.get("warnings"):
        messages.warning(request, _("The file is stored. Look at what was found in its text."))
    else:
        messages.success(request, _("The file is stored."))


def _show(
    request: HttpRequest, submission: Submission, status: int = 200, problems: dict[str, str] | None = None
) -> HttpResponse:
    working = rules.working_round(submission)
    present = {file.slot: file for file in queries.files_of(submission) if file.round == working}
    slots = [
        {
            "name": slot,
            "label": Slot(slot).label,
            "file": present.get(slot),
            "is_blind": slot in BLIND,
            "is_optional": slot == Slot.FULL,
            "error": (problems or {}).get(slot, ""),
            **findings_of(present.get(slot)),
        }
        for slot in rules.slots_of(submission)
    ]
    context = {"slots": slots, "accept": ACCEPT, "most_bytes": MOST_BYTES}
    return render_step(request, "berkas", submission, context, status)


def findings_of(file: SubmissionFile | None) -> dict[str, Any]:
    """What the checker took away and saw, in words."""
    findings = file.findings if file else {}
    return {
        "stripped": [STRIPPED[kind] for kind in findings.get("stripped", {}) if kind in STRIPPED],
        "warnings": [{**warned, "label": WARNINGS[warned["kind"]]} for warned in findings.get("warnings", [])],
    }


@for_editing
@require_POST
def change_file(request: HttpRequest, submission: Submission, file_pk: int) -> HttpResponseBase:
    """Take a file out, or say that one has looked at the warnings."""
    file = next((file for file in queries.files_of(submission) if file.pk == file_pk), None)
    if file is None:
        raise Http404
    try:
        if request.POST.get("remove"):
            actions.remove_file(file, by=person(request))
            messages.success(request, _("The file is removed."))
        elif request.POST.get("looked"):
            actions.look_at_warnings(file, by=person(request), seen=request.POST.get("seen", ""))
            messages.success(request, _("Noted: you have looked at the warnings."))
        else:
            messages.error(request, _("Tick that you have looked at the warnings."))
    except Closed:
        return not_now(request, submission)
    except Incomplete:
        messages.error(request, _("What you handed in needs this file. Upload another one in its place."))
    return redirect(f"{address('submission_files', submission)}#{file.slot}")


@signed_in
@require_safe
def download(request: HttpRequest, slug: str, pk: int, file_pk: int) -> HttpResponseBase:
    """For its author and the committee; for everybody else there is no such file."""
    submission = queries.submission_of(pk, visible_edition(request, slug))
    file = next((f for f in queries.files_of(submission) if f.pk == file_pk), None) if submission else None
    if file is None or not rules.may_read_file(person(request), file):
        raise Http404
    return send(request, file.blob.content, file.blob, neutral_name(file), private=True)


def neutral_name(file: SubmissionFile) -> str:
    """Says which file it is and nothing about who made it."""
    submission = file.submission
    number = f"{submission.number:03d}" if submission.number else "naskah"
    return f"{submission.edition.slug}-{number}-{actions.WORDS[file.slot]}-r{file.round}{file.extension}"
