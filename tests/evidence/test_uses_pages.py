"""Uses of outputs: what everybody reads, what reporters and curators do on their pages."""

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

from evidence.actions import recommendations, uses
from evidence.models import Use
from evidence.states import UseState
from publications.models import Output
from taxonomy.models import Pmks
from tests.factories.accounts import make_organisation, make_user
from tests.factories.evidence import curator, make_finding, make_recommendation
from tests.factories.publications import make_draft, make_output, some_user, withdraw
from tests.factories.uses import HOW, TITLE, make_use

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
TOPIC = "/topik/lanjut-usia-terlantar/"
LIST, YEAR = "/bukti/penggunaan/", "/bukti/penggunaan/2024/"
ROLES = [None, "researcher", "policymaker", "curator", "administrator"]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def paper(output: Output) -> str:
    return f"/publikasi/{output.public_id}/"


def text_of(client: Client, path: str, status: int = 200) -> str:
    response: Any = client.get(path)
    assert response.status_code == status, path
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()


def exits(use: Use) -> list[str]:
    """Everywhere that a public use stands."""
    places = [LIST, f"{LIST}unduh.csv", YEAR, f"{YEAR}unduh.csv", TOPIC, paper(use.output)]
    return places + [f"/bukti/temuan/{finding.pk}/" for finding in use.findings.all()]


class TestExits:
    @pytest.mark.parametrize("language", ["", "/en"])
    def test_a_public_one_stands_everywhere(self, client: Client, language: str) -> None:
        output = make_output()
        use = make_use(output, findings=[make_finding(output)])
        title = "Sample Regent&#x27;s Regulation" if language else TITLE
        for path in exits(use):
            text = text_of(client, language + path).replace("Sample Regent's", "Sample Regent&#x27;s")
            assert title in text, path
        assert HOW in text_of(client, paper(output))

    @pytest.mark.parametrize("state", [state for state in UseState if state != "accepted"])
    @pytest.mark.parametrize("role", ROLES)
    def test_others_stand_nowhere(self, client: Client, state: UseState, role: str | None) -> None:
        output = make_output()
        use = make_use(output, state, findings=[make_finding(output)])
        make_use(year=2024, title_id="Pedoman lain", kind="guideline")
        if role:
            client.force_login(make_user(role=role))
        for path in exits(use):
            assert TITLE not in text_of(client, path), path

    def test_of_a_withdrawn_output_nowhere(self, client: Client) -> None:
        output = make_output()
        use = make_use(output, findings=[make_finding(output)])
        make_use(year=2024, title_id="Pedoman lain", kind="guideline")
        withdraw(output)
        for path in exits(use):
            text = text_of(client, path, 410 if "publikasi" in path or "temuan" in path else 200)
            assert TITLE not in text, path

    @pytest.mark.parametrize("access", ["embargoed", "restricted", "metadata_only"])
    def test_of_an_output_with_closed_files_shows_no_file(self, client: Client, access: str) -> None:
        until = datetime.date(2031, 1, 1) if access == "embargoed" else None
        output = make_output(access=access, embargo_until=until)
        use = make_use(output)
        for path in exits(use):
            text = text_of(client, path)
            assert TITLE in text, path
            assert path == paper(output) or "makalah.pdf" not in text, path

    def test_of_a_draft_output_none_can_be(self, client: Client) -> None:
        use = make_use()
        draft = make_draft()
        Use.objects.filter(pk=use.pk).update(output=draft.output)
        for path in (LIST, f"{LIST}unduh.csv", TOPIC):
            assert TITLE not in text_of(client, path)
        assert client.get(YEAR).status_code == 404


