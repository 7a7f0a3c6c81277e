"""The organisers' pages: each address and role, forms, two windows, what the archive refuses, statements."""

import datetime
import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conferences import parts
from conferences.models import CommitteeRole, DateKind, Edition, Photo, Series
from conferences.parts import PARTS, Part
from tests.factories.accounts import make_organisation, make_user
from tests.factories.conferences import committee, make_edition, make_series, make_track
from tests.factories.desk import MARK, chair_of, make_row, picture, ready_edition

pytestmark = pytest.mark.django_db
COMMITTEE = list(CommitteeRole.values)
ROLES = [None, "stranger", "other_chair", "administrator", *COMMITTEE]
ORGANISERS = {"chair", "secretary", "administrator"}
DESK = {*COMMITTEE, "administrator"} - {"steering", "member"}


def sign_in(client: Client, role: str | None, edition: Edition) -> Any:
    if role is None:
        return None
    if role in COMMITTEE:
        user = committee(edition, role)
    elif role == "other_chair":
        user = committee(make_edition(), "chair")
    else:
        user = make_user(f"{role}@contoh.id", role="administrator" if role == "administrator" else "researcher")
    client.force_login(user)
    return user


def expected(role: str | None, allowed: set[str], edition: Edition) -> int:
    if role is None:
        return 302
    if role in allowed:
        return 200
    known = role in COMMITTEE or role == "administrator"
    return 403 if edition.is_public or known else 404


def rows(edition: Edition) -> dict[str, Any]:
    return {part.name: make_row(part, edition) for part in PARTS}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", ["draft", "public"])
def test_every_page_and_role(client: Client, role: str | None, state: str) -> None:
    edition = make_edition(state)
    made = rows(edition)
    sign_in(client, role, edition)
    at = f"/panitia/{edition.slug}/"
    assert client.get(at).status_code == expected(role, DESK, edition)
    for page in ("fakta/", "tanggal/", "catatan/", f"foto/{made['photos'].pk}/gambar/"):
        assert client.get(at + page).status_code == expected(role, ORGANISERS, edition), page
    for part in PARTS:
        for page in ("", "baru/", f"{made[part.name].pk}/"):
            if part is parts.COMMITTEE and page and role == "secretary":
                continue  # test_what_a_secretary_may_name
            path = f"{at}{part.address}/{page}"
            assert client.get(path).status_code == expected(role, ORGANISERS, edition), path
    assert client.get("/panitia/").status_code == (200 if role else 302)
    is_administrator = role == "administrator"
    assert client.get(f"{at}salin/").status_code == expected(role, {"chair", "administrator"}, edition)
    for path in ("/panitia/baru/", "/panitia/seri/baru/", f"/panitia/seri/{edition.series_id}/"):
        assert client.get(path).status_code == (200 if is_administrator else 403 if role else 302), path


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ORGANISERS])
def test_others_change_nothing(client: Client, role: str | None) -> None:
    edition = make_edition()
    made = rows(edition)
    sign_in(client, role, edition)
    at = f"/panitia/{edition.slug}/"
    paths = ["fakta/", "tanggal/", "terbitkan/", "arsipkan/", "buka-arsip/", f"susunan/{made['committee'].pk}/undang/"]
    for part in PARTS:
        paths += [
            f"{part.address}/{page}"
            for page in ("baru/", *(f"{made[part.name].pk}/{do}" for do in ("", "pindah/", "hapus/")))
        ]
    for path in [at + path for path in paths] + ["/panitia/baru/", "/panitia/seri/baru/", f"{at}salin/"]:
        assert client.post(path, {"email": "a@contoh.id"}).status_code == (403 if role else 302), path
    assert {part.name for part in PARTS if not part.model.objects.filter(pk=made[part.name].pk).exists()} == set()


