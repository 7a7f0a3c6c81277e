"""What a topic answers on top, and its findings with their filters: every number is the number of what it links to."""

import datetime
import html as markup
import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from evidence.models import Finding, Level, Opportunity, Question
from evidence.queries.topics import TopicEvidence
from evidence.topics.choice import PAGE_SIZE, Choice
from evidence.topics.wording import generated_message
from taxonomy.models import Pmks
from tests.evidence.test_facts import UNKNOWN
from tests.factories.evidence import curator, make_finding, make_ratings, make_recommendation
from tests.factories.publications import make_output, some_user, withdraw
from tests.factories.topics import make_message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
ADDRESS = "/topik/lanjut-usia-terlantar/"
ORDER = (
    'id="pesan"', 'id="jawaban-berhasil"', 'id="jawaban-biaya"', 'id="jawaban-dampak"', 'id="jawaban-belum"',
    'id="temuan"', 'id="publikasi"', 'class="bars"', 'class="tilemap"', ">Metode</h2>", ">Yang mengerjakannya</h2>",
    ">Topik terkait</h2>", ">Layanan terkait</h2>", 'id="rekomendasi"', 'id="celah"',
)  # fmt: skip


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def html_of(client: Client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def text_of(client: Client, address: str = ADDRESS) -> str:
    """What a reader sees, in one line."""
    return " ".join(markup.unescape(re.sub(r"<[^>]+>", " ", html_of(client, address))).split())


def evidence() -> TopicEvidence:
    return TopicEvidence(Pmks.objects.get(code="PMKS-08"), None)


def sentence(language: str) -> str:
    with override(language):
        return generated_message(evidence().answers)


class TestMessage:
    def test_says_that_nothing_is_known(self, client: Client) -> None:
        assert "Belum ada temuan tentang topik ini" in html_of(client)
        assert "No finding on this topic is public yet" in html_of(client, f"/en{ADDRESS}")

    def test_counts_one(self) -> None:
        make_finding()
        assert sentence("en") == (
            "1 finding of 1 study says what changed: 1 better. "
            "How sure those are that say better has not been rated yet."
        )

    def test_counts_many(self) -> None:
        output = make_output()
        for direction in ("better", "better", "worse", "mixed", "no_difference", "descriptive"):
            make_finding(output, direction=direction)
        make_ratings(make_finding(), 3, 4)
        assert sentence("en") == (
            "6 findings of 2 studies say what changed: 3 better, 1 worse, 1 mixed, 1 no difference. "
            "Of those that say better, the surest is of moderate strength of method."
        )
        assert sentence("id").startswith("6 temuan dari 2 studi menyatakan apa yang berubah: 3 membaik, 1 memburuk")

    def test_of_descriptions_says_no_more_than_that(self) -> None:
        make_ratings(make_finding(direction="descriptive"), 4)
        assert sentence("en") == "1 finding describes this topic; it does not say whether something helps."

    def test_invents_nothing_better(self) -> None:
        make_finding(direction="worse")
        assert sentence("en").endswith("None says that something became better.")

    def test_a_checked_one_takes_its_place_and_says_whose_it_is(self, client: Client) -> None:
        make_finding()
        assert "belum ada kurator yang menulis" in html_of(client)
        make_message(is_checked=False)
        assert "belum ada kurator yang menulis" in html_of(client)
        make_message()
        html = html_of(client)
        assert "Kunjungan rumah membantu; keyakinan sedang." in html
        assert "diperiksa oleh Kurator Bukti 2" in html and "belum ada kurator yang menulis" not in html
        make_message(text="Yang lebih baru.")
        assert "Yang lebih baru." in html_of(client)


class TestAnswers:
    def test_everything_stands_in_the_order_that_policymakers_ask(self, client: Client) -> None:
        finding = make_finding(make_output(pmks=["PMKS-08", "PMKS-24"]))
        make_recommendation(finding)
        html = html_of(client)
        places = [html.find(mark) for mark in ORDER]
        assert -1 not in places, ORDER[places.index(-1)]
        assert places == sorted(places)

    def test_what_works_and_how_sure(self, client: Client) -> None:
        make_ratings(make_finding(), 3, 3)
        make_finding(direction="no_difference")
        make_finding(service="JAMSOS-02", direction="worse")
        text = text_of(client)
        assert "Perawatan dan pengasuhan : 1 dari 2 temuan membaik , 1 studi. Kekuatan metode: sedang ." in text
        assert "memburuk: 1 · beragam: 0" in text

    def test_the_surest_service_first(self) -> None:
        make_ratings(make_finding(service="JAMSOS-02"), 2)
        make_ratings(make_finding(service="REHSOS-07"), 4)
        make_finding(service="REHSOS-02")
        works = evidence().answers.works
        assert [one.service.code for one in works] == ["REHSOS-07", "JAMSOS-02", "REHSOS-02"]
        assert [one.level for one in works] == [Level.HIGH, Level.LOW, None]

    def test_costs_are_ranges_only_of_the_same_basis(self, client: Client) -> None:
        for amount in (1_900_000, 2_600_000):
            make_finding(cost_amount=Decimal(amount))
        make_finding(cost_amount=Decimal(90_000), cost_basis_id="per keluarga", cost_basis_en="per family")
        make_finding(**UNKNOWN)
        text = text_of(client)
        assert "Rp1.900.000–Rp2.600.000 per orang per tahun" in text and "Rp90.000 per keluarga" in text
        assert "3 temuan menyebut biaya" in text and "1 temuan tidak menyebutnya" in text
        assert "Rp1,900,000–Rp2,600,000 per person per year" in text_of(client, f"/en{ADDRESS}")

    def test_unknown_is_said(self, client: Client) -> None:
        make_finding(**UNKNOWN)
        html = html_of(client)
        for text in ("tidak ada temuan yang menyebut biaya", "tidak ada temuan yang menyebut dampak buruk"):
            assert f"tidak diketahui: {text}" in html
        assert "12 luaran tanpa temuan" in html and "Tidak ada studi di" in html and "provinsi lain" in html
        assert "1 temuan belum dinilai" in html

    def test_harms_with_their_words_and_who_says_nothing(self, client: Client) -> None:
        finding = make_finding()
        make_finding(harms_id="", harms_en="")
        html = html_of(client)
        assert "Tiga kader berhenti karena lelah." in html and f'href="/bukti/temuan/{finding.pk}/"' in html
        assert "1 temuan menyebut dampak buruk" in html and "1 temuan tidak mengatakan apa-apa" in html

    def test_each_number_is_that_of_the_findings_it_links_to(self, client: Client) -> None:
        kinds = ({}, UNKNOWN, {"direction": "worse", "service": "JAMSOS-02"}, {"direction": "mixed"}, {"harms_id": ""})
        for data in kinds:
            make_finding(**(dict(data) | ({"harms_en": ""} if "harms_id" in data else {})))
        make_ratings(Finding.objects.order_by("pk")[0], 3)
        html = html_of(client)
        links = re.findall(r'href="([^"]*\?temuan-[^"]*)#temuan"[^>]*>(?:[^<]*?)(\d+)(?: dari \d+)?[^<]*<', html)
        links += re.findall(r'href="([^"]*\?temuan-[^"]*)#temuan"[^>]*>[^<]*<span class="count">(\d+)<', html)
        assert len(links) > 12
        for address, number in links:
            assert f">{number} temuan yang sesuai</h2>" in html_of(client, markup.unescape(address)), address

    def test_withdrawn_and_other_topics_do_not_count(self, client: Client) -> None:
        finding = make_finding()
        make_finding(pmks=["PMKS-24"])
        assert evidence().answers.total == 1
        withdraw(finding.output)
        assert evidence().answers.total == 0
        assert "Belum ada temuan" in html_of(client)


class TestChoice:
    def test_narrows_in_the_address_alone(self, client: Client) -> None:
        make_finding(statement_id="Yang membaik.")
        make_finding(statement_id="Yang memburuk.", direction="worse", service="JAMSOS-02")
        html = html_of(client, f"{ADDRESS}?temuan-arah=worse")
        assert "Yang memburuk." in html and "Yang membaik." not in html
        assert 'content="noindex' in html
        html = html_of(client, f"{ADDRESS}?temuan-pilar=rehabilitasi-sosial")
        assert "Yang membaik." in html and "Yang memburuk." not in html
        assert "temuan-layanan=" in html

    @pytest.mark.parametrize("name", ["pilar", "layanan", "arah", "luaran", "yakin", "sebut", "halaman"])
    @pytest.mark.parametrize("value", ["x", "%00", "-1", "9" * 400, "<script>", "better'--", "٣"])
    def test_hostile_values_are_left_out(self, client: Client, name: str, value: str) -> None:
        make_finding()
        html = html_of(client, f"{ADDRESS}?temuan-{name}={value}")
        assert "1 temuan" in html and "<script>" not in html

    def test_nothing_fits(self, client: Client) -> None:
        make_finding()
        assert "Tidak ada temuan yang sesuai" in html_of(client, f"{ADDRESS}?temuan-arah=worse")

    def test_pages(self, client: Client) -> None:
        output = make_output()
        for number in range(PAGE_SIZE + 1):
            make_finding(output, statement_id=f"Temuan ke-{number}.")
        first, last = html_of(client), html_of(client, f"{ADDRESS}?temuan-halaman=2")
        assert first.count("finding-statement") == PAGE_SIZE and "temuan-halaman=2" in first
        assert last.count("finding-statement") == 1
        assert html_of(client, f"{ADDRESS}?temuan-halaman=99").count("finding-statement") == 1

    def test_another_pillar_lets_go_of_the_service(self) -> None:
        choice = Choice(pilar="a", layanan="b", page=3)
        assert choice.with_("pilar", "c") == Choice(pilar="c")
        assert choice.with_("arah", "worse") == Choice(pilar="a", layanan="b", arah="worse")

    def test_the_list_of_all_findings_where_it_can_be_asked_the_same(self, client: Client) -> None:
        make_finding()
        assert "/bukti/temuan/?pmks=lanjut-usia-terlantar" in html_of(client)
        assert "/bukti/temuan/?pmks" not in html_of(client, f"{ADDRESS}?temuan-sebut=biaya")

    def test_the_number_of_statements_is_constant(self, client: Client) -> None:
        def statements() -> list[int]:
            counts = []
            for query in ("", "?temuan-arah=better", "?temuan-sebut=dampak&temuan-halaman=2"):
                cache.clear()
                client.force_login(some_user())
                html_of(client, ADDRESS + query)
                with CaptureQueriesContext(connection) as seen:
                    html_of(client, ADDRESS + query)
                counts.append(len(seen))
            return counts

        make_recommendation(make_finding())
        first = statements()
        for service in ("REHSOS-02", "JAMSOS-02", "DAYASOS-05", "LINSOS-01"):
            for _ in range(2):
                make_recommendation(make_finding(service=service))
        assert statements() == first


def test_recommendations_by_state_lead_to_their_list(client: Client) -> None:
    finding = make_finding()
    make_recommendation(finding)
    make_recommendation(make_finding(pmks=["PMKS-24"]), text_id="Tentang yang lain.")
    assert "/bukti/rekomendasi/?pmks=lanjut-usia-terlantar&amp;status=open" in html_of(client)
    html = html_of(client, "/bukti/rekomendasi/?pmks=lanjut-usia-terlantar&status=open")
    assert "Biayai kunjungan rumah" in html and "Tentang yang lain." not in html
    for hostile in ("%00", "x" * 500, "tidak-ada"):
        html_of(client, f"/bukti/rekomendasi/?pmks={hostile}")


def test_questions_and_opportunities_of_the_topic(client: Client) -> None:
    kind = Pmks.objects.get(code="PMKS-08")
    today = timezone.localdate()
    answered = {"answered_by": curator(1), "answered_at": timezone.now(), "answer_id": "Ya.", "answer_en": "Yes."}
    texts = {"text_id": "Apakah kunjungan membantu?", "text_en": "Do visits help?", "asked_by": some_user()}
    approved = {"decided_by": curator(2), "decided_on": today}
    question = Question.objects.create(pmks=kind, state="published", **texts, **answered, **approved)
    Question.objects.create(pmks=kind, state="asked", text_id="Belum dijawab?", asked_by=some_user())
    for title, days in (("Evaluasi layanan harian", 3), ("Sudah lewat", -1)):
        opened = Opportunity.objects.create(
            kind="evaluation_partner", title_id=title, text_id="Dicari mitra.", owner=some_user(), state="open",
            closes_on=today + datetime.timedelta(days=days), **approved,
        )  # fmt: skip
        opened.pmks.add(kind)
    html = html_of(client)
    assert f'href="/tanya/{question.pk}/"' in html and "Apakah kunjungan membantu?" in html
    assert "Evaluasi layanan harian" in html
    assert "Belum dijawab?" not in html and "Sudah lewat" not in html
