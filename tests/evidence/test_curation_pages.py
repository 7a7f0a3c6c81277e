"""The curators' desk for findings, recommendations and summaries, through its pages."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from accounts.models import LogEntry
from evidence.actions import findings, recommendations
from evidence.models import Finding, Rating, Recommendation
from evidence.states import FindingState
from tests.factories.accounts import make_organisation, make_user
from tests.factories.asking import make_opportunity, make_question
from tests.factories.evidence import curator, make_finding, make_ratings, make_recommendation, make_summary
from tests.factories.publications import make_draft, make_output, withdraw
from tests.factories.uses import make_use

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
ROLES = [None, "researcher", "policymaker", "curator", "administrator", "owner"]
STATEMENT = "Kunjungan rumah dua kali sebulan"
QUEUE = "/kurasi/temuan/"


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(curator(2))
    return client


def send_mails() -> list[Any]:
    from accounts.mail import deliver

    before = len(mail.outbox)
    for waiting in DBTaskResult.objects.ready().filter(task_path=deliver.module_path):
        if waiting.args_kwargs["args"][1].startswith("evidence/"):
            deliver.func(*waiting.args_kwargs["args"])
        waiting.delete()
    return mail.outbox[before:]


class TestWhoMay:
    @pytest.mark.parametrize("role", ROLES)
    def test_every_page_and_role(self, client: Client, role: str | None) -> None:
        finding = make_finding(state=FindingState.PROPOSED)
        public = make_finding()
        waiting = make_recommendation(public, is_checked=False)
        checked = make_recommendation(public)
        summary = make_summary(public.output, is_checked=False)
        if role:
            client.force_login(finding.output.owner if role == "owner" else make_user(role=role))
        may = role in ("curator", "administrator")
        for path in (QUEUE, f"{QUEUE}?status=rekomendasi", f"{QUEUE}{finding.pk}/"):
            assert client.get(path).status_code == (200 if may else 403 if role else 302), path
        changes = [
            (f"{QUEUE}{finding.pk}/nilai/strength/", {"strength-value": "3", "strength-reason_id": "Acak."}),
            (f"{QUEUE}{finding.pk}/kembalikan/", {"return-reason": "Satuannya?"}),
            (f"{QUEUE}{public.pk}/tarik/", {"withdraw-reason": "Keliru."}),
            (f"/kurasi/rekomendasi/{checked.pk}/tarik/", {"reason": "Salah alamat."}),
            (f"/kurasi/ringkasan/{summary.pk}/periksa/", {"seen": summary.edited_at.isoformat()}),
            (f"/kurasi/rekomendasi/{waiting.pk}/periksa/", {"seen": waiting.mark}),
            (f"{QUEUE}{finding.pk}/periksa/", {"revision": str(finding.revision)}),
        ]
        entries = LogEntry.objects.count()
        for path, data in changes:
            assert client.post(path, data).status_code == (403 if role and not may else 302), path
        assert (LogEntry.objects.count() > entries) == may

    def test_reading_changes_nothing(self, desk: Client) -> None:
        finding = make_finding(state=FindingState.PROPOSED)
        for ending in ("periksa", "kembalikan", "tarik", "nilai/strength"):
            assert desk.get(f"{QUEUE}{finding.pk}/{ending}/").status_code == 405

    @pytest.mark.parametrize("pk", ["0", "9" * 30])
    def test_hostile_numbers(self, desk: Client, pk: str) -> None:
        assert desk.get(f"{QUEUE}{pk}/").status_code == 404
        for path in (f"{QUEUE}{pk}/periksa/", f"/kurasi/rekomendasi/{pk}/periksa/", f"/kurasi/ringkasan/{pk}/periksa/"):
            assert desk.post(path).status_code == 404


class TestQueue:
    @pytest.mark.parametrize(
        ("tab", "state"),
        [
            ("", "proposed"),
            ("menunggu", "proposed"),
            ("dikembalikan", "returned"),
            ("ditarik", "withdrawn"),
            ("x", "proposed"),
        ],
    )
    def test_tabs(self, desk: Client, tab: str, state: str) -> None:
        for each in FindingState:
            make_finding(state=each, statement_id=f"Temuan {each}.")
        html = desk.get(QUEUE, {"status": tab, "page": "abc"}).content.decode()
        shown = [each for each in FindingState if f"Temuan {each}." in html]
        assert shown == [state]

    def test_raters_are_wanted_until_there_are_two_of_each_kind(self, desk: Client) -> None:
        finding = make_finding()
        path = f"{QUEUE}?status=penilai"
        make_ratings(finding, 3, 2)
        make_ratings(finding, 3, kind="applicability")
        assert STATEMENT in desk.get(path).content.decode()
        make_ratings(finding, 3, 2, kind="applicability")
        assert STATEMENT not in desk.get(path).content.decode()

    def test_costs_the_same_for_one_and_for_five(self, desk: Client) -> None:
        def statements() -> list[int]:
            counts = []
            for tab in ("menunggu", "penilai", "rekomendasi"):
                desk.get(QUEUE, {"status": tab})
                cache.clear()
                with CaptureQueriesContext(connection) as seen:
                    desk.get(QUEUE, {"status": tab})
                counts.append(len(seen))
            return counts

        def one_more() -> None:
            make_finding(state=FindingState.PROPOSED)
            finding = make_finding()
            make_ratings(finding, 3)
            make_recommendation(finding, is_checked=False)
            make_summary(finding.output, is_checked=False)

        one_more()
        one = statements()
        for _ in range(4):
            one_more()
        assert statements() == one


class TestDeciding:
    def test_return_and_check_by_way_of_the_pages(self, desk: Client) -> None:
        finding = make_finding(state=FindingState.PROPOSED)
        path = f"{QUEUE}{finding.pk}/"
        assert "4,2 poin dari 100" in desk.get(path).content.decode()
        desk.post(f"{path}kembalikan/", {"return-reason": "Sebutkan satuannya."})
        [returned] = send_mails()
        assert returned.to == [finding.entered_by.email]
        assert "Sebutkan satuannya." in returned.body
        assert f"/unggah/temuan/{finding.pk}/" in returned.body
        findings.propose(finding, by=finding.entered_by)
        desk.post(f"{path}periksa/", {"revision": finding.revision})
        assert Finding.objects.public().get().checked_by == curator(2)
        assert f"/bukti/temuan/{finding.pk}/" in send_mails()[0].body

    def test_an_empty_reason_keeps_the_page_and_changes_nothing(self, desk: Client) -> None:
        proposed, checked = make_finding(state=FindingState.PROPOSED), make_finding()
        assert desk.post(f"{QUEUE}{proposed.pk}/kembalikan/", {"return-reason": "  "}).status_code == 422
        assert desk.post(f"{QUEUE}{checked.pk}/tarik/", {"withdraw-reason": ""}).status_code == 422
        for finding, state in ((proposed, "proposed"), (checked, "checked")):
            finding.refresh_from_db()
            assert finding.state == state

    def test_withdraw_and_bring_back(self, desk: Client) -> None:
        finding = make_finding()
        path = f"{QUEUE}{finding.pk}/tarik/"
        desk.post(path, {"withdraw-reason": "Angka keliru."})
        finding.refresh_from_db()
        assert finding.state == FindingState.WITHDRAWN
        desk.post(path, {"withdraw-reason": "Ternyata benar.", "revision": finding.revision})
        finding.refresh_from_db()
        assert (finding.state, finding.checked_by) == (FindingState.CHECKED, curator(2))

    def test_too_late_or_incomplete_says_so(self, desk: Client) -> None:
        checked = make_finding()
        early = make_finding(make_draft().output, FindingState.PROPOSED, statement_en="")
        for finding, words in ((checked, "orang lain telah memutuskan"), (early, "Temuan dalam bahasa Inggris")):
            html = desk.post(
                f"{QUEUE}{finding.pk}/periksa/", {"revision": finding.revision}, follow=True
            ).content.decode()
            assert words in html
        early.refresh_from_db()
        assert early.state == FindingState.PROPOSED

    def test_who_entered_it_is_offered_no_check(self, desk: Client) -> None:
        finding = make_finding(state=FindingState.PROPOSED, by=curator(2))
        html = desk.get(f"{QUEUE}{finding.pk}/").content.decode()
        assert "Kurator lain yang harus memeriksa ini." in html
        assert f"{QUEUE}{finding.pk}/periksa/" not in html
        assert desk.post(f"{QUEUE}{finding.pk}/periksa/").status_code == 403

    def test_of_ones_own_paper_nothing_is_offered(self, desk: Client) -> None:
        finding = make_finding(make_output(curator(2)), FindingState.PROPOSED, by=curator(1))
        html = desk.get(f"{QUEUE}{finding.pk}/").content.decode()
        for ending in ("periksa", "kembalikan", "nilai/strength"):
            assert f"{QUEUE}{finding.pk}/{ending}/" not in html


class TestRating:
    def test_saves_and_shows_it_again(self, desk: Client) -> None:
        finding = make_finding()
        path = f"{QUEUE}{finding.pk}/nilai/applicability/"
        data = {"applicability-value": "2", "applicability-reason_id": "Hanya satu tempat."}
        assert desk.post(path, data).status_code == 302
        rating = Rating.objects.get()
        assert (rating.kind, rating.value, rating.rater) == ("applicability", 2, curator(2))
        html = desk.get(f"{QUEUE}{finding.pk}/").content.decode()
        assert "Hanya satu tempat.</textarea>" in html
        assert "Ubah penilaian saya" in html

    @pytest.mark.parametrize(
        "data",
        [
            {"value": "3"},
            {"reason_id": "Alasan."},
            {"value": "9", "reason_id": "Alasan."},
            {"value": "3", "reason_id": "x" * 1001},
        ],
    )
    def test_errors_keep_what_was_typed(self, desk: Client, data: dict[str, str]) -> None:
        finding = make_finding()
        path = f"{QUEUE}{finding.pk}/nilai/strength/"
        response = desk.post(path, {f"strength-{name}": value for name, value in data.items()})
        assert response.status_code == 422
        assert data.get("reason_id", "") in response.content.decode()
        assert not Rating.objects.exists()

    def test_other_kinds_are_not_found(self, desk: Client) -> None:
        assert desk.post(f"{QUEUE}{make_finding().pk}/nilai/stars/").status_code == 404


class TestRecommendations:
    def test_enter_check_answer(self, client: Client) -> None:
        finding = make_finding()
        unit = make_organisation("Direktorat Rehabilitasi Sosial Lanjut Usia Contoh")
        official = make_user("pejabat@contoh.id", role="policymaker", name="Rina Dewi")
        official.person.affiliation = unit
        official.person.save()
        client.force_login(finding.output.owner)
        path = f"/unggah/{finding.version_id}/rekomendasi/baru/"
        assert client.post(path, {"text_id": "Biayai."}).status_code == 422
        data = {"text_id": "Biayai kunjungan rumah.", "addressee_kind": "directorate", "findings": [finding.pk]}
        assert client.post(path, data | {"addressee": "Tidak Ada"}).status_code == 422
        assert client.post(path, data | {"addressee": unit.name}).status_code == 302
        recommendation = Recommendation.objects.get()
        assert client.get(f"/bukti/rekomendasi/{recommendation.pk}/").status_code == 200
        assert Client().get(f"/bukti/rekomendasi/{recommendation.pk}/").status_code == 404
        client.force_login(curator(2))
        assert "Biayai kunjungan rumah." in client.get(f"{QUEUE}?status=rekomendasi").content.decode()
        client.post(f"/kurasi/rekomendasi/{recommendation.pk}/periksa/", {"seen": recommendation.mark})
        assert official.email in [to for sent in send_mails() for to in sent.to]
        page = f"/bukti/rekomendasi/{recommendation.pk}/"
        client.force_login(official)
        assert "Biayai kunjungan rumah." in client.get("/bukti/rekomendasi/?untuk=saya").content.decode()
        assert client.post(page, {"state": "declined", "note_id": ""}).status_code == 422
        assert client.post(page, {"state": "planned", "note_id": "Masuk rencana 2027."}).status_code == 302
        html = Client().get(page).content.decode()
        for text in ("Masuk rencana 2027.", "direncanakan", "Rina Dewi", STATEMENT):
            assert text in html
        assert [sent.to for sent in send_mails()] == [[finding.output.owner.email]]

    @pytest.mark.parametrize("role", ROLES)
    def test_who_may_answer(self, client: Client, role: str | None) -> None:
        recommendation = make_recommendation(make_finding())
        if role:
            client.force_login(recommendation.output.owner if role == "owner" else make_user(role=role))
        page = f"/bukti/rekomendasi/{recommendation.pk}/"
        may = role in ("curator", "administrator")
        assert ("Terbitkan tanggapan" in client.get(page).content.decode()) == may
        assert client.post(page, {"state": "noted"}).status_code == (302 if may else 403)
        assert recommendation.steps.exists() == may

    def test_edited_and_discarded_until_checked(self, client: Client) -> None:
        recommendation = make_recommendation(make_finding(), is_checked=False)
        client.force_login(recommendation.output.owner)
        path = f"/unggah/rekomendasi/{recommendation.pk}/"
        data = {
            "text_id": "Lain.",
            "addressee_kind": "partner",
            "addressee_name": "LKS",
            "findings": [recommendation.findings.get().pk],
        }
        assert client.get(path).status_code == 200
        assert client.post(path, data).status_code == 302
        recommendation.refresh_from_db()
        assert (recommendation.text_id, recommendation.addressee_name) == ("Lain.", "LKS")
        recommendations.check(recommendation, by=curator())
        assert client.get(path).status_code == 403
        assert client.post(f"{path}buang/").status_code == 403
        recommendations.take_back(recommendation, "Salah.", by=curator())
        assert client.post(f"{path}buang/").status_code == 302
        assert not Recommendation.objects.exists()

    def test_the_list_follows_what_is_public(self, client: Client) -> None:
        recommendation = make_recommendation(make_finding())
        make_recommendation(make_finding(), is_checked=False, text_id="Belum diperiksa.")
        html = client.get("/bukti/rekomendasi/").content.decode()
        assert "Biayai kunjungan rumah" in html
        assert "Belum diperiksa." not in html
        assert "Biayai" not in client.get("/bukti/rekomendasi/?status=done").content.decode()
        assert "Biayai" in client.get("/bukti/rekomendasi/?status=x&halaman=99&untuk=saya").content.decode()
        withdraw(recommendation.output)
        assert "Biayai" not in client.get("/bukti/rekomendasi/").content.decode()
        assert client.get(f"/bukti/rekomendasi/{recommendation.pk}/").status_code == 404

    def test_costs_the_same_for_one_and_for_five(self, client: Client) -> None:
        def statements() -> int:
            client.get("/bukti/rekomendasi/")
            cache.clear()
            with CaptureQueriesContext(connection) as seen:
                client.get("/bukti/rekomendasi/")
            return len(seen)

        client.force_login(curator(2))
        recommendation = make_recommendation(make_finding())
        recommendations.answer(recommendation, "noted", "", by=curator())
        one = statements()
        for _ in range(4):
            make_recommendation(make_finding())
        assert statements() == one


class TestSummaries:
    def test_write_check_and_discard(self, client: Client) -> None:
        output = make_output()
        path = f"/unggah/{output.current_id}/ringkasan/"
        client.force_login(output.owner)
        response = client.post(path, {"text_id": "kata " * 201})
        assert response.status_code == 422
        assert "201 kata" in response.content.decode()
        client.post(path, {"text_id": "Kader mengunjungi warga tua.", "text_en": ""})
        assert "kelas" in client.get(path).content.decode()
        public = f"/publikasi/{output.public_id}/"
        assert "Kader mengunjungi" not in client.get(public).content.decode()
        client.force_login(curator(2))
        html = client.get(f"{QUEUE}?status=rekomendasi").content.decode()
        assert "Kader mengunjungi" in html
        summary = output.plain_summary
        check = f"/kurasi/ringkasan/{summary.pk}/periksa/"
        for seen in ("", "x", "2020-01-01T00:00:00Z", "2026-13-45T99:99:99"):
            client.post(check, {"seen": seen})
        assert "Kader mengunjungi" not in client.get(public).content.decode()
        client.post(check, {"seen": summary.edited_at.isoformat()})
        assert "Kader mengunjungi" in client.get(public).content.decode()
        client.force_login(output.owner)
        client.post(path, {"do": "discard"})
        assert "Kader mengunjungi" not in client.get(public).content.decode()


class TestReadFirst:
    """What was changed after a curator read it does not become public unread."""

    @pytest.mark.parametrize("revision", ["", "x", "0", "9" * 20])
    def test_a_finding_that_was_returned_mended_and_proposed_again(self, desk: Client, revision: str) -> None:
        finding = make_finding(state="proposed")
        by = finding.entered_by
        returned = findings.return_to_enterer(finding, "Perbaiki.", by=curator(1))
        findings.edit(returned, {"statement_id": "Sama sekali lain."}, by=by)
        findings.propose(returned, by=by)
        data = {"revision": revision if revision != "0" else str(finding.revision)}
        html = desk.post(f"{QUEUE}{finding.pk}/periksa/", data, follow=True).content.decode()
        assert "Sementara itu orang lain telah memutuskan" in html
        finding.refresh_from_db()
        assert finding.state == FindingState.PROPOSED
        desk.post(f"{QUEUE}{finding.pk}/periksa/", {"revision": str(finding.revision)})
        finding.refresh_from_db()
        assert finding.state == FindingState.CHECKED

    @pytest.mark.parametrize("change", ["text_id", "addressee_name", "findings"])
    def test_a_recommendation_that_its_writer_changed(self, desk: Client, change: str) -> None:
        finding = make_finding()
        one = make_recommendation(finding, is_checked=False)
        seen, other = one.mark, make_finding(finding.output)
        data = {"text_id": "Lain.", "addressee_name": "Pihak lain", "findings": [finding, other]}
        recommendations.edit(one, {change: data[change]}, by=one.entered_by)
        for mark in (seen, "", "\0"):
            desk.post(f"/kurasi/rekomendasi/{one.pk}/periksa/", {"seen": mark})
            one.refresh_from_db()
            assert one.checked_on is None
        fresh = Recommendation.objects.get(pk=one.pk)
        desk.post(f"/kurasi/rekomendasi/{one.pk}/periksa/", {"seen": fresh.mark})
        one.refresh_from_db()
        assert one.checked_on is not None


class TestFirstPage:
    PAGE = "/kurasi/"

    def test_tells_what_waits_and_leads_there(self, desk: Client) -> None:
        make_finding(state="proposed")
        make_finding(state="proposed")
        make_use(state="reported")
        make_question()
        make_opportunity("posted")
        html = desk.get(self.PAGE).content.decode()
        rows = dict(re.findall(r'<a href="([^"]+)">[^<]+</a> <span class="count[^"]*">(\d+)</span>', html))
        assert rows == {
            "/kurasi/temuan/": "2",
            "/kurasi/temuan/?status=rekomendasi": "0",
            "/kurasi/pertanyaan/": "1",
            "/kurasi/pertanyaan/?status=setujui": "0",
            "/kurasi/penggunaan/": "1",
            "/kurasi/kerja-sama/": "1",
            "/kurasi/topik/": "0",
        }
        for path in rows:
            assert desk.get(path).status_code == 200

    def test_statements_do_not_grow(self, desk: Client) -> None:
        def statements() -> int:
            desk.get(self.PAGE)
            with CaptureQueriesContext(connection) as seen:
                desk.get(self.PAGE)
            return len(seen)

        none = statements()
        for _ in range(3):
            make_finding(state="proposed")
            make_use(state="reported", output=make_output())
        assert statements() == none

    @pytest.mark.parametrize("path", ["temuan", "penggunaan", "pertanyaan", "kerja-sama"])
    def test_the_queues_share_one_head(self, desk: Client, path: str) -> None:
        for status in ("", "?status=ditarik", "?status=x", "?status=%00"):
            html = desk.get(f"{self.PAGE}{path}/{status}").content.decode()
            assert html.count("<h1") == 1 and html.count('aria-current="page"') == 2
            assert "Tidak ada yang menunggu di sini" in html
