"""The dashboard: what it counts, what it never counts, where its numbers lead."""

import csv
import datetime
import io
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from evidence.models import Question, Use
from evidence.states import FindingState
from portal.dashboard.figures import FIGURES
from publications.models import Output
from taxonomy.models import Pmks, Service
from tests.factories.accounts import make_user
from tests.factories.evidence import curator, make_finding, make_ratings, make_recommendation, make_summary
from tests.factories.publications import make_draft, make_output, make_submitted, some_user, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
PAGE = "/dasbor/"
TOPIC = "lanjut-usia-terlantar"
ROLES = [None, "researcher", "policymaker", "curator", "administrator"]


@pytest.fixture(autouse=True)
def nothing_kept(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def html_of(client: Client, query: str = "", prefix: str = "") -> str:
    response = client.get(f"{prefix}{PAGE}{query}")
    assert response.status_code == 200
    return response.content.decode()


def rows(client: Client, key: str, query: str = "", prefix: str = "") -> list[list[str]]:
    response = client.get(f"{prefix}/dasbor/{key}.csv{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response).decode("utf-8-sig")  # type: ignore[arg-type]
    return list(csv.reader(io.StringIO(text, newline="")))


def numbers(client: Client, key: str, query: str = "") -> dict[str, list[str]]:
    return {label: values for label, *values in rows(client, key, query)[1:]}


def make_use(output: Output, kind: str = "regulation", year: int = 2020, state: str = "accepted") -> Use:
    decided = {} if state == "reported" else {"decided_by": curator(), "decided_on": datetime.date(2021, 1, 1)}
    reason = "Tidak benar." if state in ("declined", "withdrawn") else ""
    return Use.objects.create(
        output=output, kind=kind, year=year, state=state, reason=reason, title_id="Permensos 7/2021",
        issuer_name="Kementerian Sosial", how_id="Dikutip.", reported_by=some_user(), **decided,
    )  # fmt: skip


def make_question(pmks: str = "PMKS-08", state: str = "published", text: str = "Apa yang berhasil?") -> Question:
    now = datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC)
    answer = {"answer_id": "Ini.", "answer_en": "This.", "answered_by": curator(2), "answered_at": now}
    decided = {"decided_by": curator(1), "decided_on": now.date(), "reason": "" if state == "published" else "Ganda."}
    return Question.objects.create(
        pmks=Pmks.objects.get(code=pmks), text_id=text, text_en="What works?", state=state, asked_by=some_user(),
        background="Rahasia rapat.",
        **(answer if state in ("answered", "published") else {}),
        **(decided if state in ("published", "declined", "withdrawn") else {}),
    )  # fmt: skip


def table_of(html: str, key: str) -> list[list[str]]:
    """The table of the figure whose file has this name, as the reader sees it."""
    for figure in re.findall(r"<figure class=\"chart\".*?</figure>", html, re.DOTALL):
        if f"/dasbor/{key}.csv" in figure:
            lines = re.findall(r"<tr>.*?</tr>", figure, re.DOTALL)
            return [
                [strip_tags(c).strip() for c in re.findall(r"<t[hd].*?</t[hd]>", line, re.DOTALL)] for line in lines
            ]
    raise AssertionError(f"no figure {key}")


class TestWhatItCounts:
    def test_publications_and_findings(self, client: Client) -> None:
        output = make_output(date=datetime.date(2018, 1, 1), pmks=["PMKS-08", "PMKS-24"])
        make_output(date=datetime.date(2020, 1, 1), pmks=["PMKS-08"])
        make_finding(output, pmks=["PMKS-24"], provinces=["ID-JT", "ID-JB"])
        people = numbers(client, "pmks")
        assert len(people) == 26
        assert people["Lanjut Usia Terlantar"] == ["2", "0"]
        assert people["Fakir Miskin"] == ["1", "1"]
        assert numbers(client, "tahun") == {"2018": ["1", "1"], "2019": ["0", "0"], "2020": ["1", "0"]}
        provinces = numbers(client, "provinsi")
        assert len(provinces) == 38
        assert provinces["Jawa Tengah"] == ["2", "1"]
        assert provinces["Jawa Barat"] == ["0", "1"]
        assert [values[1] for values in numbers(client, "pilar").values()].count("1") == 1

    def test_a_publication_has_the_pillars_of_its_services_once(self, client: Client) -> None:
        output = make_output()
        version = output.current
        assert version is not None
        service = Service.objects.get(code="REHSOS-02")
        version.services.set([service])
        version.pillars.set([service.pillar])
        assert numbers(client, "pilar")[service.pillar.label_id][0] == "1"

    def test_coverage(self, client: Client) -> None:
        full = make_finding(make_output())
        bare = make_finding(full.output, cost_amount=None, harms_id="", harms_en="", outcome="EDU", service=None)
        make_output()
        make_summary(full.output)
        make_ratings(full, 3, 4)
        make_ratings(bare, 2)
        found = numbers(client, "cakupan")
        assert found["PMKS yang memiliki temuan"] == ["1", "26", "3.8"]
        assert found["Publikasi yang memiliki temuan"] == ["1", "2", "50"]
        assert found["Publikasi yang memiliki ringkasan bahasa sederhana"] == ["1", "2", "50"]
        assert found["Temuan yang menyebut biaya"] == ["1", "2", "50"]
        assert found["Temuan yang menyebut dampak buruk"] == ["1", "2", "50"]
        assert found["Temuan yang kekuatannya dinilai dua penilai"] == ["1", "2", "50"]
        assert found["Temuan yang keberlakuannya dinilai dua penilai"] == ["0", "2", "0"]
        by_service, by_outcome = (found[f"Sel PMKS × {word} yang memiliki temuan"] for word in ("layanan", "luaran"))
        assert (by_service[0], by_outcome[0]) == ("1", "2")
        assert int(by_outcome[1]) == 26 * 13
        html = html_of(client)
        assert "yang belum memiliki temuan" in html
        assert f'<a class="chip plain" href="/topik/{TOPIC}/">' not in html
        assert '<a class="chip plain" href="/topik/fakir-miskin/">' in html

    def test_uptake(self, client: Client) -> None:
        finding = make_finding()
        make_recommendation(finding)
        make_recommendation(finding, is_checked=False)
        make_use(finding.output, year=2018)
        make_use(finding.output, "training", year=2020)
        assert [line[0] for line in rows(client, "pemakaian")[1:]] == ["2018", "2019", "2020"]
        assert numbers(client, "pemakaian")["2020"] == ["0", "0", "0", "1"]
        assert numbers(client, "rekomendasi")["belum ditanggapi"] == ["1"]
        assert numbers(client, "penerima")["pemerintah daerah"] == ["1", "0", "0", "0", "0"]
        link = "/bukti/rekomendasi/?sasaran=local_government&amp;status=open"
        assert f'href="{link}"' in html_of(client) and link not in html_of(client, "?dari=1990")
        assert client.get(link.replace("&amp;", "&")).context["page"].paginator.count == 1

    def test_questions(self, client: Client) -> None:
        make_question(text="Apa yang berhasil bagi warga tua?")
        for state in ("asked", "answered"):
            make_question(state=state, text="Pertanyaan yang menunggu.")
        make_question("PMKS-24", state="declined", text="Pertanyaan yang ditolak.")
        assert numbers(client, "pertanyaan") == {"Lanjut Usia Terlantar": ["1", "2"]}
        html = html_of(client)
        assert "Apa yang berhasil bagi warga tua?" in html
        for hidden in ("menunggu.", "ditolak.", "Rahasia rapat."):
            assert hidden not in html

    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_an_empty_repository(self, client: Client, prefix: str) -> None:
        html = html_of(client, prefix=prefix)
        assert html.count("Belum ada." if not prefix else "Nothing yet.") >= 5
        for key in FIGURES:
            assert rows(client, key, prefix=prefix)


class TestFilters:
    def make(self) -> tuple[Output, Output]:
        old = make_output(date=datetime.date(2015, 1, 1), provinces=["ID-JT"])
        children = make_output(date=datetime.date(2020, 1, 1), pmks=["PMKS-04"], provinces=["ID-JB"])
        make_finding(old)
        make_finding(children, pmks=["PMKS-04"], provinces=["ID-JB"], service=None)
        make_use(old)
        make_recommendation(make_finding(children, pmks=["PMKS-04"], service=None))
        return old, children

    def test_cluster_province_pillar_and_years(self, client: Client) -> None:
        self.make()
        cluster = Pmks.objects.get(code="PMKS-08").cluster.slug
        pillar = Service.objects.get(code="REHSOS-02").pillar.slug
        for query in (f"?klaster={cluster}", "?provinsi=jawa-tengah", "?dari=2014&sampai=2016", "?sampai=2015"):
            assert numbers(client, "pmks", query)["Lanjut Usia Terlantar"] == ["1", "1"], query
            assert numbers(client, "pemakaian", query)["2020"][0] == "1", query
            assert set(numbers(client, "rekomendasi", query)["belum ditanggapi"]) == {"0"}, query
        assert "Anak Jalanan" not in numbers(client, "pmks", f"?klaster={cluster}")
        assert numbers(client, "pmks", "?dari=2018")["Lanjut Usia Terlantar"] == ["0", "0"]
        assert numbers(client, "pmks", f"?pilar={pillar}")["Lanjut Usia Terlantar"][1] == "1"
        assert list(numbers(client, "provinsi", "?provinsi=jawa-barat")) == ["Jawa Barat"]

    def test_are_said_and_kept_in_the_files(self, client: Client) -> None:
        make_output(date=datetime.date(2020, 1, 1))
        html = html_of(client, "?provinsi=jawa-tengah&dari=2014")
        assert '<option value="jawa-tengah" selected>' in html
        assert "/dasbor/pmks.csv?provinsi=jawa-tengah&amp;dari=2014" in html
        assert "noindex" in html
        assert "noindex" not in html_of(client)

    @pytest.mark.parametrize(
        "query",
        [
            "?klaster=tidak-ada",
            "?dari=dulu",
            "?sampai=99999999999999999999",
            "?provinsi=%00",
            "?pilar=<script>",
            "?dari=٢٠١٨",
        ],
    )
    def test_nonsense_is_left_out_and_told(self, client: Client, query: str) -> None:
        html = html_of(client, query)
        assert "notice" in html
        assert "<script>&" not in html and "pilar=<script>" not in html
        assert rows(client, "pmks", query)

    def test_years_in_the_wrong_order(self, client: Client) -> None:
        make_output(date=datetime.date(2018, 1, 1))
        assert "2018" in numbers(client, "tahun", "?dari=2020&sampai=2010")

    def test_unknown_files(self, client: Client) -> None:
        for key in ("tidak-ada", "pmks2", "0"):
            assert client.get(f"/dasbor/{key}.csv").status_code == 404


class TestOneTruth:
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_tables_say_what_the_files_say(self, client: Client, prefix: str) -> None:
        finding = make_finding()
        make_recommendation(finding)
        make_use(finding.output)
        make_question()
        html = html_of(client, prefix=prefix)
        for key in FIGURES:
            if key == "provinsi":
                continue  # stands as two maps
            shown = [[re.sub("%$", "", c).replace("–", "") for c in line] for line in table_of(html, key)]
            said = rows(client, key, prefix=prefix)
            assert [[c.replace(",", ".") for c in line] for line in shown] == [
                [c.replace(",", ".") for c in line] for line in said
            ], key

    def test_maps_say_what_the_file_says(self, client: Client) -> None:
        make_finding()
        html = html_of(client)
        papers, found = numbers(client, "provinsi")["Jawa Tengah"]
        maps = re.findall(r'<figure class="tilemap">.*?</figure>', html, re.DOTALL)
        assert [f"<title>Jawa Tengah: {n}</title>" in map for n, map in zip((papers, found), maps, strict=True)] == [
            True,
            True,
        ]

    def test_numbers_lead_to_lists_of_as_many(self, client: Client) -> None:
        make_output()
        for _ in range(2):
            make_finding(make_output(pmks=["PMKS-24"]), pmks=["PMKS-24"])
        for query in ("", "?provinsi=jawa-tengah", f"?klaster={Pmks.objects.get(code='PMKS-24').cluster.slug}"):
            html = html_of(client, query)
            for address, count in re.findall(r'href="(/bukti/temuan/[^"]*)">(\d+)</a>', html):
                listed = client.get(address.replace("&amp;", "&")).content.decode()
                assert len(set(re.findall(r'href="(/bukti/temuan/\d+/)"', listed))) == int(count), address


class TestOnlyWhatIsPublic:
    def whole(self, client: Client) -> list[list[list[str]]]:
        return [rows(client, key) for key in FIGURES]

    @pytest.mark.parametrize("role", ROLES)
    def test_drafts_and_what_waits_count_for_nobody(self, client: Client, role: str | None) -> None:
        before = self.whole(client)
        user = make_user(role=role or "researcher")
        make_finding(make_draft(user).output, FindingState.PROPOSED)
        make_submitted(user)
        if role:
            client.force_login(user)
        cache.clear()
        assert self.whole(client) == before

    @pytest.mark.parametrize("state", [state for state in FindingState if state != FindingState.CHECKED])
    def test_findings_in_other_states_count_not(self, client: Client, state: FindingState) -> None:
        finding = make_finding(state=state)
        make_summary(finding.output, is_checked=False)
        assert numbers(client, "pmks")["Lanjut Usia Terlantar"] == ["1", "0"]
        assert {line[1] for line in rows(client, "cakupan")[1:]} == {"0"}

    @pytest.mark.parametrize("access", ["embargoed", "restricted"])
    def test_closed_files_are_counted_like_their_public_pages(self, client: Client, access: str) -> None:
        until = datetime.date(2031, 1, 1) if access == "embargoed" else None
        make_finding(make_output(access=access, embargo_until=until))
        assert numbers(client, "pmks")["Lanjut Usia Terlantar"] == ["1", "1"]

    def test_a_withdrawn_output_takes_all_along(self, client: Client) -> None:
        before = self.whole(client)
        finding = make_finding()
        make_recommendation(finding)
        make_summary(finding.output)
        make_use(finding.output)
        assert self.whole(client) != before
        withdraw(finding.output)
        cache.clear()
        assert self.whole(client) == before

    @pytest.mark.parametrize("state", ["reported", "declined", "withdrawn"])
    def test_uses_that_are_not_accepted(self, client: Client, state: str) -> None:
        make_use(make_output(), state=state)
        assert len(rows(client, "pemakaian")) == 1

    @pytest.mark.parametrize("role", ROLES)
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_is_for_everybody(self, client: Client, role: str | None, prefix: str) -> None:
        if role:
            client.force_login(make_user(role=role))
        html_of(client, prefix=prefix)
        assert client.post(f"{prefix}{PAGE}").status_code == 405
        assert client.post(f"{prefix}/dasbor/pmks.csv").status_code == 405


def test_the_number_of_statements_is_constant(client: Client) -> None:
    client.force_login(some_user())

    def statements(query: str) -> int:
        html_of(client, query)
        cache.clear()
        with CaptureQueriesContext(connection) as seen:
            html_of(client, query)
        return len(seen)

    queries = ("", "?klaster=kemiskinan&provinsi=jawa-tengah&dari=2010")
    make_question()
    few = [statements(query) for query in queries]
    for number in range(4):
        finding = make_finding(make_output(pmks=["PMKS-24"]), pmks=["PMKS-24"])
        make_recommendation(finding)
        make_use(finding.output, year=2015 + number)
        make_question("PMKS-24")
    assert [statements(query) for query in queries] == few
    assert max(few) <= 16


def test_pages_of_charts_bring_the_script_and_name_the_library(client: Client) -> None:
    make_output()
    html = html_of(client)
    assert "js/charts.js" in html
    assert 'data-library="/static/vendor/echarts-6.1.0/echarts.common.min.js"' in html
