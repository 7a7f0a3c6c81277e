"""Agendas: marked without script, told where they overlap, read by calendars that have the secret address."""

import datetime
import re

import pytest
from django.test import Client

from accounts.models import User
from accounts.signals import account_deleted
from conferences.actions import agendas
from conferences.models import Agenda, Edition
from conferences.states import EditionState
from tests.conferences.programme_public.test_machine import by_both
from tests.factories.accounts import make_user
from tests.factories.programme_public import add_session, at, make_programme, publish_schedule

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    edition = make_programme(times=2)
    publish_schedule(edition)
    return edition


@pytest.fixture
def reader(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


def path_of(edition: Edition, tail: str = "saya/") -> str:
    return f"/konferensi/{edition.slug}/jadwal/{tail}"


def test_who_is_not_signed_in_is_asked_to(client: Client, edition: Edition) -> None:
    for response in (client.get(path_of(edition)), client.post(path_of(edition), {"add": "x"})):
        assert response.status_code == 302 and "/akun/masuk/" in response["Location"]
    assert 'form="agenda"' not in client.get(path_of(edition, "")).content.decode()
    assert not Agenda.objects.exists()


def test_mark_and_take_out(client: Client, edition: Edition, reader: User) -> None:
    item, session = edition.sessions.get(kind="posters").items.get(), edition.sessions.get(kind="break")
    back = path_of(edition, "?hari=x")
    for mark in (str(item.key), f"sesi-{session.pk}", str(item.key)):
        response = client.post(path_of(edition), {"add": mark, "back": back})
        assert response.status_code == 302 and response["Location"] == back
    assert Agenda.objects.get(user=reader).keys == [str(item.key), f"sesi-{session.pk}"]
    html = client.get(path_of(edition, "")).content.decode()
    assert html.count('name="remove"') == 2
    html = client.get(path_of(edition)).content.decode()
    assert "Rehat kopi" in html and str(item.submission) in html and "bentrok" not in html
    client.post(path_of(edition), {"remove": str(item.key)})
    assert Agenda.objects.get(user=reader).keys == [f"sesi-{session.pk}"]


@pytest.mark.parametrize("back", ["https://jahat.contoh/", "//jahat.contoh", "/akun/keluar/", "javascript:x"])
def test_it_leads_back_to_the_programme_alone(client: Client, edition: Edition, reader: User, back: str) -> None:
    mark = f"sesi-{edition.sessions.first().pk}"  # type: ignore[union-attr]
    assert client.post(path_of(edition), {"add": mark, "back": back})["Location"] == path_of(edition)


@pytest.mark.parametrize("mark", ["", "sesi-0", "x" * 5000, "\x00", "3f0a8a70-52b5-5d59-8a32-9b6ad4b5d0a1"])
def test_what_is_not_on_the_programme_cannot_be_marked(
    client: Client, edition: Edition, reader: User, mark: str
) -> None:
    assert client.post(path_of(edition), {"add": mark}, follow=True).status_code == 200
    assert Agenda.objects.get(user=reader).keys == []


def test_overlaps_are_told_but_not_of_an_item_with_its_own_session(
    client: Client, edition: Edition, reader: User
) -> None:
    one, two = edition.sessions.filter(kind="parallel")
    for mark in (f"sesi-{one.pk}", str(one.items.first().key)):
        client.post(path_of(edition), {"add": mark})
    assert "bentrok" not in client.get(path_of(edition)).content.decode()
    client.post(path_of(edition), {"add": f"sesi-{two.pk}"})
    html = client.get(path_of(edition)).content.decode()
    assert html.count("bentrok") == 3 and f"Bersamaan dengan: {two.title_id}" in html
    add_session(edition, one.ends_at + datetime.timedelta(minutes=1), title_id="Sesudahnya")
    publish_schedule(edition)
    later = edition.sessions.get(title_id="Sesudahnya")
    client.post(path_of(edition), {"add": f"sesi-{later.pk}"})
    assert client.get(path_of(edition)).content.decode().count("bentrok") == 3


def test_what_has_left_the_programme_is_told(client: Client, edition: Edition, reader: User) -> None:
    session = edition.sessions.get(kind="break")
    client.post(path_of(edition), {"add": f"sesi-{session.pk}"})
    pk = session.pk
    session.delete()
    publish_schedule(edition)
    assert "tidak ada lagi pada jadwal" in client.get(path_of(edition)).content.decode()
    client.post(path_of(edition), {"remove": f"sesi-{pk}"})
    assert Agenda.objects.get(user=reader).keys == []


def test_the_calendar_by_its_secret_address(client: Client, edition: Edition, reader: User) -> None:
    session = edition.sessions.get(kind="break")
    client.post(path_of(edition), {"add": f"sesi-{session.pk}"})
    html = client.get(path_of(edition)).content.decode()
    found = re.search(r'href="http[^"]*?(/konferensi/[^"]+\.ics)"', html)
    assert found
    anybody = Client()
    response = anybody.get(found[1])
    assert response["Cache-Control"] == "private, no-store"
    assert [str(event["SUMMARY"]) for event in by_both(response.content).values()] == ["Rehat kopi"]
    client.post(path_of(edition, "saya/tautan/"))
    assert anybody.get(found[1]).status_code == 404
    token = Agenda.objects.get(user=reader).token
    path = path_of(edition, f"saya/{token}.ics")
    assert anybody.get(path).status_code == 200
    other = make_programme()
    publish_schedule(other)
    assert anybody.get(path_of(other, f"saya/{token}.ics")).status_code == 404
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.DRAFT)
    assert anybody.get(path).status_code == 404
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.PUBLIC)
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert anybody.get(path).status_code == 404


def test_somebody_elses_agenda_and_a_draft_are_not_seen(client: Client, reader: User) -> None:
    draft = make_programme(state=EditionState.DRAFT)
    publish_schedule(draft)
    for path in (path_of(draft), path_of(draft, "saya/tautan/")):
        assert client.post(path, {"add": "x"}).status_code == 404
    assert not Agenda.objects.exists()


def test_it_has_an_end(client: Client, edition: Edition, reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agendas, "MOST_MARKS", 1)
    for session in edition.sessions.all()[:2]:
        client.post(path_of(edition), {"add": f"sesi-{session.pk}"})
    assert len(Agenda.objects.get(user=reader).keys) == 1
    assert "Agenda Anda penuh" in client.get(path_of(edition)).content.decode()


def test_it_goes_with_the_account(edition: Edition, reader: User) -> None:
    agendas.mark(edition, f"sesi-{edition.sessions.first().pk}", by=reader, wanted=True)  # type: ignore[union-attr]
    account_deleted.send(User, user=reader)
    assert not Agenda.objects.exists()


def test_before_anything_is_published(client: Client, reader: User) -> None:
    edition = make_programme()
    add_session(edition, at(edition, 18))
    assert "Belum ada yang ditandai" in client.get(path_of(edition)).content.decode()
    assert client.post(path_of(edition), {"add": f"sesi-{edition.sessions.first().pk}"}).status_code == 302  # type: ignore[union-attr]
    assert Agenda.objects.get().keys == []
    assert client.get(path_of(edition, f"saya/{Agenda.objects.get().token}.ics")).status_code == 404
