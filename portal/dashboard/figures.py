"""The dashboard's tables, each with its name in addresses and the way it is drawn."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evidence.mapping.vocabulary import Term, Vocabulary
from evidence.models import AddresseeKind, MapAxis, UseKind
from evidence.states import QuestionState, RecommendationState
from portal.dashboard.asked import Asked, Pair
from portal.queries.dashboard import ALL, Counts, Numbers
from portal.tables import Cell, Column, Line, Table
from taxonomy import umbrella


@dataclass(frozen=True, slots=True)
class Figure:
    key: str
    title: str
    table: Table
    kind: str = "bar"
    note: str = ""
    unit: str = ""
    most: int | None = None
    apart: bool = False
    csv: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """All that the figures are made of."""

    asked: Asked
    known: Vocabulary
    numbers: Numbers

    def outputs(self, kind: str, key: int = ALL) -> int:
        return self.numbers.outputs.get(kind, {}).get(key, 0)

    def findings(self, kind: str, key: int = ALL) -> int:
        return self.numbers.findings.get(kind, {}).get(key, 0)

    def both(self, kind: str, key: int, outputs: Pair, findings: Iterable[Pair]) -> tuple[Cell, Cell]:
        """How many publications and findings, each with its list."""
        papers, told = self.outputs(kind, key), self.findings(kind, key)
        return (
            Cell(papers, self.asked.outputs_url(self.known, outputs) if papers else ""),
            Cell(told, self.asked.findings_url(self.known, *findings) if told else ""),
        )

    def shown(self, terms: Iterable[Term], kind: str) -> list[Term]:
        """Without those that are retired and of which nothing speaks any more."""
        counts: list[Counts] = [self.numbers.outputs, self.numbers.findings]
        return [term for term in terms if not term.is_retired or any(term.pk in c.get(kind, {}) for c in counts)]


def _both_columns() -> tuple[Column, Column]:
    return Column(_("Publications")), Column(_("Findings"))


def by_pmks(basis: Basis) -> Figure:
    terms = basis.shown(basis.asked.people(basis.known), "pmks")
    lines = [
        Line(
            term.label,
            basis.both("pmks", term.pk, ("pmks", term.slug), [("pmks", term.slug)]),
            reverse("topics:topic", args=[term.slug]),
        )
        for term in terms
    ]
    title = _("Publications and findings by kind of need (%(umbrella)s)") % {"umbrella": umbrella.current()}
    table = Table(str(umbrella.current()), _both_columns(), tuple(lines))
    return Figure("pmks", title, table, apart=True, note=_("What is about several kinds counts for each of them."))


def by_pillar(basis: Basis) -> Figure:
    def services(pillar: Term) -> list[Pair]:
        return [("layanan", term.slug) for term in basis.known.terms["service"] if term.parent == pillar.pk]

    lines = [
        Line(pillar.label, basis.both("pillar", pillar.pk, ("pilar", pillar.slug), services(pillar)))
        for pillar in basis.shown(basis.asked.pillars(basis.known), "pillar")
    ]
    note = _("Findings count for the pillar of the service that they are about.")
    table = Table(_("Pillar"), _both_columns(), tuple(lines))
    return Figure("pilar", _("Publications and findings by pillar"), table, apart=True, note=note)


def by_province(basis: Basis) -> Figure:
    lines = [
        Line(term.label, basis.both("province", term.pk, ("provinsi", term.slug), [("provinsi", term.slug)]))
        for term in basis.shown(basis.asked.provinces(basis.known), "province")
    ]
    table = Table(_("Province"), _both_columns(), tuple(lines))
    return Figure("provinsi", _("Publications and findings by province"), table, apart=True)


def by_year(basis: Basis) -> Figure:
    years = {year for counts in (basis.numbers.outputs, basis.numbers.findings) for year in counts.get("year", {})}
    lines = []
    for year in range(min(years), max(years) + 1) if years else ():
        papers, told = basis.both("year", year, ("tahun", str(year)), [])
        asked = replace(basis.asked, year_from=year, year_to=year)
        lines.append(Line(str(year), (papers, Cell(told.value, told.url and asked.findings_url(basis.known)))))
    note = _("Findings count for the year in which their paper was published.")
    table = Table(_("Year"), _both_columns(), tuple(lines))
    return Figure("tahun", _("Publications and findings by year"), table, kind="column", apart=True, note=note)


# --- coverage


def _share(part: int, whole: int) -> int | float | None:
    """In per cent; small ones with a decimal, so that something is never shown as nothing."""
    if not whole:
        return None
    exact = 100 * part / whole
    return round(exact) if exact >= 10 or exact == 0 else max(0.1, round(exact, 1))


def _measured(label: str, part: int, whole: int, url: str = "") -> Line:
    return Line(label, (Cell(part, url if part else ""), Cell(whole), Cell(_share(part, whole), suffix="%")))


def filled_cells(basis: Basis, axis: MapAxis) -> tuple[int, int]:
    """How many cells of the evidence map hold a finding, of how many."""
    kind = "service" if axis == MapAxis.SERVICE else "outcome"
    columns = basis.asked.services(basis.known) if axis == MapAxis.SERVICE else basis.known.terms["outcome"]
    rows = {term.pk for term in basis.asked.people(basis.known) if not term.is_retired}
    offered = [term for term in columns if not term.is_retired]
    filled = sum(len(rows & basis.numbers.findings.get(f"{kind}:{term.pk}", {}).keys()) for term in offered)
    return filled, len(rows) * len(offered)


def without_findings(basis: Basis) -> list[Term]:
    found = basis.numbers.findings.get("pmks", {})
    return [term for term in basis.asked.people(basis.known) if not term.is_retired and term.pk not in found]


def coverage(basis: Basis) -> Figure:
    name = {"umbrella": umbrella.current()}
    by_service, by_outcome = (filled_cells(basis, axis) for axis in (MapAxis.SERVICE, MapAxis.OUTCOME))
    people = [term for term in basis.asked.people(basis.known) if not term.is_retired]
    outputs, findings = basis.outputs("all"), basis.findings("all")
    maps = "" if basis.asked.is_narrowed else reverse("evidence:map")
    lines = [
        _measured(_("%(umbrella)s with findings") % name, len(people) - len(without_findings(basis)), len(people)),
        _measured(_("Cells %(umbrella)s × service with findings") % name, *by_service, maps),
        _measured(_("Cells %(umbrella)s × outcome with findings") % name, *by_outcome, maps and f"{maps}?kolom=luaran"),
        _measured(_("Publications with findings"), basis.outputs("with_findings"), outputs),
        _measured(_("Publications with a plain-language summary"), basis.outputs("with_summary"), outputs),
        _measured(_("Findings that say the cost"), basis.findings("with_cost"), findings),
        _measured(_("Findings that tell of harms"), basis.findings("with_harms"), findings),
        _measured(_("Findings whose strength two have rated"), basis.findings("rated_strength"), findings),
        _measured(_("Findings whose applicability two have rated"), basis.findings("rated_applicability"), findings),
    ]  # fmt: skip
    columns = (
        Column(pgettext("share", "Number"), is_drawn=False),
        Column(pgettext("share", "Of"), is_drawn=False),
        Column(pgettext("share", "Share")),
    )
    table = Table(_("What is covered"), columns, tuple(lines))
    note = _("An empty cell of the evidence map is a question that no research here has answered.")
    return Figure("cakupan", _("What is covered"), table, unit="%", most=100, note=note)


# --- uptake


def uses(basis: Basis) -> Figure:
    counted = basis.numbers.uses
    years = {year for _kind, year in counted}
    lines = [
        Line(
            str(year),
            tuple(Cell(counted.get((kind, year), 0), _uses_url(basis, kind, year, counted)) for kind in UseKind.values),
        )
        for year in (range(min(years), max(years) + 1) if years else ())
    ]
    columns = tuple(Column(str(UseKind(kind).label)) for kind in UseKind.values)
    return Figure(
        "pemakaian", _("Where publications were used, by year"), Table(_("Year"), columns, tuple(lines)), "stacked"
    )


def _uses_url(basis: Basis, kind: str, year: int, counted: dict[tuple[str, int], int]) -> str:
    """The list knows none of the filters of this page."""
    if basis.asked.is_narrowed or not counted.get((kind, year)):
        return ""
    return f"{reverse('evidence:uses')}?jenis={kind}&tahun={year}"


def by_answer(basis: Basis) -> Figure:
    counts: dict[str, int] = defaultdict(int)
    for (_addressee, state), count in basis.numbers.recommendations.items():
        counts[state] += count
    base = "" if basis.asked.is_narrowed else reverse("evidence:recommendations")
    lines = [
        Line(str(state.label), (Cell(counts[state], f"{base}?status={state}" if base and counts[state] else ""),))
        for state in RecommendationState
    ]
    table = Table(pgettext("recommendation", "What became of it"), (Column(_("Recommendations")),), tuple(lines))
    return Figure("rekomendasi", _("What became of recommendations"), table)


def by_addressee(basis: Basis) -> Figure:
    counted = basis.numbers.recommendations
    lines = [
        Line(str(kind.label), tuple(_answered(basis, kind, state, counted) for state in RecommendationState))
        for kind in AddresseeKind
    ]
    columns = tuple(Column(str(state.label)) for state in RecommendationState)
    title = _("Recommendations by whom they are addressed to")
    return Figure(
        "penerima", title, Table(pgettext("recommendation", "Addressed to"), columns, tuple(lines)), "stacked_bar"
    )


def _answered(
    basis: Basis, kind: AddresseeKind, state: RecommendationState, counted: dict[tuple[str, str], int]
) -> Cell:
    """The list knows none of the filters of this page."""
    number = counted.get((kind, state), 0)
    if basis.asked.is_narrowed or not number:
        return Cell(number)
    return Cell(number, f"{reverse('evidence:recommendations')}?sasaran={kind}&status={state}")


# --- questions

WAITING = (QuestionState.ASKED, QuestionState.ANSWERED)


def questions(basis: Basis) -> Figure:
    """Only kinds that somebody has asked about, those most asked about first."""
    counted = basis.numbers.questions
    found = []
    for term in basis.asked.people(basis.known):
        published = counted.get((term.pk, QuestionState.PUBLISHED), 0)
        waiting = sum(counted.get((term.pk, state), 0) for state in WAITING)
        url = f"{reverse('evidence:questions')}?pmks={term.slug}" if published else ""
        if published or waiting:
            found.append(
                Line(term.label, (Cell(published, url), Cell(waiting)), reverse("topics:topic", args=[term.slug]))
            )
    found.sort(key=lambda line: -sum(cell.value or 0 for cell in line.cells))
    columns = (Column(pgettext("questions", "answered")), Column(pgettext("questions", "waiting for an answer")))
    table = Table(str(umbrella.current()), columns, tuple(found))
    note = (
        _("The filters of pillar, province and year do not apply to questions.") if basis.asked.is_about_papers else ""
    )
    return Figure("pertanyaan", _("What policymakers ask about"), table, "stacked_bar", note=note)


FIGURES: dict[str, Callable[[Basis], Figure]] = {
    "pmks": by_pmks,
    "pilar": by_pillar,
    "provinsi": by_province,
    "tahun": by_year,
    "cakupan": coverage,
    "pemakaian": uses,
    "rekomendasi": by_answer,
    "penerima": by_addressee,
    "pertanyaan": questions,
}


def figure(key: str, basis: Basis) -> Figure:
    return replace(FIGURES[key](basis), csv=reverse("dashboard_file", args=[key]) + basis.asked.query)