@pytest.mark.parametrize("role", ["chair", "secretary", "administrator"])
def test_an_archived_edition_refuses_edits(client: Client, role: str) -> None:
    edition = make_edition()
    made = rows(edition)
    Edition.objects.filter(pk=edition.pk).update(state="archived")
    sign_in(client, role, edition)
    at = f"/panitia/{edition.slug}/"
    for page in ("", "catatan/", "halaman/", "foto/", "berita/"):
        html = client.get(at + page)
        assert html.status_code == 200
        assert "baru/" not in html.content.decode().split("<main")[1].split("</main")[0]
    for page in ("fakta/", "tanggal/", "halaman/baru/", f"halaman/{made['pages'].pk}/"):
        assert client.get(at + page).status_code == 403
        assert client.post(at + page, {}).status_code == 403
    for do in ("pindah/", "hapus/"):
        assert client.post(f"{at}halaman/{made['pages'].pk}/{do}").status_code == 403


def test_what_a_secretary_may_name(client: Client) -> None:
    edition = make_edition()
    chair_of(edition)
    sign_in(client, "secretary", edition)
    html = client.get(f"/panitia/{edition.slug}/susunan/baru/").content.decode()
    assert set(re.findall(r'<option value="(\w+)"', html)) == {"steering", "member"}
    chair = edition.committee.get(role="chair")
    assert client.get(f"/panitia/{edition.slug}/susunan/{chair.pk}/").status_code == 403
    assert client.post(f"/panitia/{edition.slug}/susunan/{chair.pk}/hapus/").status_code == 403
    answer = client.post(f"/panitia/{edition.slug}/susunan/baru/", {"role": "chair", "name": "Saya"})
    assert answer.status_code == 422
    assert client.post(f"/panitia/{edition.slug}/arsipkan/").status_code == 403


@pytest.mark.parametrize("part", PARTS, ids=[part.name for part in PARTS])
def test_a_row_of_another_edition_is_not_here(client: Client, part: Part) -> None:
    edition, other = make_edition(), make_edition()
    row = make_row(part, other)
    client.force_login(chair_of(edition))
    assert client.get(f"/panitia/{edition.slug}/{part.address}/{row.pk}/").status_code == 404
    assert client.post(f"/panitia/{edition.slug}/{part.address}/{row.pk}/hapus/").status_code == 404


FORMS: dict[str, dict[str, Any]] = {
    "hosts": {"organisation": "Badan Penyelenggara", "is_co_host": "on"},
    "other_dates": {"label_id": "Gladi", "at": "2027-03-05T08:00"},
    "committee": {"role": "member", "name": "Dr. Anggota"},
    "tracks": {"code": "anak", "name_id": "Anak"},
    "pages": {"title_id": "Hotel", "body_id": "Dekat."},
    "news": {"kind": "press_release", "title_id": "Siaran", "body_id": "Isi.", "published_at": "2027-03-05T08:00"},
    "speakers": {"name": "Prof. Ayu"},
    "sponsors": {"name": "Bank", "url": "contoh.id"},
    "photos": {"alt_id": "Sidang"},
}


@pytest.mark.parametrize("part", PARTS, ids=[part.name for part in PARTS])
def test_a_form_adds_and_two_windows_show_both_texts(client: Client, part: Part) -> None:
    edition = make_edition()
    make_organisation("Badan Penyelenggara")
    make_organisation("Badan Lain")
    client.force_login(chair_of(edition))
    at, form = f"/panitia/{edition.slug}/{part.address}/", dict(FORMS[part.name])
    upload = {"picture": picture()} if part is parts.PHOTOS else {}
    assert client.post(f"{at}baru/", {}).status_code == 422
    assert client.post(f"{at}baru/", form | upload).status_code == 302
    row = part.model.objects.filter(edition=edition, **part.fixed).latest("pk")
    page = client.get(f"{at}{row.pk}/").content.decode()
    base = re.search(r'name="base" value="(\w+)"', page)[1]  # type: ignore[index]
    name = next(name for name in ("organisation", "name", "title_id", "alt_id", "name_id", "label_id") if name in form)
    first, second = ("Badan Lain", "Badan Penyelenggara") if name == "organisation" else ("Jendela satu", "Jendela dua")
    assert client.post(f"{at}{row.pk}/", form | {name: first, "base": base}).status_code == 302
    changed = {"is_co_host": ""} if name == "organisation" else {}
    answer = client.post(f"{at}{row.pk}/", form | changed | {name: second, "base": base})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert first in html.split("<table")[1].split("</table")[0]
    assert second in html.split("<table")[1].split("</table")[0]
    base = re.search(r'name="base" value="(\w+)"', html)[1]  # type: ignore[index]
    assert client.post(f"{at}{row.pk}/", form | {name: second, "base": base}).status_code == 302
    row.refresh_from_db()
    assert str(getattr(row, name)) == second


