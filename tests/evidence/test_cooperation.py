"""The cooperation board: states, dates, messages to owners, pages, what leaks."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import delete_account
from accounts.models import LogEntry
from accounts.personal_data import personal_data
from evidence import rules
from evidence.actions import cooperation, interests
from evidence.actions.findings import Conflict
from evidence.checks import Incomplete
from evidence.models import Interest, Opportunity
from evidence.states import OPPORTUNITY_TRANSITIONS, OpportunityState
from publications.states import IllegalTransition
from tests.factories.accounts import make_organisation, make_user
from tests.factories.asking import expired, make_opportunity, official, opportunity_data, send_mails
from tests.factories.evidence import curator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
TITLE = "Data kunjungan rumah 2019–2023"
DESK = "/kurasi/kerja-sama/"
MESSAGE = "Kami ingin memakai data ini.\r\nBcc: semua@contoh.id"
ROLES = [None, "researcher", "curator", "administrator", "owner", "writer"]


def owner() -> Any:
    return official("pemilik@contoh.id")


def tomorrow() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=1)


STEPS: dict[str, tuple[Callable[[Opportunity], Any], dict[str, str]]] = {
    "let_in": (lambda o: cooperation.let_in(o, by=curator(), seen=o.revision), {"posted": "open"}),
    "return": (
        lambda o: cooperation.return_to_owner(o, "Jelaskan.", by=curator(), seen=o.revision),
        {"posted": "returned"},
    ),
    "withdraw": (
        lambda o: cooperation.withdraw(o, "Iklan.", by=curator()),
        {"open": "withdrawn", "closed": "withdrawn"},
    ),
    "close": (lambda o: cooperation.close(o, "Hasil.", by=owner()), {"open": "closed", "closed": "closed"}),
    "reopen": (lambda o: cooperation.reopen(o, tomorrow(), by=owner()), {"closed": "open"}),
    "rewrite": (
        lambda o: cooperation.edit(o, {"title_id": "Lain"}, by=owner()),
        {"posted": "posted", "returned": "posted", "open": "posted"},
    ),
}


class TestStates:
    @pytest.mark.parametrize("step", STEPS)
    @pytest.mark.parametrize("state", list(OpportunityState))
    def test_each_step_from_each_state(self, step: str, state: str) -> None:
        act, legal = STEPS[step]
        opportunity = make_opportunity(state)
        if state in legal:
            assert act(opportunity).state == legal[state]
        else:
            with pytest.raises(IllegalTransition):
                act(opportunity)
            opportunity.refresh_from_db()
            assert opportunity.state == state

    def test_the_steps_are_the_table(self) -> None:
        walked = {pair for _act, legal in STEPS.values() for pair in legal.items() if pair[0] != pair[1]}
        assert walked == {
            (before, after) for before, all_after in OPPORTUNITY_TRANSITIONS.items() for after in all_after
        }

    def test_another_date_keeps_it_on_the_board(self) -> None:
        opportunity = cooperation.edit(make_opportunity(), {"closes_on": tomorrow()}, by=owner())
        assert (opportunity.state, opportunity.closes_on) == (OpportunityState.OPEN, tomorrow())

    def test_it_closes_by_itself(self) -> None:
        opportunity = make_opportunity(closes_on=timezone.localdate())
        assert opportunity.is_open
        opportunity = expired(opportunity)
        assert not opportunity.is_open
        assert not Opportunity.objects.open().exists()
        with pytest.raises(IllegalTransition):
            interests.express(opportunity, "Halo", by=make_user())
        assert cooperation.edit(opportunity, {"closes_on": tomorrow()}, by=owner()).is_open

    @pytest.mark.parametrize("days", [-1, rules.MOST_DAYS_OPEN + 1])
    def test_dates_are_sensible(self, days: int) -> None:
        with pytest.raises(cooperation.WrongDate):
            make_opportunity(closes_on=timezone.localdate() + datetime.timedelta(days=days))

    def test_what_waited_too_long_is_not_let_in(self) -> None:
        with pytest.raises(Incomplete):
            cooperation.let_in(expired(make_opportunity(OpportunityState.POSTED)), by=curator(), seen=0)

    def test_two_windows(self) -> None:
        opportunity = make_opportunity(OpportunityState.POSTED)
        cooperation.edit(opportunity, {"title_id": "Satu"}, by=owner(), base_revision=0)
        with pytest.raises(Conflict):
            cooperation.edit(opportunity, {"title_id": "Dua"}, by=owner(), base_revision=0)

    def test_who_may(self) -> None:
        own = make_opportunity(OpportunityState.POSTED, by=curator(3))
        other = make_opportunity()
        for act in (
            lambda: cooperation.let_in(own, by=curator(3), seen=0),
            lambda: cooperation.edit(other, {"title_id": "x"}, by=curator(1)),
            lambda: cooperation.close(other, by=curator(1)),
            lambda: cooperation.discard(own, by=curator(1)),
            lambda: interests.express(other, "Halo", by=owner()),
        ):
            with pytest.raises(PermissionDenied):
                act()

    def test_discarded_while_it_waits(self) -> None:
        cooperation.discard(make_opportunity(OpportunityState.RETURNED), by=owner())
        assert not Opportunity.objects.exists()
        with pytest.raises(IllegalTransition):
            cooperation.discard(make_opportunity(), by=owner())

    def test_not_too_many_a_day(self) -> None:
        for _ in range(rules.MOST_POSTED_A_DAY):
            make_opportunity(OpportunityState.POSTED)
        with pytest.raises(cooperation.TooManyPosted):
            make_opportunity()


class TestMessages:
    @pytest.mark.parametrize(
        ("language", "subject"), [("id", "Ada yang berminat: "), ("en", "Somebody is interested: ")]
    )
    def test_relayed_to_the_owner(self, language: str, subject: str) -> None:
        to = official("pemilik@contoh.id", language=language)
        opportunity = make_opportunity(by=to)
        send_mails()
        writer = make_user(name="Siti\nAminah")
        writer.person.affiliation = make_organisation("Universitas Contoh")
        writer.person.save()
        interests.express(opportunity, MESSAGE, by=writer)
        (sent,) = send_mails()
        assert (sent.to, sent.reply_to, sent.cc, sent.bcc) == ([to.email], [writer.email], [], [])
        assert sent.subject.startswith(subject)
        assert "\n" not in sent.subject
        for text in ("Universitas Contoh", "Kami ingin memakai data ini."):
            assert text in sent.body
        assert writer.email not in sent.body
        assert "Bcc" not in sent.message()
        assert "Kami ingin" not in str(list(LogEntry.objects.values_list("changes", flat=True)))

    def test_one_a_person(self) -> None:
        opportunity, writer = make_opportunity(), make_user()
        interests.express(opportunity, "Halo", by=writer)
        with pytest.raises(interests.WrittenAlready):
            interests.express(opportunity, "Halo lagi", by=writer)

    def test_not_too_many_a_day(self) -> None:
        writer = make_user()
        for number in range(rules.MOST_INTERESTS_A_DAY + 1):
            opportunity = make_opportunity(by=official(f"pemilik{number}@contoh.id"))
            if number < rules.MOST_INTERESTS_A_DAY:
                interests.express(opportunity, "Halo", by=writer)
            else:
                with pytest.raises(interests.TooManyMessages):
                    interests.express(opportunity, "Halo", by=writer)

    @pytest.mark.parametrize("state", ["posted", "returned", "closed", "withdrawn"])
    def test_only_while_it_is_open(self, state: str) -> None:
        with pytest.raises(IllegalTransition):
            interests.express(make_opportunity(state), "Halo", by=make_user())

    def test_nothing_is_sent_for_who_left(self) -> None:
        writer = make_user()
        interests.express(make_opportunity(), "Halo", by=writer)
        send_mails()
        interest = Interest.objects.get()
        delete_account(writer)
        assert not Interest.objects.exists()
        assert not interests.relay(interest.pk)

    def test_curators_and_owners_are_told(self) -> None:
        opportunity = make_opportunity(OpportunityState.POSTED)
        assert owner().email not in {mail.to[0] for mail in send_mails()}
        cooperation.return_to_owner(opportunity, "Jelaskan.", by=curator(), seen=0)
        (mail,) = send_mails()
        assert mail.to == [owner().email]
        assert "Jelaskan." in mail.body


class TestForgetting:
    def test_a_deleted_owner(self) -> None:
        waiting, opened = make_opportunity(OpportunityState.POSTED), make_opportunity()
        interests.express(opened, "Halo", by=make_user())
        delete_account(owner())
        assert not Opportunity.objects.filter(pk=waiting.pk).exists()
        opened.refresh_from_db()
        assert opened.state == OpportunityState.CLOSED
        assert not Interest.objects.exists()

    def test_the_copy_of_ones_data(self) -> None:
        writer = make_user()
        interests.express(make_opportunity(), "Halo", by=writer)
        mine = personal_data(writer)["questions_and_cooperation"]
        assert [row["message"] for row in mine["messages"]] == ["Halo"]
        theirs = personal_data(owner())["questions_and_cooperation"]
        assert len(theirs["opportunities"]) == 1
        assert theirs["messages"] == []


def sign_in(client: Client, role: str | None) -> None:
    emails = {"owner": "pemilik@contoh.id", "writer": "penulis@contoh.id"}
    if role:
        client.force_login(official(emails[role]) if role in emails else make_user(role=role))


class TestPages:
    @pytest.mark.parametrize("role", ROLES)
    def test_every_page_and_role(self, client: Client, role: str | None) -> None:
        opportunity, waiting = make_opportunity(), make_opportunity(OpportunityState.POSTED)
        interests.express(opportunity, "Pesan rahasia.", by=official("penulis@contoh.id", name="Wayan Penulis"))
        sign_in(client, role)
        is_curator = role in ("curator", "administrator")
        assert TITLE in client.get("/kerja-sama/").content.decode()
        html = client.get(f"/kerja-sama/{opportunity.pk}/").content.decode()
        assert ("Pesan rahasia." in html) == (is_curator or role in ("owner", "writer"))
        assert ("Wayan Penulis" in html.split("<main")[1]) == (is_curator or role == "owner")
        assert "penulis@contoh.id" not in html.split("<main")[1]
        assert "pemilik@contoh.id" not in html.split("<main")[1]
        assert ("Tulis kepada pemilik" in html) == (role in ("researcher", "curator", "administrator"))
        path = f"/kerja-sama/{waiting.pk}/"
        assert client.get(path).status_code == (200 if is_curator or role == "owner" else 404)
        for path in ("/kerja-sama/baru/", "/kerja-sama/saya/"):
            assert client.get(path).status_code == (200 if role else 302)
        edit = client.get(f"/kerja-sama/{opportunity.pk}/sunting/").status_code
        assert edit == (200 if role == "owner" else 403 if role else 302)
        for path in (DESK, f"{DESK}?status=papan", f"{DESK}{waiting.pk}/"):
            assert client.get(path).status_code == (200 if is_curator else 403 if role else 302)
        if role != "owner":
            for ending in ("tutup", "buka"):
                status = client.post(f"/kerja-sama/{opportunity.pk}/{ending}/").status_code
                assert status == (403 if role else 302)
            status = client.post(f"/kerja-sama/{waiting.pk}/buang/").status_code
            assert status == (404 if role else 302)
        if not is_curator:
            for ending in ("izinkan", "kembalikan", "tarik"):
                status = client.post(f"{DESK}{waiting.pk}/{ending}/", {"reason-reason": "x"}).status_code
                assert status == (403 if role else 302)
        waiting.refresh_from_db()
        assert waiting.state == OpportunityState.POSTED

    def test_posted_let_in_answered_closed(self, client: Client) -> None:
        client.force_login(owner())
        data = opportunity_data(organisation="")
        data |= {name: [term.pk for term in data[name]] for name in ("pmks", "provinces")}
        wrong = client.post("/kerja-sama/baru/", {**data, "closes_on": "2001-01-01", "pmks": ""})
        assert wrong.status_code == 422
        assert TITLE in wrong.content.decode()
        assert client.post("/kerja-sama/baru/", data).status_code == 302
        opportunity = Opportunity.objects.get()
        path = f"/kerja-sama/{opportunity.pk}/"
        client.force_login(curator(2))
        assert client.post(f"{DESK}{opportunity.pk}/kembalikan/", {}).status_code == 422
        client.post(f"{DESK}{opportunity.pk}/izinkan/", {"revision": "0"})
        client.force_login(make_user())
        assert client.post(f"{path}minat/", {"message": " "}).status_code == 422
        assert client.post(f"{path}minat/", {"message": "x" * 2001}).status_code == 422
        client.post(f"{path}minat/", {"message": MESSAGE})
        client.post(f"{path}minat/", {"message": "Lagi"})
        assert Interest.objects.count() == 1
        client.force_login(owner())
        assert client.post(f"{path}minat/", {"message": "Saya"}).status_code == 403
        assert "Kami ingin memakai" in client.get(path).content.decode()
        assert client.post(f"{path}tutup/", {"result_id": "Dua <b>universitas</b>"}).status_code == 302
        assert "Dua &lt;b&gt;universitas" in Client().get(path).content.decode()
        assert client.post(f"{path}buka/", {"closes_on": "x"}).status_code == 422
        assert client.post(f"{path}buka/", {"closes_on": tomorrow().isoformat()}).status_code == 302

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            ("Tulis ke rina.dewi@contoh.id.", "r•••@contoh.id"),
            ("Tulis ke rina (at) contoh.go.id.", "(at) contoh.go.id"),
            ("Telepon 0812-3456-7890.", "telepon 0812"),
            ("NIK 3175064507900001.", "NIK 3175"),
        ],
    )
    def test_an_address_or_number_is_asked_about_and_flagged(self, client: Client, words: str, told: str) -> None:
        client.force_login(owner())
        data = opportunity_data(organisation="", text_id=words)
        data |= {name: [term.pk for term in data[name]] for name in ("pmks", "provinces")}
        response = client.post("/kerja-sama/baru/", data)
        html = response.content.decode()
        assert response.status_code == 422 and told in html and 'name="may_show"' in html and words in html
        assert not Opportunity.objects.exists()
        assert client.post("/kerja-sama/baru/", {**data, "may_show": "on"}).status_code == 302
        opportunity = Opportunity.objects.get()
        client.force_login(curator())
        assert "alamat atau nomor pribadi?" in client.get(DESK).content.decode()
        assert (
            told.removeprefix("telepon ").removeprefix("NIK ")
            in client.get(f"{DESK}{opportunity.pk}/").content.decode()
        )

    def test_what_came_of_it_is_asked_about_too(self, client: Client) -> None:
        opportunity = make_opportunity()
        client.force_login(owner())
        path = f"/kerja-sama/{opportunity.pk}/tutup/"
        response = client.post(path, {"result_id": "Hubungi 0812-3456-7890."})
        assert response.status_code == 422 and 'name="may_show"' in response.content.decode()
        opportunity.refresh_from_db()
        assert opportunity.state == OpportunityState.OPEN

    def test_ordinary_words_and_numbers_are_not_flagged(self, client: Client) -> None:
        make_opportunity(OpportunityState.POSTED, text_id="Data 2019-2023, 12.500 rumah, @kemensos, Rp1.250.000.000.")
        client.force_login(curator())
        assert "nomor pribadi" not in client.get(DESK).content.decode()

    def test_edited_through_the_page(self, client: Client) -> None:
        opportunity = make_opportunity(OpportunityState.RETURNED)
        client.force_login(owner())
        path = f"/kerja-sama/{opportunity.pk}/sunting/"
        assert "Sebutkan provinsinya." in client.get(path).content.decode()
        data = opportunity_data(organisation="", title_id="Judul baru")
        data |= {name: [term.pk for term in data[name]] for name in ("pmks", "provinces")}
        stale = client.post(path, {**data, "revision": "7"})
        html = stale.content.decode()
        assert stale.status_code == 422 and "Yang tersimpan sekarang" in html
        assert f"<dd>{opportunity.title_id}</dd>" in html and "Judul baru" in html
        assert client.post(path, {**data, "revision": "0"}).status_code == 302
        opportunity.refresh_from_db()
        assert (opportunity.title_id, opportunity.state) == ("Judul baru", OpportunityState.POSTED)

    @pytest.mark.parametrize("state", list(OpportunityState))
    def test_what_the_public_reads(self, client: Client, state: str) -> None:
        opportunity = make_opportunity(state)
        status = {"open": 200, "closed": 200, "withdrawn": 410}.get(state, 404)
        response = client.get(f"/kerja-sama/{opportunity.pk}/")
        assert response.status_code == status
        assert (TITLE in response.content.decode()) == (status == 200)
        assert (TITLE in client.get("/kerja-sama/").content.decode()) == (status == 200)
        client.force_login(owner())
        assert client.get(f"/kerja-sama/{opportunity.pk}/").status_code == 200

    def test_open_ones_first_by_date(self, client: Client) -> None:
        today = timezone.localdate()
        make_opportunity(OpportunityState.CLOSED, title_id="Ditutup")
        make_opportunity(title_id="Nanti", closes_on=today + datetime.timedelta(days=60))
        make_opportunity(title_id="Segera", closes_on=today)
        expired(make_opportunity(title_id="Lewat"))
        html = client.get("/kerja-sama/").content.decode().split("<main")[1]
        order = sorted(("Ditutup", "Nanti", "Segera", "Lewat"), key=lambda title: html.index(f">{title}<"))
        assert order[:2] == ["Segera", "Nanti"]
        for status, shown in (("buka", {"Segera", "Nanti"}), ("tutup", {"Ditutup", "Lewat"})):
            html = client.get(f"/kerja-sama/?status={status}").content.decode()
            assert {title for title in order if f">{title}<" in html} == shown

    def test_filters(self, client: Client) -> None:
        make_opportunity(provinces=["ID-JT", "ID-BA"], pmks=["PMKS-08", "PMKS-01"])
        for query, shown in (
            ("?jenis=data_offered", True),
            ("?jenis=research_wanted", False),
            ("?pmks=lanjut-usia-terlantar", True),
            ("?pmks=pemulung", False),
            ("?provinsi=bali", True),
            ("?provinsi=aceh", False),
            ("?jenis=x&pmks=x&provinsi=a%00&status=x&halaman=x", True),
        ):
            html = client.get(f"/kerja-sama/{query}").content.decode()
            assert (html.count(f">{TITLE}<") == 1) == shown, query

    @pytest.mark.parametrize("path", ["/kerja-sama/", f"{DESK}?status=papan", "/kerja-sama/saya/"])
    def test_costs_the_same_for_one_and_for_three(self, client: Client, path: str) -> None:
        poster = make_user("sibuk@contoh.id", role="curator")
        client.force_login(poster)

        def statements() -> int:
            client.get(path)
            cache.clear()
            with CaptureQueriesContext(connection) as seen:
                client.get(path)
            return len(seen)

        make_opportunity(by=poster)
        one = statements()
        for _ in range(2):
            make_opportunity(by=poster)
        assert statements() == one
