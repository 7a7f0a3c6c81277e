"""Policy briefs through their pages: who, conflict of two tabs, what was withdrawn, and what others get to see."""

import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evidence.actions import briefs, findings
from evidence.models import Brief
from evidence.states import FindingState
from publications.typesetting import NotTypeset
from tests.factories.accounts import make_user
from tests.factories.briefs import TEXTS, make_brief, published, submitted
from tests.factories.evidence import curator, make_finding, make_ratings, make_recommendation
from tests.factories.publications import make_output, some_user, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
STATEMENT = "Kunjungan rumah dua kali sebulan"
ROLES = [None, "researcher", "policymaker", "curator", "administrator", "owner"]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


@pytest.fixture
def brief(client: Client) -> Brief:
    made = make_brief()
    client.force_login(made.owner)
    return made


def form_of(brief: Brief, **changes: str) -> dict[str, str]:
    brief.refresh_from_db()
    return TEXTS | {"revision": str(brief.revision), "do": "save"} | changes


class TestWho:
    @pytest.mark.parametrize("role", ROLES)
    def test_every_page_and_role(self, client: Client, role: str | None) -> None:
        brief = make_brief(make_user("pemilik@contoh.id"))
        if role:
            client.force_login(brief.owner if role == "owner" else make_user("lain@contoh.id", role=role))
        path = f"/risalah/{brief.pk}/"
        expected = 200 if role == "owner" else 404 if role else 302
        for page in (path, f"{path}pratinjau/"):
            assert client.get(page).status_code == expected, page
        assert client.get("/risalah/").status_code == (200 if role else 302)
        assert client.get("/risalah/tambah/?temuan=1").status_code == (200 if role else 302)
        if role != "owner":
            for ending, data in (("", form_of(brief, title_id="x")), ("jadikan/", {}), ("hapus/", {})):
                assert client.post(f"{path}{ending}", data).status_code == expected
            brief.refresh_from_db()
            assert brief.title_id == TEXTS["title_id"] and brief.output is None
        if role:
            assert "no-store" in client.get("/risalah/")["Cache-Control"]

    def test_reading_changes_nothing(self, client: Client, brief: Brief) -> None:
        for path in ("/risalah/baru/", f"/risalah/{brief.pk}/jadikan/", f"/risalah/{brief.pk}/hapus/"):
            assert client.get(path).status_code == 405

    @pytest.mark.parametrize("pk", ["0", "9" * 30])
    def test_hostile_numbers(self, client: Client, brief: Brief, pk: str) -> None:
        for path in (f"/risalah/{pk}/", f"/risalah/{pk}/pratinjau/"):
            assert client.get(path).status_code == 404
        assert client.post("/risalah/tambah/", {"temuan": str(brief.items.get().finding_id), "risalah": pk})


class TestGathering:
    @pytest.mark.parametrize("role", ["researcher", "policymaker", "curator"])
    def test_from_a_finding_to_a_new_brief(self, client: Client, role: str) -> None:
        one, two = make_finding(), make_finding()
        client.force_login(make_user(role=role))
        link = f"/risalah/tambah/?temuan={one.pk}"
        assert f'href="{link}"' in client.get(f"/bukti/temuan/{one.pk}/").content.decode()
        link = f"/risalah/tambah/?temuan={two.pk},{one.pk}"
        assert f'href="{link}"' in client.get(f"/bandingkan/?temuan={two.pk},{one.pk}").content.decode()
        assert STATEMENT in client.get(link).content.decode()
        client.post("/risalah/tambah/", {"temuan": f"{two.pk},{one.pk}", "risalah": "baru"})
        made = Brief.objects.get()
        assert [item.finding_id for item in made.items.all()] == [two.pk, one.pk]

    def test_to_one_that_there_is(self, client: Client, brief: Brief) -> None:
        finding = make_finding()
        response = client.post("/risalah/tambah/", {"temuan": str(finding.pk), "risalah": str(brief.pk)}, follow=True)
        assert "1 temuan ditambahkan." in response.content.decode()
        assert brief.items.count() == 2

    def test_never_to_that_of_another(self, client: Client) -> None:
        other = make_brief()
        client.force_login(some_user())
        data = {"temuan": str(make_finding().pk), "risalah": str(other.pk)}
        assert client.post("/risalah/tambah/", data).status_code == 404
        assert other.items.count() == 1

    @pytest.mark.parametrize("state", [state for state in FindingState if state != FindingState.CHECKED])
    def test_only_what_is_public(self, client: Client, brief: Brief, state: FindingState) -> None:
        hidden = make_finding(state=state, statement_id="Rahasia besar.")
        assert "Rahasia besar." not in client.get(f"/risalah/tambah/?temuan={hidden.pk}").content.decode()
        client.post("/risalah/tambah/", {"temuan": str(hidden.pk), "risalah": str(brief.pk)})
        assert brief.items.count() == 1

    @pytest.mark.parametrize("access", ["embargoed", "restricted"])
    def test_of_closed_papers_the_finding_but_no_file(self, client: Client, access: str) -> None:
        until = datetime.date(2031, 1, 1) if access == "embargoed" else None
        made = make_brief(findings=[make_finding(make_output(access=access, embargo_until=until))])
        client.force_login(made.owner)
        html = client.get(f"/risalah/{made.pk}/pratinjau/").content.decode()
        assert STATEMENT in html and "makalah.pdf" not in html

    @pytest.mark.parametrize("typed", ["", "x", "\0", "9" * 500, "-1", ",,,", "1e9"])
    def test_hostile_addresses(self, client: Client, brief: Brief, typed: str) -> None:
        assert client.get("/risalah/tambah/", {"temuan": typed}).status_code == 200
        assert client.post("/risalah/tambah/", {"temuan": typed, "risalah": "baru"}).status_code == 200
        assert Brief.objects.count() == 1


