"""Step 4 and what follows: preview, submit, discard."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signed_in import person
from publications.actions import drafts
from publications.checks import Incomplete
from publications.forms.deposit.small import DiscardForm
from publications.models import Version
from publications.queries import deposits
from publications.queries.parts import parts_of
from publications.rules import editing
from publications.states import IllegalTransition
from publications.views.presentation import shown

from .common import for_editing, for_version
from .page import checklist_items, file_remarks, render_step


@for_editing
@require_safe
def preview(request: HttpRequest, version: Version) -> HttpResponse:
    """The page as the public will see it, and what is still missing."""
    return _preview(request, version)


def _preview(request: HttpRequest, version: Version, status: int = 200) -> HttpResponse:
    main, _others = deposits.files_of(version)
    context = {
        "main": main,
        "remarks": file_remarks(main),
        "may_submit": editing.may_submit(person(request), version),
        **shown(version, parts_of([version.pk])[version.pk]),
    }
    response = render_step(request, "pratinjau", version, context, status)
    response["X-Robots-Tag"] = "noindex"
    return response


@for_editing
@require_POST
def submit(request: HttpRequest, version: Version) -> HttpResponseBase:
    if not editing.may_submit(person(request), version):
        raise Http404
    try:
        drafts.submit(version, by=person(request))
    except Incomplete as incomplete:
        missing = ", ".join(str(item["text"]) for item in checklist_items(version, incomplete.missing))
        messages.error(request, _("It cannot be sent yet. Missing: %(missing)s.") % {"missing": missing})
        return _preview(request, version, 422)
    except IllegalTransition:
        messages.info(request, _("It has already been sent."))
    else:
        messages.success(request, _("It is with the curators now. They answer within 5 working days."))
    return redirect("publications:deposit_status", version.pk)


@for_version
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, version: Version) -> HttpResponseBase:
    """Ask, then delete a draft that nobody else has seen."""
    if not editing.may_discard(person(request), version):
        messages.info(request, _("Only a draft that was never sent can be deleted."))
        return redirect("publications:deposit_status", version.pk)
    form = DiscardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        drafts.discard(version, by=person(request))
        messages.success(request, _("The draft is deleted."))
        return redirect("publications:deposit")
    status = 422 if request.method == "POST" else 200
    return render(request, "publications/deposit/discard.html", {"version": version, "form": form}, status=status)
