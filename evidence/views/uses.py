"""Where outputs were used: for everybody to read, for who is signed in to report."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.queries import organisation_names
from accounts.signed_in import person
from evidence import rules
from evidence.actions import uses as actions
from evidence.forms.uses import UseForm
from evidence.models import Use, UseKind
from evidence.queries import uses as queries
from evidence.queries.citations import citations_of
from evidence.queries.uptake import reported_years, topics_of, uptake_in
from evidence.uses_table import rows_of
from evidence.views.common import private
from kesos_repo.access import public, signed_in
from kesos_repo.page_cache import cached_for_anonymous
from publications.addresses import site_base
from publications.queries.public import find_version
from publications.rules.reading import is_gone
from publications.spreadsheets import csv_response
from publications.views.common import other_spelling
from publications.views.deposit.common import keeps_typed, take_typed
from publications.views.output import tombstone

PAGE_SIZE = 25


@public
@cached_for_anonymous
@require_safe
def use_list(request: HttpRequest) -> HttpResponse:
    asked = queries.UseFilter.of(request.GET)
    page = Paginator(queries.public_uses(asked), PAGE_SIZE).get_page(request.GET.get("halaman"))
    topics = topics_of(page)
    context = {
        "page": page,
        "rows": [(use, topics[use.pk]) for use in page],
        "asked": asked,
        "kinds": UseKind.choices,
        "topics": queries.offered_topics(),
        "years": queries.years(),
        "reports": reversed(reported_years()),
    }
    return render(request, "evidence/uses/list.html", context)


@public
@require_safe
def use_list_csv(request: HttpRequest) -> HttpResponseBase:
    return _csv(request, queries.UseFilter.of(request.GET), "penggunaan")


def _csv(request: HttpRequest, asked: queries.UseFilter, name: str) -> HttpResponseBase:
    rows = rows_of(queries.public_uses(asked), site_base(request), get_language() or "id")
    return csv_response(rows, name)


@public
@cached_for_anonymous
@require_safe
def use_report_of_year(request: HttpRequest, year: int) -> HttpResponse:
    """What was done with research in that year, to be read and printed."""
    known = _known_years(year)
    uptake = uptake_in(year)
    outputs = [use.output_id for use in uptake.uses]
    citations = citations_of(outputs, site_base(request), get_language() or "id")
    context = {
        "uptake": uptake,
        "rows": [(use, citations[use.output_id], uptake.topics[use.pk]) for use in uptake.uses],
        "former": year - 1 if year - 1 in known else None,
        "next": year + 1 if year + 1 in known else None,
    }
    return render(request, "evidence/uses/year.html", context)


def _known_years(year: int) -> range:
    known = reported_years()
    if year not in known:
        raise Http404
    return known


@public
@require_safe
def use_report_of_year_csv(request: HttpRequest, year: int) -> HttpResponseBase:
    _known_years(year)
    return _csv(request, queries.UseFilter(year=year), f"penggunaan-{year}")


@keeps_typed
@signed_in
@private
@require_http_methods(["GET", "HEAD", "POST"])
def report_use(request: HttpRequest, public_id: str) -> HttpResponseBase:
    if elsewhere := other_spelling(request, public_id):
        return elsewhere
    version, user = find_version(public_id), person(request)
    output = version.output
    if is_gone(output):
        return tombstone(request, version)
    form = UseForm(_typed(request), output=output, reporter=user)
    if request.method == "POST" and form.is_valid():
        try:
            data, is_another = form.data_for_action(), form.cleaned_data["is_another"]
            use = actions.report(output, data, by=user, is_another=is_another)
        except actions.AlreadyReported as known:
            form.show_alike(known)
        else:
            messages.success(request, _("Thank you. A curator checks it; you get a mail."))
            return redirect("evidence:use_report", use.pk)
    context = {"form": form, "version": version, "output": output, **_form_context(user)}
    return render(request, "evidence/uses/report.html", context, status=422 if request.method == "POST" else 200)


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, or what was kept while its author had to sign in again."""
    if request.method == "POST":
        return request.POST
    kept = take_typed(request)
    return QueryDict(kept) if kept else None


def _form_context(user: Any) -> dict[str, Any]:
    """The name that will stand with it, as readers see it."""
    return {"organisation_names": organisation_names(), "shown_as": Use(reported_by=user)}


@signed_in
@private
@require_safe
def my_reports(request: HttpRequest) -> HttpResponse:
    reports = Paginator(queries.reported_by(person(request)), PAGE_SIZE)
    return render(request, "evidence/uses/mine.html", {"page": reports.get_page(request.GET.get("halaman"))})


@keeps_typed
@signed_in
@private
@require_http_methods(["GET", "HEAD", "POST"])
def use_report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One's own report and what became of it; what was declined can be corrected and reported again."""
    user = person(request)
    use = queries.use_of_reporter(pk, user)
    if use is None:
        raise Http404
    form = None
    if rules.may_correct_use(user, use):
        form = UseForm(_typed(request), output=use.output, reporter=user, former=use)
        if request.method == "POST" and form.is_valid() and _reported_again(request, use, form):
            return redirect("evidence:use_report", pk)
    elif request.method == "POST":
        messages.error(request, _("This report is not open for changes now. Nothing was changed."))
        return redirect("evidence:use_report", pk)
    context = {"use": use, "form": form, **_form_context(user)}
    return render(request, "evidence/uses/my_report.html", context, status=422 if request.method == "POST" else 200)


def _reported_again(request: HttpRequest, use: Use, form: UseForm) -> bool:
    try:
        data, is_another = form.data_for_action(), form.cleaned_data["is_another"]
        actions.report_again(use, data, by=person(request), is_another=is_another)
    except actions.AlreadyReported as known:
        form.show_alike(known)
        return False
    messages.success(request, _("Thank you. A curator checks it; you get a mail."))
    return True
