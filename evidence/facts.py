"""What a finding says besides its statement, in the order in which policymakers ask; what is not known says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from evidence.models import Finding, Said


@dataclass(frozen=True, slots=True)
class Value:
    text: str
    url: str = ""
    language: str = ""  # where it is not that of the page


@dataclass(frozen=True, slots=True)
class Fact:
    """Nothing in `values`: unknown."""

    key: str
    label: str
    values: tuple[Value, ...]


def facts_of(finding: Finding) -> list[Fact]:
    rows: list[tuple[str, str, Iterable[Value]]] = [
        ("cost", _("Cost"), _cost(finding)),
        ("harms", _("Harms and side effects"), _said(finding.harms)),
        ("people", _("For whom"), [_topic(kind) for kind in finding.pmks.all()]),
        ("population", _("Who was studied"), _said(finding.population)),
        ("service", _("What was done"), [*_term(finding.service), *_said(finding.intervention)]),
        ("outcome", _("What it changes"), [*_term(finding.outcome), *_said(finding.outcome_detail)]),
        ("size", _("Size"), _size(finding)),
        ("comparison", _("Compared with"), _said(finding.comparison)),
        ("sample", _("Sample"), [Value(number(finding.sample_size))] if finding.sample_size else []),
        ("places", _("Where"), [Value(province.label) for province in finding.provinces.all()]),
        ("years", _("Years of the data"), _years(finding)),
        ("method", _("Method"), _term(finding.method)),
        ("limits", _("What it does not show"), _said(finding.limits)),
    ]
    return [Fact(key, label, tuple(values)) for key, label, values in rows]


def _said(text: Said) -> list[Value]:
    return [Value(text, language=text.language)] if text else []


def _term(term: Any) -> list[Value]:
    return [Value(term.label)] if term else []


def _topic(kind: Any) -> Value:
    return Value(kind.label, reverse("topics:topic", args=[kind.slug]))


def _years(finding: Finding) -> list[Value]:
    first, last = finding.years_from, finding.years_to
    if first and last:
        return [Value(str(first) if first == last else f"{first}–{last}")]
    if first or last:
        text = _("from %(year)d") % {"year": first} if first else _("until %(year)d") % {"year": last}
        return [Value(text)]
    return []


def _cost(finding: Finding) -> list[Value]:
    if finding.cost_amount is None:
        return []
    basis = finding.cost_basis
    return [Value(f"{rupiah(finding.cost_amount)} {basis}".strip(), language=basis.language)]


def rupiah(amount: Decimal) -> str:
    """'Rp1.250.000'; with sen only where there are any."""
    whole = amount == amount.to_integral_value()
    return f"Rp{number(amount) if whole else number_format(amount, decimal_pos=2, force_grouping=True)}"


def _size(finding: Finding) -> list[Value]:
    text = size_text(finding)
    return [Value(text, language=finding.size_unit.language)] if text else []


def size_text(finding: Finding) -> str:
    """'4.2 points (interval 1.1 to 7.3)'; empty where none is known."""
    interval = _interval(finding)
    if finding.size_value is None:
        return f"{interval} {finding.size_unit}".strip() if interval else ""
    value = f"{number(finding.size_value)} {finding.size_unit}".strip()
    return _("%(value)s (interval %(interval)s)") % {"value": value, "interval": interval} if interval else value


def _interval(finding: Finding) -> str:
    low, high = finding.size_low, finding.size_high
    if low is not None and high is not None:
        return _("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}
    if low is not None:
        return _("at least %(number)s") % {"number": number(low)}
    return _("at most %(number)s") % {"number": number(high)} if high is not None else ""


def number(value: Decimal | int | None) -> str:
    """As the language of the page writes it, without zeros at the end."""
    if value is None:
        return ""
    shown = Decimal(value).normalize()
    places = max(0, -int(shown.as_tuple().exponent))
    text = number_format(abs(shown), decimal_pos=places, force_grouping=True)
    return f"−{text}" if shown < 0 else text
