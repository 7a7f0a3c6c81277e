"""What is kept between requests is never shown once something public has changed: with real, committed transactions."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from publications.actions import review
from publications.actions.copies import answer_request, request_copy
from publications.copy_links import make_token
from publications.models import CopyRequest
from publications.queries.generation import content_generation
from taxonomy.models import Pmks
from tests.factories.publications import make_output, make_version, some_curator, some_user, withdraw

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]
ADDRESSES = ("/publikasi/", "/publikasi/?q=keluarga", "/publikasi/tahun/2014/", "/topik/lanjut-usia-terlantar/")


@pytest.fixture(autouse=True)
def clean(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def readers() -> list[Client]:
    """Anonymous, whose pages are kept whole, and somebody signed in, for whom parts are kept."""
    signed_in = Client()
    signed_in.force_login(some_user())
    return [Client(), signed_in]


def test_lists_follow_publication_and_withdrawal() -> None:
    make_output(title_id="Pertama tentang keluarga")
    assert content_generation() is not None
    for client in readers():
        for address in ADDRESSES:
            assert "Pertama" in text_of(client, address)
            assert "Pertama" in text_of(client, address)
    second = make_output(title_id="Kedua tentang keluarga")
    for client in readers():
        for address in ADDRESSES:
            assert "Kedua" in text_of(client, address)
    withdraw(second)
    for client in readers():
        for address in ADDRESSES:
            assert "Kedua" not in text_of(client, address)


def test_page_follows_versions_corrections_and_withdrawal() -> None:
    output = make_output()
    address = f"/publikasi/{output.public_id}/"
    for client in readers():
        assert "Perawatan berbasis keluarga" in text_of(client, address)
    make_version(output, title_id="Judul kedua")
    for client in readers():
        assert "Judul kedua" in text_of(client, address)
    review.correct(output.current, {"title_id": "Judul ketiga"}, "Salah ketik.", by=some_curator())
    for client in readers():
        assert "Judul ketiga" in text_of(client, address)
    withdraw(output)
    for client in readers():
        assert client.get(address).status_code == 410


def test_pages_follow_the_vocabulary() -> None:
    output = make_output()
    for client in readers():
        assert "Lanjut Usia Terlantar" in text_of(client, f"/publikasi/{output.public_id}/")
    Pmks.objects.filter(code="PMKS-08").update(label_id="Lansia Terlantar")
    for client in readers():
        assert "Lansia Terlantar" in text_of(client, f"/publikasi/{output.public_id}/")
        assert "Lansia Terlantar" in text_of(client, "/publikasi/")


def test_page_opened_with_a_key_is_kept_for_nobody() -> None:
    output = make_output(access="restricted")
    asked = request_copy(output, name="Ani", email="ani@contoh.id", purpose="Kajian", language="id")
    granted = answer_request(asked, grant=True, by=output.owner)
    address = f"/publikasi/{output.public_id}/?akses={make_token(granted)}"
    assert "data-reader" in text_of(Client(), address)
    assert "data-reader" not in text_of(Client(), f"/publikasi/{output.public_id}/")
    CopyRequest.objects.update(expires_at="2020-01-01T00:00:00Z")
    assert "data-reader" not in text_of(Client(), address)


def test_owners_page_is_kept_for_nobody() -> None:
    output = make_output(access="restricted")
    owner = Client()
    owner.force_login(output.owner)
    for _ in range(2):
        assert "data-reader" in text_of(owner, f"/publikasi/{output.public_id}/")
        for client in readers():
            html = text_of(client, f"/publikasi/{output.public_id}/")
            assert "data-reader" not in html and "row between no-print" not in html
