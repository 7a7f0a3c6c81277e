"""Themes for the next call: where they come from, how they are ranked, who sees them."""

import csv
import datetime
import io
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evidence.models import MapAxis, Question
from evidence.queries import themes as queries
from evidence.queries.mapping import gaps
from evidence.queries.themes import Theme, Why, themes
from taxonomy.models import Outcome, Pmks, Service
from tests.factories.accounts import make_user
from tests.factories.evidence import curator, make_finding, make_recommendation
from tests.factories.publications import make_output, some_user, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
PAGE, TABLE = "/kurasi/tema/", "/kurasi/tema/unduh.csv"
OLDER, SERVICE = "PMKS-08", "REHSOS-02"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def make_question(state: str = "asked", service: str | None = SERVICE, days: int = 0, **columns: Any) -> Question:
    """Straight into its state: how it gets there is tested with the questions."""
    if state in ("answered", "published"):
        columns = {
            "answer_id": "a",
            "answer_en": "a",
            "answered_by": curator(1),
            "answered_at": timezone.now(),
        } | columns
    if state in ("published", "declined", "withdrawn"):
        columns = {"decided_by": curator(2), "decided_on": timezone.localdate(), "reason": "x"} | columns
    return Question.objects.create(
        pmks=Pmks.objects.get(code=OLDER),
        service=Service.objects.get(code=service) if service else None,
        text_id="Apakah kunjungan rumah bekerja?",
        text_en="Do home visits work?",
        state=state,
        asked_by=some_user(),
        asked_at=timezone.now() - datetime.timedelta(days=days),
        **columns,
    )


def theme_of(column: str | None = SERVICE, pmks: str = OLDER) -> Theme | None:
    return next(
        (one for one in themes() if one.pmks.code == pmks and (one.column.code if one.column else None) == column), None
    )


def points(theme: Theme | None) -> dict[Why, int]:
    assert theme is not None
    return {reason.why: reason.points for reason in theme.reasons}


def test_each_empty_cell_is_a_theme_and_no_full_one() -> None:
    make_finding()
    found = {(one.pmks.pk, one.axis, one.column.pk) for one in themes() if one.column}
    assert found == {(gap.pmks.pk, gap.axis, gap.column.pk) for gap in gaps()}
    assert theme_of() is None
    assert (
        len(found)
        == Pmks.objects.active().count() * (Service.objects.active().count() + Outcome.objects.active().count()) - 2
    )


class TestQuestions:
    def test_without_an_answer_count_with_their_age(self) -> None:
        make_finding()
        make_question(days=40)
        make_question(days=3)
        theme = theme_of()
        assert points(theme) == {Why.QUESTIONS: 2 * queries.FOR_QUESTION}
        assert theme is not None
        assert [question.days for question in theme.questions] == [40, 3]
        assert theme.reasons[0].text == "2 pertanyaan tanpa jawaban, yang terlama sejak 40 hari"

    def test_about_an_empty_cell_count_with_it(self) -> None:
        make_question()
        assert points(theme_of()) == {Why.QUESTIONS: queries.FOR_QUESTION, Why.EMPTY_CELL: queries.FOR_EMPTY_CELL}

    def test_about_no_service_are_themes_of_their_own(self) -> None:
        make_question(service=None)
        theme = theme_of(None)
        assert theme is not None
        assert (theme.axis, theme.column, theme.label) == (None, None, theme.pmks.label)

    @pytest.mark.parametrize(
        ("state", "is_gap", "why"),
        [
            ("asked", False, Why.QUESTIONS), ("answered", True, Why.QUESTIONS), ("answered", False, None),
            ("published", True, Why.GAP_ANSWERS), ("published", False, None), ("declined", False, None),
            ("declined", True, None), ("withdrawn", True, None),
        ],
    )  # fmt: skip
    def test_in_each_state(self, state: str, is_gap: bool, why: Why | None) -> None:
        make_finding()
        make_question(state, is_gap=is_gap)
        theme = theme_of()
        assert (theme is None) == (why is None)
        if why:
            assert set(points(theme)) == {why}


