"""What changed on a topic since a day."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evidence.actions import findings, recommendations
from evidence.models import Question, Use
from taxonomy.models import Pmks
from tests.factories.evidence import curator, make_finding, make_recommendation
from tests.factories.publications import (
    make_draft,
    make_output,
    make_submitted,
    make_version,
    some_user,
    withdraw,
)
from tests.factories.topics import make_message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
ADDRESS = "/topik/lanjut-usia-terlantar/perubahan/"
TITLE = "Perawatan berbasis keluarga"
STATEMENT = "Kunjungan rumah dua kali sebulan"


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def html_of(client: Client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def make_use(output: Any, state: str = "accepted") -> Use:
    decided = {"decided_by": curator(2), "decided_on": timezone.localdate()} if state != "reported" else {}
    return Use.objects.create(
        output=output, kind="regulation", title_id="Perda lanjut usia", number="3", year=2026, issuer_name="Kab. X",
        how_id="Dasar pasal 4.", state=state, reported_by=some_user(), **decided,
    )  # fmt: skip


def make_question(state: str = "published") -> Question:
    data: dict[str, Any] = {"text_id": "Apakah kunjungan membantu?", "text_en": "Do visits help?"}
    if state == "published":
        data |= {"answer_id": "Ya.", "answer_en": "Yes.", "answered_by": curator(1), "answered_at": timezone.now()}
        data |= {"decided_by": curator(2), "decided_on": timezone.localdate()}
    return Question.objects.create(pmks=Pmks.objects.get(code="PMKS-08"), state=state, asked_by=some_user(), **data)


def everything() -> None:
    finding = make_finding()
    recommendation = make_recommendation(finding)
    recommendations.answer(recommendation, "planned", "Masuk anggaran 2027.", by=curator(2))
    make_use(finding.output)
    make_version(finding.output, is_correction=True)
    make_question()
    make_message()
    findings.withdraw(make_finding(make_output(), statement_id="Rahasia ditarik."), "Keliru.", by=curator())
    withdraw(make_output(title_id="Naskah yang ditarik"))


def test_tells_every_kind_with_its_address(client: Client) -> None:
    everything()
    html = html_of(client)
    for text in (
        "Publikasi baru", TITLE, "Ralat", "Tabel 3 diperbaiki.", "Temuan baru", STATEMENT, "Rekomendasi: direncanakan",
        "Biayai kunjungan rumah", "Digunakan dalam: ", "Perda lanjut usia", "Pertanyaan dijawab",
        "Apakah kunjungan membantu?", "Pesan utama baru", "Kunjungan rumah membantu", "Temuan ditarik",
        "Publikasi ditarik", "Naskah yang ditarik",
    ):  # fmt: skip
        assert text in html, text
    assert "Rahasia ditarik." not in html
    html = html_of(client, f"/en{ADDRESS}")
    for text in ("New publication", "Correction", "Recommendation: planned", "Question answered", "Do visits help?"):
        assert text in html, text


@pytest.mark.parametrize("make", [make_draft, make_submitted])
def test_nothing_of_what_is_not_public(client: Client, make: Callable[[], Any]) -> None:
    output = make().output
    make_finding(output, "proposed")
    make_use(output)
    make_question("asked")
    make_message(is_checked=False)
    make_finding(make_output(pmks=["PMKS-24"]), pmks=["PMKS-24"])
    html = html_of(client)
    assert "Tidak ada yang berubah" in html
    for text in (TITLE, STATEMENT, "Perda lanjut usia", "Apakah kunjungan", "Kunjungan rumah membantu"):
        assert text not in html


def test_a_withdrawn_output_takes_everything_along(client: Client) -> None:
    finding = make_finding()
    recommendations.answer(make_recommendation(finding), "noted", "", by=curator(2))
    make_use(finding.output)
    withdraw(finding.output)
    html = html_of(client)
    assert "Publikasi ditarik" in html
    for text in (STATEMENT, "Biayai kunjungan rumah", "Perda lanjut usia", "Publikasi baru"):
        assert text not in html


@pytest.mark.parametrize("access", ["embargoed", "restricted"])
def test_closed_files_change_nothing_about_metadata(client: Client, access: str) -> None:
    make_output(access=access, embargo_until=datetime.date(2031, 1, 1) if access == "embargoed" else None)
    assert TITLE in html_of(client)


def test_since_a_day(client: Client) -> None:
    make_output(published_at=timezone.now() - datetime.timedelta(days=500))
    assert TITLE not in html_of(client)
    day = timezone.localdate() - datetime.timedelta(days=500)
    assert TITLE in html_of(client, f"{ADDRESS}?sejak={day.isoformat()}")
    after = day + datetime.timedelta(days=1)
    assert TITLE not in html_of(client, f"{ADDRESS}?sejak={after.isoformat()}")


@pytest.mark.parametrize(
    "text", ["x", "2026-02-30", "2026-13-01", "0001-01-01", "9999-12-31", "%00", "1e9", "9" * 300, "2026-01-01T00:00"]
)
def test_bad_days_are_told_and_show_the_past_year(client: Client, text: str) -> None:
    make_output()
    html = html_of(client, f"{ADDRESS}?sejak={text}")
    assert "bukan tanggal antara tahun 1900" in html and TITLE in html


def test_pages_and_what_is_behind_the_last(client: Client) -> None:
    for _ in range(26):
        make_output()
    assert "halaman=2" in html_of(client)
    assert html_of(client, f"{ADDRESS}?halaman=2").count(TITLE) == 1
    assert html_of(client, f"{ADDRESS}?halaman=999").count(TITLE) == 1
    assert client.get(f"{ADDRESS}?halaman=x").status_code == 404


def test_the_newest_day_first(client: Client) -> None:
    for days in (30, 3):
        published = timezone.now() - datetime.timedelta(days=days)
        make_output(title_id=f"Terbit {days} hari lalu", published_at=published)
    html = html_of(client)
    assert html.index("Terbit 3 hari lalu") < html.index("Terbit 30 hari lalu")


def test_the_number_of_statements_is_constant(client: Client) -> None:
    def statements() -> int:
        html_of(client)
        with CaptureQueriesContext(connection) as seen:
            html_of(client)
        return len(seen)

    everything()
    first = statements()
    everything()
    assert statements() == first <= 14


def test_addresses(client: Client) -> None:
    assert client.get("/topik/pmks-08/perubahan/")["Location"] == ADDRESS
    assert client.get("/topik/tidak-ada/perubahan/").status_code == 404
    assert client.post(ADDRESS).status_code == 405
    assert 'content="noindex' in html_of(client)
    assert f'href="{ADDRESS}"' in html_of(client, "/topik/lanjut-usia-terlantar/")


def test_hostile_texts_stay_text(client: Client) -> None:
    evil = "<script>alert(1)</script>"
    make_finding(make_output(title_id=evil), statement_id=evil)
    make_version(make_output(), change_note=evil)
    assert "<script>alert" not in html_of(client)
