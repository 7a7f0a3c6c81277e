"""Registering, the waiting list, decisions: every transition, the last place, midnight in Jakarta."""

import datetime
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.translation import override
from icalendar import Calendar

from accounts.models import LogEntry
from conferences.actions import registration_decisions as decisions
from conferences.actions import registrations as actions
from conferences.actions.cloning import clone
from conferences.actions.common import ChangedMeanwhile, ReasonMissing
from conferences.actions.editions_common import Conflict
from conferences.actions.registration_terms import set_terms
from conferences.models import CheckIn, DateKind, Edition, Need, Registration, RegistrationTerms
from conferences.queries.registrations import place_in_line
from conferences.states import REGISTRATION_TRANSITIONS, RegistrationState
from publications.states import IllegalTransition
from tests.conferences.conftest import JAKARTA, Clock
from tests.conferences.mails import send_mails
from tests.factories.accounts import make_user
from tests.factories.conferences import committee, make_edition, some_author
from tests.factories.registration import DATA, make_registration, make_terms, open_edition

pytestmark = pytest.mark.django_db
S = RegistrationState


def register(edition: Edition, **changes: Any) -> Registration:
    return actions.register(edition, {**DATA, **changes}, by=some_author())


def state_of(registration: Registration) -> str:
    return Registration.objects.get(pk=registration.pk).state


def test_who_finds_a_place_is_confirmed_with_a_number_and_a_calendar() -> None:
    edition = open_edition(title_id="Konferensi Ranah Contoh")
    first, second = register(edition), register(edition, language="en")
    assert [first.number, second.number] == [1, 2]
    assert first.state == second.state == S.CONFIRMED
    mails = send_mails()
    assert [mail.to for mail in mails] == [[first.email], [second.email]]
    assert "nomor 1" in mails[0].subject and "number 2" in mails[1].subject
    attached = next(part for part in mails[0].message().walk() if part.get_content_type() == "text/calendar")
    assert attached.get_filename() == f"{edition.slug}.ics"
    event = Calendar.from_ical(attached.get_payload(decode=True)).walk("VEVENT")[0]
    assert event["dtstart"].dt == edition.starts_on and str(event["summary"]) == "Konferensi Ranah Contoh"


def test_who_finds_none_waits_and_moves_up_when_somebody_cancels() -> None:
    edition = open_edition(quota=1)
    first, second, third = register(edition), register(edition), register(edition)
    assert [second.state, third.state] == [S.WAITING, S.WAITING]
    assert [place_in_line(second), place_in_line(third)] == [1, 2]
    assert "daftar tunggu, urutan 2" in send_mails()[2].subject.casefold()
    actions.cancel(first, by=first.user)
    assert [state_of(one) for one in (first, second, third)] == [S.CANCELLED, S.CONFIRMED, S.WAITING]
    subjects = {tuple(mail.to): mail for mail in send_mails()}
    assert "dibatalkan" in subjects[(first.email,)].subject
    assert subjects[(second.email,)].attachments
    assert LogEntry.objects.filter(action="registration.moved_up").count() == 1


def test_more_places_move_as_many_up_in_their_order() -> None:
    edition = open_edition(quota=1)
    chair = committee(edition, "chair")
    waiting = [register(edition) for _ in range(4)][1:]
    terms, moved = set_terms(edition, {"quota": 3}, by=chair, seen=0)
    assert [one.pk for one in moved] == [waiting[0].pk, waiting[1].pk]
    assert [state_of(one) for one in waiting] == [S.CONFIRMED, S.CONFIRMED, S.WAITING]
    with pytest.raises(Conflict):
        set_terms(edition, {"quota": 4}, by=chair, seen=0)
    assert terms.revision == 1