class TestForms:
    def test_facts_in_two_windows(self, client: Client) -> None:
        edition = make_edition()
        client.force_login(chair_of(edition))
        path = f"/panitia/{edition.slug}/fakta/"
        page = client.get(path)
        form = {name: value for name, value in page.context["form"].initial.items() if value not in (None, False)}
        form["base"] = page.context["base"]
        assert client.post(path, form | {"city": "Bogor"}).status_code == 302
        answer = client.post(path, form | {"city": "Depok"})
        assert answer.status_code == 409
        (difference,) = answer.context["differences"]
        assert (difference.mine, difference.stored) == ("Depok", "Bogor")

    @pytest.mark.parametrize(
        "wrong",
        [{"ends_on": "2020-01-01"}, {"starts_on": "kemarin"}, {"zone": "Europe/Paris"}, {"contact_email": "a"},
         {"number": "0"}, {"title_id": "x" * 201}, {"title_id": "\0"}, {"online_url": "javascript:alert(1)"}],
        ids=str,
    )  # fmt: skip
    def test_bad_facts(self, client: Client, wrong: dict[str, str]) -> None:
        edition = make_edition()
        client.force_login(chair_of(edition))
        path = f"/panitia/{edition.slug}/fakta/"
        page = client.get(path)
        form = {name: value for name, value in page.context["form"].initial.items() if value not in (None, False)}
        assert client.post(path, form | wrong | {"base": page.context["base"]}).status_code == 422

    def test_the_number_and_address_of_another_are_taken(self, client: Client) -> None:
        other, draft = make_edition(), make_edition("draft")
        client.force_login(chair_of(draft))
        path = f"/panitia/{draft.slug}/fakta/"
        form = {n: v for n, v in client.get(path).context["form"].initial.items() if v not in (None, False)}
        for wrong in ({"number": other.number}, {"slug": other.slug}, {"slug": "seri"}):
            assert client.post(path, form | wrong).status_code == 422

    def test_dates_on_the_clock_of_the_edition(self, client: Client) -> None:
        edition = make_edition(zone="Asia/Jayapura")
        client.force_login(chair_of(edition))
        path = f"/panitia/{edition.slug}/tanggal/"
        base = client.get(path).context["base"]
        form = {"call_opens": "2027-01-01", "submissions_close": "2027-03-05", "base": base}
        assert client.post(path, form).status_code == 302
        dates = {date.kind: date.at.astimezone(datetime.UTC).isoformat() for date in edition.dates.all()}
        assert dates == {
            DateKind.CALL_OPENS: "2026-12-31T15:00:00+00:00",  # midnight in Jayapura
            DateKind.SUBMISSIONS_CLOSE: "2027-03-05T14:59:00+00:00",  # 23:59 there
        }
        assert 'value="2027-03-05T23:59"' in client.get(path).content.decode()
        answer = client.post(path, form)
        assert answer.status_code == 409

    def test_impossible_dates_are_refused_and_odd_ones_pointed_out(self, client: Client) -> None:
        edition = make_edition()
        client.force_login(chair_of(edition))
        path = f"/panitia/{edition.slug}/tanggal/"
        base = client.get(path).context["base"]
        wrong = {"call_opens": "2027-03-05T10:00", "submissions_close": "2027-03-05T09:00", "base": base}
        answer = client.post(path, wrong)
        assert answer.status_code == 422
        assert "harus sesudah" in answer.content.decode()
        odd = {"submissions_close": "2027-03-05T10:00", "decisions": "2027-03-01T10:00", "base": base}
        assert client.post(path, odd).status_code == 302
        assert len(client.get(path).context["warnings"]) == 1

    def test_a_preview_saves_nothing_and_runs_nothing(self, client: Client) -> None:
        edition = make_edition()
        client.force_login(chair_of(edition))
        typed = {"title_id": "Hotel", "body_id": "## Dekat\n\n<script>alert(1)</script> **murah**", "go": "pratinjau"}
        html = client.post(f"/panitia/{edition.slug}/halaman/baru/", typed).content.decode()
        assert "<strong>murah</strong>" in html
        assert "<script>alert" not in html
        assert not edition.pages.exists()

    @pytest.mark.parametrize("email", ["ada@contoh.id", "tidak-ada@contoh.id"])
    def test_nobody_learns_who_has_an_account(self, client: Client, email: str) -> None:
        make_user("ada@contoh.id", name="Ada Rahasia")
        edition = make_edition()
        member = make_row(parts.COMMITTEE, edition)
        client.force_login(chair_of(edition))
        path = f"/panitia/{edition.slug}/susunan/{member.pk}/"
        answer = client.post(f"{path}undang/", {"email": email}, follow=True)
        html = answer.content.decode().replace(email, "…")
        assert "Undangan dikirim ke …" in html
        assert "Ada Rahasia" not in html
        assert "belum dijawab" in html

    def test_an_invitation_is_answered(self, client: Client) -> None:
        edition = make_edition("draft")
        member = make_row(parts.COMMITTEE, edition, role="secretary")
        client.force_login(chair_of(edition))
        client.post(f"/panitia/{edition.slug}/susunan/{member.pk}/undang/", {"email": "sekretaris@contoh.id"})
        client.force_login(make_user("lain@contoh.id"))
        assert edition.title_id not in client.get("/panitia/").content.decode()
        client.post(f"/panitia/undangan/{member.pk}/", {"jawaban": "terima"})
        assert client.get(f"/panitia/{edition.slug}/").status_code == 404
        client.force_login(make_user("sekretaris@contoh.id"))
        assert edition.title_id in client.get("/panitia/").content.decode()
        answer = client.post(f"/panitia/undangan/{member.pk}/", {"jawaban": "terima"}, follow=True)
        assert answer.redirect_chain[-1][0] == f"/panitia/{edition.slug}/"
        assert answer.status_code == 200

    def test_photographs(self, client: Client) -> None:
        edition = make_edition()
        client.force_login(chair_of(edition))
        at = f"/panitia/{edition.slug}/foto/"
        assert client.post(f"{at}baru/", {"picture": picture(), "alt_id": ""}).status_code == 422
        bad = picture()
        bad.file.seek(0)
        bad.file.write(b"GIF89a")
        bad.file.seek(0)
        assert client.post(f"{at}baru/", {"picture": bad, "alt_id": "x"}).status_code == 422
        assert client.post(f"{at}baru/", {"picture": picture(), "alt_id": "Sidang"}).status_code == 302
        answer = client.get(f"{at}{Photo.objects.get().pk}/gambar/")
        assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/webp", "private, no-store")
        assert MARK.encode() not in b"".join(answer.streaming_content)  # type: ignore[arg-type]

    def test_moving_and_removing(self, client: Client) -> None:
        edition = make_edition()
        first, second = make_track(edition), make_track(edition)
        client.force_login(chair_of(edition))
        at = f"/panitia/{edition.slug}/bidang/"
        answer = client.post(f"{at}{second.pk}/pindah/", {"ke": "atas"})
        assert answer["Location"] == f"{at}#baris-{second.pk}"
        assert list(edition.tracks.all()) == [second, first]
        assert client.post(f"{at}{second.pk}/hapus/")["Location"] == at
        assert list(edition.tracks.all()) == [first]


