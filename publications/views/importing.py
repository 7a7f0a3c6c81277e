"""The curators' pages for bulk import: upload, check, run, watch, take back."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

import publications.importing
from kesos_repo.access import SignedInRequest, curators
from publications.actions import importing
from publications.forms.importing import ImportForm
from publications.importing.columns import LABELS, headings_of
from publications.models import ImportBatch, ImportedFile, ImportProblem
from publications.models.imports import ImportState
from publications.queries import importing as queries
from publications.spreadsheets import harmless_in_csv
from publications.states import IllegalTransition
from publications.uploads import refused_uploads

PAGE_SIZE = 50
EXAMPLE = Path(publications.importing.__file__).parent / "example.csv"


@curators
@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: SignedInRequest) -> HttpResponse:
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST":
        for name in refused_uploads(request):
            form.add_error(name, _("The file is larger than what can be uploaded. Use the command import_outputs."))
        if form.is_valid():
            return redirect("publications:import_batch", _upload(request, form).pk)
    page = Paginator(queries.batches(), PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {"form": form, "page": page, "sources": queries.known_sources()}
    return render(request, "publications/importing/list.html", context, status=422 if form.errors else 200)


def _upload(request: SignedInRequest, form: ImportForm) -> ImportBatch:
    data = form.cleaned_data
    return importing.upload_batch(
        by=request.user,
        source=data["source"],
        format=data["format"],
        options=form.options,
        upload=data["file"],
        archive=data["archive"],
    )


@curators
@require_GET
def batch_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """With its remarks by row and column; while work is under way, what only the progress bar needs."""
    batch = get_object_or_404(ImportBatch.objects.select_related("started_by"), pk=pk)
    errors_only = request.GET.get("hanya") == "kesalahan"
    found = queries.problems(batch, errors_only)
    context = {
        "batch": batch,
        "rows": batch.total or batch.done,
        "mapping": {heading: LABELS[key] for heading, key in batch.mapping.items()},
        "is_stalled": queries.is_stalled(batch),
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "errors_only": errors_only,
        "held": list(queries.held_files(batch)[:100]),
        "file_counts": queries.file_counts(batch),
        "may_start": batch.state == ImportState.CHECKED,
        "may_undo": batch.state in (ImportState.DONE, ImportState.FAILED),
        "may_discard": batch.state in (ImportState.CHECKED, ImportState.FAILED) and not batch.done,
    }
    return render(request, "publications/importing/batch.html", context)


@curators
@require_GET
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The bar alone, asked for again and again; when the work has ended, the whole page is loaded anew."""
    batch = get_object_or_404(ImportBatch.objects.defer("preview", "mapping"), pk=pk)
    if not batch.is_busy:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"batch": batch, "is_stalled": queries.is_stalled(batch)}
    return render(request, "publications/importing/progress.html", context)


@curators
@require_POST
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Import what was checked; also go on with what was interrupted, whatever it was."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    try:
        importing.start(batch, by=request.user)
    except IllegalTransition:
        messages.error(request, _("This import has been started, finished or taken back in the meantime."))
    return redirect("publications:import_batch", pk)


@curators
@require_POST
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(ImportBatch, pk=pk)
    try:
        importing.discard_batch(batch, by=request.user)
    except IllegalTransition:
        messages.error(request, _("This import has been started, finished or taken back in the meantime."))
        return redirect("publications:import_batch", pk)
    messages.success(request, _("The file was discarded; nothing had been imported from it."))
    return redirect("publications:import")


@curators
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """What would happen and what stands in the way; then the deed."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    found = importing.obstacles(batch)
    if request.method == "POST":
        try:
            importing.begin_undo(batch, by=request.user, keep_used=bool(request.POST.get("keep_used")))
        except importing.CannotUndo as refusal:
            found = refusal.obstacles
        except IllegalTransition:
            messages.error(request, _("This import cannot be taken back now."))
            return redirect("publications:import_batch", pk)
        else:
            return redirect("publications:import_batch", pk)
    context = {
        "batch": batch,
        "obstacles": Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "used_count": len({obstacle.output_id for obstacle in found}),
        "may_undo": batch.state in (ImportState.DONE, ImportState.FAILED),
    }
    return render(request, "publications/importing/undo.html", context, status=409 if request.method == "POST" else 200)


@curators
@require_POST
def release_file(request: SignedInRequest, pk: int, file_pk: int) -> HttpResponse:
    waiting = get_object_or_404(ImportedFile.objects.select_related("batch"), pk=file_pk, batch=pk)
    importing.release(waiting, by=request.user)
    messages.success(request, _("The PDF is public now."))
    return redirect("publications:import_batch", pk)


@curators
@require_GET
def problems_csv(request: SignedInRequest, pk: int) -> StreamingHttpResponse:
    batch = get_object_or_404(ImportBatch, pk=pk)
    response = StreamingHttpResponse(_csv_lines(batch), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="impor-{batch.pk}.csv"'
    return response


class _Echo:
    def write(self, line: str) -> str:
        return line


def _csv_lines(batch: ImportBatch) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # so that spreadsheets take it for UTF-8
    yield writer.writerow([_("Row"), _("Column"), _("Kind"), _("What is wrong")])
    for problem in queries.each_problem(batch):
        yield writer.writerow([harmless_in_csv(str(cell)) for cell in _csv_row(problem)])


def _csv_row(problem: ImportProblem) -> list[str | int]:
    kind = _("error") if problem.is_error else _("remark")
    return [problem.row or "", problem.column, kind, problem.message]


@curators
@require_GET
def example(request: SignedInRequest) -> FileResponse:
    return FileResponse(EXAMPLE.open("rb"), as_attachment=True, filename="contoh-impor.csv", content_type="text/csv")


@curators
@require_GET
def columns(request: SignedInRequest) -> HttpResponse:
    """Every heading that is understood."""
    rows = [{"key": key, "label": label, "headings": headings_of(key)} for key, label in LABELS.items()]
    return render(request, "publications/importing/columns.html", {"rows": rows})