class TestList:
    def test_filters(self, client: Client) -> None:
        make_use(title_id="Aturan A", kind="regulation", year=2024)
        make_use(make_output(pmks=["PMKS-24"]), title_id="Pelatihan B", kind="training", year=2022, date=None)
        for query, here in (
            ("", {"Aturan A", "Pelatihan B"}), ("?jenis=training", {"Pelatihan B"}), ("?tahun=2024", {"Aturan A"}),
            ("?pmks=lanjut-usia-terlantar", {"Aturan A"}), ("?jenis=training&tahun=2024", set()),
            ("?jenis=x&tahun=abcd&pmks=tidak-ada", {"Aturan A", "Pelatihan B"}),
        ):  # fmt: skip
            for path in (LIST, f"{LIST}unduh.csv"):
                text = text_of(client, path + query)
                assert {title for title in ("Aturan A", "Pelatihan B") if title in text} == here, path + query

    @pytest.mark.parametrize(
        "query", ["?tahun=99999", "?halaman=999", "?halaman=x", "?pmks=%00", "?jenis=%3Cscript%3E", "?tahun=²⁰²⁴"]
    )
    def test_hostile_parameters(self, client: Client, query: str) -> None:
        make_use()
        text = text_of(client, LIST + query)
        assert "<script>" not in text.replace("<script defer", "")
        text_of(client, f"{LIST}unduh.csv{query}")

    def test_hostile_texts_stay_text(self, client: Client) -> None:
        evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
        use = make_use(title_id=evil, title_en=evil, how_id=evil, how_en=evil, issuer_name=evil, number=evil)
        for path in exits(use):
            if path.endswith("csv"):
                continue
            assert "<script>alert" not in text_of(client, path)
            assert "<img src=x" not in text_of(client, path)

    def test_a_formula_in_the_table_is_harmless(self, client: Client) -> None:
        make_use(title_id='=HYPERLINK("http://jahat.example")', number="@1")
        rows = list(csv.reader(io.StringIO(text_of(client, f"{LIST}unduh.csv").lstrip("\ufeff"))))
        assert rows[1][1].startswith("'=")
        assert rows[1][3] == "'@1"

    def test_the_table_speaks_the_language_of_the_page(self, client: Client) -> None:
        make_use()
        assert "regulation" in text_of(client, f"/en{LIST}unduh.csv")
        assert "Rahmawati, S." in text_of(client, f"{LIST}unduh.csv")

    @pytest.mark.parametrize("path", [LIST, YEAR, TOPIC, "/kurasi/penggunaan/", "/bukti/penggunaan/laporan/"])
    def test_the_number_of_statements_is_constant(self, client: Client, path: str) -> None:
        reporter = make_user("pelapor@contoh.id", role="curator")
        reporter.person.affiliation = make_organisation()
        reporter.person.save()
        client.force_login(reporter)

        def statements() -> int:
            text_of(client, path)
            cache.clear()
            with CaptureQueriesContext(connection) as seen:
                text_of(client, path)
            return len(seen)

        make_use(by=reporter)
        make_use(by=reporter, state="reported")
        one = statements()
        for number in range(4):
            issuer = make_organisation(f"Dinas {number}")
            make_use(by=reporter, issuer=issuer, issuer_name="")
            make_use(by=reporter, state="reported", issuer=issuer, issuer_name="")
        assert statements() == one

    def test_pages(self, client: Client) -> None:
        output = make_output()
        for number in range(27):
            make_use(output, title_id=f"Aturan ke-{number}.", number=str(number))
        assert text_of(client, LIST).count('class="use ') == 25
        assert text_of(client, f"{LIST}?halaman=2").count('class="use ') == 2


class TestOutputPage:
    def test_says_who_reported_and_when_it_was_checked(self, client: Client) -> None:
        reporter = make_user("pelapor@contoh.id", name="Ani Lestari")
        reporter.person.affiliation = make_organisation("Dinas Sosial Contoh")
        reporter.person.save()
        html = text_of(client, paper(make_use(by=reporter).output))
        for text in ("Ani Lestari", "Dinas Sosial Contoh", "12 Mei 2024", "4/2024", "Pemerintah Kabupaten Contoh"):
            assert text in html, text
        assert reporter.email not in html
        assert "https://example.org/perbup" in html

    def test_leads_to_the_report(self, client: Client) -> None:
        output = make_output()
        assert f"/bukti/penggunaan/lapor/{output.public_id}/" in text_of(client, paper(output))

    def test_costs_one_statement_more_when_there_are_some(self, client: Client) -> None:
        def statements(output: Output) -> int:
            text_of(client, paper(output))
            with CaptureQueriesContext(connection) as seen:
                text_of(client, paper(output))
            return len(seen)

        used = make_output()
        for number in range(3):
            make_use(used, number=str(number), title_id=f"Aturan {number}")
        assert statements(used) == statements(make_output()) + 1


