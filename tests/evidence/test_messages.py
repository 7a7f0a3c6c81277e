"""The message on top of a topic: written by one curator, checked by a second."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import LogEntry
from evidence.actions import findings, messages
from evidence.actions.common import ReasonMissing
from evidence.models import Finding, TopicMessage
from evidence.personal_data import evidence_of
from evidence.queries.messages import topic_states
from publications.states import IllegalTransition
from taxonomy.models import Pmks
from tests.factories.accounts import make_user
from tests.factories.evidence import curator, make_finding
from tests.factories.publications import some_user, withdraw
from tests.factories.topics import make_message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
DESK = "/kurasi/topik/"
PAGE = f"{DESK}lanjut-usia-terlantar/pesan/"
TOPIC = "/topik/lanjut-usia-terlantar/"
TEXTS = {"text_id": "Pesan baru.", "text_en": "A new message."}


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


class TestActions:
    def test_only_curators_write(self) -> None:
        with pytest.raises(PermissionDenied):
            messages.write(Pmks.objects.get(code="PMKS-08"), "a", "b", by=some_user())

    def test_who_wrote_it_does_not_check_it(self) -> None:
        message = make_message(is_checked=False)
        with pytest.raises(PermissionDenied):
            messages.check(message, by=curator(1), seen=message.written_at)
        with pytest.raises(PermissionDenied):
            messages.return_to_writer(message, "x", by=curator(1), seen=message.written_at)

    def test_the_database_says_so_too(self) -> None:
        message = make_message(is_checked=False)
        today = datetime.date(2026, 1, 1)
        with pytest.raises(IntegrityError), transaction.atomic():
            TopicMessage.objects.filter(pk=message.pk).update(checked_by=message.written_by, checked_on=today)

    def test_one_that_was_returned_or_checked_is_not_checked(self) -> None:
        message = make_message(is_checked=False)
        messages.return_to_writer(message, "Terlalu pasti.", by=curator(2), seen=message.written_at)
        with pytest.raises(IllegalTransition):
            messages.check(message, by=curator(2), seen=message.written_at)
        done = make_message()
        with pytest.raises(IllegalTransition):
            messages.check(done, by=curator(2), seen=done.written_at)

    def test_nothing_unread_is_checked(self) -> None:
        message = make_message(is_checked=False)
        again = make_message(is_checked=False, text="Lain sekali.")
        assert again.pk == message.pk
        with pytest.raises(IllegalTransition):
            messages.check(message, by=curator(2), seen=message.written_at)

    def test_whoever_changes_what_waits_has_written_it(self) -> None:
        message = make_message(is_checked=False)
        changed = messages.write(message.pmks, "Lain.", "Other.", by=curator(2))
        assert (changed.pk, changed.written_by) == (message.pk, curator(2))
        assert messages.check(changed, by=curator(1), seen=changed.written_at).checked_by == curator(1)

    def test_a_return_needs_a_reason_and_takes_it_away_again(self) -> None:
        message = make_message(is_checked=False)
        with pytest.raises(ReasonMissing):
            messages.return_to_writer(message, "  ", by=curator(2), seen=message.written_at)
        messages.return_to_writer(message, "Terlalu pasti.", by=curator(2), seen=message.written_at)
        assert make_message(is_checked=False).return_reason == ""

    def test_former_ones_stay(self) -> None:
        first, second = make_message(text="Pertama."), make_message(text="Kedua.")
        assert first.pk != second.pk
        assert TopicMessage.objects.filter(checked_on__isnull=False).count() == 2

    def test_each_step_is_logged(self) -> None:
        message = make_message(is_checked=False)
        messages.return_to_writer(message, "Terlalu pasti.", by=curator(2), seen=message.written_at)
        make_message()
        logged = LogEntry.objects.filter(action__startswith="message.").values_list("action", flat=True)
        assert set(logged) == {"message.written", "message.returned", "message.checked"}

    def test_the_writer_is_told(self, django_capture_on_commit_callbacks: Any, settings: Any) -> None:
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
        with django_capture_on_commit_callbacks(execute=True):
            message = make_message(is_checked=False)
            messages.return_to_writer(message, "Terlalu pasti.", by=curator(2), seen=message.written_at)
            make_message()
        assert [sent.to for sent in mail.outbox] == [[curator(1).email]] * 2
        assert "Terlalu pasti." in mail.outbox[0].body
        assert PAGE in mail.outbox[0].body and TOPIC in mail.outbox[1].body


class TestDesk:
    @pytest.mark.parametrize("path", [DESK, PAGE])
    @pytest.mark.parametrize("role", [None, "researcher", "policymaker", "curator", "administrator"])
    def test_who_may_read_it(self, path: str, role: str | None) -> None:
        client = signed_in(make_user(role=role)) if role else Client()
        expected = 302 if role is None else 200 if role in ("curator", "administrator") else 403
        assert client.get(path).status_code == expected
        assert client.get(f"/en{path}").status_code == expected

    @pytest.mark.parametrize("path", [PAGE, f"{PAGE}periksa/", f"{PAGE}kembalikan/"])
    def test_nobody_else_writes(self, path: str) -> None:
        make_message(is_checked=False)
        assert signed_in(make_user(role="policymaker")).post(path, TEXTS).status_code == 403
        assert Client().post(path, TEXTS).status_code == 302
        assert TopicMessage.objects.get().checked_on is None

    def test_written_checked_and_on_the_page(self, client: Client) -> None:
        make_finding()
        answer = signed_in(curator(1)).post(PAGE, TEXTS)
        assert (answer.status_code, answer["Location"]) == (302, PAGE)
        assert "Pesan baru." not in client.get(TOPIC).content.decode()
        mine = signed_in(curator(1)).get(PAGE).content.decode()
        assert "Kurator lain yang harus memeriksa ini" in mine
        message = TopicMessage.objects.get()
        seen = message.written_at.isoformat()
        signed_in(curator(2)).post(f"{PAGE}periksa/", {"seen": seen})
        html = client.get(TOPIC).content.decode()
        assert "Pesan baru." in html
        assert "Ditulis oleh Kurator Bukti 1, diperiksa oleh Kurator Bukti 2" in html
        assert "A new message." in client.get(f"/en{TOPIC}").content.decode()

    def test_returned_with_a_reason(self) -> None:
        message = make_message(is_checked=False)
        desk, data = signed_in(curator(2)), {"seen": message.written_at.isoformat()}
        assert desk.post(f"{PAGE}kembalikan/", data).status_code == 422
        desk.post(f"{PAGE}kembalikan/", data | {"return-reason": "Terlalu pasti."})
        assert "Terlalu pasti." in desk.get(PAGE).content.decode()
        assert "dikembalikan" in desk.get(DESK).content.decode()

    @pytest.mark.parametrize("seen", ["", "x", "2026-02-30T10:00", "2020-01-01T00:00:00+07:00", "9" * 400])
    def test_a_wrong_moment_decides_nothing(self, seen: str) -> None:
        make_message(is_checked=False)
        assert signed_in(curator(2)).post(f"{PAGE}periksa/", {"seen": seen}).status_code == 302
        assert TopicMessage.objects.get().checked_on is None

    @pytest.mark.parametrize("data", [{}, {"text_id": "x"}, {"text_id": "x" * 301, "text_en": "y"}])
    def test_incomplete_texts_come_back(self, data: dict[str, str]) -> None:
        assert signed_in(curator()).post(PAGE, data).status_code == 422
        assert not TopicMessage.objects.exists()

    def test_hostile_text_stays_text(self, client: Client) -> None:
        make_message(text="<script>alert(1)</script>")
        for html in (client.get(TOPIC), signed_in(curator()).get(PAGE), signed_in(curator()).get(DESK)):
            assert "<script>alert" not in html.content.decode()

    @pytest.mark.parametrize("path", ["tidak-ada/pesan/", "tidak-ada/pesan/periksa/"])
    def test_topics_that_are_not_there(self, path: str) -> None:
        assert signed_in(curator()).post(f"{DESK}{path}", TEXTS).status_code == 404
        assert signed_in(curator()).post(f"{PAGE}periksa/").status_code == 404  # nothing waits

    def test_says_what_is_missing_and_what_is_stale(self) -> None:
        def state_of(code: str) -> Any:
            return next(state for state in topic_states() if state.topic.code == code)

        make_finding()
        assert state_of("PMKS-08").is_missing and not state_of("PMKS-24").is_missing
        yesterday = datetime.date.today() - datetime.timedelta(days=1)
        make_message(on=yesterday)
        assert state_of("PMKS-08").is_stale and state_of("PMKS-08").newer == 1
        make_message()
        assert not state_of("PMKS-08").is_stale

    def test_says_where_its_ground_was_withdrawn(self) -> None:
        def state() -> Any:
            return next(state for state in topic_states() if state.topic.code == "PMKS-08")

        long_ago = datetime.date.today() - datetime.timedelta(days=9)
        _stays, gone, of_gone_study = (make_finding() for _ in range(3))
        Finding.objects.update(checked_on=long_ago)
        make_message(on=datetime.date.today() - datetime.timedelta(days=3))
        assert not state().is_stale
        findings.withdraw(gone, "Keliru.", by=curator(3))
        withdraw(of_gone_study.output)
        assert state().is_stale and (state().gone, state().findings) == (2, 1)
        assert "2 temuan telah ditarik sejak itu" in signed_in(curator()).get(DESK).content.decode()
        make_message()
        assert not state().is_stale

    def test_the_number_of_statements_is_constant(self) -> None:
        desk = signed_in(curator(3))
        make_message()

        def statements(path: str) -> int:
            desk.get(path)
            with CaptureQueriesContext(connection) as seen:
                desk.get(path)
            return len(seen)

        before = [statements(path) for path in (DESK, PAGE)]
        for code in ("PMKS-08", "PMKS-09", "PMKS-24"):
            make_message(code)
        assert [statements(path) for path in (DESK, PAGE)] == before


def test_a_name_is_never_a_mail_address(client: Client) -> None:
    make_message()
    writer = curator(1)
    writer.name = ""
    writer.save()
    html = client.get(TOPIC).content.decode()
    assert writer.email not in html and "seorang kurator" in html


def test_who_wrote_or_checked_it_finds_it_in_the_copy_of_their_data() -> None:
    message = make_message()
    for user in (curator(1), curator(2)):
        _name, data = evidence_of(user)
        assert [one["id"] for one in data["messages"]] == [message.pk]
    assert evidence_of(curator(3))[1]["messages"] == []
