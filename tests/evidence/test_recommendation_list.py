"""The list of recommendations: filters, numbers, the table; and how an addressee comes to hers."""

import csv
import io
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evidence.actions import recommendations
from evidence.models import Recommendation
from tests.evidence.test_recommendations import policymaker
from tests.factories.accounts import make_organisation, make_user
from tests.factories.evidence import curator, make_finding, make_recommendation
from tests.factories.publications import withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
LIST, TABLE = "/bukti/rekomendasi/", "/bukti/rekomendasi/unduh.csv"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def text_of(client: Client, path: str) -> str:
    response: Any = client.get(path)
    assert response.status_code == 200, path
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()


def test_filters_of_page_and_table_say_the_same(client: Client) -> None:
    unit = make_organisation("Direktorat Contoh")
    one = make_recommendation(
        make_finding(), text_id="Satu.", text_en="", addressee=unit, addressee_name="", addressee_kind="directorate"
    )
    make_recommendation(make_finding(pmks=["PMKS-24"]), text_id="Dua.", text_en="")
    recommendations.answer(one, "done", "Sudah.", by=curator())
    for query, here in (
        ("", {"Satu.", "Dua."}), ("?status=done", {"Satu."}), ("?status=open", {"Dua."}),
        ("?sasaran=directorate", {"Satu."}), (f"?lembaga={unit.pk}", {"Satu."}),
        ("?pmks=lanjut-usia-terlantar", {"Satu."}), (f"?lembaga={unit.pk}&status=open", set()),
        ("?status=x&sasaran=y&lembaga=abc&pmks=tidak-ada", {"Satu.", "Dua."}),
        ("?lembaga=99999999999999999999&pmks=%00", {"Satu.", "Dua."}), ("?untuk=saya", {"Satu.", "Dua."}),
    ):  # fmt: skip
        for path in (LIST, TABLE):
            text = text_of(client, path + query)
            assert {words for words in ("Satu.", "Dua.") if words in text} == here, path + query


def test_numbers_by_state_are_those_of_the_filter(client: Client) -> None:
    one = make_recommendation(make_finding())
    make_recommendation(make_finding(pmks=["PMKS-24"]))
    recommendations.answer(one, "planned", "", by=curator())
    numbers: Any = client.get(f"{LIST}?pmks=lanjut-usia-terlantar&status=open").context["numbers"]
    assert {state: number for state, _label, number in numbers} == {
        "open": 0, "noted": 0, "planned": 1, "done": 0, "declined": 0,
    }  # fmt: skip


def test_the_table_has_the_last_answer(client: Client) -> None:
    one = make_recommendation(make_finding())
    recommendations.answer(one, "planned", "Tahun depan.", by=curator())
    recommendations.answer(one, "done", "=Sudah.", by=curator())
    rows = list(csv.reader(io.StringIO(text_of(client, TABLE).lstrip("\ufeff"))))
    assert rows[1][5:7] == ["dilaksanakan", "'=Sudah."]


@pytest.mark.parametrize("path", [LIST, TABLE])
def test_what_is_not_public_stands_nowhere(client: Client, path: str) -> None:
    make_recommendation(make_finding(), text_id="Belum diperiksa.", is_checked=False)
    withdrawn = make_recommendation(make_finding(), text_id="Sudah ditarik.")
    withdraw(withdrawn.output)
    client.force_login(curator())
    text = text_of(client, path)
    assert "Belum diperiksa." not in text
    assert "Sudah ditarik." not in text


def test_the_number_of_statements_is_constant(client: Client) -> None:
    unit = make_organisation("Direktorat Contoh")
    client.force_login(policymaker(unit))

    def statements() -> int:
        text_of(client, LIST)
        cache.clear()
        with CaptureQueriesContext(connection) as seen:
            text_of(client, LIST)
        return len(seen)

    recommendations.answer(make_recommendation(make_finding()), "noted", "", by=curator())
    one = statements()
    for number in range(4):
        addressee = make_organisation(f"Dinas {number}")
        made = make_recommendation(make_finding(pmks=["PMKS-24"]), addressee=addressee, addressee_name="")
        recommendations.answer(made, "planned", "x", by=curator())
        recommendations.answer(made, "done", "x", by=curator(2))
    assert statements() == one


class TestAddressee:
    def test_comes_from_her_account_to_her_answer_and_its_log(self, client: Client) -> None:
        unit = make_organisation("Direktorat Contoh")
        client.force_login(policymaker(unit))
        assert "Belum ada rekomendasi yang ditujukan" in text_of(client, "/akun/")
        make_recommendation(make_finding(), text_id="Untuk orang lain.", text_en="")
        mine = make_recommendation(make_finding(), addressee=unit, addressee_name="", text_id="Untuk saya.", text_en="")
        html = text_of(client, "/akun/")
        assert "1 rekomendasi ditujukan kepada lembaga Anda" in html
        assert "?untuk=saya&amp;status=open" in html
        html = text_of(client, f"{LIST}?untuk=saya&status=open")
        assert "Untuk saya." in html
        assert "Untuk orang lain." not in html
        client.post(f"{LIST}{mine.pk}/", {"state": "planned", "note_id": "Tahun depan.", "note_en": ""})
        client.post(f"{LIST}{mine.pk}/", {"state": "done", "note_id": "Sudah berjalan.", "note_en": ""})
        html = text_of(client, f"{LIST}{mine.pk}/")
        assert html.index("Tahun depan.") < html.index("Sudah berjalan.")
        assert Recommendation.objects.get(pk=mine.pk).state == "done"
        assert "Semua sudah ditanggapi." in text_of(client, "/akun/")

    @pytest.mark.parametrize("role", ["researcher", "curator"])
    def test_others_are_told_nothing(self, client: Client, role: str) -> None:
        unit = make_organisation("Direktorat Contoh")
        make_recommendation(make_finding(), addressee=unit, addressee_name="")
        user = make_user(role=role)
        user.person.affiliation = unit
        user.person.save()
        client.force_login(user)
        assert "untuk=saya" not in text_of(client, "/akun/")
