"""Whatever findings there are and whatever is asked: map, list and files count the same, cell by cell."""

import csv
import datetime
import io
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.mapping.asked import Asked
from evidence.mapping.cells import NOTHING
from evidence.mapping.counting import count
from evidence.models import Direction, Finding, MapAxis
from evidence.queries.mapping import counts_of, evidence_map, gaps, matching, vocabulary
from evidence.queries.snapshots import counted_now
from publications.models import Output
from taxonomy.models import Method, Outcome, Pmks, Province, Service
from tests.factories.evidence import curator
from tests.factories.publications import make_output, some_user, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
PMKS = ["PMKS-01", "PMKS-02", "PMKS-08"]
SERVICES = ["REHSOS-02", "DAYASOS-07", None]
OUTCOMES = ["FUN", "INC"]
PROVINCES = {"ID-JT": "jawa-tengah", "ID-PA": "papua"}
METHODS = {"kuasi": "kuasi-eksperimen", "kual": "kualitatif"}


@dataclass(frozen=True)
class Made:
    study: int
    state: str
    pmks: tuple[str, ...]
    service: str | None
    outcome: str
    provinces: tuple[str, ...]
    method: str | None
    strength: int | None
    applicability: int | None
    direction: str


LEVELS = st.sampled_from([None, 1, 2, 3, 4])
MADE = st.builds(
    Made,
    study=st.integers(0, 4),
    state=st.sampled_from(["checked"] * 4 + ["draft", "withdrawn"]),
    pmks=st.lists(st.sampled_from(PMKS), unique=True, max_size=3).map(tuple),
    service=st.sampled_from(SERVICES),
    outcome=st.sampled_from(OUTCOMES),
    provinces=st.lists(st.sampled_from(list(PROVINCES)), unique=True, max_size=2).map(tuple),
    method=st.sampled_from([None, *METHODS]),
    strength=LEVELS,
    applicability=LEVELS,
    direction=st.sampled_from(Direction.values),
)
CHOSEN = st.lists(
    st.sampled_from([("provinsi", slug) for slug in PROVINCES.values()] + [("metode", "kualitatif")]),
    unique=True, max_size=2,
)  # fmt: skip


def with_years_in_order(asked: Asked) -> Asked:
    """As every address gives them, whichever stands first there."""
    first, last = asked.year_from, asked.year_to
    return replace(asked, year_from=last, year_to=first) if first and last and first > last else asked


ASKED = st.builds(
    Asked,
    chosen=CHOSEN.map(tuple),
    year_from=st.sampled_from([None, 2012, 2016]),
    year_to=st.sampled_from([None, 2014]),
    strength=LEVELS,
    applicability=LEVELS,
    axis=st.sampled_from(list(MapAxis)),
    folded=st.sampled_from([(), ("anak",)]),
).map(with_years_in_order)
EXAMPLES = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def studies(vocabularies: None) -> list[Output]:
    """Of several years; the last is withdrawn."""
    owner = some_user()
    made = [make_output(owner, date=datetime.date(2010 + 2 * n, 1, 1)) for n in range(5)]
    withdraw(made[-1])
    return made


@pytest.fixture
def terms(vocabularies: None) -> dict[str, dict[str, Any]]:
    models = {"pmks": Pmks, "service": Service, "outcome": Outcome, "method": Method, "province": Province}
    return {name: {term.code: term for term in model.objects.all()} for name, model in models.items()}


def create(made: list[Made], studies: list[Output], terms: dict[str, dict[str, Any]]) -> None:
    """Past the actions: they would take minutes, and would not let the strangest ones through."""
    owner, checker, now = studies[0].owner, curator(), timezone.now()
    for one in made:
        output = studies[one.study]
        is_decided = one.state != "draft"
        finding = Finding.objects.create(
            output=output, version_id=output.current_id, statement_id="Temuan.", statement_en="Finding.",
            service=terms["service"].get(one.service), outcome=terms["outcome"][one.outcome],
            method=terms["method"].get(one.method), direction=one.direction, strength=one.strength,
            applicability=one.applicability, state=one.state, entered_by=owner, edited_by=owner,
            proposed_at=now if is_decided else None, checked_by=checker if is_decided else None,
            checked_on=now.date() if is_decided else None, withdrawn_at=now if one.state == "withdrawn" else None,
            withdrawal_reason="Keliru." if one.state == "withdrawn" else "",
        )  # fmt: skip
        finding.pmks.set(terms["pmks"][code] for code in one.pmks)
        finding.provinces.set(terms["province"][code] for code in one.provinces)


