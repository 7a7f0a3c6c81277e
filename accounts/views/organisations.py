"""Curators look after organisations."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import save_organisation
from accounts.forms import OrganisationForm
from accounts.models import Merge, Organisation
from accounts.queries import log_of, merges, organisation_names, organisations
from accounts.rules import may_confirm
from kesos_repo.access import curators

PER_PAGE = 50


@curators
@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()
    page = Paginator(organisations(search), PER_PAGE).get_page(request.GET.get("halaman"))
    context = {"page": page, "search": search, "merges": merges(Merge.Kind.ORGANISATION)[:10]}
    return render(request, "accounts/organisations.html", context)


@curators
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    user: Any = request.user
    organisation = (
        get_object_or_404(Organisation.objects.select_related("merged_into"), pk=pk) if pk else Organisation()
    )
    if organisation.merged_into_id:
        return redirect("organisation_edit", organisation.merged_into_id)
    form = OrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        confirmed = {"is_confirmed": True} if "confirm" in request.POST and may_confirm(user, organisation) else {}
        save_organisation(user, organisation, {**form.cleaned_data, **confirmed})
        messages.success(request, _("Saved."))
        return redirect("organisations_curate")
    context = {
        "form": form,
        "organisation": organisation,
        "organisation_names": organisation_names(),
        "may_confirm": bool(pk) and may_confirm(user, organisation),
        "entries": log_of(organisation)[:20] if pk else [],
    }
    return render(request, "accounts/organisation.html", context, status=422 if request.method == "POST" else 200)