class TestWriting:
    def test_whatever_button_everything_is_saved(self, client: Client, brief: Brief) -> None:
        one, two = brief.items.get().finding, make_finding()
        briefs.add_findings(brief, [two], by=brief.owner)
        path = f"/risalah/{brief.pk}/"
        changes = {"title_id": "Judul baru", f"temuan-{one.pk}-note_id": "Penting.", "do": f"up:{two.pk}"}
        response = client.post(path, form_of(brief, **changes))
        assert response["Location"] == f"{path}#temuan-{two.pk}"
        brief.refresh_from_db()
        assert brief.title_id == "Judul baru"
        assert [item.finding_id for item in brief.items.all()] == [two.pk, one.pk]
        assert brief.items.get(finding=one).note_id == "Penting."
        client.post(path, form_of(brief, do=f"down:{two.pk}"))
        client.post(path, form_of(brief, do=f"remove:{one.pk}"))
        assert [item.finding_id for item in brief.items.all()] == [two.pk]

    def test_two_tabs(self, client: Client, brief: Brief) -> None:
        path, old = f"/risalah/{brief.pk}/", form_of(brief, title_id="Dari tab kedua")
        client.post(path, form_of(brief, title_id="Dari tab pertama"))
        response = client.post(path, old)
        html = response.content.decode()
        assert response.status_code == 409 and "Dari tab kedua" in html and "di tab lain" in html
        brief.refresh_from_db()
        assert brief.title_id == "Dari tab pertama"
        assert f'name="revision" value="{brief.revision}"' in html
        assert client.post(path, form_of(brief, title_id="Dari tab kedua")).status_code == 302

    @pytest.mark.parametrize(
        "changes",
        [{"title_id": "x" * 301}, {"message_en": "x" * 3001}],
    )
    def test_what_is_too_long_comes_back(self, client: Client, brief: Brief, changes: dict[str, str]) -> None:
        response = client.post(f"/risalah/{brief.pk}/", form_of(brief, **changes))
        assert response.status_code == 422
        brief.refresh_from_db()
        assert brief.title_id == TEXTS["title_id"]

    @pytest.mark.parametrize("do", ["", "up", "up:", "up:x", "down:" + "9" * 40, "remove:0", "\0", "x:1"])
    def test_hostile_buttons(self, client: Client, brief: Brief, do: str) -> None:
        for data in (form_of(brief, do=do), form_of(brief, do=do, revision="x"), {"do": do}):
            assert client.post(f"/risalah/{brief.pk}/", data).status_code in (302, 409, 422)

    def test_hostile_texts_stay_text(self, client: Client) -> None:
        evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
        made = make_brief(findings=[make_finding(statement_id=evil)], title_id=evil, message_id=evil)
        client.force_login(made.owner)
        for path in ("/risalah/", f"/risalah/{made.pk}/", f"/risalah/{made.pk}/pratinjau/", "/risalah/tambah/"):
            html = client.get(path).content.decode()
            assert "<script>alert" not in html and "<img src=x" not in html

    def test_deleted(self, client: Client, brief: Brief) -> None:
        assert client.post(f"/risalah/{brief.pk}/hapus/").status_code == 302
        assert not Brief.objects.exists()

    def test_the_preview_says_what_readers_will_see(self, client: Client, brief: Brief) -> None:
        finding = brief.items.get().finding
        make_ratings(finding, 3)
        make_recommendation(finding)
        html = client.get(f"/risalah/{brief.pk}/pratinjau/").content.decode()
        for text in (
            TEXTS["title_id"], "Biayai dari dana desa.", STATEMENT, "membaik", "sedang", "Rp1.250.000",
            "Biayai kunjungan rumah dari dana desa.", "Rahmawati, S.", "halaman 2",
        ):  # fmt: skip
            assert text in html, text
        assert TEXTS["message_en"].split("\n")[0] in client.get(f"/en/risalah/{brief.pk}/pratinjau/").content.decode()


