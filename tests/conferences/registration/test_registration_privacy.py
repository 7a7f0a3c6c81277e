"""What becomes of what is personal: needs are deleted in time, accounts can go, people get a copy; the demo."""

import datetime
import time
from typing import Any

import pytest

from accounts.actions import delete_account
from accounts.models import LogEntry
from accounts.personal_data import personal_data
from conferences.actions import needs, registration_letters
from conferences.actions import registration_decisions as decisions
from conferences.actions import registrations as actions
from conferences.demo.registrations import load_registrations
from conferences.models import CheckIn, Edition, Need, Registration
from conferences.queries.registrations_desk import statistics
from conferences.states import RegistrationState
from kesos_repo.chores import CHORES
from tests.conferences.conftest import Clock
from tests.factories.conferences import committee, make_edition, some_author
from tests.factories.publications import make_blob
from tests.factories.registration import DATA, make_registration, open_edition

pytestmark = pytest.mark.django_db
S = RegistrationState


def with_need(edition: Edition, state: str = S.CONFIRMED, **fields: Any) -> Registration:
    one = make_registration(edition, state, **fields)
    needs.write(one, "Kursi roda")
    return one


def test_needs_are_deleted_when_their_days_are_over_in_jakarta(clock: Clock) -> None:
    edition = open_edition(starts_on=datetime.date(2027, 2, 8), ends_on=datetime.date(2027, 2, 9), needs_kept_days=7)
    with_need(edition)
    later = make_edition(starts_on=datetime.date(2027, 2, 10), ends_on=datetime.date(2027, 2, 11))
    with_need(later)  # without terms they are not kept at all
    chore = next(chore for chore in CHORES if "participants" in chore.name)
    assert needs.deleted_on(edition, 7) == datetime.date(2027, 2, 17)
    clock(2027, 2, 11, 23, 59, 59)
    assert chore.run() == 0
    clock(2027, 2, 12, 0, 0, 0)
    assert chore.run() == 1
    clock(2027, 2, 16, 23, 59, 59)
    assert chore.run() == 0
    clock(2027, 2, 17, 0, 0, 0)
    assert chore.run() == 1 and not Need.objects.exists()
    assert chore.run() == 0


def test_needs_and_letter_go_when_it_is_cancelled_or_declined() -> None:
    edition = open_edition()
    chair = committee(edition, "chair")
    cancelled = with_need(edition, letter=make_blob(), letter_name="surat.pdf")
    actions.cancel(cancelled, by=cancelled.user)
    decisions.decline(with_need(edition, S.REQUESTED), "Penuh.", by=chair, seen=0)
    cancelled.refresh_from_db()
    assert not Need.objects.exists() and (cancelled.letter, cancelled.letter_name) == (None, "")


def test_people_get_a_copy_of_their_registrations() -> None:
    one = with_need(open_edition(), name="Dr. Dewi", phone="0811")
    told = personal_data(one.user)["conference_registrations"]["registrations"][0]
    assert (told["name"], told["phone"], told["need__text"]) == ("Dr. Dewi", "0811", "Kursi roda")


def test_who_deletes_the_account_frees_the_place_and_is_forgotten() -> None:
    edition = open_edition(quota=1)
    one = with_need(edition, phone="0811", letter=make_blob(), position_title="Lektor")
    waiting = make_registration(edition, S.WAITING)
    delete_account(one.user)
    one.refresh_from_db()
    waiting.refresh_from_db()
    assert (one.state, one.name, one.email, one.phone, one.letter, one.position_title) == (
        S.CANCELLED, "akun terhapus", "", "", None, "",
    )  # fmt: skip
    assert waiting.state == S.CONFIRMED and not Need.objects.exists()


def test_the_record_of_who_was_there_stays() -> None:
    one = make_registration(open_edition(), name="Dr. Dewi", phone="0811")
    CheckIn.objects.create(registration=one, at=one.registered_at, client_key=one.badge_key, by=some_author())
    actions.forget(one.user)
    one.refresh_from_db()
    assert (one.state, one.name, one.phone, one.email) == (S.CONFIRMED, "Dr. Dewi", "", "")


def test_letters_are_not_changed_by_others_nor_after_the_end() -> None:
    from django.core.exceptions import PermissionDenied

    letter = registration_letters.Letter(b"%PDF-1.4", "application/pdf", "surat.pdf")
    for one, by in (
        (make_registration(open_edition()), some_author()),
        (cancelled := make_registration(open_edition(), S.CANCELLED), cancelled.user),
    ):
        with pytest.raises(PermissionDenied):
            registration_letters.add(one, letter, by=by)
        with pytest.raises(PermissionDenied):
            registration_letters.remove(one, by=by)
    assert not LogEntry.objects.filter(action__startswith="registration.letter").exists()


def test_the_demo_has_the_150_of_2014_and_some_guests() -> None:
    then, now = make_edition("archived", slug="knpks-2014"), make_edition()
    committee(now, "secretary", user=_secretary())
    began = time.perf_counter()
    assert load_registrations(then, now) == 154
    assert time.perf_counter() - began < 3
    counted = statistics(then, "?")
    assert counted.confirmed == 150 and all(line.number for line in counted.categories)
    assert Registration.objects.filter(is_sample=True).count() == 154
    assert len(set(then.registrations.values_list("name", flat=True))) == 150
    assert actions.register(open_edition(), DATA, by=some_author()).number == 1


def _secretary() -> Any:
    from conferences.demo.accounts import SECRETARY
    from tests.factories.accounts import make_user

    return make_user(SECRETARY.email, name=SECRETARY.name)
