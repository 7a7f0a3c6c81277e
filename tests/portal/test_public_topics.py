"""The pages of the 26 PMKS."""

import datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import Organisation
from portal.charts import bar_chart
from taxonomy.models import Pmks
from tests.factories.publications import make_output

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
ADDRESS = "/topik/lanjut-usia-terlantar/"


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def html_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("prefix", "title"), [("", "Lanjut Usia Terlantar"), ("/en", "Neglected older person")])
def test_all_26_by_cluster(client: Client, prefix: str, title: str) -> None:
    make_output()
    html = html_of(client, f"{prefix}/topik/")
    assert title in html
    for topic in Pmks.objects.all():
        assert f'href="{prefix}/topik/{topic.slug}/"' in html


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_topic_opens_when_empty(client: Client, prefix: str) -> None:
    for topic in Pmks.objects.all():
        html_of(client, f"{prefix}/topik/{topic.slug}/")


def test_definition_names_and_basis(client: Client) -> None:
    topic = Pmks.objects.get(code="PMKS-08")
    html = html_of(client, ADDRESS)
    assert topic.definition_id in html and "Ringkasan, bukan teks peraturan" in html
    for name in ("PMKS-08", "12-PAS: Lansia terlantar", "Permensos 8/2012", "PPKS", "ATENSI", "Permensos 7/2021"):
        assert name in html


def test_checked_definition_has_no_note(client: Client) -> None:
    Pmks.objects.filter(code="PMKS-08").update(verification="seen")
    assert "Ringkasan, bukan teks peraturan" not in html_of(client, ADDRESS)


def test_umbrella_word_is_a_setting(client: Client, settings: Any) -> None:
    settings.UMBRELLA_TERM = "PPKS"
    assert "Pemerlu Pelayanan Kesejahteraan Sosial" in html_of(client, "/topik/")


def test_outputs_chart_places_and_people(client: Client) -> None:
    place = Organisation.objects.create(name="Poltekesos")
    people = [{"family_name": "Sukarno", "affiliation": place}]
    for year in (2018, 2020, 2020):
        make_output(date=datetime.date(year, 1, 1), contributors=people)
    make_output(pmks=["PMKS-04"], title_id="Anak jalanan di kota")
    html = html_of(client, ADDRESS)
    assert "3 publikasi" in html and "2018–2020" in html and "Anak jalanan di kota" not in html
    assert "<title>2020: 2</title>" in html and '<th scope="row">2020</th><td class="number">2</td>' in html
    assert "<title>Jawa Tengah: 3</title>" in html and "?pmks=lanjut-usia-terlantar&amp;provinsi=jawa-tengah" in html
    assert ">Sukarno</a>" in html and f'href="/lembaga/{place.pk}/"' in html


def test_related_topics_share_publications_or_cluster(client: Client) -> None:
    make_output(pmks=["PMKS-08", "PMKS-24"])
    assert "/topik/fakir-miskin/" in html_of(client, ADDRESS)
    assert "/topik/anak-terlantar/" in html_of(client, "/topik/anak-jalanan/")


def test_retired_topic_redirects(client: Client) -> None:
    new = Pmks.objects.get(code="PMKS-24")
    Pmks.objects.filter(code="PMKS-08").update(retired_on="2026-01-01", replaced_by=new)
    response = client.get("/en" + ADDRESS)
    assert (response.status_code, response["Location"]) == (301, "/en/topik/fakir-miskin/")


@pytest.mark.parametrize("slug", ["tidak-ada", "0", "%00"])
def test_topics_that_are_not_there(client: Client, slug: str) -> None:
    assert client.get(f"/topik/{slug}/").status_code == 404


def test_code_leads_to_the_address(client: Client) -> None:
    assert client.get("/topik/pmks-08/")["Location"] == ADDRESS


class TestBarChart:
    def test_nothing_to_draw(self) -> None:
        assert bar_chart([]) is None

    def test_gaps_are_drawn_and_left_out_of_the_table(self) -> None:
        chart = bar_chart([(2018, 1), (2021, 4)])
        assert chart is not None
        assert [bar.year for bar in chart.bars] == [2018, 2019, 2020, 2021]
        assert [(bar.year, bar.count) for bar in chart.table] == [(2021, 4), (2018, 1)]
        assert (chart.bars[3].height, chart.bars[0].height, chart.bars[1].height) == ("70.0", "17.5", "0.0")

    def test_one_year(self) -> None:
        chart = bar_chart([(2020, 9)])
        assert chart is not None and (chart.first, chart.last) == (2020, 2020)


def test_list_of_topics_needs_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    make_output()
    with django_assert_max_num_queries(4):  # generation, clusters, topics, counts
        client.get("/topik/")