class TestWithdrawn:
    @pytest.mark.parametrize("how", ["finding", "output"])
    def test_builder_and_preview_say_so_and_no_longer_what_it_said(
        self, client: Client, brief: Brief, how: str
    ) -> None:
        finding = brief.items.get().finding
        briefs.add_findings(brief, [make_finding(statement_id="Yang tetap.")], by=brief.owner)
        if how == "finding":
            findings.withdraw(finding, "Keliru.", by=curator())
        else:
            withdraw(finding.output)
        for ending in ("", "pratinjau/"):
            html = client.get(f"/risalah/{brief.pk}/{ending}").content.decode()
            assert "Ada temuan yang ditarik" in html and STATEMENT not in html and "Yang tetap." in html
        html = client.post(f"/risalah/{brief.pk}/jadikan/", follow=True).content.decode()
        assert "keluarkan yang telah ditarik" in html
        brief.refresh_from_db()
        assert brief.output is None


class TestMaking:
    def test_opens_the_draft_and_is_closed_once_submitted(self, client: Client, brief: Brief) -> None:
        response = client.post(f"/risalah/{brief.pk}/jadikan/")
        brief.refresh_from_db()
        assert brief.output is not None
        version = brief.output.versions.get()
        assert response["Location"] == f"/unggah/{version.pk}/status/"
        html = client.get(response["Location"], follow=True).content.decode()
        assert "Risalah kini menjadi draf" in html and TEXTS["title_id"] in html
        assert "Buat ulang dokumen" in client.get(f"/risalah/{brief.pk}/").content.decode()
        submitted(brief)
        assert client.get(f"/risalah/{brief.pk}/")["Location"] == f"/risalah/{brief.pk}/pratinjau/"
        assert client.post(f"/risalah/{brief.pk}/jadikan/").status_code == 403
        assert client.post(f"/risalah/{brief.pk}/hapus/").status_code == 403

    def test_what_is_missing_is_said(self, client: Client) -> None:
        made = make_brief(title_id="", title_en="")
        client.force_login(made.owner)
        assert "Judul" in client.post(f"/risalah/{made.pk}/jadikan/", follow=True).content.decode()

    def test_a_document_that_cannot_be_made_is_said(self, client: Client, brief: Brief, monkeypatch: Any) -> None:
        def fail(*given: Any) -> bytes:
            raise NotTypeset("exit 1")

        monkeypatch.setattr(briefs, "typeset", fail)
        assert "belum dapat dibuat" in client.post(f"/risalah/{brief.pk}/jadikan/", follow=True).content.decode()


class TestBothWays:
    def test_source_and_finding_name_the_brief_only_once_it_is_public(self, client: Client, brief: Brief) -> None:
        finding = brief.items.get().finding
        pages = (f"/publikasi/{finding.output.public_id}/", f"/bukti/temuan/{finding.pk}/")
        submitted(brief)
        for reader in (Client(), client):
            for page in pages:
                assert TEXTS["title_id"] not in reader.get(page).content.decode()
        version = published(make_brief(findings=[finding], title_id="Risalah kedua"))
        for page in pages:
            html = Client().get(page).content.decode()
            assert "Risalah kedua" in html and f"/publikasi/{version.output.public_id}/" in html
        assert "sumber bagi" in Client().get(pages[0]).content.decode()
        html = Client().get(f"/publikasi/{version.output.public_id}/").content.decode()
        assert pages[0] in html
        withdraw(version.output)
        for page in pages:
            assert "Risalah kedua" not in Client().get(page).content.decode()


class TestStatements:
    def count(self, client: Client, path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    def test_of_a_brief_with_one_and_with_four(self, client: Client) -> None:
        one, four = make_brief(), make_brief(findings=[make_finding() for _ in range(4)])
        for item in (one.items.get(), four.items.all()[3]):
            make_ratings(item.finding, 2)
            make_recommendation(item.finding)
        client.force_login(one.owner)
        for ending in ("", "pratinjau/"):
            paths = [f"/risalah/{made.pk}/{ending}" for made in (one, four)]
            assert self.count(client, paths[0]) == self.count(client, paths[1])

    def test_of_the_choice(self, client: Client) -> None:
        briefs.make_output(first := make_brief(), by=first.owner)
        client.force_login(first.owner)
        path = f"/risalah/tambah/?temuan={first.items.get().finding_id}"
        one = self.count(client, path)
        make_brief(first.owner)
        assert self.count(client, path) == one

    def test_of_the_list(self, client: Client) -> None:
        briefs.make_output(first := make_brief(), by=first.owner)
        client.force_login(first.owner)
        one = self.count(client, "/risalah/")
        for _ in range(3):
            briefs.make_output(made := make_brief(), by=made.owner)
        assert self.count(client, "/risalah/") == one
