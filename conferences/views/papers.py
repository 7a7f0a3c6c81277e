"""The papers of an edition at its desk: which published outputs were given there."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.signed_in import person
from conferences.actions import papers as actions
from conferences.forms.papers import CollectForm
from conferences.models import Edition
from conferences.queries.papers import papers_at_desk
from conferences.rules.papers import may_collect_papers
from conferences.views.common import render_desk, visible_edition
from kesos_repo.access import signed_in

PAGE_SIZE = 50


def _edition(request: HttpRequest, slug: str) -> Edition:
    edition = visible_edition(request, slug)
    if not may_collect_papers(person(request), edition):
        raise PermissionDenied
    return edition


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, slug: str) -> HttpResponseBase:
    edition = _edition(request, slug)
    form = CollectForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _collect(request, edition, form):
        return redirect("conferences:desk_papers", slug)
    return _page(request, edition, form)


def _page(request: HttpRequest, edition: Edition, form: CollectForm) -> HttpResponse:
    page = Paginator(papers_at_desk(edition), PAGE_SIZE).get_page(request.GET.get("halaman"))
    context: dict[str, Any] = {"section": "conferences:desk_papers", "page": page, "form": form}
    status = 422 if request.method == "POST" else 200
    return render_desk(request, "conferences/desk/papers.html", edition, context, status)


def _collect(request: HttpRequest, edition: Edition, form: CollectForm) -> bool:
    outputs = form.cleaned_data["outputs"]
    try:
        actions.collect_all(edition, outputs, by=person(request))
    except actions.AlreadyElsewhere as elsewhere:
        told = {"number": elsewhere.output.public_id, "edition": elsewhere.edition}
        form.add_error("outputs", _("%(number)s is a paper of %(edition)s. Nothing was taken over.") % told)
        return False
    done = ngettext("%(n)s paper is in the list.", "%(n)s papers are in the list.", len(outputs))
    messages.success(request, done % {"n": len(outputs)})
    return True


@signed_in
@require_POST
def release(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    edition = _edition(request, slug)
    paper = get_object_or_404(edition.papers.select_related("edition", "output"), pk=pk)
    actions.release(paper, by=person(request))
    messages.success(request, _("It is no longer a paper of this conference; the publication stays as it is."))
    return redirect("conferences:desk_papers", slug)
