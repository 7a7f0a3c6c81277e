"""Versions of the programme, what differs between them, sequences, and the letters with their calendar entries."""

import datetime
from typing import Any

import icalendar
import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from accounts.mail import deliver_text
from conferences.actions import letters, programme, programme_items, publishing
from conferences.actions.common import ChangedMeanwhile
from conferences.actions.programme import Chair
from conferences.actions.publishing import NothingNew
from conferences.letters import Wording
from conferences.models import Edition, Letter, LetterKind, ProgrammeSession, Speaker
from conferences.programme_differences import Change, differences
from conferences.queries.snapshot import snapshot
from conferences.states import LetterState
from tests.factories.conferences import committee, make_edition
from tests.factories.programme import accepted, at, make_item, make_room, make_session, maker, publish

pytestmark = pytest.mark.django_db
SITI = {"given_name": "Siti", "family_name": "Rahmawati", "email": "siti@contoh.id", "is_presenter": True}


def waiting(edition: Edition) -> dict[str, Letter]:
    rows = Letter.objects.filter(edition=edition, kind=LetterKind.SCHEDULE_CHANGE, state=LetterState.WAITING)
    return {letter.email: letter for letter in rows}


def send_all(edition: Edition) -> None:
    for letter in waiting(edition).values():
        letters.send(letter, by=maker(edition), seen=letter.revision)


def move(session: ProgrammeSession, clock: str, room: Any = None) -> None:
    session.refresh_from_db()
    starts_at = at(session.edition, clock)
    programme.move_session(session, starts_at, room, by=maker(session.edition), seen=session.revision)


def events(letter: Letter) -> list[tuple[str, str, int, datetime.datetime, str]]:
    found = []
    for one in letter.attachments:
        calendar = icalendar.Calendar.from_ical(one["content"])
        [event] = calendar.walk("VEVENT")
        status = str(event.get("STATUS"))
        found.append((str(calendar["METHOD"]), str(event["UID"]), event["SEQUENCE"], event["DTSTART"].dt, status))
    return found


def test_versions_and_their_sequences() -> None:
    edition = make_edition()
    with pytest.raises(NothingNew):
        publish(edition)
    session, room = make_session(edition), make_room(edition)
    item = make_item(session, accepted(edition, authors=[SITI]))
    first, _written = publish(edition, "Terbit pertama")
    assert (first.number, first.note_id, first.data["sessions"][0]["items"][0]["sequence"]) == (1, "Terbit pertama", 0)
    assert "siti@contoh.id" not in str(first.data)
    with pytest.raises(NothingNew):
        publish(edition)
    move(session, "10:00", room)
    second, _written = publish(edition)
    item.refresh_from_db()
    assert second.number == 2 and item.sequence == 1
    assert second.data["sessions"][0]["items"][0]["sequence"] == 1
    assert edition.schedules.get(number=1).data == first.data
    session.refresh_from_db()
    session.title_id = "Nama lain"
    session.save()
    publish(edition)
    item.refresh_from_db()
    assert item.sequence == 1  # a title moves nobody


def test_what_was_seen_is_published() -> None:
    edition = make_edition()
    session = make_session(edition)
    seen = publishing.draft_of(edition).stamp
    move(session, "11:00")
    with pytest.raises(ChangedMeanwhile):
        publishing.publish(edition, "", "", by=maker(edition), seen=seen)
    assert not edition.schedules.exists()


def test_differences_between_any_two() -> None:
    edition = make_edition()
    stays, moves, goes = (make_session(edition, f"{hour}:00", f"{hour}:45") for hour in (10, 11, 12))
    item = make_item(moves, "Sambutan")
    before = snapshot(edition)
    assert differences(before, before) == []
    move(moves, "15:00", make_room(edition))
    programme.remove_session(goes, by=maker(edition), seen=0)
    stays.title_id = "Nama baru"
    stays.save()
    make_session(edition, "16:00", "17:00", title_id="Tambahan")
    found = {one.entry.title["id"]: one for one in differences(before, snapshot(edition))}
    assert {name: one.changes for name, one in found.items()} == {
        "Nama baru": (Change.TITLE,),
        "Sesi 2": (Change.MOVED, Change.ROOM),
        "Sambutan": (Change.MOVED, Change.ROOM),
        "Tambahan": (Change.ADDED,),
        "Sesi 3": (Change.REMOVED,),
    }
    assert found["Sambutan"].entry.key == str(item.key)
    back = {one.entry.title["id"]: one.changes for one in differences(snapshot(edition), before)}
    assert back["Sesi 3"] == (Change.ADDED,) and back["Tambahan"] == (Change.REMOVED,)


