"""What the scripts of the form ask for: save the changed blocks, undo a suggestion, how far the PDF is read."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.signed_in import person
from publications.actions import drafts
from publications.checks import checklist
from publications.forms.deposit import BLOCKS, digest, snapshot
from publications.forms.deposit.blocks import block_of
from publications.models import Version
from publications.queries import deposits
from publications.queries.duplicates import find_duplicates
from publications.rules import editing

from .common import for_version
from .compare import comparison_of
from .page import ADDRESSES, checklist_items, file_remarks
from .saving import Outcome, save


@for_version
@require_POST
def autosave(request: HttpRequest, version: Version) -> HttpResponseBase:
    """Save the blocks that changed. 409: somebody saved other words meanwhile; the answer holds a form to choose."""
    if not editing.may_edit(person(request), version):
        return _closed(version)
    outcome = save(version, request.POST, by=person(request))
    undone = []
    if undo := block_of(request.POST.get("undo", "")):
        outcome.version = drafts.undo_suggestion(outcome.version, undo.name, by=person(request))
        undone = [undo.name]
    return JsonResponse(_answer(request, outcome, undone), status=409 if outcome.conflicts else 200)


def _closed(version: Version) -> JsonResponse:
    text = _("This version was handed in or decided on meanwhile, so nothing more is saved. Copy what you typed.")
    return JsonResponse({"closed": text, "url": reverse("publications:deposit_status", args=[version.pk])}, status=403)


def _answer(request: HttpRequest, outcome: Outcome, undone: list[str]) -> dict[str, Any]:
    version, stored = outcome.version, snapshot(outcome.version)
    open_questions = {*outcome.conflicts, *outcome.errors, *outcome.changed_elsewhere}
    settled = [*(name for name in outcome.form.named if name not in open_questions), *undone]
    time = time_format(timezone.localtime(version.saved_at), "TIME_FORMAT")
    return {
        "message": _("Saved at %(time)s") % {"time": time},
        "bases": {name: digest(stored[name]) for name in settled},
        "errors": outcome.errors,
        "suggested": sorted(version.suggestions),
        "elsewhere": [str(BLOCKS[name].label) for name in outcome.changed_elsewhere],
        "conflict": _conflict_dialog(request, outcome) if outcome.conflicts else "",
        "aside": aside(request, version),
    }


def _conflict_dialog(request: HttpRequest, outcome: Outcome) -> str:
    step = BLOCKS[outcome.conflicts[0]].step
    context = {
        "version": outcome.version,
        "comparison": comparison_of(outcome, request.POST),
        "action": reverse(ADDRESSES[step], args=[outcome.version.pk]),
        "go": "",
    }
    return render_to_string("publications/deposit/conflict_form.html", context, request)


def aside(request: HttpRequest, version: Version) -> str:
    """The checklist and the duplicate warning as they are now."""
    context = {
        "version": version,
        "checks": checklist_items(version, checklist(version)),
        "duplicates": find_duplicates(version, person(request)),
    }
    return render_to_string("publications/deposit/checks.html", context, request)


@for_version
@require_GET
def reading(request: HttpRequest, version: Version) -> HttpResponse:
    """The state of the main document; htmx asks again until it is read."""
    main, _others = deposits.files_of(version)
    is_waiting = bool(main and main.blob.reading_state == "waiting")
    remarks = file_remarks(main)
    leads_on = request.GET.get("lanjut") == "1"
    context = {
        "version": version,
        "main": main,
        "is_waiting": is_waiting,
        "remarks": remarks,
        "leads_on": leads_on,
        "just_read": not is_waiting,
    }
    response = render(request, "publications/deposit/reading.html", context)
    if not is_waiting and leads_on and main and not remarks["error"]:
        response["HX-Redirect"] = reverse(ADDRESSES["isian"], args=[version.pk])
    response["Cache-Control"] = "private, no-store"
    return response
