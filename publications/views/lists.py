"""The lists of public outputs."""

from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kesos_repo.access import public
from kesos_repo.page_cache import cached_for_anonymous
from publications.filters import OutputFilter
from publications.models import Output
from publications.queries.facets import Facet, facets_of
from publications.queries.generation import generation_of
from publications.queries.lists import NEWEST, ORDERS, list_page, offered_filters, types_with_counts, years_with_counts
from publications.queries.paging import page_number
from taxonomy.models import OutputType

ORDER_LABELS = [("terbaru", _("newest first")), ("terlama", _("oldest first")), ("judul", _("by title"))]


@public
@cached_for_anonymous
@require_safe
def output_list(request: HttpRequest) -> HttpResponse:
    """Everything public, narrowed by what the address says; values that make no sense are left out with a notice."""
    generation = generation_of(request)
    outputs, values, ignored = _narrowed(request.GET, generation)
    order = request.GET.get("urut", "")
    page = list_page(
        outputs,
        ORDERS.get(order, NEWEST),
        page_number(request.GET.get("halaman")),
        generation,
        f"list:{timezone.localdate()}:{urlencode(sorted(values.items()), doseq=True)}",
    )
    context: dict[str, Any] = {
        "page": page,
        "facets": cache(lambda: facets_of(offered_filters(generation), values)),
        "values": values,
        "ignored": ignored,
        "orders": ORDER_LABELS,
        "order": order if order in ORDERS else "terbaru",
        "is_filtered": bool(values),
    }
    if values:
        context["applied"] = applied(request.GET, context["facets"](), values.get("q", ""))
    return render(request, "publications/list.html", context)


def _narrowed(query: QueryDict, generation: int | None) -> tuple[QuerySet[Output], dict[str, Any], bool]:
    """The outputs, what was chosen, and whether something of the address was left out."""
    outputs = Output.objects.public()
    if not OutputFilter.base_filters.keys() & query.keys():
        return outputs, {}, False
    chosen = OutputFilter(query, outputs, offered_filters(generation))
    narrowed = chosen.qs
    values = {name: value for name, value in chosen.form.cleaned_data.items() if value}
    return narrowed, values, bool(chosen.form.errors)


def applied(query: QueryDict, facets: list[Facet], words: str) -> list[tuple[str, str]]:
    """(label, address without it) for each thing that narrows the list."""
    chosen = [(f"“{words}”", "q", words)] if words else []
    chosen += [(option.label, facet.name, option.value) for facet in facets for option in facet.chosen]
    return [(label, _without(query, name, value)) for label, name, value in chosen]


def _without(query: QueryDict, name: str, value: str) -> str:
    kept = [
        (key, each)
        for key, values in query.lists()
        for each in values
        if key != "halaman" and not (key == name and (key == "q" or each == value))
    ]
    return f"?{urlencode(kept)}" if kept else "?"


@public
@cached_for_anonymous
@require_safe
def years(request: HttpRequest) -> HttpResponse:
    return render(request, "publications/years.html", {"years": years_with_counts(generation_of(request))})


@public
@cached_for_anonymous
@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    generation = generation_of(request)
    counted = dict(years_with_counts(generation))
    if year not in counted:
        raise Http404
    outputs = Output.objects.public().filter(year=year)
    page = list_page(outputs, NEWEST, page_number(request.GET.get("halaman")), generation, f"year:{year}")
    known = sorted(counted)
    place = known.index(year)
    context = {
        "page": page,
        "year": year,
        "earlier": known[place - 1] if place else None,
        "later": known[place + 1] if place + 1 < len(known) else None,
    }
    return render(request, "publications/year.html", context)


@public
@cached_for_anonymous
@require_safe
def types(request: HttpRequest) -> HttpResponse:
    return render(request, "publications/types.html", {"types": types_with_counts(generation_of(request))})


@public
@cached_for_anonymous
@require_safe
def of_type(request: HttpRequest, slug: str) -> HttpResponseBase:
    kind = get_object_or_404(OutputType.objects.select_related("replaced_by"), slug=slug)
    if kind.retired_on and kind.replaced_by:
        return redirect("publications:type", kind.replaced_by.slug, permanent=True)
    generation = generation_of(request)
    outputs = Output.objects.public().filter(type=kind)
    page = list_page(outputs, NEWEST, page_number(request.GET.get("halaman")), generation, f"type:{kind.pk}")
    return render(request, "publications/type.html", {"page": page, "type": kind})
