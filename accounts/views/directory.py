"""Duplicates: find, merge, undo."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import queries
from accounts.actions import CannotMerge, merge_organisations, merge_people, undo_merge
from accounts.forms import MergeForm
from accounts.models import Merge, Organisation, Person
from kesos_repo.access import curators


@curators
@require_safe
def organisation_duplicates(request: HttpRequest) -> HttpResponse:
    context = {"pairs": queries.organisation_duplicates(), "kind": Merge.Kind.ORGANISATION}
    return render(request, "accounts/duplicates.html", context)


@curators
@require_safe
def person_duplicates(request: HttpRequest) -> HttpResponse:
    return render(
        request, "accounts/duplicates.html", {"pairs": queries.person_duplicates(), "kind": Merge.Kind.PERSON}
    )


@curators
@require_POST
def organisation_merge(request: HttpRequest) -> HttpResponse:
    return _merge(request, Organisation, merge_organisations, "organisation_duplicates")


@curators
@require_POST
def person_merge(request: HttpRequest) -> HttpResponse:
    return _merge(request, Person, merge_people, "person_duplicates")


@curators
@require_POST
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    merge = get_object_or_404(Merge, pk=pk)
    try:
        undo_merge(user, merge)
    except CannotMerge as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The two are separate again."))
    return redirect("organisations_curate" if merge.kind == Merge.Kind.ORGANISATION else "people_curate")


def _merge(request: HttpRequest, model: Any, action: Callable[..., Merge], back: str) -> HttpResponse:
    form = MergeForm(request.POST)
    if form.is_valid():
        keep = get_object_or_404(model, pk=form.cleaned_data["keep"])
        source = get_object_or_404(model, pk=form.cleaned_data["merge"])
        try:
            merge = action(request.user, source, keep)
        except CannotMerge as error:
            messages.error(request, str(error))
        else:
            said = _("“%(source)s” is now part of “%(target)s”.")
            messages.success(request, said % {"source": merge.source_name, "target": merge.target_name})
    else:
        messages.error(request, _("Choose which of the two to keep."))
    return redirect(back)