class TestLetters:
    def test_everybody_hears_their_place_first(self) -> None:
        edition = make_edition()
        committee(edition, "steering")
        member = edition.committee.get(role="steering")
        assert member.user
        chairs = (Chair(member.name, member=member), Chair("Tanpa Alamat"))
        session = make_session(edition, room=make_room(edition), chairs=chairs)
        make_item(session, accepted(edition, authors=[SITI, {"family_name": "Sukarno"}]))
        sender = accepted(edition, authors=[{"family_name": "Sukarno"}])
        make_item(session, sender)
        make_item(session, Speaker.objects.create(edition=edition, name=f"Prof. Dr. {maker(edition).name}, Ph.D."))
        make_item(session, "Doa")
        _schedule, written = publish(edition, "Selamat datang")
        found = waiting(edition)
        addresses = {"siti@contoh.id", sender.submitter.email, member.user.email, maker(edition).email}
        assert written == 4 and set(found) == addresses
        letter = found["siti@contoh.id"]
        assert "Baru: " in letter.body and "09.00–09.15 WIB, Aula" in letter.body and "Selamat datang" in letter.body
        assert events(letter) == [("REQUEST", str(session.items.first().key), 0, at(edition, "09:00"), "CONFIRMED")]  # type: ignore[union-attr]
        [(method, uid, sequence, _starts, _status)] = events(found[member.user.email])
        assert (method, sequence) == ("REQUEST", 1) and uid.startswith(f"sesi-{session.pk}@")
        assert mail.outbox == []  # nothing leaves unseen

    def test_only_who_is_moved_hears_again(self) -> None:
        edition = make_edition()
        one, two = make_session(edition), make_session(edition, "13:00", "14:00")
        item = make_item(one, accepted(edition, authors=[SITI]))
        make_item(two, accepted(edition))
        publish(edition)
        send_all(edition)
        move(one, "10:00")
        publish(edition)
        [letter] = waiting(edition).values()
        assert "Dipindahkan: " in letter.body and "09.00–09.15" in letter.body and "10.00–10.15" in letter.body
        assert events(letter) == [("REQUEST", str(item.key), 1, at(edition, "10:00"), "CONFIRMED")]

    def test_who_is_no_longer_there_gets_a_cancellation(self) -> None:
        edition = make_edition()
        session = make_session(edition)
        item = make_item(session, accepted(edition, authors=[SITI]))
        publish(edition)
        send_all(edition)
        session.refresh_from_db()
        programme_items.remove_item(item, by=maker(edition), seen=session.revision)
        publish(edition)
        [letter] = waiting(edition).values()
        assert "Tidak lagi dalam jadwal" in letter.body
        assert events(letter) == [("CANCEL", str(item.key), 1, at(edition, "09:00"), "CANCELLED")]

    def test_a_letter_that_waits_is_replaced(self) -> None:
        edition = make_edition()
        session = make_session(edition)
        make_item(session, accepted(edition, authors=[SITI]))
        publish(edition)
        old = waiting(edition)["siti@contoh.id"]
        move(session, "10:00")
        publish(edition)
        [letter] = waiting(edition).values()
        old.refresh_from_db()
        assert old.state == LetterState.DROPPED and "Baru: " in letter.body and "10.00" in letter.body
        letters.drop(letter, by=maker(edition), seen=0)  # the committee tells her otherwise
        make_session(edition, "15:00", "16:00")
        assert publish(edition)[1] == 0

    def test_the_mail_carries_the_entry(self) -> None:
        edition = make_edition()
        session = make_session(edition)
        make_item(session, accepted(edition, authors=[SITI]))
        publish(edition)
        letter = waiting(edition)["siti@contoh.id"]
        deliver_text.func(letter.email, letter.subject, letter.body, letter.attachments)
        [sent] = mail.outbox
        parts = {part.get_content_type(): part for part in sent.message().walk()}
        entry = parts["text/calendar"]
        assert entry.get_param("method") == "REQUEST" and entry.get_filename() == "jadwal-1.ics"
        content = entry.get_payload(decode=True)
        assert (
            isinstance(content, bytes) and b"ATTENDEE" in content and b"ORGANIZER:mailto:panitia@contoh.id" in content
        )
        assert icalendar.Calendar.from_ical(content).walk("VEVENT")

    def test_sending_queues_it_with_the_entry(self) -> None:
        edition = make_edition()
        make_item(make_session(edition), accepted(edition, authors=[SITI]))
        publish(edition)
        send_all(edition)
        task = DBTaskResult.objects.filter(task_path=deliver_text.module_path).get()
        [file] = task.args_kwargs["args"][3]
        assert set(file) == {"name", "type", "content"}

    def test_own_wording(self) -> None:
        edition = make_edition()
        own = Wording("Jadwal {conference}", "{name}\n{changes}")
        letters.write_wording(edition, LetterKind.SCHEDULE_CHANGE, "", "id", own, by=maker(edition))
        make_item(make_session(edition), accepted(edition, authors=[SITI]))
        publish(edition)
        assert waiting(edition)["siti@contoh.id"].body.startswith("Siti Rahmawati\n- Baru")
