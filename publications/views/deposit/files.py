"""Step 1: the main document and what comes with it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.signed_in import person
from publications.actions import files
from publications.forms.deposit.small import ExtraFileForm
from publications.models import File, FileKind, Version
from publications.queries import deposits

from .common import for_editing
from .page import file_remarks, render_step
from .uploading import upload_problem, wants_json


@for_editing
@require_http_methods(["GET", "HEAD", "POST"])
def file_step(request: HttpRequest, version: Version) -> HttpResponseBase:
    """GET: the files. POST: a main document, new or instead of the present one."""
    if request.method != "POST":
        return _show(request, version)
    if request.FILES.get("extra") or request.POST.get("add") == "extra":
        return _add_extra(request, version)
    return _take_in(request, version, "file", FileKind.MAIN, "")


def _add_extra(request: HttpRequest, version: Version) -> HttpResponseBase:
    form = ExtraFileForm(request.POST)
    if not form.is_valid():
        return _show(request, version, 422, extra_form=form)
    return _take_in(request, version, "extra", form.cleaned_data["kind"], form.cleaned_data["description"], form)


def _take_in(
    request: HttpRequest,
    version: Version,
    name: str,
    kind: str,
    description: str,
    form: ExtraFileForm | None = None,
) -> HttpResponseBase:
    problem = upload_problem(request, name)
    if not problem:
        try:
            files.add_file(version, request.FILES[name], by=person(request), kind=kind, description=description)
        except files.FileRefused as refusal:
            problem = str(refusal.message)
    address = reverse("publications:deposit_file_step", args=[version.pk])
    if problem:
        if wants_json(request):
            return JsonResponse({"error": problem}, status=422)
        shown = {"extra_form": form} if form else {}
        return _show(request, version, 422, **{f"{name}_error": problem}, **shown)
    if wants_json(request):
        return JsonResponse({"url": address})
    messages.success(request, _("The file is stored."))
    return redirect(address)


def _show(request: HttpRequest, version: Version, status: int = 200, **context: Any) -> HttpResponse:
    main, others = deposits.files_of(version)
    everything = {
        "main": main,
        "other_files": [(file, _about(file)) for file in others],
        "is_waiting": bool(main and main.blob.reading_state == "waiting"),
        "remarks": file_remarks(main),
        "max_bytes": settings.MAX_UPLOAD_BYTES,
        "extra_form": ExtraFileForm(),
        "leads_on": version.revision == 0,
        "comments": [c for c in deposits.comments_of(version) if c.field == "file" and c.resolved_at is None],
        **context,
    }
    return render_step(request, "berkas", version, everything, status)


def _about(file: File) -> ExtraFileForm:
    values = {"kind": file.kind, "description": file.description}
    return ExtraFileForm(initial=values, prefix=f"file-{file.pk}")


@for_editing
@require_POST
def change_file(request: HttpRequest, version: Version, file_pk: int) -> HttpResponse:
    """Describe or remove one file."""
    file = version.files.select_related("version__output").filter(pk=file_pk).first()
    if file is None:
        raise Http404
    if request.POST.get("remove"):
        files.remove_file(file, by=person(request))
        messages.success(request, _("“%(name)s” is removed.") % {"name": file.name})
    else:
        form = ExtraFileForm(request.POST, prefix=f"file-{file.pk}")
        if form.is_valid():
            files.describe_file(file, by=person(request), **form.cleaned_data)
            messages.success(request, _("The description is saved."))
        else:
            messages.error(request, _("The description was not saved: it has at most 300 characters."))
    return redirect("publications:deposit_file_step", version.pk)