def test_each_way_of_taking_part_has_its_own_places() -> None:
    edition = open_edition(quota=1, quota_online=1, is_online=True)
    register(edition)
    assert register(edition).state == S.WAITING
    online = register(edition, attendance="online")
    assert online.state == S.CONFIRMED
    with pytest.raises(actions.Full):
        actions.edit(online, {**DATA, "attendance": "on_site"}, by=online.user, seen=online.revision)
    assert Registration.objects.get(pk=online.pk).attendance == "online"
    RegistrationTerms.objects.update(quota_online=None)
    assert register(edition, attendance="online").state == S.CONFIRMED


def test_who_changes_to_online_frees_the_place_at_the_venue() -> None:
    edition = open_edition(quota=1, is_online=True)
    first, second = register(edition), register(edition)
    actions.edit(first, {**DATA, "attendance": "online"}, by=first.user, seen=first.revision)
    assert state_of(first) == state_of(second) == S.CONFIRMED


def test_the_committee_confirms_each_where_it_wants_to() -> None:
    edition = open_edition(quota=1, needs_approval=True)
    chair = committee(edition, "registration")
    first, second, third = register(edition), register(edition), register(edition)
    assert {one.state for one in (first, second, third)} == {S.REQUESTED}
    assert decisions.confirm(first, by=chair, seen=0).state == S.CONFIRMED
    assert decisions.confirm(second, by=chair, seen=0).state == S.WAITING  # approved, but no place
    with pytest.raises(actions.Full):
        decisions.confirm(second, by=chair, seen=1)
    with pytest.raises(ReasonMissing):
        decisions.decline(third, "  ", by=chair, seen=0)
    decisions.decline(third, "Kuota instansi Anda sudah penuh.", by=chair, seen=0)
    texts = [mail.body for mail in send_mails() if third.email in mail.to]
    assert "Kuota instansi Anda sudah penuh." in texts[-1]
    actions.cancel(first, by=first.user)
    assert state_of(second) == S.WAITING  # nobody moves up unseen
    assert decisions.confirm(second, by=chair, seen=1).state == S.CONFIRMED


def test_several_are_confirmed_at_once_as_far_as_places_go() -> None:
    edition = open_edition(quota=2, needs_approval=True)
    chair = committee(edition, "chair")
    rows = [register(edition) for _ in range(4)]
    seen = {row.pk: 0 for row in rows} | {rows[3].pk: 7}  # the last has changed since
    outcome = decisions.confirm_all(edition, seen, by=chair)
    assert (outcome.confirmed, outcome.waiting, outcome.left) == (2, 1, 1)
    assert [state_of(row) for row in rows] == [S.CONFIRMED, S.CONFIRMED, S.WAITING, S.REQUESTED]
    again = decisions.confirm_all(edition, {rows[2].pk: 1, 999_999: 0}, by=chair)
    assert (again.confirmed, again.waiting, again.left) == (0, 0, 2)


MOVES: dict[str, Callable[[Registration, Any], Any]] = {
    S.CONFIRMED: lambda one, by: decisions.confirm(one, by=by, seen=0),
    S.WAITING: lambda one, by: decisions.put_on_waiting_list(one, by=by, seen=0),
    S.DECLINED: lambda one, by: decisions.decline(one, "Alasan.", by=by, seen=0),
    S.CANCELLED: lambda one, by: actions.cancel(one, by=by, seen=0, reason="Alasan."),
}


@pytest.mark.parametrize("after", MOVES)
@pytest.mark.parametrize("before", list(S))
def test_every_transition(before: str, after: str) -> None:
    edition = open_edition()
    chair = committee(edition, "chair")
    one = make_registration(edition, before)
    if after in REGISTRATION_TRANSITIONS[before]:
        assert MOVES[after](one, chair).state == after
    else:
        with pytest.raises((IllegalTransition, PermissionDenied)):
            MOVES[after](one, chair)
        assert state_of(one) == before


def test_nothing_is_decided_on_what_was_not_read() -> None:
    edition = open_edition(needs_approval=True)
    chair = committee(edition, "chair")
    one = register(edition)
    actions.edit(one, {**DATA, "name": "Lain"}, by=one.user, seen=0)
    for act in MOVES.values():
        with pytest.raises(ChangedMeanwhile):
            act(one, chair)
    with pytest.raises(ChangedMeanwhile):
        actions.edit(one, DATA, by=one.user, seen=0)