class TestPoints:
    def test_what_is_known_beside_it(self) -> None:
        make_finding(pmks=[OLDER], service="REHSOS-03")
        make_finding(pmks=["PMKS-24"], service=SERVICE)
        assert points(theme_of())[Why.NEIGHBOURS] == 2 * queries.FOR_NEIGHBOURS
        assert points(theme_of(pmks="PMKS-24", column="REHSOS-03"))[Why.NEIGHBOURS] == 2 * queries.FOR_NEIGHBOURS
        assert Why.NEIGHBOURS not in points(theme_of(pmks="PMKS-01", column="DAYASOS-01"))

    def test_open_recommendations_at_most_three(self) -> None:
        finding = make_finding(service="REHSOS-03")
        for _ in range(5):
            make_recommendation(finding)
        make_recommendation(finding, is_checked=False)
        theme = theme_of()
        assert points(theme)[Why.RECOMMENDATIONS] == 3
        assert theme is not None
        assert next(reason.number for reason in theme.reasons if reason.why == Why.RECOMMENDATIONS) == 5

    def test_publications_that_nobody_has_read_take_points(self) -> None:
        for _ in range(4):
            make_output(services=[Service.objects.get(code=SERVICE)])
        withdraw(make_output(services=[Service.objects.get(code=SERVICE)]))
        assert points(theme_of()) == {Why.EMPTY_CELL: queries.FOR_EMPTY_CELL, Why.UNREAD: -3}

    def test_findings_of_withdrawn_outputs_leave_the_cell_empty(self) -> None:
        finding = make_finding()
        assert theme_of() is None
        withdraw(finding.output)
        assert theme_of() is not None

    def test_the_most_points_first_then_the_oldest_question(self) -> None:
        make_question(days=3)
        make_question(service="REHSOS-03", days=90)
        make_question("published", service="REHSOS-05", is_gap=True)
        found = themes()
        assert [one.column.code for one in found[:3] if one.column] == ["REHSOS-05", "REHSOS-03", SERVICE]
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)

    def test_the_sum_is_what_the_reasons_say(self) -> None:
        make_question()
        make_recommendation(make_finding(service="REHSOS-03"))
        assert all(one.score == sum(reason.points for reason in one.reasons) for one in themes())


class TestPage:
    @pytest.mark.parametrize("role", [None, "researcher", "policymaker", "curator", "administrator"])
    def test_for_curators(self, client: Client, role: str | None) -> None:
        if role:
            client.force_login(make_user(role=role))
        expected = 200 if role in ("curator", "administrator") else 403 if role else 302
        for path in (PAGE, TABLE):
            assert client.get(path).status_code == expected

    def test_says_why_and_leads_on(self, client: Client) -> None:
        question = make_question(days=40)
        client.force_login(curator())
        html = client.get(PAGE).content.decode()
        assert "1 pertanyaan tanpa jawaban, sejak 40 hari" in html or "40 hari" in html
        assert f"/kurasi/pertanyaan/{question.pk}/" in html
        assert "Sel kosong pada peta bukti" in html
        assert "Empty cell of the evidence map" in client.get(f"/en{PAGE}").content.decode()

    def test_filters_and_table_say_the_same(self, client: Client) -> None:
        make_question()
        client.force_login(curator())
        for query, number in (
            ("?dari=pertanyaan", 1),
            ("?dari=layanan&pmks=lanjut-usia-terlantar", Service.objects.active().count()),
            ("?dari=luaran&pmks=lanjut-usia-terlantar", Outcome.objects.active().count()),
            ("?pmks=tidak-ada", 0),
        ):
            response: Any = client.get(TABLE + query)
            text = b"".join(response.streaming_content).decode().lstrip("\ufeff")
            assert len(list(csv.reader(io.StringIO(text)))) == number + 1, query
            assert client.get(PAGE + query).status_code == 200

    @pytest.mark.parametrize("query", ["?halaman=999", "?halaman=x", "?dari=%00", "?pmks=%00%3Cscript%3E"])
    def test_hostile_parameters(self, client: Client, query: str) -> None:
        client.force_login(curator())
        for path in (PAGE, TABLE):
            response: Any = client.get(path + query)
            assert response.status_code == 200
            if not response.streaming:
                assert "<script>" not in response.content.decode()

    def test_the_number_of_statements_is_constant(self, client: Client) -> None:
        client.force_login(curator())

        def statements() -> int:
            client.get(PAGE)
            cache.clear()
            with CaptureQueriesContext(connection) as seen:
                client.get(PAGE)
            return len(seen)

        make_question()
        make_recommendation(make_finding(service="REHSOS-03"))
        one = statements()
        for number in range(4):
            make_question(days=number, service=None)
            make_recommendation(make_finding(service="REHSOS-05", pmks=["PMKS-24", OLDER]))
        assert statements() == one


def test_the_axis_is_told() -> None:
    assert {one.axis for one in themes()} == set(MapAxis)
