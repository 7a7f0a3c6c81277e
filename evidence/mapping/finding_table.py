"""Findings as lines of a table file."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from evidence.models import Finding, Level

Line = list[Any]


def lines(findings: Iterable[Finding], base: str) -> Iterator[Line]:
    """`findings` with their PMKS and provinces; `base`: scheme and host."""
    yield _headings()
    for finding in findings:
        yield _line(finding, base)


def _headings() -> Line:
    return [
        "id", _("address"), _("finding in Indonesian"), _("finding in English"), "PMKS", _("service"),
        _("what was done"), _("outcome"), _("what was measured"), _("direction"), _("size"), _("interval from"),
        _("interval to"), _("unit"), _("compared with"), _("sample"), _("who was studied"), _("provinces"),
        _("data from year"), _("data to year"), _("method"), _("strength of method"), _("applicability in Indonesia"),
        _("cost in rupiah"), _("cost of what"), _("harms"), _("what it does not show"), _("page in the PDF"),
        _("publication"), _("title"), _("year"), _("sample data"),
    ]  # fmt: skip


def _line(finding: Finding, base: str) -> Line:
    output, version = finding.output, finding.version
    return [
        finding.pk,
        base + reverse("evidence:finding", args=[finding.pk]),
        finding.statement_id,
        finding.statement_en,
        _joined(finding.pmks.all()),
        _label(finding.service),
        finding.intervention,
        _label(finding.outcome),
        finding.outcome_detail,
        finding.get_direction_display(),
        *(_plain(value) for value in (finding.size_value, finding.size_low, finding.size_high)),
        finding.size_unit,
        finding.comparison,
        finding.sample_size,
        finding.population,
        _joined(finding.provinces.all()),
        finding.years_from,
        finding.years_to,
        _label(finding.method),
        _level(finding.strength),
        _level(finding.applicability),
        _plain(finding.cost_amount),
        finding.cost_basis,
        finding.harms,
        finding.limits,
        finding.page,
        base + reverse("publications:output", args=[output.public_id]),
        version.title,
        output.year,
        _("yes") if output.is_sample else _("no"),
    ]


def _joined(terms: Iterable[Any]) -> str:
    return "; ".join(term.label for term in terms)


def _label(term: Any) -> str:
    return term.label if term else ""


def _level(value: int | None) -> str:
    return str(Level(value).label) if value else ""


def _plain(value: Decimal | None) -> str | Decimal | None:
    """Without zeros at the end and without an exponent."""
    return None if value is None else Decimal(f"{value.normalize():f}")
