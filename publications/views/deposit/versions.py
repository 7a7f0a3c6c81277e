"""From a published output to its next version: a new one, or a correction."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from kesos_repo.access import signed_in
from publications.actions import drafts
from publications.models import Output
from publications.queries import deposits
from publications.rules import editing


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new_version(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """GET: what a new version and a correction are. POST: begin one; a version under way is opened instead."""
    outputs = Output.objects.public().select_related("current", "owner")
    output = get_object_or_404(outputs, public_id=public_id)
    user = person(request)
    if not editing.may_start_version(user, output):
        raise Http404
    under_way = deposits.open_version(output)
    if request.method != "POST":
        return _show(request, output, under_way)
    if under_way is None and request.POST.get("kind") not in ("new", "correction"):
        return _show(request, output, under_way, 422)
    version = drafts.new_version(output, by=user, is_correction=request.POST.get("kind") == "correction")
    if under_way is None:
        messages.success(request, _("The new version begins as a copy. The public one stays until this is approved."))
    return redirect("publications:deposit_file_step", version.pk)


def _show(request: HttpRequest, output: Output, under_way: object, status: int = 200) -> HttpResponse:
    context = {"output": output, "under_way": under_way, "is_missing_choice": status == 422}
    return render(request, "publications/deposit/new_version.html", context, status=status)
