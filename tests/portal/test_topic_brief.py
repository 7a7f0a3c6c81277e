"""The brief of a topic, read back from its PDF."""

import hashlib
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.core.cache import cache
from django.test import Client

from evidence.models import Finding
from portal import topic_brief
from portal.brief.content import TEMPLATE
from publications import typesetting
from publications.pdf.runner import Run
from publications.typesetting import NotTypeset
from publications.typesetting.qr import qr_rows
from tests.factories.accounts import make_user
from tests.factories.evidence import make_finding, make_ratings, make_recommendation
from tests.factories.publications import make_output, withdraw
from tests.factories.topics import make_message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
ADDRESS = "/topik/lanjut-usia-terlantar/ringkasan.pdf"
EVIL = '#panic("x") $ \\ * _ ` <a> @b #[ ] #read("/etc/passwd") = // /* "'


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.SITE_URL = "https://repositori.contoh.id"
    cache.clear()


def pdf_of(client: Client, address: str = ADDRESS) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    return pdfium.PdfDocument(response.content)


def text_of(document: Any) -> str:
    pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    return " ".join(" ".join(pages).split())


def test_says_what_the_page_says_on_a4(client: Client) -> None:
    finding = make_finding()
    make_ratings(finding, 3, 3)
    make_recommendation(finding)
    make_message()
    document = pdf_of(client)
    assert len(document) == 1
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    text = text_of(document)
    for part in (
        "Lanjut Usia Terlantar", "Kunjungan rumah membantu; keyakinan sedang.", "diperiksa oleh Kurator Bukti 2",
        "Perawatan dan pengasuhan: 1 dari 1 temuan membaik (1 studi); kekuatan metode: sedang.",
        "Rp1.250.000 per orang per tahun", "Tiga kader berhenti", "12 luaran tanpa temuan.", "Tidak ada studi di",
        finding.statement_id, "(membaik)", "Siti Rahmawati, Sukarno, Maria Goreti Lelang (2014).", "Halaman 2.",
        f"https://repositori.contoh.id/publikasi/{finding.output.public_id}/", "Biayai kunjungan rumah",
        "belum ditanggapi", "Dibuat pada", "https://repositori.contoh.id/topik/lanjut-usia-terlantar/",
    ):  # fmt: skip
        assert part in text, part


def test_in_english(client: Client) -> None:
    finding = make_finding()
    text = text_of(pdf_of(client, f"/en{ADDRESS}"))
    for part in ("Neglected older person", finding.statement_en, "What works, and how sure", "/en/topik/lanjut-usia"):
        assert part in text, part


def test_says_that_nothing_is_known(client: Client) -> None:
    text = text_of(pdf_of(client))
    assert "Belum ada temuan yang terbuka." in text and "tidak diketahui: tidak ada temuan yang menyebut biaya" in text


def links_of(response: Any) -> str:
    return response.content.decode("latin-1")


def test_addresses_are_links(client: Client) -> None:
    finding = make_finding()
    source = links_of(client.get(ADDRESS))
    for path in ("/topik/lanjut-usia-terlantar/", f"/publikasi/{finding.output.public_id}/"):
        assert f"(https://repositori.contoh.id{path})" in source


def test_hostile_texts_are_printed_as_they_are(client: Client) -> None:
    finding = make_finding(make_output(title_id=EVIL), statement_id=EVIL, harms_id=EVIL, cost_basis_id=EVIL)
    make_recommendation(finding, text_id=EVIL, addressee_name=EVIL[:90])
    make_message(text=EVIL)
    text = text_of(pdf_of(client))
    assert text.count('#panic("x")') >= 5
    assert "root:" not in text