def test_who_was_declined_and_came_again_has_one_registration() -> None:
    edition = open_edition(needs_approval=True)
    chair = committee(edition, "chair")
    first = register(edition)
    decisions.decline(first, "Salah kategori.", by=chair, seen=0)
    again = actions.register(edition, DATA, by=first.user)
    with pytest.raises(actions.AlreadyRegistered) as known:
        actions.register(edition, DATA, by=first.user)
    assert known.value.registration == again
    with pytest.raises(actions.AlreadyRegistered):
        decisions.confirm(first, by=chair, seen=1)


def test_opens_and_closes_on_the_clock_of_jakarta(clock: Clock) -> None:
    opens, closes = (datetime.datetime(2027, 1, day, tzinfo=JAKARTA) for day in (10, 20))
    dates = {DateKind.REGISTRATION_OPENS: opens, DateKind.REGISTRATION_CLOSES: closes}
    days = {"starts_on": datetime.date(2027, 2, 8), "ends_on": datetime.date(2027, 2, 9)}
    edition = open_edition(dates=dates, **days)
    for moment, allowed in (
        ((2027, 1, 9, 23, 59, 59), False),
        ((2027, 1, 10, 0, 0, 0), True),
        ((2027, 1, 19, 23, 59, 59), True),
        ((2027, 1, 20, 0, 0, 0), False),
    ):
        clock(*moment)
        if allowed:
            assert register(edition).state == S.CONFIRMED
        else:
            with pytest.raises(actions.Closed):
                register(edition)


def test_it_must_be_offered_and_the_edition_public() -> None:
    for edition in (
        open_edition(is_offered=False),
        open_edition(state="draft"),
        open_edition(state="archived"),
        make_edition(dates={DateKind.REGISTRATION_CLOSES: 30}),
        open_edition(dates={DateKind.REGISTRATION_CLOSES: None}),
    ):
        with pytest.raises(actions.Closed):
            register(edition)
    assert not Registration.objects.exists()


def test_one_changes_and_cancels_until_the_last_day_is_over(clock: Clock) -> None:
    days = {"starts_on": datetime.date(2027, 2, 8), "ends_on": datetime.date(2027, 2, 9)}
    clock(2027, 2, 1, 8)
    edition = open_edition(**days)
    one = register(edition)
    clock(2027, 2, 9, 23, 59, 59)
    one = actions.edit(one, {**DATA, "name": "Siti"}, by=one.user, seen=0)
    clock(2027, 2, 10, 0, 0, 0)
    with pytest.raises(PermissionDenied):
        actions.edit(one, DATA, by=one.user, seen=1)
    with pytest.raises(PermissionDenied):
        actions.cancel(one, by=one.user)
    actions.edit(one, DATA, by=committee(edition, "secretary"), seen=1)  # a misspelt certificate


def test_who_was_there_cannot_cancel_any_more(clock: Clock) -> None:
    edition = open_edition()
    one, chair = register(edition), committee(edition, "chair")
    seen = CheckIn.objects.create(registration=one, at=one.registered_at, client_key=one.badge_key, by=chair)
    for by in (one.user, chair):
        with pytest.raises(PermissionDenied):
            actions.cancel(one, by=by, reason="x")
    CheckIn.objects.filter(pk=seen.pk).update(undone_at=one.registered_at)
    assert actions.cancel(one, by=one.user).state == S.CANCELLED


def test_the_committee_enters_somebody_beyond_the_places() -> None:
    edition = make_edition()
    make_terms(edition, quota=0, is_offered=False)
    registrar = committee(edition, "registration")
    one = actions.enter(edition, {"name": "Sukarno", "category": "press", "need": "Kursi roda"}, by=registrar)
    assert (one.state, one.user, one.number, one.need.text) == (S.CONFIRMED, None, 1, "Kursi roda")
    assert not send_mails()
    known = actions.enter(edition, {**DATA, "email": "tamu@contoh.id"}, by=registrar)
    assert [mail.to for mail in send_mails()] == [["tamu@contoh.id"]] and known.number == 2


