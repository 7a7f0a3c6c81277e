# ruff: noqa: F811 - the fixture `index` is an argument of the tests that use it
"""Digests over several days: everything new once, nothing twice, nothing that is not public, nothing lost."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from accounts.models import Person
from publications.actions import review
from publications.models import Version
from search.actions import digests, sending
from search.actions.alerts import pause, resume
from search.index import place
from search.models import Alert, Digest, Frequency, Told
from search.schedule import latest
from tests.factories.accounts import make_user
from tests.factories.following import at, changed, evening, follows, published, send_waiting, told, unsent
from tests.factories.publications import make_version, some_curator, withdraw
from tests.search.query.conftest import index  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
Index = Callable[[], None]


@pytest.fixture
def user(vocabularies: None) -> Any:
    return make_user()


class TestWhatIsNew:
    def test_each_output_once_over_several_days(self, user: Any, index: Index) -> None:
        published("Lansia lama", at(-1))
        alert = follows(user, "lansia")
        published("Lansia pertama", at(0, 10))
        published("Gelandangan", at(0, 10))
        index()
        (sent,) = evening(0)
        assert "Lansia pertama" in sent.body
        assert "Lansia lama" not in sent.body
        assert "Gelandangan" not in sent.body
        assert evening(1) == []
        published("Lansia kedua", at(2))
        index()
        (sent,) = evening(2)
        assert "Lansia kedua" in sent.body
        assert "Lansia pertama" not in sent.body
        assert evening(3) == evening(4) == []
        assert told(alert) == ["Lansia pertama", "Lansia kedua"]

    def test_a_change_is_not_told_again(self, user: Any, index: Index) -> None:
        follows(user, "lansia")
        output = published("Lansia pertama", at(0, 10))
        index()
        assert len(evening(0)) == 1
        make_version(output)
        changed(output, at(1))
        index()
        assert evening(1) == []

    def test_an_old_one_that_changes_is_not_new(self, user: Any, index: Index) -> None:
        output = published("Lansia lama", at(-30))
        follows(user, "lansia")
        make_version(output)
        changed(output, at(0, 10))
        index()
        assert evening(0) == []

    def test_a_new_one_that_fits_only_after_a_correction_is_told_then(self, user: Any, index: Index) -> None:
        alert = follows(user, "lansia")
        output = published("Salah ketik", at(0, 10))
        index()
        assert evening(0) == []
        version = Version.objects.get(output=output)
        review.correct(version, {"title_id": "Lansia di desa"}, "Judul salah ketik.", by=some_curator())
        changed(output, at(8))
        index()
        assert len(evening(8)) == 1
        assert told(alert) == ["Lansia di desa"]

    def test_an_embargo_that_ends_is_news_once(self, user: Any, index: Index) -> None:
        until = datetime.date.today() + datetime.timedelta(days=60)
        output = published("Lansia tertutup", at(-30), access="embargoed", embargo_until=until)
        Version.objects.filter(output=output).update(embargo_until=at(2).date())
        follows(user, "lansia")
        index()
        assert evening(0) == evening(1) == []
        assert len(evening(2)) == 1
        assert evening(3) == []

    def test_an_embargo_told_at_publication_is_not_told_at_its_end(self, user: Any, index: Index) -> None:
        until = datetime.date.today() + datetime.timedelta(days=60)
        output = published("Lansia tertutup", at(0, 10), access="embargoed", embargo_until=until)
        follows(user, "lansia")
        index()
        assert len(evening(0)) == 1
        Version.objects.filter(output=output).update(embargo_until=at(2).date())
        assert evening(2) == []

    def test_an_embargo_that_ended_before_is_no_news(self, user: Any, index: Index) -> None:
        until = datetime.date.today() + datetime.timedelta(days=60)
        output = published("Lansia tertutup", at(-30), access="embargoed", embargo_until=until)
        Version.objects.filter(output=output).update(embargo_until=at(0).date())
        follows(user, "lansia")
        index()
        assert evening(0) == []

    def test_topic_author_and_facets(self, user: Any, index: Index) -> None:
        output = published("Apa saja", at(0, 10), pmks=["PMKS-08"])
        person = Person.objects.get(contributions__version__output=output, family_name="Sukarno")
        slug = output.topic_listings.get().pmks.slug
        topic, author = follows(user, pmks=slug), follows(user, penulis=str(person.pk))
        nothing = follows(user, "tidakada", pmks=slug)
        index()
        (sent,) = evening(0)
        assert sent.body.count("Apa saja") == 1
        assert (told(topic), told(author), told(nothing)) == (["Apa saja"], ["Apa saja"], [])

    def test_a_merged_author_is_still_followed(self, user: Any, index: Index) -> None:
        output = published("Apa saja", at(0, 10))
        person = Person.objects.get(contributions__version__output=output, family_name="Sukarno")
        former = Person.objects.create(family_name="Soekarno", merged_into=person)
        alert = follows(user, penulis=str(former.pk))
        index()
        assert len(evening(0)) == 1
        assert told(alert) == ["Apa saja"]

    def test_a_search_that_makes_no_sense_any_more_tells_nothing(self, user: Any, index: Index) -> None:
        alert = follows(user, pmks="sudah-dihapus")
        published("Apa saja", at(0, 10))
        index()
        assert evening(0) == []
        assert told(alert) == []


class TestWhen:
    def test_daily_and_weekly_at_the_end_of_the_work_day(self) -> None:
        assert latest(Frequency.DAILY, at(1, 16, 59)) == at(0, 17)
        assert latest(Frequency.DAILY, at(1, 17)) == at(1, 17)
        assert latest(Frequency.WEEKLY, at(4, 16, 59)) == at(-3, 17)
        assert latest(Frequency.WEEKLY, at(4, 17)) == latest(Frequency.WEEKLY, at(9)) == at(4, 17)

    def test_weekly_waits_for_friday(self, user: Any, index: Index) -> None:
        follows(user, "lansia", frequency=Frequency.WEEKLY)
        published("Lansia", at(0, 10))
        index()
        assert [len(evening(day)) for day in range(6)] == [0, 0, 0, 0, 1, 0]

    def test_a_day_when_nothing_ran_is_made_up_for(self, user: Any, index: Index) -> None:
        follows(user, "lansia")
        published("Lansia satu", at(0, 10))
        published("Lansia dua", at(3, 10))
        index()
        (sent,) = evening(5)
        assert "Lansia satu" in sent.body
        assert "Lansia dua" in sent.body

    def test_not_before_the_index_is_current(self, user: Any, index: Index) -> None:
        follows(user, "lansia")
        published("Lansia", at(0, 10))
        digests.look_after(at(0, 18))
        assert not DBTaskResult.objects.filter(task_path__contains="make_digests").exists()
        assert evening(0) == []
        index()
        digests.look_after(at(0, 18))
        digests.look_after(at(0, 18))
        assert DBTaskResult.objects.filter(task_path__contains="make_digests").count() == 1
        assert len(evening(0)) == 1

    def test_paused_and_gone_on(self, user: Any, index: Index) -> None:
        alert = follows(user, "lansia")
        pause(alert, by=user)
        published("Lansia", at(0, 10))
        index()
        assert evening(0) == []
        resume(alert, by=user)
        Alert.objects.update(since=at(1), checked_at=at(1))
        assert evening(1) == []

    def test_a_closed_account_gets_nothing(self, user: Any, index: Index) -> None:
        follows(user, "lansia")
        published("Lansia", at(0, 10))
        index()
        digests.make_due(at(0, 18))
        user.is_active = False
        user.save()
        send_waiting()
        assert mail.outbox == []
        assert evening(1) == []


class TestTheMail:
    def test_several_alerts_in_one_mail_without_repeats(self, user: Any, index: Index) -> None:
        follows(user, "lansia")
        follows(user, "desa")
        published("Lansia di desa", at(0, 10))
        published("Anak di desa", at(0, 10))
        index()
        (sent,) = evening(0)
        assert sent.subject == "2 publikasi baru untuk yang Anda ikuti"
        assert sent.body.count("Lansia di desa") == sent.body.count("Anak di desa") == 1

    @pytest.mark.parametrize(("language", "prefix"), [("id", ""), ("en", "/en")])
    def test_in_the_language_of_the_person(self, index: Index, language: str, prefix: str, settings: Any) -> None:
        follows(make_user(language=language), "lansia")
        output = published("Lansia & <desa>", at(0, 10), title_en="Older people & <village>")
        index()
        (sent,) = evening(0)
        title = "Lansia & <desa>" if language == "id" else "Older people & <village>"
        html, kind = sent.alternatives[0]
        assert kind == "text/html"
        assert title in sent.body
        assert title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in html
        for text in (sent.body, html):
            assert f"{settings.SITE_URL}{prefix}/publikasi/{output.public_id}/" in text
            assert f"{settings.SITE_URL}{prefix}/akun/ikuti/berhenti/" in text
        assert f'<html lang="{language}">' in html
        assert ("1 publikasi baru" if language == "id" else "1 new publication") in sent.subject

    def test_headers_for_one_click(self, user: Any, index: Index, settings: Any) -> None:
        settings.SITE_URL = "https://repositori.example.go.id"
        follows(user, "lansia")
        published("Lansia", at(0, 10))
        index()
        (sent,) = evening(0)
        headers = sent.message()
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert headers["List-Unsubscribe"].startswith("<https://repositori.example.go.id/akun/ikuti/berhenti/")
        assert headers["Message-ID"].endswith("@repositori.example.go.id>")

    def test_no_secrets_anywhere(self, user: Any, index: Index) -> None:
        follows(user, "lansia")
        published("Lansia", at(0, 10))
        index()
        (sent,) = evening(0)
        queued = str(DBTaskResult.objects.filter(task_path__contains="send_digest").values())
        assert "Lansia" not in queued and user.email not in queued
        text = str(sent.message())
        assert user.password not in text and "sessionid" not in text and "akses=" not in text

    def test_many_are_cut(self, user: Any, index: Index) -> None:
        follows(user, "lansia")
        for number in range(23):
            published(f"Lansia nomor {number}", at(0, 10))
        index()
        (sent,) = evening(0)
        assert sent.subject.startswith("23 ")
        assert sent.body.count("Lansia nomor") == 20
        assert "/cari/?q=lansia&urut=terbaru" in sent.body

    def test_what_is_withdrawn_before_it_leaves_is_not_in_it(self, user: Any, index: Index) -> None:
        follows(user, "lansia")
        stays, goes = published("Lansia tetap", at(0, 10)), published("Lansia ditarik", at(0, 10))
        index()
        digests.make_due(at(0, 18))
        withdraw(goes)
        send_waiting()
        (sent,) = mail.outbox
        assert "Lansia tetap" in sent.body
        assert "Lansia ditarik" not in sent.body
        assert stays.public_id in sent.body

    def test_if_all_is_withdrawn_no_mail_leaves(self, user: Any, index: Index) -> None:
        alert = follows(user, "lansia")
        output = published("Lansia", at(0, 10))
        index()
        digests.make_due(at(0, 18))
        withdraw(output)
        send_waiting()
        assert mail.outbox == []
        assert not Digest.objects.exists()
        assert told(alert) == []


class TestCrashes:
    def test_killed_between_telling_and_queuing(self, user: Any, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
        alert = follows(user, "lansia")
        published("Lansia", at(0, 10))
        index()

        class Killed(BaseException):
            pass

        def killed(*_: Any, **__: Any) -> None:
            raise Killed

        with monkeypatch.context() as patched:
            patched.setattr("django_tasks.base.Task.enqueue", killed)
            with pytest.raises(Killed):
                digests.make_due(at(0, 17, 5))
        assert not Told.objects.exists()
        assert len(evening(0)) == 1
        assert told(alert) == ["Lansia"]

    def test_made_twice_sends_once(self, user: Any, index: Index) -> None:
        follows(user, "lansia")
        published("Lansia", at(0, 10))
        index()
        assert digests.make_due(at(0, 17, 5)) == 1
        assert digests.make_due(at(0, 17, 5)) == 0
        send_waiting()
        send_waiting()
        assert len(mail.outbox) == 1
        assert unsent() == 0

    def test_a_mail_that_cannot_leave_is_tried_again(
        self, user: Any, index: Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        follows(user, "lansia")
        published("Lansia", at(0, 10))
        index()
        digests.make_due(at(0, 17, 5))

        def down(*_: Any, **__: Any) -> None:
            raise OSError("no mail server")

        with monkeypatch.context() as patched:
            patched.setattr("django.core.mail.EmailMultiAlternatives.send", down)
            with pytest.raises(OSError, match="no mail server"):
                send_waiting()
        DBTaskResult.objects.filter(task_path__contains="send_digest").delete()  # it counts as failed
        digests.look_after(at(0, 17, 10))
        digests.look_after(at(0, 17, 15))
        assert DBTaskResult.objects.filter(task_path__contains="send_digest").count() == 1
        send_waiting()
        assert len(mail.outbox) == 1

    def test_one_that_fails_does_not_stop_the_others(
        self, user: Any, index: Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = make_user("lain@example.org")
        follows(user, "lansia")
        follows(other, "lansia")
        published("Lansia", at(0, 10))
        index()
        make = digests._make_for

        def fails_for_one(user_id: int, look: Any) -> Any:
            if user_id == user.pk:
                raise ValueError("broken")
            return make(user_id, look)

        monkeypatch.setattr(digests, "_make_for", fails_for_one)
        (sent,) = evening(0)
        assert sent.to == ["lain@example.org"]

    def test_without_index_nothing_is_lost(self, user: Any, index: Index) -> None:
        follows(user, "lansia")
        published("Lansia", at(0, 10))
        assert evening(0) == []
        index()
        found = place.current()
        assert found is not None
        found.damage.write_text("x")
        assert evening(0) == []
        index()
        assert len(evening(1)) == 1


def test_the_number_of_statements_does_not_grow(index: Index) -> None:
    user = make_user()

    def statements(day: int) -> tuple[int, int]:
        index()
        with CaptureQueriesContext(connection) as making:
            assert digests.make_due(at(day, 18)) == 1
        with CaptureQueriesContext(connection) as sending_:
            sending.send(Digest.objects.latest("pk").pk)
        return len(making), len(sending_)

    follows(user, "lansia")
    published("Lansia", at(0, 10))
    few = statements(0)
    for number in range(4):
        follows(user, f"lansia nomor{number}", at(1))
        published(f"Lansia nomor{number}", at(1, 10))
    many = statements(1)
    assert many[1] == few[1]
    # A search looks up synonyms and terms for itself.
    assert many[0] - few[0] <= 4 * 4
