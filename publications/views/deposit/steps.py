"""Steps 2 and 3: the form. Without JavaScript each button saves the whole page; with it, changes save themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from publications.actions import drafts, review
from publications.forms.deposit import BLOCKS, VersionForm
from publications.forms.deposit.blocks import DETAILS, TOPICS, block_of
from publications.models import Version
from publications.queries import deposits

from .common import for_editing, keeps_typed, take_typed
from .compare import comparison_of
from .page import ADDRESSES, block_views, render_step
from .saving import Outcome, bound_form, save


@keeps_typed
@for_editing
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, version: Version) -> HttpResponseBase:
    return _step(request, version, DETAILS)


@keeps_typed
@for_editing
@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: HttpRequest, version: Version) -> HttpResponseBase:
    return _step(request, version, TOPICS)


def _step(request: HttpRequest, version: Version, step: str) -> HttpResponseBase:
    if request.method == "POST":
        return _save(request, version, step)
    if typed := take_typed(request):
        messages.warning(request, _("You had to sign in again. What you had typed is back: check it and save it."))
        return _show(request, bound_form(version, QueryDict(typed)), step)
    return _show(request, VersionForm(version), step)


def _show(request: HttpRequest, form: VersionForm, step: str, status: int = 200) -> HttpResponse:
    version = form.version
    main, others = deposits.files_of(version)
    context = {
        "form": form,
        "b": block_views(form, deposits.comments_of(version)),
        "main": main,
        "other_files": others,
        "organisations": deposits.offered_organisations() if step == DETAILS else [],
        "is_waiting": bool(main and main.blob.reading_state == "waiting"),
    }
    return render_step(request, step, version, context, status)


def _save(request: HttpRequest, version: Version, step: str) -> HttpResponseBase:
    row_order, undo, resolve = (request.POST.get(name, "") for name in ("row", "undo", "resolve"))
    outcome = save(version, request.POST, by=person(request), row_order=row_order)
    if outcome.conflicts:
        return _ask(request, outcome, step)
    _tell_changed_elsewhere(request, outcome)
    if row_order:
        return _show(request, _again(request, outcome, row_order), step)
    if undo:
        return _undo(request, outcome, undo)
    if resolve:
        _resolve(request, outcome.version, resolve)
    if outcome.errors:
        return _show(request, _again(request, outcome, row_order), step, 422)
    return _go_on(request, outcome, step)


def _again(request: HttpRequest, outcome: Outcome, row_order: str) -> VersionForm:
    """The form as typed over what is stored now."""
    form = bound_form(outcome.version, request.POST, row_order)
    if row_order.endswith(":me"):
        form.rows["contributors"].add(_myself(request))
    return form


def _myself(request: HttpRequest) -> dict[str, str]:
    user = person(request)
    author = getattr(user, "person", None)
    if author is None:
        given, _space, family = user.name.rpartition(" ")
        return {"given_name": given, "family_name": family}
    return {
        "given_name": author.given_name,
        "family_name": author.family_name,
        "orcid": author.orcid or "",
        "affiliation": author.affiliation.name if author.affiliation else "",
    }


def _undo(request: HttpRequest, outcome: Outcome, field: str) -> HttpResponse:
    block = block_of(field)
    if block is not None:
        drafts.undo_suggestion(outcome.version, block.name, by=person(request))
    return redirect(f"{request.path}#isi-{block.name}" if block else request.path)


def _resolve(request: HttpRequest, version: Version, comment_pk: str) -> None:
    comment = version.comments.filter(pk=int(comment_pk) if comment_pk.isdecimal() else 0, resolved_at=None).first()
    if comment is not None:
        review.resolve_comment(comment, by=person(request))


def _ask(request: HttpRequest, outcome: Outcome, step: str) -> HttpResponse:
    """Two versions of the same field: the author chooses, nothing is lost."""
    context = {
        "version": outcome.version,
        "output": outcome.version.output,
        "comparison": comparison_of(outcome, request.POST),
        "action": request.path,
        "go": request.POST.get("go", ""),
    }
    return render(request, "publications/deposit/conflict.html", context, status=409)


def _tell_changed_elsewhere(request: HttpRequest, outcome: Outcome) -> None:
    if outcome.changed_elsewhere:
        names = ", ".join(str(BLOCKS[name].label) for name in outcome.changed_elsewhere)
        text = _("Changed meanwhile in another window and kept as it is there: %(fields)s.")
        messages.info(request, text % {"fields": names})


def _go_on(request: HttpRequest, outcome: Outcome, step: str) -> HttpResponse:
    go = request.POST.get("go", "")
    if go == "keluar":
        messages.success(request, _("Your draft is saved. You can go on at any time."))
        return redirect("publications:deposit")
    if go not in ADDRESSES:
        time = time_format(timezone.localtime(outcome.version.saved_at), "TIME_FORMAT")
        messages.success(request, _("Saved at %(time)s.") % {"time": time})
    return redirect(reverse(ADDRESSES.get(go, ADDRESSES[step]), args=[outcome.version.pk]))
