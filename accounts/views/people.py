"""Curators look after the people named in outputs."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import edit_person
from accounts.forms import PersonForm
from accounts.models import Merge, Person
from accounts.queries import log_of, merges, organisation_names, people
from accounts.rules import may_edit_person
from kesos_repo.access import curators

PER_PAGE = 50


@curators
@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()
    page = Paginator(people(search), PER_PAGE).get_page(request.GET.get("halaman"))
    return render(
        request, "accounts/people.html", {"page": page, "search": search, "merges": merges(Merge.Kind.PERSON)[:10]}
    )


@curators
@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    person = get_object_or_404(Person.objects.select_related("affiliation", "user"), pk=pk)
    if person.merged_into_id:
        return redirect("person_edit", person.merged_into_id)
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        edit_person(user, person, form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("people_curate")
    context = {
        "form": form,
        "person": person,
        "may_edit": may_edit_person(user, person),
        "organisation_names": organisation_names(),
        "entries": log_of(person)[:20],
    }
    return render(request, "accounts/person.html", context, status=422 if request.method == "POST" else 200)
