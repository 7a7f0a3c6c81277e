"""Where a deposit begins: my drafts and outputs, and a place to drop a PDF, to paste a record or to start empty."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.signed_in import person
from kesos_repo.access import signed_in
from publications.actions import drafts
from publications.actions.files import FileRefused
from publications.forms.deposit.small import PasteForm
from publications.queries import deposits

from .paste import apply_all, read_pasted
from .uploading import upload_problem, wants_json

PAGE_SIZE = 20


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponseBase:
    if request.method == "POST":
        return _begin(request)
    return _home(request)


def _home(request: HttpRequest, status: int = 200, **context: Any) -> HttpResponse:
    user = person(request)
    page = Paginator(deposits.my_outputs(user), PAGE_SIZE).get_page(request.GET.get("halaman"))
    everything = {
        "page": page,
        "max_bytes": settings.MAX_UPLOAD_BYTES,
        "paste_form": PasteForm(),
        "open_requests": deposits.open_requests(user),
        **context,
    }
    response = render(request, "publications/deposit/home.html", everything, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _begin(request: HttpRequest) -> HttpResponseBase:
    if request.POST.get("start") == "empty":
        return redirect("publications:deposit_edit", drafts.start_draft(person(request)).pk)
    problem = upload_problem(request)
    if problem:
        return _refuse(request, problem)
    upload = request.FILES["file"]
    if again := deposits.same_upload(person(request), getattr(upload, "sha256", "")):
        return _on_to_file(request, again.pk)
    try:
        version = drafts.start_with_file(person(request), upload)
    except FileRefused as refusal:
        return _refuse(request, str(refusal.message))
    return _on_to_file(request, version.pk)


def _on_to_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    address = reverse("publications:deposit_file_step", args=[pk])
    return JsonResponse({"url": address}) if wants_json(request) else redirect(address)


def _refuse(request: HttpRequest, problem: str) -> HttpResponseBase:
    if wants_json(request):
        return JsonResponse({"error": problem}, status=422)
    return _home(request, 422, upload_error=problem)


@signed_in
@require_POST
def begin_pasted(request: HttpRequest) -> HttpResponseBase:
    """A new draft from a pasted record: there is nothing yet that it could overwrite."""
    form = PasteForm(request.POST)
    if not form.is_valid():
        return _home(request, 422, paste_form=form)
    pasted, problems = read_pasted(form.cleaned_data["text"])
    if pasted is None:
        form.add_error("text", problems)
        return _home(request, 422, paste_form=form)
    version = drafts.start_draft(person(request))
    apply_all(version, pasted, by=person(request))
    messages.success(request, _("The form is filled from what you pasted. Check each field."))
    for problem in problems:
        messages.warning(request, problem)
    return redirect("publications:deposit_edit", version.pk)