@pytest.mark.parametrize("role", ["programme_chair", "track_chair", "editor", "steering", "member"])
def test_others_decide_nothing(role: str) -> None:
    edition = open_edition()
    somebody = committee(edition, role)
    one = make_registration(edition, S.REQUESTED)
    for act in MOVES.values():
        with pytest.raises(PermissionDenied):
            act(one, somebody)
    with pytest.raises(PermissionDenied):
        actions.enter(edition, DATA, by=somebody)
    with pytest.raises(PermissionDenied):
        set_terms(edition, {"quota": 1}, by=somebody, seen=0)
    with pytest.raises(PermissionDenied):
        actions.edit(one, DATA, by=somebody, seen=0)


def test_an_archived_edition_stays_as_it_is() -> None:
    edition = open_edition(state="archived")
    chair, one = committee(edition, "chair"), make_registration(edition, S.WAITING)
    for act in (*MOVES.values(), lambda one, by: actions.enter(edition, DATA, by=by)):
        with pytest.raises(PermissionDenied):
            act(one, chair)
    with pytest.raises(PermissionDenied):
        actions.cancel(one, by=one.user)


def test_what_is_personal_stays_out_of_the_log() -> None:
    edition = open_edition()
    one = register(edition, need="Kursi roda-ZX9")
    values = {**DATA, "name": "Rahasia-ZX9", "phone": "0219999", "category": "press", "need": "Vegetarian-ZX9"}
    actions.edit(one, values, by=one.user, seen=0)
    told = str(list(LogEntry.objects.values_list("changes", flat=True)))
    assert "ZX9" not in told and "0219999" not in told
    assert LogEntry.objects.get(action="registration.edited").changes["category"] == ["dosen", "pers"]
    assert Need.objects.get().text == "Vegetarian-ZX9"


def test_mails_speak_the_language_of_the_person() -> None:
    edition = open_edition(quota=0)
    with override("id"):
        register(edition, language="en")
    mail = send_mails()[0]
    assert "waiting list, place 1" in mail.subject and "/en/" in mail.body and "Sample Conference" in mail.body


@pytest.mark.django_db(transaction=True)
def test_the_last_place_is_given_once() -> None:
    """Against the real database, from two threads; and two windows of one person are one registration."""
    edition = open_edition(quota=2)
    register(edition)
    people = [some_author() for _ in range(3)]
    tries, states = [people[0], people[0], *people[1:]], []
    ready = threading.Barrier(len(tries))

    def send(user: Any) -> None:
        try:
            ready.wait(10)
            states.append(str(actions.register(edition, DATA, by=user).state))
        except actions.AlreadyRegistered:
            states.append("known")
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(user,)) for user in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(states) == ["confirmed", "known", "waiting", "waiting"]
    assert sorted(Registration.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_two_who_cancel_at_once_free_two_places() -> None:
    edition = open_edition(quota=2)
    rows = [register(edition) for _ in range(4)]

    def cancel(one: Registration) -> None:
        try:
            actions.cancel(one, by=one.user)
        finally:
            connection.close()

    threads = [threading.Thread(target=cancel, args=(one,)) for one in rows[:2]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [state_of(one) for one in rows] == [S.CANCELLED, S.CANCELLED, S.CONFIRMED, S.CONFIRMED]


def test_the_next_edition_begins_with_the_same_terms_but_offers_nothing_yet() -> None:
    edition = open_edition(quota=77, note_id="Tanpa biaya.")
    data = {"number": 999, "slug": "lagi", "title_id": "Lagi", "title_en": "", "theme_id": "", "theme_en": ""}
    again = clone(edition, {**data, "starts_on": edition.starts_on}, by=make_user("admin@contoh.id", "administrator"))
    terms = RegistrationTerms.objects.get(edition=again)
    assert (terms.quota, terms.note_id, terms.is_offered) == (77, "Tanpa biaya.", False)