def counted(made: list[Made], asked: Asked) -> dict[tuple[str, str | None], tuple[int, int]]:
    """{(PMKS, column): (studies, findings)}, worked out plainly."""
    found: dict[tuple[str, str | None], list[int]] = {}
    for one in made:
        if _counts(one, asked):
            column = one.service if asked.axis == MapAxis.SERVICE else one.outcome
            for code in one.pmks:
                found.setdefault((code, column), []).append(one.study)
    return {key: (len(set(studies)), len(studies)) for key, studies in found.items()}


def _counts(one: Made, asked: Asked) -> bool:
    year = 2010 + 2 * one.study
    provinces = {PROVINCES[code] for code in one.provinces}
    wanted, methods = set(asked.values("provinsi")), set(asked.values("metode"))
    return (
        one.state == "checked"
        and one.study != 4
        and (asked.year_from is None or year >= asked.year_from)
        and (asked.year_to is None or year <= asked.year_to)
        and (not wanted or bool(wanted & provinces))
        and (not methods or METHODS.get(one.method or "") in methods)
        and (asked.strength is None or (one.strength or 0) >= asked.strength)
        and (asked.applicability is None or (one.applicability or 0) >= asked.applicability)
    )


@EXAMPLES
@given(made=st.lists(MADE, max_size=12), asked=ASKED)
def test_map_list_and_files_agree(studies: list[Output], terms: Any, made: list[Made], asked: Asked) -> None:
    with transaction.atomic():
        create(made, studies, terms)
        agree(made, asked)
        transaction.set_rollback(True)


def agree(made: list[Made], asked: Asked) -> None:
    known, client = vocabulary(None), Client()
    cache.clear()
    plain = Asked(**{name: getattr(asked, name) for name in Asked.__slots__} | {"folded": ()})
    shown = evidence_map(plain, None)
    expected = counted(made, asked)
    cells = {
        (row.term.code, cell.column.term.code if cell.column.term else None): cell
        for row in shown.rows
        if row.term
        for cell in row.cells
    }
    assert {key: (c.tally.studies, c.tally.findings) for key, c in cells.items() if not c.is_gap} == expected
    cluster_of = {term.pk: term.parent for term in known.terms["pmks"]}
    assert counts_of(asked, None) == count(counted_now(asked.for_map(), known)[0], cluster_of)

    for key, cell in list(cells.items())[:: max(1, len(cells) // 6)] + [(key, cells[key]) for key in expected]:
        studies, findings = expected.get(key, (0, 0))
        page = client.get(cell.url)
        assert page.status_code == 200
        assert (page.context["paging"].total, page.context["studies"]) == (findings, studies), cell.url
        lines = table(client, cell.url.replace("/temuan/?", "/temuan/temuan.csv?"))
        assert len(lines) == findings
        assert len({line["publikasi"] for line in lines}) == studies

    of_map = table(client, f"/bukti/peta.csv?{urlencode(plain.pairs())}")
    column = "kode layanan" if asked.axis == MapAxis.SERVICE else "kode luaran"
    found = {(li["kode"], li[column] or None): (int(li["studi"]), int(li["temuan"])) for li in of_map if li["kode"]}
    assert {key: numbers for key, numbers in found.items() if numbers[1]} == expected
    assert set(found) == set(cells)


def table(client: Client, path: str) -> list[dict[str, str]]:
    response = client.get(path)
    assert response.status_code == 200, path
    text = b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))


@EXAMPLES
@given(made=st.lists(MADE, max_size=8), asked=ASKED)
def test_folded_clusters_and_totals_count_each_finding_once(
    studies: list[Output], terms: Any, made: list[Made], asked: Asked
) -> None:
    with transaction.atomic():
        create(made, studies, terms)
        known, client = vocabulary(None), Client()
        cache.clear()
        shown = evidence_map(asked, None)
        all_findings = matching(asked.for_map(), known)
        assert shown.total.findings == all_findings.count()
        for group in shown.groups:
            for cell in group.rows[0].cells if group.is_folded else ():
                assert client.get(cell.url).context["paging"].total == cell.tally.findings
            if group.term and group.term.slug == "anak":
                of_children = all_findings.filter(pmks__cluster=group.term.pk).distinct()
                assert group.total.findings == of_children.count()
        transaction.set_rollback(True)


@EXAMPLES
@given(made=st.lists(MADE, max_size=8))
def test_gaps_and_known_cells_are_the_whole_map(studies: list[Output], terms: Any, made: list[Made]) -> None:
    with transaction.atomic():
        create(made, studies, terms)
        for axis in MapAxis:
            counts = counts_of(Asked(axis=axis), None)
            empty = {(gap.pmks.pk, gap.column.pk) for gap in gaps(axis=axis)}
            known = {key for key, tally in counts.cells.items() if tally != NOTHING and None not in key}
            columns = Service if axis == MapAxis.SERVICE else Outcome
            assert not empty & known
            assert len(empty | known) == Pmks.objects.active().count() * columns.objects.active().count()
        transaction.set_rollback(True)