class TestYear:
    def test_totals_and_citations(self, client: Client) -> None:
        make_use(make_output(pmks=["PMKS-08", "PMKS-24"]), issuer=make_organisation("Dinas A"), issuer_name="")
        make_use(kind="training", year=2024, title_id="Pelatihan")
        make_use(year=2023, date=None, title_id="Tahun lalu")
        html = text_of(client, YEAR)
        assert "Rahmawati, S." in html
        assert "Tahun lalu" not in html
        html = text_of(client, f"/en{YEAR}")
        assert "so far" not in html
        for row in ("Regulation", "Training", "Dinas A", Pmks.objects.get(code="PMKS-24").label_en):
            assert row.casefold() in html.casefold(), row
        assert html.count('class="total"') == 1

    def test_the_current_year_is_so_far(self, client: Client) -> None:
        year = timezone.localdate().year
        assert "so far" in text_of(client, f"/en{LIST}{year}/")
        assert "sampai saat ini" in text_of(client, f"{LIST}{year}/")

    def test_answers_of_that_year(self, client: Client) -> None:
        recommendation = make_recommendation(make_finding())
        at = timezone.make_aware(datetime.datetime(2024, 3, 1))
        recommendations.answer(recommendation, "planned", "Masuk rencana.", by=curator(), at=at)
        later = timezone.make_aware(datetime.datetime(2025, 3, 1))
        recommendations.answer(recommendation, "done", "Sudah berjalan.", by=curator(), at=later)
        html = text_of(client, YEAR)
        assert "Masuk rencana." in html
        assert "Sudah berjalan." not in html
        assert "Sudah berjalan." in text_of(client, f"{LIST}2025/")
        withdraw(recommendation.output)
        assert "Sudah berjalan." not in text_of(client, f"{LIST}{timezone.localdate().year}/")

    @pytest.mark.parametrize("year", ["0", "1899", "2023", "2100", "9" * 40])
    def test_of_years_of_which_nothing_is_known_there_is_none(self, client: Client, year: str) -> None:
        make_use()
        for path in (f"{LIST}{year}/", f"{LIST}{year}/unduh.csv"):
            assert client.get(path).status_code == 404


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "regulation", "title_id": TITLE, "title_en": "", "number": "4/2024", "date": "12 Mei 2024",
        "issuer": "Pemerintah Kabupaten Contoh", "url": "https://example.org/perbup", "how_id": HOW, "how_en": "",
    } | changes  # fmt: skip


def report_path(output: Output) -> str:
    return f"/bukti/penggunaan/lapor/{output.public_id}/"


