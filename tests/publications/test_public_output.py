"""The page of one output, in every state it can be in."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from publications.actions import drafts
from publications.actions.copies import answer_request, request_copy
from publications.copy_links import make_token
from publications.models import CopyRequest, Output
from tests.factories.publications import make_draft, make_output, make_submitted, make_version, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.status_code
    return response.content.decode()


def page_of(client: Client, output: Output, prefix: str = "", query: str = "") -> str:
    return text_of(client, f"{prefix}/publikasi/{output.public_id}/{query}")


def test_page_shows_both_languages_people_and_terms(client: Client) -> None:
    html = page_of(client, make_output())
    for expected in (
        '<h1 lang="id">Perawatan berbasis keluarga',
        'lang="en">Family-based care',
        "Penelitian ini menilai",
        "This study assesses",
        ">Abstrak</h2>",
        ">Abstract</h2>",
        "Lanjut Usia Terlantar",
        "Jawa Tengah",
        "25 November 2014",
        "Poltekesos Bandung",
        "makalah.pdf",
    ):
        assert expected in html
    names = [html.index(name) for name in (">Siti Rahmawati<", ">Sukarno<", ">Maria Goreti Lelang<")]
    assert names == sorted(names)


def test_english_page_leads_with_english(client: Client) -> None:
    html = page_of(client, make_output(), "/en")
    assert '<h1 lang="en">Family-based care' in html
    assert '<p class="title-other" lang="id">Perawatan' in html
    assert html.index(">Abstract</h2>") < html.index(">Abstrak</h2>")


@pytest.mark.parametrize(
    ("precision", "expected"),
    [("year", ">2014</time>"), ("month", ">November 2014</time>"), ("day", ">25 November 2014<")],
)
def test_date_is_as_exact_as_known(client: Client, precision: str, expected: str) -> None:
    html = page_of(client, make_output(date_precision=precision))
    assert expected in html


def test_canonical_and_hreflang(client: Client) -> None:
    output = make_output()
    html = page_of(client, output, "/en", "?halaman=3")
    assert f'<link rel="canonical" href="http://testserver/en/publikasi/{output.public_id}/">' in html
    assert f'hreflang="id" href="http://testserver/publikasi/{output.public_id}/"' in html
    assert f'hreflang="x-default" href="http://testserver/publikasi/{output.public_id}/"' in html


def test_other_spellings_redirect_for_good(client: Client) -> None:
    output = make_output()
    typed = (output.public_id or "").lower().replace("0", "o").replace("1", "l")
    response = client.get(f"/en/publikasi/{typed}/?halaman=2")
    if typed != output.public_id:
        assert response.status_code == 301
        assert response["Location"] == f"/en/publikasi/{output.public_id}/?halaman=2"


@pytest.mark.parametrize("typed", ["ABCDEFG", "x", "AAAAAAAAAAAA", "%00%00%00%00%00%00%00", "tidak-ada"])
def test_wrong_check_character_asks_whether_it_was_mistyped(client: Client, typed: str) -> None:
    assert "publications/mistyped.html" in [t.name for t in client.get(f"/publikasi/{typed}/").templates]
    assert client.get(f"/publikasi/{typed}/").status_code == 404


def test_unknown_but_well_formed_id_is_plain_404(client: Client) -> None:
    from publications.publicid import new_public_id

    assert client.get(f"/publikasi/{new_public_id()}/").status_code == 404


@pytest.mark.parametrize("number", [0, 2, 9, 99999, 10**20])
def test_versions_that_are_not_there(client: Client, number: int) -> None:
    output = make_output()
    assert client.get(f"/publikasi/{output.public_id}/v{number}/").status_code == 404


def test_versions_and_what_changed(client: Client) -> None:
    output = make_output()
    make_version(output, title_id="Judul baru", change_note="Tabel 3 diperbaiki.")
    html = page_of(client, output)
    assert "Judul baru" in html and "Tabel 3 diperbaiki." in html and "2 dari 2" in html
    old = text_of(client, f"/publikasi/{output.public_id}/v1/")
    assert "Perawatan berbasis keluarga" in old
    assert f'<link rel="canonical" href="http://testserver/publikasi/{output.public_id}/">' in old
    assert f"/publikasi/{output.public_id}/v1/makalah.pdf" in old


def test_open_draft_of_a_new_version_changes_nothing_for_readers(client: Client) -> None:
    output = make_output()
    drafts.save_draft(drafts.new_version(output, by=output.owner), {"title_id": "Belum terbit"}, by=output.owner)
    assert "Belum terbit" not in page_of(client, output)
    client.force_login(output.owner)
    assert client.get(f"/publikasi/{output.public_id}/v2/").status_code == 404


@pytest.mark.parametrize("make", [make_draft, make_submitted])
def test_what_was_never_published_has_no_page(client: Client, make: Any) -> None:
    version = make()
    assert version.output.public_id is None
    assert client.get("/publikasi/None/").status_code == 404


def test_tombstone(client: Client) -> None:
    output = make_output()
    withdraw(output, "Data ganda.")
    response = client.get(f"/publikasi/{output.public_id}/")
    html = response.content.decode()
    assert response.status_code == 410 and response["X-Robots-Tag"] == "noindex"
    for kept in ("Perawatan berbasis keluarga", "Siti Rahmawati", "Data ganda.", "Rahmawati, S., Sukarno"):
        assert kept in html
    for gone in ("Penelitian ini menilai", "makalah.pdf", "citation_title", "ld+json", "sampul.webp"):
        assert gone not in html


@pytest.mark.parametrize(
    "tail", ["v1/", "sitasi.bib", "makalah.pdf", "v1/makalah.pdf", "sampul.webp", "minta-salinan/"]
)
def test_everything_of_a_withdrawn_output_is_gone(client: Client, tail: str) -> None:
    output = make_output(access="restricted") if tail == "minta-salinan/" else make_output()
    withdraw(output)
    for reader in (None, output.owner):
        if reader:
            client.force_login(reader)
        assert client.get(f"/publikasi/{output.public_id}/{tail}").status_code == 410


@pytest.mark.parametrize("is_sample", [True, False])
def test_sample_outputs_say_so(client: Client, is_sample: bool) -> None:
    html = page_of(client, make_output(is_sample=is_sample))
    assert ('class="sample"' in html) is is_sample


def test_readers_see_nothing_of_the_desk(client: Client, curator: User) -> None:
    output = make_output()
    anonymous = page_of(client, output)
    assert "/unggah/" not in anonymous.replace('href="/unggah/"', "") and "/kurasi/" not in anonymous
    client.force_login(output.owner)
    owners = page_of(client, output)
    assert f"/unggah/versi-baru/{output.public_id}/" in owners and "/kurasi/" not in owners
    client.force_login(curator)
    assert f"/kurasi/{output.current_id}/" in page_of(client, output)
    withdraw(output)
    assert f"/kurasi/{output.current_id}/" in client.get(f"/publikasi/{output.public_id}/").content.decode()
    client.logout()
    assert "/kurasi/" not in client.get(f"/publikasi/{output.public_id}/").content.decode()


def test_page_of_an_embargoed_output_says_when_it_opens(client: Client) -> None:
    html = page_of(client, make_output(access="embargoed", embargo_until="2999-01-31"))
    assert "31 Januari 2999" in html
    for hidden in ("sampul.webp", "data-reader", "citation_pdf_url", '"encoding"', "download>"):
        assert hidden not in html.replace("sitasi", "").replace('rel="nofollow" download>', "")


def test_restricted_output_offers_to_ask(client: Client) -> None:
    output = make_output(access="restricted")
    html = page_of(client, output)
    assert f"/publikasi/{output.public_id}/minta-salinan/" in html and "data-reader" not in html


def test_metadata_only(client: Client) -> None:
    html = page_of(client, make_output(access="metadata_only"))
    assert "minta-salinan" not in html and "data-reader" not in html


def test_asking_for_a_copy(client: Client, mailoutbox: Any) -> None:
    output = make_output(access="restricted")
    address = f"/publikasi/{output.public_id}/minta-salinan/"
    assert 'name="purpose"' in text_of(client, address)
    wrong = client.post(address, {"name": "Ani", "email": "bukan surel", "purpose": "Kajian daerah"})
    assert wrong.status_code == 422 and "Kajian daerah" in wrong.content.decode()
    sent = client.post(address, {"name": "Ani", "email": "ani@contoh.id", "purpose": "Kajian daerah"})
    assert sent.status_code == 302
    request = CopyRequest.objects.get()
    assert (request.output, request.email, request.language) == (output, "ani@contoh.id", "id")
    again = client.post(address, {"name": "Ani", "email": "ANI@contoh.id", "purpose": "Lagi"})
    assert again.status_code == 422 and CopyRequest.objects.count() == 1


@pytest.mark.parametrize("access", ["open", "metadata_only"])
def test_nothing_to_ask_for(client: Client, access: str) -> None:
    output = make_output(access=access)
    assert client.get(f"/publikasi/{output.public_id}/minta-salinan/").status_code == 404


def test_granted_reader_sees_links_with_the_key(client: Client) -> None:
    output = make_output(access="restricted")
    request = request_copy(output, name="Ani", email="ani@contoh.id", purpose="Kajian", language="id")
    request = answer_request(request, grant=True, by=output.owner)
    token = make_token(request)
    response = client.get(f"/publikasi/{output.public_id}/", {"akses": token})
    html = response.content.decode()
    assert "makalah.pdf?akses=" in html and "data-reader" in html
    assert "no-store" in response["Cache-Control"] and response["X-Robots-Tag"] == "noindex"
    assert "citation_pdf_url" not in html
    assert "makalah.pdf" not in text_of(client, f"/publikasi/{output.public_id}/?akses=salah").replace(
        'name">makalah.pdf', ""
    )


def test_reader_opens_at_the_page_asked_for(client: Client) -> None:
    assert "makalah.pdf#page=14" in page_of(client, make_output(), query="?halaman=14")
    assert "#page=" not in page_of(client, make_output(), query="?halaman=abc")


def test_orcid_typed_and_confirmed_look_different(client: Client) -> None:
    output = make_output()
    assert 'class="orcid"' in page_of(client, output)
    output.current.contributors.filter(orcid__gt="").update(orcid_authenticated=True)
    assert 'class="orcid confirmed"' in page_of(client, output)


def test_markup_in_metadata_stays_text(client: Client) -> None:
    nasty = '</script><script>alert("x")</script>&'
    output = make_output(title_id=nasty, abstract_id=nasty, publisher=nasty, keywords_id=[nasty])
    html = page_of(client, output)
    assert "<script>alert" not in html
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert block and json.loads(block.group(1))["name"] == nasty


def test_relations_in_both_directions(client: Client) -> None:
    data = make_output(title_id="Himpunan data survei", title_en="", type="c_ddb1")
    paper = make_output(relations=[{"kind": "IsSupplementedBy", "target": data}])
    assert "Himpunan data survei" in page_of(client, paper)
    assert "Perawatan berbasis keluarga" in page_of(client, data)
    hidden = make_draft(relations=[{"kind": "Cites", "target": paper}], title_id="Rancangan rahasia")
    assert hidden.title not in page_of(client, paper)


@pytest.mark.parametrize("extra", [0, 3])
def test_number_of_queries_does_not_depend_on_the_content(
    client: Client, django_assert_num_queries: Any, extra: int
) -> None:
    people = [{"given_name": "Orang", "family_name": f"Ke{n}"} for n in range(1 + extra)]
    output = make_output(contributors=people, pmks=["PMKS-08", "PMKS-01", "PMKS-02"][: 1 + extra])
    for _ in range(extra):
        make_version(output)
    page_of(client, output)
    # What decides; the version, terms, people, files, identifiers, versions, relations, evidence at all, conference.
    with django_assert_num_queries(11):
        page_of(client, output)
