"""The pages of registration: each address and role, the form, bad input, two windows, the letter, statements."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from conferences.actions import needs
from conferences.models import CommitteeRole, Edition, Need, Registration, RegistrationTerms
from conferences.states import RegistrationState
from publications.models import Blob
from tests.conferences.papers import pdf
from tests.factories.accounts import make_organisation, make_user
from tests.factories.conferences import committee, make_edition, some_author
from tests.factories.desk import picture
from tests.factories.publications import make_blob
from tests.factories.registration import DATA, make_registration, make_terms, open_edition

pytestmark = pytest.mark.django_db
S = RegistrationState
REGISTRARS = {"chair", "secretary", "registration", "administrator"}
ROLES = [None, "owner", "stranger", "administrator", *CommitteeRole.values]
READ = ("", ".csv", ".xlsx", "/statistik/", "/kebutuhan/")
OWN = ("", "ubah/", "batal/", "surat-tugas/", "kalender.ics")


def sign_in(client: Client, role: str | None, edition: Edition, owner: Any) -> None:
    if role == "owner":
        client.force_login(owner)
    elif role in CommitteeRole.values:
        client.force_login(committee(edition, str(role)))
    elif role:
        client.force_login(
            make_user(f"{role}@contoh.id", role="administrator" if role == "administrator" else "researcher")
        )


def desk(edition: Edition, more: str = "/") -> str:
    return f"/panitia/{edition.slug}/pendaftaran{more}"


def own(registration: Registration, more: str = "") -> str:
    return f"/konferensi/{registration.edition.slug}/pendaftaran/{registration.pk}/{more}"


@pytest.mark.parametrize("role", ROLES)
def test_every_page_and_role(client: Client, role: str | None) -> None:
    edition = open_edition()
    one = make_registration(edition, letter=make_blob())
    sign_in(client, role, edition, one.user)
    expected = 302 if role is None else 200 if role in REGISTRARS else 403
    pages = [desk(edition, more or "/") for more in READ]
    pages += [desk(edition, more) for more in ("/ketentuan/", "/baru/")]
    pages += [desk(edition, f"/{one.pk}/{more}") for more in ("", "ubah/", "surat-tugas/")]
    for path in pages:
        assert client.get(path).status_code == expected, path
    for more in OWN:
        assert client.get(own(one, more)).status_code == (302 if role is None else 200 if role == "owner" else 404), (
            more
        )
    assert client.get(f"/konferensi/{edition.slug}/daftar/").status_code == 200
    assert client.get("/akun/pendaftaran/").status_code == (200 if role else 302)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in REGISTRARS])
def test_others_change_nothing(client: Client, role: str | None) -> None:
    edition = open_edition()
    one = make_registration(edition, S.REQUESTED, user=some_author())
    sign_in(client, role, edition, some_author())
    for more, data in (
        ("/konfirmasi/", {"pilih": f"{one.pk}:0"}),
        ("/ketentuan/", {"quota": 1, "seen": 0}),
        ("/baru/", DATA),
        (f"/{one.pk}/putusan/", {"putusan": "terima", "seen": 0}),
        (f"/{one.pk}/ubah/", {**DATA, "seen": 0}),
    ):
        assert client.post(desk(edition, more), data).status_code == (302 if role is None else 403), more
    for more in ("ubah/", "batal/", "surat-tugas/hapus/"):
        assert client.post(own(one, more), {**DATA, "seen": 0}).status_code == (302 if role is None else 404), more
    assert Registration.objects.get().revision == 0 and RegistrationTerms.objects.get().revision == 0


def test_an_edition_in_preparation_is_not_there(client: Client) -> None:
    edition = open_edition(state="draft")
    assert client.get(f"/konferensi/{edition.slug}/daftar/").status_code == 404
    client.force_login(committee(edition, "chair"))
    assert "belum dibuka" in client.get(f"/konferensi/{edition.slug}/daftar/").text


def test_everybody_reads_what_when_and_how_many_places(client: Client) -> None:
    edition = open_edition(quota=3, note_id="Tanpa biaya.", asks_letter=True)
    make_registration(edition)
    page = client.get(f"/konferensi/{edition.slug}/daftar/")
    for text in (
        "Pendaftaran dibuka",
        "Tanpa biaya.",
        "surat tugas",
        f"?next=%2Fkonferensi%2F{edition.slug}%2Fdaftar%2F",
    ):
        assert text in page.text
    assert 'data-label="Masih kosong">2<' in page.text and "<form class" not in page.text
    assert "Peserta " not in page.text  # nobody's name
    assert f"/konferensi/{edition.slug}/daftar/" in client.get(f"/konferensi/{edition.slug}/").text


def test_who_signs_in_registers_and_loses_nothing_typed(client: Client) -> None:
    edition = open_edition()
    user = make_user("baru@contoh.id", name="Dewi Lestari")
    path = f"/konferensi/{edition.slug}/daftar/"
    response = client.post(path, {**DATA, "need": "Kursi roda"})
    assert response.status_code == 302 and "next=" in response["Location"]
    client.force_login(user)
    page = client.get(path)
    assert "Kursi roda" in page.text and "Sesi Anda tadi berakhir" in page.text
    response = client.post(path, {**DATA, "need": "Kursi roda"})
    one = Registration.objects.select_related("need").get()
    assert response["Location"] == own(one) and one.user == user and one.need.text == "Kursi roda"
    assert one.institution_name == "Universitas Contoh Jaya" and one.institution is None
    assert "Anda sudah terdaftar" in client.get(path).text
    assert client.post(path, DATA)["Location"] == own(one)
    assert edition.title_id in client.get("/akun/pendaftaran/").text


def test_the_form_begins_with_what_is_known_of_the_person(client: Client) -> None:
    place = make_organisation("Politeknik Contoh", acronym="POLTEK")
    user = make_user("dewi@contoh.id", name="Dewi Lestari")
    user.person.degrees_before, user.person.affiliation = "Dr.", place
    user.person.save()
    edition = open_edition()
    client.force_login(user)
    path = f"/konferensi/{edition.slug}/daftar/"
    page = client.get(path).text
    assert 'value="Dr. Dewi Lestari"' in page and 'value="Politeknik Contoh"' in page
    client.post(path, {**DATA, "institution_name": "poltek"})
    assert Registration.objects.get().institution == place


@pytest.mark.parametrize(
    "changes",
    [
        {"category": "king"}, {"category": ""}, {"attendance": "online"}, {"attendance": "x"}, {"name": " "},
        {"name": "x" * 201}, {"badge_name": "x" * 61}, {"phone": "telepon"}, {"phone": "1" * 31}, {"language": "fr"},
        {"need": "x" * 1001}, {"institution_name": "x" * 301}, {"position_title": "x" * 151},
    ],
)  # fmt: skip
def test_bad_input_is_said_and_nothing_lost(client: Client, changes: dict[str, str]) -> None:
    edition = open_edition()
    client.force_login(some_author())
    page = client.post(f"/konferensi/{edition.slug}/daftar/", {**DATA, "position_title": "Jabatan Uji", **changes})
    assert page.status_code == 422 and not Registration.objects.exists()
    assert "Universitas Contoh Jaya" in page.text or "institution_name" in changes


def test_a_form_that_comes_after_the_end_is_not_taken(client: Client) -> None:
    edition = open_edition(dates={"registration_closes": -1})
    client.force_login(some_author())
    page = client.post(f"/konferensi/{edition.slug}/daftar/", DATA)
    assert page.status_code == 422 and "Pendaftaran sudah ditutup" in page.text
    assert not Registration.objects.exists()


def test_two_windows(client: Client) -> None:
    edition = open_edition()
    one = make_registration(edition)
    client.force_login(one.user)
    assert client.post(own(one, "ubah/"), {**DATA, "name": "Pertama", "seen": 0}).status_code == 302
    page = client.post(own(one, "ubah/"), {**DATA, "name": "Kedua", "seen": 0})
    assert page.status_code == 409 and "Pertama" in page.text and 'value="Kedua"' in page.text
    assert client.post(own(one, "ubah/"), {**DATA, "name": "Kedua", "seen": "x"}).status_code == 409
    assert client.post(own(one, "ubah/"), {**DATA, "name": "Kedua", "seen": 1}).status_code == 302


def letter(content: bytes, name: str = "surat.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_the_letter_is_read_by_its_owner_and_the_committee_alone(client: Client) -> None:
    edition = open_edition(asks_letter=True)
    client.force_login(some_author())
    content = pdf()
    client.post(f"/konferensi/{edition.slug}/daftar/", {**DATA, "letter": letter(content, "Tugas Siti.pdf")})
    one = Registration.objects.get()
    answer = client.get(own(one, "surat-tugas/"))
    assert b"".join(answer.streaming_content) == content  # a signature in it stays whole
    assert "sandbox" in answer["Content-Security-Policy"] and answer["Cache-Control"] == "private, no-store"
    assert "Tugas" not in answer["Content-Disposition"]
    assert client.post(own(one, "surat-tugas/hapus/")).status_code == 302
    assert client.get(own(one, "surat-tugas/")).status_code == 404


def test_a_picture_is_drawn_anew(client: Client) -> None:
    edition = open_edition(asks_letter=True)
    one = make_registration(edition)
    client.force_login(one.user)
    client.post(own(one, "ubah/"), {**DATA, "seen": 0, "letter": picture(name="surat.jpg")})
    one.refresh_from_db()
    assert one.letter is not None and one.letter.mime == "image/webp" and b"Nikon" not in one.letter.content.read()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script></html>", "surat.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "surat.png"),
        (b"MZ\x90\x00", "surat.pdf"),
        (b"%PDF-1.4 nothing of it", "surat.pdf"),
        (b"", "surat.pdf"),
        (b"a,b\n1,2\n", "surat.csv"),
        (b"\xff\xd8\xff\xe0 cut off", "surat.jpg"),
        (b"%PDF-1.4" + b" " * (5 * 1024 * 1024), "surat.pdf"),
    ],
)
def test_a_hostile_letter_is_refused_and_nobody_registered(client: Client, content: bytes, name: str) -> None:
    edition = open_edition(asks_letter=True)
    client.force_login(some_author())
    page = client.post(f"/konferensi/{edition.slug}/daftar/", {**DATA, "letter": letter(content, name)})
    assert page.status_code == 422 and "field_letter" in page.text
    assert not Registration.objects.exists() and not Blob.objects.exists()


def test_the_committee_decides_on_what_it_has_read(client: Client) -> None:
    edition = open_edition(needs_approval=True)
    one = make_registration(edition, S.REQUESTED)
    client.force_login(committee(edition, "registration"))
    path = desk(edition, f"/{one.pk}/putusan/")
    assert client.post(path, {"putusan": "tolak", "seen": 0}).status_code == 422
    page = client.post(path, {"putusan": "tolak", "seen": 5, "reason": "Alasan panjang."})
    assert page.status_code == 409 and "Alasan panjang." in page.text
    assert client.post(path, {"putusan": "x", "seen": 0}).status_code == 404
    assert client.get(path).status_code == 302
    assert client.post(path, {"putusan": "terima", "seen": 0}).status_code == 302
    assert "orang lain telah memutuskan" in client.post(path, {"putusan": "terima", "seen": 1}, follow=True).text
    one.refresh_from_db()
    assert one.state == S.CONFIRMED
    client.post(path, {"putusan": "batal", "seen": 1, "reason": "Permintaan lewat telepon."})
    one.refresh_from_db()
    assert (one.state, one.reason) == (S.CANCELLED, "Permintaan lewat telepon.")


def test_full_is_said(client: Client) -> None:
    edition = open_edition(quota=0, is_online=True)
    waiting, online = make_registration(edition, S.WAITING), make_registration(edition, attendance="online")
    client.force_login(committee(edition, "chair"))
    page = client.post(desk(edition, f"/{waiting.pk}/putusan/"), {"putusan": "terima", "seen": 0}, follow=True)
    assert "Tidak ada tempat lagi" in page.text
    page = client.post(desk(edition, f"/{online.pk}/ubah/"), {**DATA, "seen": 0})
    assert page.status_code == 422 and "Tidak ada tempat lagi" in page.text


def test_several_at_once_and_odd_choices(client: Client) -> None:
    edition = open_edition(quota=1, needs_approval=True)
    rows = [make_registration(edition, S.REQUESTED) for _ in range(2)]
    client.force_login(committee(edition, "chair"))
    chosen = [f"{row.pk}:0" for row in rows] + ["", "x:y", "1:2:3", "9" * 30 + ":0"]
    page = client.post(desk(edition, "/konfirmasi/"), {"pilih": chosen}, follow=True)
    assert "1 pendaftaran dikonfirmasi" in page.text and "daftar tunggu" in page.text
    assert "Pilih sedikitnya satu" in client.post(desk(edition, "/konfirmasi/"), follow=True).text


def test_terms_are_set_and_raise_the_line(client: Client) -> None:
    edition = open_edition(quota=0)
    waiting = make_registration(edition, S.WAITING)
    client.force_login(committee(edition, "secretary"))
    data = {"is_offered": "on", "quota": 5, "quota_online": "", "needs_kept_days": 7, "seen": 0}
    for bad in (
        {"quota": -1},
        {"quota": "banyak"},
        {"needs_kept_days": 91},
        {"quota_online": 10**9},
        {"note_id": "x" * 3001},
    ):
        assert client.post(desk(edition, "/ketentuan/"), {**data, **bad}).status_code == 422
    page = client.post(desk(edition, "/ketentuan/"), data, follow=True)
    waiting.refresh_from_db()
    assert waiting.state == S.CONFIRMED and "1 orang naik" in page.text
    assert client.post(desk(edition, "/ketentuan/"), {**data, "quota": 6}).status_code == 409


def test_the_committee_enters_and_corrects(client: Client) -> None:
    edition = make_edition()
    client.force_login(committee(edition, "registration"))
    response = client.post(desk(edition, "/baru/"), {**DATA, "email": "tamu@contoh.id"})
    one = Registration.objects.get()
    assert response["Location"] == desk(edition, f"/{one.pk}/") and one.state == S.CONFIRMED
    assert client.post(desk(edition, "/baru/"), {**DATA, "email": "bukan"}).status_code == 422
    client.post(desk(edition, f"/{one.pk}/ubah/"), {**DATA, "name": "Dr. Siti Benar", "seen": 0})
    one.refresh_from_db()
    assert one.name == "Dr. Siti Benar" and one.email == ""
    assert client.post(desk(edition, f"/{one.pk}/ubah/"), {**DATA, "seen": 0}).status_code == 409


def test_lists_are_narrowed() -> None:
    from conferences.queries.registrations_desk import of_edition, wanted

    edition = open_edition()
    place = make_organisation("Balai Contoh", acronym="BC")
    a = make_registration(edition, category="press", name="Wayan Pers", institution=place)
    b = make_registration(edition, S.WAITING, attendance="online", institution_name="Dinas Sosial")
    for asked, found in (
        ({}, [a, b]), ({"status": "waiting"}, [b]), ({"status": "x"}, [a, b]), ({"kategori": "press"}, [a]),
        ({"cara": "online"}, [b]), ({"lembaga": "bc"}, [a]), ({"lembaga": "dinas"}, [b]), ({"cari": "wayan"}, [a]),
        ({"cari": "#2"}, [b]), ({"cari": b.email}, [b]), ({"surat": "ada"}, []), ({"surat": "belum"}, [a, b]),
        ({"cari": "a\x00"}, [a]),
    ):  # fmt: skip
        assert list(of_edition(edition, wanted(asked)))[: len(found)] == found, asked


def table(answer: Any) -> list[list[Any]]:
    return [list(row) for row in load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)]


def test_tables_of_participants_hold_no_needs_and_no_formulas(client: Client) -> None:
    edition = open_edition()
    one = make_registration(
        edition, name="=HYPERLINK(1)", phone="+62811", institution=make_organisation(province_code="ID-JK")
    )
    needs.write(one, "Kursi roda rahasia")
    make_registration(edition, S.CANCELLED, user=None)
    client.force_login(committee(edition, "registration"))
    text = b"".join(client.get(desk(edition, ".csv")).streaming_content).decode()
    sheet = table(client.get(desk(edition, ".xlsx")))
    assert "'=HYPERLINK(1)" in text and "'+62811" in text and sheet[1][4] == "'=HYPERLINK(1)"
    assert len(sheet) == 3 and "Jakarta" in str(sheet[1])
    assert "rahasia" not in text and "rahasia" not in str(sheet)
    assert len(table(client.get(desk(edition, ".xlsx?status=cancelled")))) == 2


def test_numbers(client: Client) -> None:
    edition = open_edition()
    place = make_organisation("Universitas Angka", province_code="ID-JK")
    for _ in range(3):
        make_registration(edition, category="lecturer", institution=place)
    make_registration(edition, S.WAITING, category="press")
    client.force_login(committee(edition, "registration"))
    page = client.get(desk(edition, "/statistik/")).text
    assert "3 peserta terkonfirmasi" in page and "Universitas Angka" in page and "Jakarta" in page
    assert '<rect width="100"' in page


def test_needs_are_seen_by_those_who_arrange_them_alone(client: Client) -> None:
    edition = open_edition()
    one = make_registration(edition)
    needs.write(one, "Kursi roda-QW7")
    seen = [desk(edition, f"/{one.pk}/"), desk(edition, "/kebutuhan/"), desk(edition, f"/{one.pk}/ubah/")]
    client.force_login(committee(edition, "registration"))
    assert all("QW7" in client.get(path).text for path in seen)
    assert "QW7" not in client.get(desk(edition)).text
    client.force_login(one.user)
    assert "QW7" in client.get(own(one)).text
    answer = client.get(own(one))
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/", "/statistik/", "/kebutuhan/", ".csv", ".xlsx"])
def test_statements_stay_the_same(client: Client, path: str) -> None:
    edition = open_edition()
    client.force_login(committee(edition, "chair"))

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            answer = client.get(desk(edition, path))
            if answer.streaming:
                list(answer.streaming_content)
        return len(captured)

    def more() -> None:
        for _ in range(5):
            one = make_registration(edition, institution=make_organisation(f"Lembaga {Registration.objects.count()}"))
            needs.write(one, "Kursi roda")

    more()
    few = statements()
    more()
    more()
    assert statements() == few


def test_own_pages_in_constant_statements(client: Client) -> None:
    user = some_author()
    client.force_login(user)
    for _ in range(2):
        make_registration(make_edition(), user=user)
    with CaptureQueriesContext(connection) as few:
        client.get("/akun/pendaftaran/")
    for _ in range(4):
        make_registration(make_edition(), user=user)
    with CaptureQueriesContext(connection) as many:
        client.get("/akun/pendaftaran/")
    assert len(many) == len(few) and Need.objects.count() == 0


def test_a_kept_page_of_the_site_notices_that_registration_is_offered(client: Client) -> None:
    edition = make_edition(dates={"registration_opens": -1, "registration_closes": 10})
    path = f"/konferensi/{edition.slug}/"
    assert "/daftar/" not in client.get(path).text
    make_terms(edition)
    assert f"{path}daftar/" in client.get(path).text
