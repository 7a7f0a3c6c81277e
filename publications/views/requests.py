"""Asking the author of a restricted output for a copy."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kesos_repo.access import public
from publications.actions.copies import request_copy
from publications.forms.copies import CopyRequestForm
from publications.queries.public import find_version
from publications.rules.reading import is_gone, may_ask_for_copy

from .common import other_spelling
from .output import tombstone


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_copy(request: HttpRequest, public_id: str) -> HttpResponseBase:
    if elsewhere := other_spelling(request, public_id):
        return elsewhere
    version = find_version(public_id)
    if is_gone(version.output):
        return tombstone(request, version)
    if not may_ask_for_copy(version):
        raise Http404
    form = CopyRequestForm(request.POST or None, output=version.output, reader=request.user)
    if request.method == "POST" and form.is_valid():
        request_copy(version.output, **form.cleaned_data, language=get_language() or "id")
        messages.success(request, _("Your request has been sent. The author answers by e-mail."))
        return redirect("publications:output", public_id)
    return render(
        request,
        "publications/ask_for_copy.html",
        {"form": form, "version": version, "output": version.output},
        status=422 if form.is_bound else 200,
    )
