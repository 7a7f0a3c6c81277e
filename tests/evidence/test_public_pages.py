"""The pages that everybody reads, and what pages of other apps show of findings."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evidence.actions import findings
from evidence.models import Finding
from evidence.states import FindingState
from publications.models import Output
from tests.evidence.test_facts import UNKNOWN
from tests.factories.accounts import make_user
from tests.factories.evidence import (
    curator,
    make_finding,
    make_ratings,
    make_recommendation,
    make_summary,
)
from tests.factories.publications import make_draft, make_output, make_submitted, make_version, some_user, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
TOPIC = "/topik/lanjut-usia-terlantar/"
ROLES = [None, "researcher", "policymaker", "curator", "administrator"]
STATEMENT = "Kunjungan rumah dua kali sebulan"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def address(finding: Finding) -> str:
    return f"/bukti/temuan/{finding.pk}/"


def paper(output: Output) -> str:
    return f"/publikasi/{output.public_id}/"


def html_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


class TestFindingPage:
    def test_says_everything_in_both_languages(self, client: Client) -> None:
        finding = make_finding()
        make_ratings(finding, 3, 2)
        make_recommendation(finding)
        html = html_of(client, address(finding))
        for text in (
            STATEMENT, "membaik", "4,2 poin dari 100 (selang 1,1 sampai 7,3)", "desa tanpa kunjungan", "240",
            "hidup sendiri", "Jawa Tengah", "2012–2013", "Kuasi-eksperimen", "Rp1.250.000 per orang per tahun",
            "Tiga kader berhenti", "Tidak menunjukkan apa yang terjadi", "rendah sampai sedang",
            "2 penilai berbeda 1 tingkat", "Kurator Bukti 1", "Alasan penilai 2", "Biayai kunjungan rumah",
            "belum ditanggapi", "Lanjut Usia Terlantar", "/bukti/rubrik/",
        ):  # fmt: skip
            assert text in html, text
        html = html_of(client, f"/en{address(finding)}")
        for text in ("Home visits twice a month", "better", "Rp1,250,000 per person per year", "Pay for home visits"):
            assert text in html, text

    def test_what_is_unknown_is_shown_as_unknown(self, client: Client) -> None:
        finding = make_finding(**UNKNOWN)
        assert html_of(client, address(finding)).count("tidak diketahui") == 11
        assert html_of(client, f"/en{address(finding)}").count(">unknown<") == 11

    def test_opens_the_pdf_at_its_page_in_the_version_it_was_read_in(self, client: Client) -> None:
        finding = make_finding()
        make_version(finding.output, file_name="kedua.pdf")
        html = html_of(client, address(finding))
        link = f"/publikasi/{finding.output.public_id}/v1/makalah.pdf"
        assert f'href="{link}#page=2"' in html
        assert "ada yang lebih baru" in html
        assert client.get(link).status_code == 200

    @pytest.mark.parametrize("access", ["embargoed", "restricted"])
    def test_offers_no_file_that_is_closed(self, client: Client, access: str) -> None:
        until = datetime.date(2031, 1, 1) if access == "embargoed" else None
        finding = make_finding(make_output(access=access, embargo_until=until))
        html = html_of(client, address(finding))
        assert "makalah.pdf" not in html
        assert "Halaman 2 dari dokumen, yang tidak terbuka" in html

    @pytest.mark.parametrize("state", list(FindingState))
    @pytest.mark.parametrize("role", [*ROLES, "owner"])
    def test_who_sees_it_in_which_state(self, client: Client, role: str | None, state: FindingState) -> None:
        finding = make_finding(state=state)
        if role:
            client.force_login(finding.output.owner if role == "owner" else make_user(role=role))
        response = client.get(address(finding))
        sees_all = role in ("owner", "curator", "administrator")
        expected = 200 if sees_all or state == "checked" else 410 if state == "withdrawn" else 404
        assert response.status_code == expected
        assert (STATEMENT in response.content.decode()) == (expected == 200)
        assert ("noindex" in response.content.decode()) == (state != "checked" or expected != 200)

    def test_a_withdrawn_one_says_why_and_nothing_else(self, client: Client) -> None:
        finding = make_finding(state=FindingState.WITHDRAWN)
        html = html_of(client, address(finding), 410)
        assert "Angka pada tabel 3 keliru." in html
        assert STATEMENT not in html
        assert paper(finding.output) in html

    def test_goes_with_its_output(self, client: Client) -> None:
        finding = make_finding()
        withdraw(finding.output)
        html = html_of(client, address(finding), 410)
        assert "temuannya ikut ditarik" in html
        assert STATEMENT not in html

    @pytest.mark.parametrize("make", [make_draft, make_submitted])
    def test_of_an_output_that_is_not_public(self, client: Client, make: Callable[[], Any]) -> None:
        finding = make_finding(make().output, FindingState.PROPOSED)
        assert client.get(address(finding)).status_code == 404

    @pytest.mark.parametrize("pk", ["0", "999999999", "9" * 40, "-1", "1x", "%00"])
    def test_hostile_numbers(self, client: Client, pk: str) -> None:
        assert client.get(f"/bukti/temuan/{pk}/").status_code == 404

    def test_hostile_texts_stay_text(self, client: Client) -> None:
        evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
        finding = make_finding(statement_id=evil, harms_id=evil, size_unit_id=evil[:90], cost_basis_id=evil)
        make_ratings(finding, 1)
        for path in (address(finding), paper(finding.output), TOPIC):
            html = html_of(client, path)
            assert "<script>alert" not in html
            assert "<img src=x" not in html

    def test_the_number_of_statements_is_constant(self, client: Client) -> None:
        def statements(finding: Finding) -> int:
            html_of(client, address(finding))
            cache.clear()
            client.cookies.clear()
            client.force_login(some_user())
            with CaptureQueriesContext(connection) as seen:
                html_of(client, address(finding))
            return len(seen)

        few, many = make_finding(), make_finding(pmks=["PMKS-08", "PMKS-24"], provinces=["ID-JT", "ID-JB"])
        make_recommendation(few)
        make_ratings(few, 3)
        for _ in range(3):
            make_recommendation(many)
        make_ratings(many, 1, 2, 3)
        make_ratings(many, 1, 2, 3, kind="applicability")
        assert statements(few) == statements(many)


class TestOnOtherPages:
    def test_cards_and_summary_on_the_output(self, client: Client) -> None:
        finding = make_finding()
        make_ratings(finding, 3)
        make_summary(finding.output)
        html = html_of(client, paper(finding.output))
        assert f'href="{address(finding)}"' in html
        assert "Dalam PDF, halaman 2" in html
        assert "Kader mengunjungi warga tua." in html
        assert "dapat dibaca sejak sekitar kelas" in html
        assert "satu penilai" in html

    def test_nothing_where_there_is_nothing(self, client: Client) -> None:
        html = html_of(client, paper(make_output()))
        assert "Apa yang ditemukan" not in html
        assert "Dalam bahasa sederhana" not in html

    @pytest.mark.parametrize("state", [state for state in FindingState if state != FindingState.CHECKED])
    def test_only_what_is_public(self, client: Client, state: FindingState) -> None:
        finding = make_finding(state=state)
        make_summary(finding.output, is_checked=False)
        client.force_login(finding.output.owner)
        for path in (paper(finding.output), TOPIC):
            html = html_of(client, path)
            assert STATEMENT not in html
            assert "Kader mengunjungi" not in html

    def test_the_surest_first_on_the_topic(self, client: Client) -> None:
        unrated, low, high = (make_finding(statement_id=f"Temuan {word}.") for word in ("tanpa", "lemah", "kuat"))
        make_ratings(make_finding(statement_id="Temuan uraian.", direction="descriptive"), 4, 4)
        make_ratings(low, 1)
        make_ratings(high, 4, 4)
        html = html_of(client, TOPIC)
        assert "4 temuan" in html
        places = [html.index(f"Temuan {word}.") for word in ("kuat", "lemah", "tanpa", "uraian")]
        assert places == sorted(places)
        withdraw(high.output)
        assert "3 temuan" in html_of(client, TOPIC)
        assert "Temuan kuat." not in html_of(client, TOPIC)

    def test_of_other_topics_nothing(self, client: Client) -> None:
        make_finding(pmks=["PMKS-24"])
        assert STATEMENT not in html_of(client, TOPIC)

    def test_the_number_of_statements_is_constant(self, client: Client) -> None:
        def statements(path: str) -> int:
            client.force_login(some_user())
            html_of(client, path)
            cache.clear()
            with CaptureQueriesContext(connection) as seen:
                html_of(client, path)
            return len(seen)

        output = make_output()
        make_ratings(make_finding(output), 3)
        paths = (paper(output), TOPIC)
        one = [statements(path) for path in paths]
        for _ in range(8):
            make_ratings(make_finding(output), 2, 4)
        assert [statements(path) for path in paths] == one


@pytest.mark.parametrize("role", ROLES)
def test_the_rubrics_are_for_everybody(client: Client, role: str | None) -> None:
    if role:
        client.force_login(make_user(role=role))
    html = html_of(client, "/bukti/rubrik/")
    for text in ("Kekuatan metode", "Keberlakuan di Indonesia", "sangat rendah", "secara acak", "Harjasujana"):
        assert text in html
    html = html_of(client, "/en/bukti/rubrik/")
    for text in ("Strength of method", "very low", "formed by chance"):
        assert text in html


@pytest.mark.django_db(transaction=True)
class TestKeptPages:
    """With real transactions: what is kept for anonymous readers follows every change."""

    def test_follow_checks_ratings_answers_names_and_withdrawals(self, client: Client) -> None:
        finding = make_finding()
        for path in (address(finding), paper(finding.output), TOPIC):
            assert "belum dinilai" in html_of(client, path)
        make_ratings(finding, 4)
        for path in (address(finding), paper(finding.output), TOPIC):
            assert "tinggi" in html_of(client, path)
        rater = curator(1)
        rater.name = "Nama Baru"
        rater.save()
        assert "Nama Baru" in html_of(client, address(finding))
        findings.withdraw(finding, "Keliru.", by=curator())
        html_of(client, address(finding), 410)
        for path in (paper(finding.output), TOPIC):
            assert STATEMENT not in html_of(client, path)

    def test_follow_the_vocabulary(self, client: Client) -> None:
        finding = make_finding()
        assert "Keberfungsian dan kemandirian" in html_of(client, address(finding))
        outcome = finding.outcome
        assert outcome is not None
        outcome.label_id = "Kemandirian"
        outcome.save()
        assert "Keberfungsian dan kemandirian" not in html_of(client, address(finding))


def test_a_name_is_never_a_mail_address(client: Client) -> None:
    finding = make_finding()
    make_ratings(finding, 4)
    rater = curator(1)
    rater.name = ""
    rater.save()
    html = html_of(client, address(finding))
    assert rater.email not in html
    assert "seorang kurator" in html