class TestReporting:
    def test_nobody_without_signing_in_and_nothing_typed_is_lost(self, client: Client) -> None:
        output, user = make_output(), make_user("pelapor@contoh.id")
        response = client.post(report_path(output), typed())
        assert response.status_code == 302
        assert "next=" in response["Location"]
        session = dict(client.session)
        assert not Use.objects.exists()
        client.force_login(user)
        kept = client.session
        kept.update({key: value for key, value in session.items() if not key.startswith("_")})
        kept.save()
        assert HOW in text_of(client, report_path(output))

    def test_reported_accepted_shown(self, client: Client) -> None:
        output, reporter = make_output(), make_user("pelapor@contoh.id")
        finding = make_finding(output)
        make_organisation("Dinas Sosial Contoh")
        client.force_login(reporter)
        assert "Siti Aminah" in text_of(client, report_path(output))
        response = client.post(report_path(output), typed(issuer="dinas sosial contoh", findings=[finding.pk]))
        use = Use.objects.get()
        assert response["Location"] == f"/bukti/penggunaan/laporan/{use.pk}/"
        assert (use.year, use.date, str(use.issuer)) == (2024, datetime.date(2024, 5, 12), "Dinas Sosial Contoh")
        assert list(use.findings.all()) == [finding]
        assert TITLE in text_of(client, f"/bukti/penggunaan/laporan/{use.pk}/")
        client.force_login(curator())
        html = text_of(client, f"/kurasi/penggunaan/{use.pk}/")
        assert HOW in html
        seen = use.reported_at.isoformat()
        client.post(f"/kurasi/penggunaan/{use.pk}/terima/", {"seen": seen, "title_en": "Sample regulation"})
        use.refresh_from_db()
        assert (use.state, use.title_en) == ("accepted", "Sample regulation")
        assert TITLE in text_of(client, paper(output))

    @pytest.mark.parametrize(
        ("typed_date", "stored", "shown", "in_english"),
        [
            ("2024", (None, "year"), "· 2024<", "· 2024<"),
            ("Mei 2024", (datetime.date(2024, 5, 1), "month"), "· Mei 2024<", "· May 2024<"),
            ("2024-05", (datetime.date(2024, 5, 1), "month"), "· Mei 2024<", "· May 2024<"),
            ("12 Mei 2024", (datetime.date(2024, 5, 12), "day"), "· 12 Mei 2024<", "· 12 May 2024<"),
        ],
    )
    def test_a_date_as_exact_as_it_is_known(
        self, client: Client, typed_date: str, stored: tuple[Any, str], shown: str, in_english: str
    ) -> None:
        output = make_output()
        client.force_login(make_user("pelapor@contoh.id"))
        client.post(report_path(output), typed(date=typed_date))
        use = Use.objects.get()
        assert (use.date, use.date_precision) == stored and use.year == 2024
        use = uses.decline(use, "Perjelas.", by=curator())
        again = text_of(client, f"/bukti/penggunaan/laporan/{use.pk}/")
        assert f'value="{shown[2:-1]}"' in again, "and comes back so when it is corrected"
        use = uses.report_again(use, {}, by=use.reported_by)
        uses.accept(use, by=curator(), seen=use.reported_at)
        assert shown in text_of(client, paper(output)) and in_english in text_of(client, f"/en{paper(output)}")
        assert TITLE in text_of(client, YEAR)
        answer: Any = client.get(f"{YEAR}unduh.csv")
        rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
        found = dict(zip(rows[0], rows[1], strict=True))
        expected = {"year": "", "month": "2024-05", "day": "2024-05-12"}[stored[1]]
        assert (found["Tahun"], found["Tanggal"]) == ("2024", expected)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("kind", "rumour"), ("title_id", " "), ("title_id", "x" * 301), ("date", "kemarin"), ("date", "Mei 3024"),
            ("date", "3024"), ("date", "1600"), ("issuer", ""), ("how_id", ""), ("how_id", "x" * 1001),
            ("url", "javascript:alert(1)"), ("url", "ftp://example.org/x"), ("url", "data:text/html,x"),
            ("url", "https://" + "x" * 600), ("number", "9" * 101), ("findings", ["999999"]),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_said_and_what_was_typed_kept(self, client: Client, field: str, value: Any) -> None:
        output = make_output()
        make_finding(output)
        client.force_login(some_user())
        response = client.post(report_path(output), typed(**{field: value}))
        assert response.status_code == 422
        assert "error-summary" in response.content.decode()
        if field != "how_id":
            assert HOW in response.content.decode()
        assert not Use.objects.exists()

    def test_a_known_one_is_said_and_may_be_another(self, client: Client) -> None:
        use = make_use()
        client.force_login(some_user())
        html = client.post(report_path(use.output), typed()).content.decode()
        assert "is_another" not in html
        other = typed(issuer="Pemerintah Kabupaten Lain")
        html = client.post(report_path(use.output), other).content.decode()
        assert "is_another" in html
        assert TITLE in html
        assert client.post(report_path(use.output), other | {"is_another": "on"}).status_code == 302
        assert Use.objects.count() == 2

    def test_what_waits_is_not_told_to_others(self, client: Client) -> None:
        use = make_use(state="reported", title_id="Rahasia sampai diperiksa")
        client.force_login(some_user())
        html = client.post(report_path(use.output), typed(issuer="Lain")).content.decode()
        assert "is_another" in html
        assert "Rahasia" not in html

    def test_not_very_many_an_hour(self, client: Client) -> None:
        output, reporter = make_output(), some_user()
        for number in range(20):
            make_use(output, "reported", by=reporter, number=str(number), title_id=f"Aturan {number}")
        client.force_login(reporter)
        assert client.post(report_path(output), typed()).status_code == 422
        assert Use.objects.count() == 20

    def test_of_what_is_not_public(self, client: Client) -> None:
        output = make_output()
        client.force_login(some_user())
        withdraw(output)
        assert client.get(report_path(output)).status_code == 410
        assert client.post(report_path(output), typed()).status_code == 410
        assert client.get("/bukti/penggunaan/lapor/bukan/").status_code == 404
        assert client.get(f"/bukti/penggunaan/lapor/{output.public_id.lower()}/").status_code == 301
        assert not Use.objects.exists()

    def test_declined_corrected_reported_again(self, client: Client) -> None:
        use = make_use(state="declined")
        path = f"/bukti/penggunaan/laporan/{use.pk}/"
        client.force_login(use.reported_by)
        html = text_of(client, path)
        assert "Pasal 7 tidak ada." in html
        assert 'value="12 Mei 2024"' in html
        assert client.post(path, typed(how_id="")).status_code == 422
        assert client.post(path, typed(how_id="Pasal 8.")).status_code == 302
        use.refresh_from_db()
        assert (use.state, use.how_id) == ("reported", "Pasal 8.")
        assert client.post(path, typed(how_id="Pasal 9.")).status_code == 302
        use.refresh_from_db()
        assert use.how_id == "Pasal 8."

    @pytest.mark.parametrize("state", list(UseState))
    @pytest.mark.parametrize("role", ROLES)
    def test_ones_own_report_is_for_oneself(self, client: Client, role: str | None, state: UseState) -> None:
        use = make_use(state=state)
        path = f"/bukti/penggunaan/laporan/{use.pk}/"
        if role:
            client.force_login(make_user(role=role))
        assert client.get(path).status_code == (404 if role else 302)
        client.force_login(use.reported_by)
        assert TITLE in text_of(client, path)
        assert TITLE in text_of(client, "/bukti/penggunaan/laporan/")


