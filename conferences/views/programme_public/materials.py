"""Slides and posters: bring them, show or hide them, take them away; read them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.signed_in import person
from conferences.actions import materials as actions
from conferences.actions.uploads import FileRefused
from conferences.checker.limits import MOST_BYTES
from conferences.models import Edition, Material, MaterialKind, Submission
from conferences.queries.programme_public import public_materials
from conferences.queries.submissions import submission_of
from conferences.rules.materials import may_bring, may_read_material, presents
from conferences.views.common import visible_edition
from conferences.views.site import of_edition
from kesos_repo.access import signed_in
from publications.downloads import send
from publications.views.deposit.uploading import upload_problem

View = Callable[..., HttpResponseBase]


def for_presenter(view: View) -> View:
    """The view gets the submission; what somebody does not present does not exist for them."""

    @signed_in
    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, pk: int, **kwargs: Any) -> HttpResponseBase:
        submission = submission_of(pk, visible_edition(request, slug))
        if submission is None or not presents(person(request), submission):
            raise Http404
        if not may_bring(person(request), submission):
            return _closed(request, submission)
        response = view(request, submission, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return wrapped


def _closed(request: HttpRequest, submission: Submission) -> HttpResponse:
    context = {"submission": submission, "edition": submission.edition}
    return render(request, "conferences/submissions/materials_closed.html", context, status=409)


@for_presenter
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    if request.method != "POST":
        return _show(request, submission)
    kind = request.POST.get("kind", "")
    if kind not in MaterialKind.values:
        raise Http404
    problem = upload_problem(request)
    if not problem:
        is_public = request.POST.get("is_public") == "1"
        try:
            actions.add_material(submission, kind, request.FILES["file"], is_public=is_public, by=person(request))
        except FileRefused as refusal:
            problem = str(refusal.message)
        else:
            messages.success(request, _("The file is stored."))
            return _back(submission)
    return _show(request, submission, 422, {kind: problem})


def _show(
    request: HttpRequest, submission: Submission, status: int = 200, problems: dict[str, str] | None = None
) -> HttpResponse:
    present = {material.kind: material for material in submission.materials.select_related("blob")}
    kinds = [
        {"name": kind, "label": MaterialKind(kind).label, "material": present.get(kind),
         "error": (problems or {}).get(kind, "")}
        for kind in MaterialKind.values
    ]  # fmt: skip
    context = {"submission": submission, "edition": submission.edition, "kinds": kinds, "most_bytes": MOST_BYTES}
    return render(request, "conferences/submissions/materials.html", context, status=status)


def _back(submission: Submission) -> HttpResponse:
    return redirect("conferences:submission_materials", submission.edition.slug, submission.pk)


@for_presenter
@require_POST
def change(request: HttpRequest, submission: Submission, material_pk: int) -> HttpResponseBase:
    material = get_object_or_404(submission.materials, pk=material_pk)
    material.submission = submission
    if request.POST.get("remove"):
        actions.remove_material(material, by=person(request))
        messages.success(request, _("The file is removed."))
    else:
        is_public = request.POST.get("is_public") == "1"
        actions.show_material(material, is_public=is_public, by=person(request))
        shown = _("Everybody may read it now.") if is_public else _("Only you, the authors and the committee read it.")
        messages.success(request, shown)
    return _back(submission)


@of_edition
def material(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    """What is public for everybody; else for who may read it, and for nobody else is it there."""
    found = public_materials().filter(submission__edition=edition, pk=pk).first()
    is_private = found is None
    if found is None:
        found = _for_the_few(request, edition, pk)
    number = found.submission.number or found.submission_id
    name = f"{edition.slug}-{number:03d}-{WORDS[found.kind]}.pdf"
    try:
        return send(request, found.blob.content, found.blob, name, private=is_private)
    except FileNotFoundError as error:
        raise Http404 from error


WORDS: dict[str, str] = {MaterialKind.SLIDES: "salindia", MaterialKind.POSTER: "poster"}


def _for_the_few(request: HttpRequest, edition: Edition, pk: int) -> Material:
    user: Any = request.user
    rows = Material.objects.select_related("blob", "submission")
    found = rows.filter(submission__edition=edition, pk=pk).first() if user.is_authenticated else None
    if found is None:
        raise Http404
    found.submission.edition = edition
    if not may_read_material(user, found):
        raise Http404
    return found
