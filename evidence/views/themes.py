"""Themes for the next call for papers, for curators."""

from collections.abc import Iterator, Sequence

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evidence.queries import themes as queries
from evidence.queries.mapping import vocabulary
from evidence.queries.themes import Theme
from evidence.views.common import private
from kesos_repo.access import SignedInRequest, curators
from publications.queries.generation import generation_of
from publications.spreadsheets import csv_response

PAGE_SIZE = 25
WITH_QUESTIONS, SERVICES, OUTCOMES = "pertanyaan", "layanan", "luaran"


@curators
@private
@require_safe
def theme_list(request: SignedInRequest) -> HttpResponse:
    topic, source = _topic(request), _source(request)
    context = {
        "page": Paginator(_wanted(request), PAGE_SIZE).get_page(request.GET.get("halaman")),
        "topic": topic,
        "source": source,
        "topics": vocabulary(generation_of(request)).offered("pmks"),
        "points": queries,
        "query": request.GET.urlencode(),
    }
    return render(request, "evidence/themes.html", context)


def _topic(request: HttpRequest) -> str:
    return request.GET.get("pmks", "")[:80]


def _source(request: HttpRequest) -> str:
    source = request.GET.get("dari", "")
    return source if source in (WITH_QUESTIONS, SERVICES, OUTCOMES) else ""


def _wanted(request: HttpRequest) -> list[Theme]:
    topic, source = _topic(request), _source(request)
    found = queries.themes(generation_of(request))
    if topic:
        found = [theme for theme in found if theme.pmks.slug == topic]
    if source == WITH_QUESTIONS:
        return [theme for theme in found if theme.questions]
    if source:
        axis = "service" if source == SERVICES else "outcome"
        return [theme for theme in found if theme.axis == axis]
    return found


@curators
@private
@require_safe
def theme_list_csv(request: SignedInRequest) -> HttpResponseBase:
    return csv_response(_rows(_wanted(request)), "tema")


def _rows(themes: list[Theme]) -> Iterator[Sequence[object]]:
    yield [
        _("Points"), _("PMKS code"), "PMKS", _("Service or outcome"), _("Code"), _("Why"),
        _("Questions"), _("Oldest question, in days"),
    ]  # fmt: skip
    for theme in themes:
        why = "; ".join(f"{reason.text} ({reason.points:+d})" for reason in theme.reasons)
        questions = " | ".join(question.text_id or question.text_en for question in theme.questions)
        oldest = max((question.days for question in theme.questions), default=None)
        column, code = (theme.column.label, theme.column.code) if theme.column else ("", "")
        yield [theme.score, theme.pmks.code, theme.pmks.label, column, code, why, questions, oldest]
