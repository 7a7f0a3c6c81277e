"""The pages of the question desk: who sees what, what leaks, what it costs."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evidence.actions import findings, questions
from evidence.models import Question
from evidence.states import QuestionState
from tests.factories.accounts import make_user
from tests.factories.asking import REPLY, TEXT, make_question, official
from tests.factories.evidence import curator, make_finding
from tests.factories.publications import withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
ROLES = [None, "researcher", "curator", "administrator", "asker"]
DESK = "/kurasi/pertanyaan/"
ANSWER = REPLY["answer_id"]


def sign_in(client: Client, role: str | None) -> None:
    if role:
        client.force_login(official() if role == "asker" else make_user(role=role))


def html_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


class TestWhoSees:
    @pytest.mark.parametrize("role", ROLES)
    def test_every_page_and_role(self, client: Client, role: str | None) -> None:
        question = make_question()
        sign_in(client, role)
        is_curator = role in ("curator", "administrator")
        for path in ("/tanya/", f"/tanya/{make_question(QuestionState.PUBLISHED, text='Lain?').pk}/"):
            html_of(client, path)
        for path in ("/tanya/baru/", "/tanya/saya/"):
            html_of(client, path, 200 if role else 302)
        html_of(client, f"/tanya/{question.pk}/", 200 if is_curator or role == "asker" else 404)
        for path in (DESK, f"{DESK}?status=setujui", f"{DESK}{question.pk}/"):
            html_of(client, path, 200 if is_curator else 403 if role else 302)
        for ending in ("ambil", "lepas", "setujui", "kembalikan", "tolak", "tarik", "buka"):
            path = f"{DESK}{question.pk}/{ending}/"
            assert client.get(path).status_code in ((405,) if is_curator else (403, 302))
            if not is_curator:
                assert client.post(path, {"reason-reason": "x"}).status_code == (403 if role else 302)
        question.refresh_from_db()
        assert question.state == QuestionState.ASKED

    @pytest.mark.parametrize("state", list(QuestionState))
    def test_what_the_public_and_the_asker_read(self, client: Client, state: str) -> None:
        question = make_question(state, background="Untuk rapat anggaran.")
        path = f"/tanya/{question.pk}/"
        status = {QuestionState.PUBLISHED: 200, QuestionState.WITHDRAWN: 410}.get(QuestionState(state), 404)
        public = html_of(client, path, status)
        assert (ANSWER in public) == (state == QuestionState.PUBLISHED)
        client.force_login(official())
        own = html_of(client, path)
        assert (ANSWER in own) == (state == QuestionState.PUBLISHED)
        assert "rapat anggaran" not in public + own
        assert ("Jawabannya keliru." in public) == (state == QuestionState.WITHDRAWN)

    def test_the_reason_of_a_return_is_for_curators(self, client: Client) -> None:
        question = make_question(QuestionState.ANSWERED)
        questions.return_answer(question, "Angkanya salah.", by=curator(2), seen=question.answered_at)
        client.force_login(official())
        assert "Angkanya salah." not in html_of(client, f"/tanya/{question.pk}/")

    @pytest.mark.parametrize("is_named", [True, False])
    def test_the_name_only_if_wanted(self, client: Client, is_named: bool) -> None:
        question = make_question(QuestionState.PUBLISHED, is_named=is_named)
        html = html_of(client, f"/tanya/{question.pk}/")
        assert ("Rina Dewi" in html) == is_named
        assert "pejabat@contoh.id" not in html
        assert "Kurator Bukti 1" in html
        assert "Kurator Bukti 2" in html

    @pytest.mark.parametrize("how", ["finding", "output"])
    def test_findings_that_are_no_longer_public_vanish(self, client: Client, how: str) -> None:
        finding = make_finding()
        question = make_question(QuestionState.PUBLISHED, finding=finding)
        path = f"/tanya/{question.pk}/"
        assert finding.statement_id in html_of(client, path)
        if how == "finding":
            findings.withdraw(finding, "Keliru.", by=curator(2))
        else:
            withdraw(finding.output)
        html = html_of(client, path)
        assert finding.statement_id not in html
        assert "1 temuan di balik jawaban ini telah ditarik" in html

    def test_findings_and_topics_name_their_questions(self, client: Client) -> None:
        finding = make_finding()
        make_question(QuestionState.PUBLISHED, finding=finding)
        assert TEXT in html_of(client, f"/bukti/temuan/{finding.pk}/")


class TestAsking:
    DATA: dict[str, Any] = {"pmks": "", "text": "Berapa biaya kunjungan rumah?", "language": "id"}  # noqa: RUF012

    def data(self, **changes: Any) -> dict[str, Any]:
        from taxonomy.models import Pmks

        return {**self.DATA, "pmks": Pmks.objects.get(code="PMKS-08").pk, **changes}

    def test_what_may_answer_it_comes_first(self, client: Client) -> None:
        make_question(QuestionState.PUBLISHED)
        client.force_login(make_user())
        response = client.post("/tanya/baru/", self.data(background="Rapat.", is_named="on"))
        assert response.status_code == 302, "so that Back from what is read next sends nothing again"
        html = html_of(client, response["Location"])
        for text in (
            TEXT,
            "Mungkin ini sudah menjawabnya",
            "/topik/lanjut-usia-terlantar/",
            "Rapat.",
            "Kunjungan rumah dua",
        ):
            assert text in html
        assert Question.objects.count() == 1
        data = self.data(background="Rapat.", is_named="on")
        assert client.post("/tanya/baru/", {**data, "seen": data["pmks"]}).status_code == 302
        asked = Question.objects.latest("pk")
        assert (asked.text_id, asked.background, asked.is_named) == (self.DATA["text"], "Rapat.", True)
        again = client.post("/tanya/baru/", {**data, "seen": data["pmks"]}, follow=True)
        assert again.redirect_chain[-1][0] == f"/tanya/{asked.pk}/"
        assert "sudah menanyakan ini" in again.content.decode()
        assert "Rapat." not in html_of(client, response["Location"]), "what was sent is no draft any more"

    def test_where_nothing_is_known_it_is_sent_at_once(self, client: Client) -> None:
        client.force_login(make_user())
        client.post("/en/tanya/baru/", self.data(text="How much?", language="en"))
        assert Question.objects.get().text_en == "How much?"

    @pytest.mark.parametrize(
        "changes",
        [{"text": " "}, {"text": "x" * 501}, {"pmks": "0"}, {"pmks": "9" * 30}, {"pmks": "a\0"}, {"language": "xx"}],
    )
    def test_errors_keep_what_was_typed(self, client: Client, changes: dict[str, str]) -> None:
        client.force_login(make_user())
        response = client.post("/tanya/baru/", self.data(background="Yang diketik.", **changes))
        assert response.status_code == 302 and Question.objects.count() == 0
        html = html_of(client, response["Location"])
        assert "Yang diketik." in html and "error-summary" in html

    def test_what_is_too_long_to_be_kept_comes_back_at_once(self, client: Client) -> None:
        client.force_login(make_user())
        response = client.post("/tanya/baru/", self.data(text="panjang " * 5_000))
        assert response.status_code == 422 and "panjang panjang" in response.content.decode()
        assert "question_drafts" not in client.session

    def test_several_tabs_keep_their_drafts_and_others_see_none(self, client: Client) -> None:
        client.force_login(make_user())
        places = [
            client.post("/tanya/baru/", self.data(text=" ", background=f"Tab {number}."))["Location"]
            for number in range(4)
        ]
        for number in (1, 2, 3):
            assert f"Tab {number}." in html_of(client, places[number])
        assert "Tab 0." not in html_of(client, places[0])
        other = Client()
        other.force_login(make_user("lain@contoh.id"))
        for draft in (places[3], "/tanya/baru/?draf=", "/tanya/baru/?draf=\0x"):
            assert "Tab 3." not in html_of(other, draft)

    @pytest.mark.parametrize("text", ["Hubungi rina@contoh.id ya?", "Boleh telepon 0812-3456-7890?"])
    def test_an_address_in_a_question_is_asked_about(self, client: Client, text: str) -> None:
        client.force_login(make_user())
        response = client.post("/tanya/baru/", self.data(text=text), follow=True)
        html = response.content.decode()
        assert Question.objects.count() == 0 and "Semua orang akan membaca ini" in html and 'name="may_show"' in html
        client.post("/tanya/baru/", self.data(text=text, may_show="on"))
        assert Question.objects.get().text_id == text
        client.force_login(curator())
        for path in (DESK, f"{DESK}{Question.objects.get().pk}/"):
            assert "nomor pribadi" in html_of(client, path)

    def test_taken_back(self, client: Client) -> None:
        question = make_question()
        client.force_login(make_user())
        assert client.post(f"/tanya/{question.pk}/batalkan/").status_code == 404
        client.force_login(official())
        assert TEXT in html_of(client, "/tanya/saya/")
        assert client.post(f"/tanya/{question.pk}/batalkan/").status_code == 302
        assert not Question.objects.exists()


class TestDesk:
    def test_answered_through_the_pages(self, client: Client) -> None:
        question, finding = make_question(), make_finding()
        client.force_login(curator(1))
        path = f"{DESK}{question.pk}/"
        data = {**REPLY, "pmks": question.pmks_id}
        response = client.post(path, {**data, "do": "search", "cari": "kunjungan"})
        assert response["Location"].endswith("?cari=kunjungan#temuan")
        found = html_of(client, response["Location"])
        assert f'value="choose:{finding.pk}"' in found
        assert ANSWER in found
        client.post(path, {**data, "do": f"choose:{finding.pk}"})
        assert f'value="drop:{finding.pk}"' in html_of(client, path)
        for what in ("up:x", "drop:", f"choose:{'9' * 30}", "x" * 99, f"up:{finding.pk}"):
            assert client.post(path, {**data, "do": what}).status_code == 302
        client.post(path, {**data, "do": "answer"})
        question.refresh_from_db()
        assert question.state == QuestionState.ANSWERED
        assert client.post(f"{path}setujui/").status_code == 403
        client.force_login(curator(2))
        assert client.post(f"{path}kembalikan/", {"reason-reason": ""}).status_code == 422
        assert ANSWER in html_of(client, path)
        client.post(f"{path}setujui/", {"seen": question.answered_at.isoformat()})
        assert ANSWER in html_of(Client(), f"/tanya/{question.pk}/")

    def test_a_draft_that_cannot_go_on_is_kept(self, client: Client) -> None:
        question = make_question()
        client.force_login(curator(1))
        client.post(
            f"{DESK}{question.pk}/",
            {"text_id": TEXT, "answer_id": "Baru separuh.", "pmks": question.pmks_id, "do": "answer"},
        )
        question.refresh_from_db()
        assert (question.state, question.answer_id) == (QuestionState.ASKED, "Baru separuh.")

    def test_in_hand_of_another(self, client: Client) -> None:
        question = questions.take(make_question(), by=curator(1))
        client.force_login(curator(2))
        assert "Ditangani oleh Kurator Bukti 1" in html_of(client, f"{DESK}{question.pk}/")
        data = {"text_id": "Diubah", "pmks": question.pmks_id, "do": "save"}
        assert client.post(f"{DESK}{question.pk}/", data).status_code == 409
        question.refresh_from_db()
        assert question.text_id == TEXT

    @pytest.mark.parametrize("words", ["", "kunjungan rumah", "#1", "9" * 40, "%_'\"<b>", "a\0b", "x" * 500])
    def test_any_search(self, client: Client, words: str) -> None:
        make_finding()
        client.force_login(curator(1))
        assert client.get(f"{DESK}{make_question().pk}/", {"cari": words}).status_code == 200


class TestList:
    def test_filters(self, client: Client) -> None:
        make_question(QuestionState.PUBLISHED)
        make_question(QuestionState.PUBLISHED, text="Mengapa tidak ada data?", pmks="PMKS-01", is_gap=True)
        gap = "Mengapa tidak ada data?"
        for query, first, second in (
            ("", True, True),
            ("?pmks=lanjut-usia-terlantar", True, False),
            ("?jawaban=celah", False, True),
            ("?jawaban=bukti", True, False),
            ("?q=hidup+sendiri", True, False),
            ("?q=zzz", False, False),
        ):
            html = html_of(client, f"/tanya/{query}")
            assert (TEXT in html, gap in html) == (first, second), query

    @pytest.mark.parametrize(
        "query", ["?pmks=x", "?pmks=a%00b", "?jawaban=x", "?q=%00", f"?q={'a' * 400}", "?halaman=x"]
    )
    def test_what_is_not_understood_narrows_nothing(self, client: Client, query: str) -> None:
        make_question(QuestionState.PUBLISHED)
        assert TEXT in html_of(client, f"/tanya/{query}")

    @pytest.mark.parametrize("path", ["/tanya/", f"{DESK}?status=terbit", "/tanya/saya/"])
    def test_costs_the_same_for_one_and_for_three(self, client: Client, path: str) -> None:
        asker = make_user("sibuk@contoh.id", role="curator")
        client.force_login(asker)

        def statements() -> int:
            client.get(path)
            cache.clear()
            with CaptureQueriesContext(connection) as seen:
                client.get(path)
            return len(seen)

        finding = make_finding()
        make_question(QuestionState.PUBLISHED, by=asker, finding=finding)
        one = statements()
        for number in range(2):
            make_question(QuestionState.PUBLISHED, by=asker, finding=finding, text=f"Nomor {number}?")
        assert statements() == one