def test_the_longest_texts_fit_on_one_page(client: Client) -> None:
    word = "Kesejahteraan "
    for _ in range(8):
        finding = make_finding(
            make_output(title_id=(word * 40)[:500]),
            statement_id=(word * 40)[:400],
            harms_id=(word * 80)[:1000],
            cost_basis_id=(word * 20)[:200],
        )
        make_ratings(finding, 1, 4)
        make_recommendation(finding, text_id=(word * 50)[:600], addressee_name=(word * 20)[:200])
    make_message(text=(word * 30)[:300])
    document = pdf_of(client)
    assert len(document) == 1
    text = text_of(document)
    assert "Temuan utama: 0 dari 8" not in text and "Selengkapnya, dalam keadaan terbaru, di: https://" in text


@pytest.mark.parametrize("state", ["draft", "proposed", "returned", "withdrawn"])
def test_only_what_is_public(client: Client, state: str) -> None:
    finding = make_finding(state=state, statement_id="Isi rahasia sekali.")
    client.force_login(finding.output.owner)
    assert "Isi rahasia sekali." not in text_of(pdf_of(client))


def test_a_withdrawn_output_takes_its_findings_along(client: Client) -> None:
    finding = make_finding(statement_id="Isi rahasia sekali.")
    make_recommendation(finding)
    assert "Isi rahasia sekali." in text_of(pdf_of(client))
    withdraw(finding.output)
    text = text_of(pdf_of(client))
    assert "Isi rahasia sekali." not in text and "Biayai kunjungan" not in text


def test_the_same_bytes_for_everybody(client: Client) -> None:
    make_finding()
    bodies = {client.get(ADDRESS).content}
    for role in ("researcher", "policymaker", "curator"):
        client.force_login(make_user(f"{role}@contoh.id", role=role))
        bodies.add(client.get(ADDRESS).content)
    assert len(bodies) == 1


def test_headers_and_conditions(client: Client) -> None:
    response = client.get(ADDRESS)
    assert response["Content-Type"] == "application/pdf"
    assert response["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'
    assert response["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == 'inline; filename="lanjut-usia-terlantar-id.pdf"'
    assert client.get(ADDRESS, HTTP_IF_NONE_MATCH=response["ETag"]).status_code == 304
    assert client.get(ADDRESS, HTTP_IF_MODIFIED_SINCE="Mon, 01 Jan 2001 00:00:00 GMT").status_code == 200
    assert client.head(ADDRESS).content == b""
    assert client.post(ADDRESS).status_code == 405


def test_addresses(client: Client) -> None:
    assert client.get("/topik/pmks-08/ringkasan.pdf")["Location"] == ADDRESS
    assert client.get("/topik/tidak-ada/ringkasan.pdf").status_code == 404
    assert f'href="{ADDRESS}"' in client.get("/topik/lanjut-usia-terlantar/").content.decode()


@pytest.mark.parametrize("run", [Run(b"", 1, "", 0, 0), Run(b"%PDF-", 0, "time", 0, 0), Run(b"oh", 0, "", 0, 0)])
def test_a_compiler_that_gives_up_is_told(client: Client, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setattr(typesetting, "run", lambda *_, **__: run)
    with pytest.raises(NotTypeset):
        typesetting.typeset(TEMPLATE, {})
    response = client.get(ADDRESS)
    assert (response.status_code, response["Retry-After"]) == (503, "60")


def test_wrong_data_is_refused_by_the_child() -> None:
    with pytest.raises(NotTypeset):
        typesetting.typeset(TEMPLATE, {"timestamp": 0})


def test_the_square_code_is_square() -> None:
    rows = qr_rows("https://repositori.contoh.id/topik/lanjut-usia-terlantar/")
    assert {len(row) for row in rows} == {len(rows)} and set("".join(rows)) == {"0", "1"}


@pytest.mark.django_db(transaction=True)
def test_is_typeset_once_until_something_public_changes(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    monkeypatch.setattr(topic_brief, "typeset", lambda _template, brief: made.append(brief) or b"%PDF-1")
    finding = make_finding()
    for _ in range(3):
        client.get(ADDRESS)
    assert len(made) == 1
    client.get(f"/en{ADDRESS}")
    assert len(made) == 2
    make_ratings(finding, 4)
    client.get(ADDRESS)
    assert len(made) == 3
    assert Finding.objects.count() == 1
