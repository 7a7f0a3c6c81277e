"""The dashboard for those who lead: what there is, what is missing, what became of it."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evidence.mapping.vocabulary import Vocabulary
from evidence.queries.mapping import vocabulary
from evidence.states import QuestionState, RecommendationState
from kesos_repo.access import public
from kesos_repo.page_cache import cached_for_anonymous
from portal.dashboard import asked as addresses
from portal.dashboard import figures
from portal.dashboard.asked import Asked
from portal.dashboard.figures import FIGURES, Basis, Figure
from portal.queries import dashboard as queries
from portal.queries.home import CountedTerm, level_of
from portal.tables import Cell
from publications.queries.generation import generation_of
from publications.spreadsheets import csv_response
from taxonomy import umbrella
from taxonomy.models import Province


def _basis(request: HttpRequest) -> Basis:
    generation = generation_of(request)
    known = vocabulary(generation)
    asked = addresses.read(request.GET, known)
    return Basis(asked, known, queries.numbers(asked, known, generation))


@public
@cached_for_anonymous
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    basis = _basis(request)
    drawn = {key: figures.figure(key, basis) for key in FIGURES}
    context = {
        "asked": basis.asked,
        "choices": _choices(basis.asked, basis.known),
        "stats": _stats(basis, drawn),
        "figures": drawn,
        "maps": [] if basis.asked.province else _maps(basis),
        "without_findings": figures.without_findings(basis),
        "newest_questions": queries.newest_questions(basis.asked, basis.known),
        "today": timezone.localdate(),
    }
    return render(request, "portal/dashboard.html", context)


@public
@cached_for_anonymous
@require_safe
def dashboard_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """The numbers of one figure as CSV."""
    if key not in FIGURES:
        raise Http404
    figure = figures.figure(key, _basis(request))
    return csv_response(list(figure.table.rows()), f"dasbor-{key}")


def _choices(asked: Asked, known: Vocabulary) -> list[dict[str, Any]]:
    """The selects of the form."""
    parts = (
        ("klaster", "cluster", _("Cluster"), asked.cluster),
        ("pilar", "pillar", _("Pillar"), asked.pillar),
        ("provinsi", "province", _("Province"), asked.province),
    )
    return [
        {"name": name, "label": label, "terms": known.offered(kind), "chosen": chosen and chosen.slug}
        for name, kind, label, chosen in parts
    ]


def _linked(cell: Cell) -> str:
    return format_html('<a href="{}">{}</a>', cell.url, cell.text) if cell.url and cell.value else cell.text


def _of(whole: int) -> str:
    return _("of %(total)s") % {"total": Cell(whole).text}


def _stats(basis: Basis, drawn: dict[str, Figure]) -> list[tuple[str, str, str]]:
    """(label, number, what it is a part of)."""
    asked, known, numbers = basis.asked, basis.known, basis.numbers
    told_of, people = (int(cell.value or 0) for cell in drawn["cakupan"].table.lines[0].cells[:2])
    name = {"umbrella": umbrella.current()}
    answers = _summed((state, count) for (_kind, state), count in numbers.recommendations.items())
    asked_for = _summed((state, count) for (_pmks, state), count in numbers.questions.items())
    used, uses_url = sum(numbers.uses.values()), "" if asked.is_narrowed else reverse("evidence:uses")
    return [
        (_("Publications"), _linked(Cell(basis.outputs("all"), asked.outputs_url(known))), ""),
        (_("Findings"), _linked(Cell(basis.findings("all"), asked.findings_url(known))), ""),
        (_("%(umbrella)s with findings") % name, Cell(told_of).text, _of(people)),
        (_("Uses"), _linked(Cell(used, uses_url)), ""),
        (_("Recommendations done"), Cell(answers[RecommendationState.DONE]).text, _of(sum(answers.values()))),
        (_("Questions answered"), Cell(asked_for[QuestionState.PUBLISHED]).text, _of(sum(asked_for.values()))),
    ]  # fmt: skip


def _summed(counts: Iterable[tuple[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for key, count in counts:
        total[key] += count
    return total


def _maps(basis: Basis) -> list[dict[str, Any]]:
    """Publications and findings on the tiles of the provinces."""
    provinces = list(Province.objects.active())
    asked, known = basis.asked, basis.known
    return [
        {
            "label": _("Publications by province"),
            "counted": _("Publications"),
            "url": asked.outputs_url(known),
            "tiles": _tiles(provinces, basis.numbers.outputs.get("province", {})),
        },
        {
            "label": _("Findings by province"),
            "counted": _("Findings"),
            "url": asked.findings_url(known),
            "tiles": _tiles(provinces, basis.numbers.findings.get("province", {})),
        },
    ]


def _tiles(provinces: list[Province], counts: dict[int, int]) -> list[CountedTerm]:
    most = max(counts.values(), default=0)
    return [CountedTerm(p, counts.get(p.pk, 0), level_of(counts.get(p.pk, 0), most)) for p in provinces]