class TestSteps:
    def test_from_draft_to_archive_and_back(self, client: Client) -> None:
        edition = ready_edition()
        client.force_login(chair_of(edition))
        at = f"/panitia/{edition.slug}/"
        for step, state in (("terbitkan", "public"), ("arsipkan", "archived"), ("buka-arsip", "public")):
            assert client.post(f"{at}{step}/")["Location"] == at
            edition.refresh_from_db()
            assert edition.state == state
        html = client.get(f"{at}catatan/").content.decode()
        for words in ("edisi dibuka untuk umum", "edisi diarsipkan", "edisi dikeluarkan dari arsip"):
            assert words in html

    def test_the_list_says_what_is_missing(self, client: Client) -> None:
        edition = make_edition("draft", theme_id="")
        client.force_login(chair_of(edition))
        at = f"/panitia/{edition.slug}/"
        assert "Tema dalam bahasa Indonesia" in client.get(at).content.decode()
        answer = client.post(f"{at}terbitkan/", follow=True)
        assert "Tema dalam bahasa Indonesia" in " ".join(map(str, answer.context["messages"]))
        edition.refresh_from_db()
        assert edition.state == "draft"

    def test_a_copy_of_the_site(self, client: Client) -> None:
        edition = make_edition()
        client.force_login(chair_of(edition))
        answer = client.get(f"/panitia/{edition.slug}/salinan.zip")
        assert f"{edition.slug}/index.html" in ZipFile(BytesIO(answer.content)).namelist()
        draft = make_edition("draft")
        client.force_login(chair_of(draft))
        assert client.get(f"/panitia/{draft.slug}/salinan.zip").status_code == 404

    def test_an_administrator_begins_and_copies(self, client: Client) -> None:
        client.force_login(make_user("admin@contoh.id", role="administrator"))
        assert (
            client.post("/panitia/seri/baru/", {"slug": "kesos", "name_id": "Kesos", "issn": "12"}).status_code == 422
        )
        assert client.post("/panitia/seri/baru/", {"slug": "kesos", "name_id": "Kesos"}).status_code == 302
        day = timezone.localdate().isoformat()
        form = {
            "series_choice": Series.objects.get(slug="kesos").pk, "number": 3, "slug": "kesos-3", "title_id": "Ketiga",
            "starts_on": day, "ends_on": day, "zone": "Asia/Jakarta", "chair_name": "Dr. K",
            "chair_email": "k@contoh.id",
        }  # fmt: skip
        assert client.post("/panitia/baru/", form | {"slug": "baru"}).status_code == 422
        assert client.post("/panitia/baru/", form)["Location"] == "/panitia/kesos-3/"
        page = client.get("/panitia/kesos-3/salin/")
        copy = {name: value for name, value in page.context["form"].initial.items() if value}
        preview = client.post("/panitia/kesos-3/salin/", copy | {"go": "lihat"})
        assert preview.context["shift"].weeks == 52
        assert Edition.objects.count() == 1
        made = client.post("/panitia/kesos-3/salin/", copy | {"go": "buat"})
        assert Edition.objects.get(number=4).cloned_from == Edition.objects.get(number=3)
        assert client.get(made["Location"]).status_code == 200
        assert client.post("/panitia/kesos-3/salin/", copy | {"go": "buat"}).status_code == 422  # taken now


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_the_same_number_of_statements_however_much_there_is(client: Client) -> None:
    edition = make_edition()
    client.force_login(chair_of(edition))
    pages = ["/panitia/", *(f"/panitia/{edition.slug}/{page}" for page in ("", "fakta/", "tanggal/", "catatan/"))]
    pages += [f"/panitia/{edition.slug}/{part.address}/" for part in PARTS]
    photo = make_row(parts.PHOTOS, edition)

    def fill(number: int) -> None:
        track = make_track(edition)
        committee(edition, "track_chair", user=make_user(f"k{number}@contoh.id"), tracks=[track])
        make_row(parts.HOSTS, edition, organisation=make_organisation(f"Badan {number}"))
        news = make_row(parts.NEWS, edition, photo=photo)
        make_row(parts.NEWS, edition, related=[news])
        make_row(parts.SPEAKERS, edition, photo=photo)
        make_row(parts.SPONSORS, edition, logo=photo)
        make_row(parts.PAGES, edition)
        make_row(parts.OTHER_DATES, edition)
        committee(make_edition(series=make_series(f"seri-{number}")), "chair", user=chair_of(edition))

    fill(1)
    few = [statements(client, page) for page in pages]
    for number in range(2, 6):
        fill(number)
    assert [statements(client, page) for page in pages] == few
    assert max(few) <= 20
