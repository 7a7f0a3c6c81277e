"""Curators make public only what they have read, read what became public without them, and see no mail addresses."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.models import LogEntry, User
from evidence.actions import cooperation, questions
from evidence.actions.common import ReasonMissing
from evidence.models import Opportunity, Question
from evidence.states import OpportunityState, QuestionState
from publications.states import IllegalTransition
from tests.factories.accounts import make_user
from tests.factories.asking import make_opportunity, make_question, official, send_mails
from tests.factories.evidence import curator
from tests.factories.uses import make_use

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
BOARD, DESK = "/kurasi/kerja-sama/", "/kurasi/pertanyaan/"
SECRET = "Kata yang belum dibaca siapa pun."


def owner() -> User:
    return official("pemilik@contoh.id")


class TestOpportunities:
    @pytest.mark.parametrize("ending", ["izinkan", "kembalikan"])
    @pytest.mark.parametrize("revision", ["0", "", "x", "9" * 30])
    def test_what_was_edited_meanwhile_is_not_decided(self, client: Client, ending: str, revision: str) -> None:
        opportunity = make_opportunity(OpportunityState.POSTED)
        cooperation.edit(opportunity, {"text_id": SECRET}, by=owner())
        client.force_login(curator())
        path = f"{BOARD}{opportunity.pk}/{ending}/"
        response = client.post(path, {"revision": revision, "reason-reason": "Jelaskan."}, follow=True)
        assert "Sementara itu orang lain telah memutuskan. Tidak ada yang diubah." in response.content.decode()
        opportunity.refresh_from_db()
        assert opportunity.state == OpportunityState.POSTED
        html = client.get(f"{BOARD}{opportunity.pk}/").content.decode()
        assert html.count('name="revision" value="1"') == 2  # one form to let it in, one to return it
        client.post(path, {"revision": "1", "reason-reason": "Jelaskan."})
        opportunity.refresh_from_db()
        assert opportunity.state == (OpportunityState.OPEN if ending == "izinkan" else OpportunityState.RETURNED)

    def test_no_words_of_a_draft_stay_in_the_log(self) -> None:
        opportunity = make_opportunity(OpportunityState.POSTED, title_id=SECRET)
        before = opportunity.text_id
        cooperation.edit(opportunity, {"text_id": SECRET, "kind": "research_wanted"}, by=owner())
        edited = LogEntry.objects.filter(action="opportunity.edited").get().changes
        assert edited == {"text_id": [len(before), len(SECRET)], "kind": ["data_offered", "research_wanted"]}
        cooperation.discard(opportunity, by=owner())
        assert SECRET not in str(list(LogEntry.objects.values_list("changes", flat=True)))


class TestResults:
    def test_curators_read_each_new_one(self) -> None:
        opportunity = make_opportunity(by=curator(2))
        curator(1)
        for result in ("Dua penelitian.", "Tiga penelitian."):
            send_mails()
            cooperation.close(opportunity, result, by=curator(2))
            (mail,) = send_mails()
            assert mail.to == [curator(1).email]
            assert result in mail.body
            assert f"{BOARD}{opportunity.pk}/" in mail.body
        for same in ("Tiga penelitian.", ""):
            cooperation.close(opportunity, same, by=curator(2))
            assert send_mails() == []

    def test_cleared_with_a_reason(self, client: Client) -> None:
        opportunity = make_opportunity()
        cooperation.close(opportunity, "Beli di toko saya.", "Buy in my shop.", by=owner())
        send_mails()
        client.force_login(curator())
        path = f"{BOARD}{opportunity.pk}/hapus-hasil/"
        html = client.get(f"{BOARD}{opportunity.pk}/").content.decode()
        assert f'action="{path}"' in html
        assert "Beli di toko saya." in html
        assert client.post(path, {"clear-reason": " "}).status_code == 422
        client.post(path, {"clear-reason": "Iklan."})
        opportunity.refresh_from_db()
        assert (opportunity.state, opportunity.result_id, opportunity.result_en) == (OpportunityState.CLOSED, "", "")
        assert "toko saya" not in Client().get(f"/kerja-sama/{opportunity.pk}/").content.decode()
        entry = LogEntry.objects.first()
        assert (entry.action, entry.actor, entry.changes) == (
            "opportunity.result_cleared", curator(), {"reason": [None, "Iklan."]},
        )  # fmt: skip
        (mail,) = send_mails()
        assert mail.to == [owner().email]
        assert "Iklan." in mail.body
        assert path not in client.get(f"{BOARD}{opportunity.pk}/").content.decode()

    def test_who_may_and_when(self, client: Client) -> None:
        own = make_opportunity(by=curator(2))
        cooperation.close(own, "Hasil.", by=curator(2))
        for user in (curator(2), make_user()):
            with pytest.raises(PermissionDenied):
                cooperation.clear_result(own, "Tidak.", by=user)
        with pytest.raises(ReasonMissing):
            cooperation.clear_result(own, " ", by=curator())
        with pytest.raises(IllegalTransition):
            cooperation.clear_result(make_opportunity(), "Kosong.", by=curator())
        path = f"{BOARD}{own.pk}/hapus-hasil/"
        assert client.post(path, {"clear-reason": "x"}).status_code == 302  # to sign in
        client.force_login(owner())
        assert client.post(path, {"clear-reason": "x"}).status_code == 403
        assert Opportunity.objects.get(pk=own.pk).result_id == "Hasil."


class TestAnswers:
    @pytest.mark.parametrize("ending", ["setujui", "kembalikan"])
    def test_what_was_answered_anew_is_not_decided(self, client: Client, ending: str) -> None:
        question = make_question(QuestionState.ANSWERED)
        old = question.answered_at
        questions.return_answer(question, "Lengkapi.", by=curator(2), seen=old)
        questions.write(question, {"answer_id": SECRET}, by=curator(1))
        new = questions.answer(question, by=curator(1)).answered_at
        assert old
        assert new
        client.force_login(curator(2))
        path = f"{DESK}{question.pk}/"
        for seen in (old.isoformat(), "", "2020-13-77T99:00", "x" * 99):
            client.post(f"{path}{ending}/", {"seen": seen, "reason-reason": "Lagi."})
            assert Question.objects.get().state == QuestionState.ANSWERED
        assert client.get(path).content.decode().count(f'name="seen" value="{new.isoformat()}"') == 2
        client.post(f"{path}{ending}/", {"seen": new.isoformat(), "reason-reason": "Lagi."})
        after = QuestionState.PUBLISHED if ending == "setujui" else QuestionState.ASKED
        assert Question.objects.get().state == after

    def test_kept_nowhere_for_who_sees_more_than_the_public(self, client: Client) -> None:
        path = f"/tanya/{make_question(QuestionState.PUBLISHED).pk}/"
        for user, is_kept in ((None, True), (make_user(), True), (official(), False), (curator(), False)):
            if user:
                client.force_login(user)
            assert ("no-store" in client.get(path).get("Cache-Control", "")) != is_kept


PRIVATE: dict[str, Callable[[], str]] = {
    "uses": lambda: "/kurasi/penggunaan/",
    "use": lambda: f"/kurasi/penggunaan/{make_use().pk}/",
    "themes": lambda: "/kurasi/tema/",
    "themes_csv": lambda: "/kurasi/tema/unduh.csv",
    "messages": lambda: "/kurasi/topik/",
    "board": lambda: BOARD,
    "opportunity": lambda: f"{BOARD}{make_opportunity().pk}/",
    "questions": lambda: DESK,
}


@pytest.mark.parametrize("page", PRIVATE)
def test_desks_are_kept_nowhere(client: Client, page: str) -> None:
    path = PRIVATE[page]()
    client.force_login(curator(3))
    response = client.get(path)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def waiting_question() -> list[str]:
    questions.take(make_question(), by=curator(1))
    return [DESK, f"{DESK}{Question.objects.get().pk}/"]


NAMED: dict[str, Callable[[], list[str]]] = {
    "question in hand": waiting_question,
    "answer": lambda: [f"{DESK}{make_question(QuestionState.ANSWERED).pk}/"],
    "opportunity": lambda: [BOARD, f"{BOARD}{make_opportunity(OpportunityState.POSTED).pk}/"],
    "use": lambda: [f"/kurasi/penggunaan/{make_use().pk}/"],
}


@pytest.mark.parametrize("thing", NAMED)
def test_a_desk_shows_names_and_no_addresses(client: Client, thing: str) -> None:
    paths = NAMED[thing]()
    client.force_login(curator(3))
    User.objects.update(name="")
    for path in paths:
        html = client.get(path).content.decode()
        main = html[html.index("<main") :].split('id="log"')[0]
        for email in User.objects.exclude(pk=curator(3).pk).values_list("email", flat=True):
            assert email not in main, path
