"""Findings in every state, made by the actions that the site itself uses."""

from decimal import Decimal
from typing import Any

from accounts.models import Role, User
from evidence.actions import findings, ratings, recommendations, summaries
from evidence.models import Finding, PlainSummary, Recommendation
from evidence.states import FindingState
from publications.models import Output, Version
from taxonomy.models import Method, Outcome, Pmks, Province, Service
from tests.factories.publications import make_output

CODED = {"service": Service, "outcome": Outcome, "method": Method}
CODED_MANY = {"pmks": Pmks, "provinces": Province}


def curator(number: int = 1) -> User:
    email = f"kurator-bukti-{number}@contoh.id"
    known = User.objects.filter(email=email).first()
    return known or User.objects.create_user(email, name=f"Kurator Bukti {number}", role=Role.CURATOR)


def finding_data(**changes: Any) -> dict[str, Any]:
    """A whole finding; terms may be given by code."""
    data: dict[str, Any] = {
        "statement_id": "Kunjungan rumah dua kali sebulan membuat lanjut usia terlantar lebih mandiri.",
        "statement_en": "Home visits twice a month made neglected older people more independent.",
        "pmks": ["PMKS-08"],
        "service": "REHSOS-02",
        "intervention_id": "kunjungan rumah oleh kader",
        "intervention_en": "home visits by volunteers",
        "outcome": "FUN",
        "outcome_detail_id": "indeks Barthel",
        "outcome_detail_en": "Barthel index",
        "direction": "better",
        "size_value": Decimal("4.2"),
        "size_low": Decimal("1.1"),
        "size_high": Decimal("7.3"),
        "size_unit_id": "poin dari 100",
        "size_unit_en": "points of 100",
        "comparison_id": "desa tanpa kunjungan",
        "comparison_en": "villages without visits",
        "sample_size": 240,
        "population_id": "lanjut usia di atas 60 tahun yang hidup sendiri",
        "population_en": "people over 60 who live alone",
        "provinces": ["ID-JT"],
        "years_from": 2012,
        "years_to": 2013,
        "method": "kuasi",
        "cost_amount": Decimal("1250000"),
        "cost_basis_id": "per orang per tahun",
        "cost_basis_en": "per person per year",
        "harms_id": "Tiga kader berhenti karena lelah.",
        "harms_en": "Three volunteers left, tired.",
        "limits_id": "Tidak menunjukkan apa yang terjadi setelah satu tahun.",
        "limits_en": "Does not show what happens after a year.",
        "page": 2,
    } | changes
    for name, model in CODED.items():
        if isinstance(data.get(name), str):
            data[name] = model.objects.get(code=data[name])
    for name, many in CODED_MANY.items():
        if name in data:
            data[name] = [many.objects.get(code=term) if isinstance(term, str) else term for term in data[name]]
    return data


def version_of(output: Output) -> Version:
    found = output.versions.order_by("-number").first()
    assert found is not None
    return found


def make_finding(
    output: Output | None = None, state: str = FindingState.CHECKED, *, by: User | None = None, **data: Any
) -> Finding:
    """In this state, through the actions; entered by the output's owner, decided by `curator(1)`."""
    output = output or make_output()
    version, by = version_of(output), by or output.owner
    data.setdefault("file", version.files.filter(kind="main").first())
    finding = findings.enter(version, finding_data(**data), by=by)
    if state == FindingState.DRAFT:
        return finding
    finding = findings.propose(finding, by=by)
    if state == FindingState.RETURNED:
        return findings.return_to_enterer(finding, "Sebutkan satuannya.", by=curator())
    if state in (FindingState.CHECKED, FindingState.WITHDRAWN):
        finding = findings.check(finding, by=curator())
    if state == FindingState.WITHDRAWN:
        finding = findings.withdraw(finding, "Angka pada tabel 3 keliru.", by=curator())
    return finding


def make_ratings(finding: Finding, *values: int, kind: str = "strength") -> None:
    """One a rater, in this order."""
    for number, value in enumerate(values, 1):
        ratings.rate(finding, kind, value, f"Alasan penilai {number}.", by=curator(number))


def make_recommendation(finding: Finding, *, is_checked: bool = True, **data: Any) -> Recommendation:
    values = {
        "text_id": "Biayai kunjungan rumah dari dana desa.",
        "text_en": "Pay for home visits from village funds.",
        "addressee_kind": "local_government",
        "addressee_name": "Pemerintah kabupaten di Jawa Tengah",
        "findings": [finding],
    } | data
    made = recommendations.enter(finding.output, values, by=finding.output.owner)
    return recommendations.check(made, by=curator()) if is_checked else made


def make_summary(output: Output, *, is_checked: bool = True, text: str = "") -> PlainSummary:
    text = text or "Kader mengunjungi warga tua. Warga itu lalu lebih mandiri."
    summary = summaries.write(output, text, "Volunteers visit older people. They need less help.", by=output.owner)
    return summaries.check(summary, by=curator(), seen=summary.edited_at) if is_checked else summary