DECISIONS = ["terima", "tolak", "tarik"]


class TestDesk:
    @pytest.mark.parametrize("role", ROLES)
    def test_for_curators(self, client: Client, role: str | None) -> None:
        use = make_use(state="reported")
        if role:
            client.force_login(make_user(role=role))
        is_curator = role in ("curator", "administrator")
        expected = 200 if is_curator else 403 if role else 302
        for path in ("", "?status=diterima", "?status=x", f"{use.pk}/"):
            assert client.get(f"/kurasi/penggunaan/{path}").status_code == expected
        for act in DECISIONS:
            assert client.get(f"/kurasi/penggunaan/{use.pk}/{act}/").status_code == (405 if is_curator else expected)
            if not is_curator:
                assert client.post(f"/kurasi/penggunaan/{use.pk}/{act}/").status_code == expected
        use.refresh_from_db()
        assert use.state == "reported"

    def test_decline_withdraw_bring_back(self, client: Client) -> None:
        client.force_login(curator())
        declined, accepted = make_use(state="reported"), make_use()
        page = f"/kurasi/penggunaan/{declined.pk}/"
        assert client.post(f"{page}tolak/", {"decline-reason": " "}).status_code == 422
        assert client.post(f"{page}tolak/", {"decline-reason": "Tidak ada."}).status_code == 302
        page = f"/kurasi/penggunaan/{accepted.pk}/"
        assert client.post(f"{page}tarik/", {"withdraw-reason": ""}).status_code == 422
        client.post(f"{page}tarik/", {"withdraw-reason": "Dicabut."})
        declined.refresh_from_db()
        accepted.refresh_from_db()
        assert (declined.state, declined.reason) == ("declined", "Tidak ada.")
        assert (accepted.state, accepted.reason) == ("withdrawn", "Dicabut.")
        assert "Dicabut." in text_of(client, page)
        client.post(f"{page}tarik/", {"withdraw-reason": "Berlaku lagi."})
        accepted.refresh_from_db()
        assert (accepted.state, accepted.reason) == ("accepted", "")

    @pytest.mark.parametrize("seen", ["", "kemarin", "2024-99-99", "x" * 5000])
    def test_what_was_not_seen_is_not_accepted(self, client: Client, seen: str) -> None:
        client.force_login(curator())
        use = make_use(state="reported")
        assert client.post(f"/kurasi/penggunaan/{use.pk}/terima/", {"seen": seen}).status_code == 302
        use.refresh_from_db()
        assert use.state == "reported"

    def test_ones_own_report_is_decided_by_another(self, client: Client) -> None:
        use = make_use(state="reported", by=curator(2))
        client.force_login(curator(2))
        assert "Kurator lain" in text_of(client, f"/kurasi/penggunaan/{use.pk}/")
        response = client.post(f"/kurasi/penggunaan/{use.pk}/terima/", {"seen": use.reported_at.isoformat()})
        assert response.status_code == 403

    def test_shows_what_else_was_reported(self, client: Client) -> None:
        use = make_use()
        other = make_use(use.output, "reported", title_id="Aturan serupa", number="5")
        client.force_login(curator())
        assert TITLE in text_of(client, f"/kurasi/penggunaan/{other.pk}/")

    @pytest.mark.parametrize("pk", ["0", "999999999", "9" * 30])
    def test_what_is_not_there(self, client: Client, pk: str) -> None:
        client.force_login(curator())
        assert client.get(f"/kurasi/penggunaan/{pk}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_kept_pages_follow(client: Client) -> None:
    use = make_use(state="reported")
    for path in (LIST, TOPIC, paper(use.output)):
        assert TITLE not in text_of(client, path)
    uses.accept(use, by=curator(), seen=use.reported_at)
    for path in (LIST, TOPIC, paper(use.output), YEAR):
        assert TITLE in text_of(client, path)
    uses.withdraw(use, "Dicabut.", by=curator())
    for path in (LIST, TOPIC, paper(use.output)):
        assert TITLE not in text_of(client, path)
