"""The log: registered actions, masked secrets, differences, and nothing that changes it."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, InternalError, connection, transaction

from accounts.actions import changes_between, log, masked, values_of
from accounts.log_actions import LABELS, label_of
from accounts.models import LogEntry, Organisation, User
from accounts.queries import log_of
from tests.factories.accounts import make_organisation, make_user

REFUSED = (InternalError, IntegrityError)


@pytest.fixture
def entry(db: Any) -> LogEntry:
    return log(make_user(), "organisation.added", make_organisation())


@pytest.mark.parametrize("change", [{"action": "user.deleted"}, {"changes": {}}, {"actor": None}])
def test_an_entry_is_never_changed(entry: LogEntry, change: dict[str, Any]) -> None:
    with pytest.raises(REFUSED, match="append-only"), transaction.atomic():
        LogEntry.objects.update(**change)


def test_an_entry_is_never_deleted(entry: LogEntry) -> None:
    with pytest.raises(REFUSED, match="append-only"), transaction.atomic():
        entry.delete()


def test_the_log_is_never_emptied(entry: LogEntry) -> None:
    """In the test database this trigger is switched off (tests/factories/accounts.py); here it is on."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE accounts_logentry ENABLE TRIGGER log_stays")
        with pytest.raises(REFUSED, match="append-only"), transaction.atomic():
            cursor.execute("TRUNCATE accounts_logentry")
        cursor.execute("ALTER TABLE accounts_logentry DISABLE TRIGGER log_stays")
    assert LogEntry.objects.count() == 1


def test_somebody_who_is_logged_cannot_be_deleted(entry: LogEntry) -> None:
    with pytest.raises(Exception, match="protected|append-only"), transaction.atomic():
        User.objects.all().delete()


def test_an_unregistered_action_is_refused(db: Any) -> None:
    with pytest.raises(ValueError, match=r"register the action 'organisation\.eaten'"):
        log(None, "organisation.eaten", make_organisation())


def test_every_registered_action_has_words() -> None:
    assert all(label_of(action) != action for action in LABELS)


@pytest.mark.parametrize("name", ["password", "new_password", "api-key", "access_token", "client_secret", "TOTP"])
def test_secrets_are_masked(name: str) -> None:
    assert masked({name: ["old", "new"]}) == {name: ["•••", "•••"]}
    assert masked({name: [None, "new"]}) == {name: [None, "•••"]}


@pytest.mark.parametrize("name", ["title", "keywords", "monkey", "province_code", "postcode"])
def test_other_fields_are_not(name: str) -> None:
    assert masked({name: ["old", "new"]}) == {name: ["old", "new"]}


def test_differences_are_told_in_plain_values(db: Any) -> None:
    parent = make_organisation("Induk")
    before = values_of(Organisation(name="A", city="Medan"), ["name", "city", "parent"])
    after = values_of(Organisation(name="B", city="Medan", parent=parent), ["name", "city", "parent"])
    assert changes_between(before, after) == {"name": ["A", "B"], "parent": [None, "Induk"]}


def test_differences_know_new_fields_dates_and_lists() -> None:
    found = changes_between({"day": date(2026, 1, 2)}, {"day": date(2026, 1, 3), "words": ("a", "b")})
    assert found == {"day": ["2026-01-02", "2026-01-03"], "words": [None, ["a", "b"]]}


def test_the_entries_of_one_thing_are_found_newest_first(db: Any, django_assert_num_queries: Any) -> None:
    one, other, user = make_organisation("A"), make_organisation("B"), make_user()
    for action in ("organisation.added", "organisation.edited"):
        log(user, action, one)
        log(user, action, other)
    with django_assert_num_queries(1):
        assert [(entry.action, str(entry.actor)) for entry in log_of(one)] == [
            ("organisation.edited", "Siti Aminah"),
            ("organisation.added", "Siti Aminah"),
        ]


def test_anonymous_users_do_not_act() -> None:
    with pytest.raises(ValueError):
        LogEntry(actor=AnonymousUser())


def test_somebody_without_a_name_is_shown_by_a_number(client: Any, db: Any) -> None:
    nameless, place = make_user("tanpa.nama@contoh.id", name="", role="administrator"), make_organisation("A")
    log(nameless, "organisation.edited", place, {"name": ["A", "B"]})
    client.force_login(make_user("kurator@contoh.id", role="curator"))
    html = client.get(f"/kurasi/lembaga/{place.pk}/").content.decode()
    assert f"Pengguna #{nameless.pk}" in html and "tanpa.nama@contoh.id" not in html


def test_no_address_of_somebody_without_a_name_goes_into_the_log(db: Any) -> None:
    nameless = make_user("tanpa.nama@contoh.id", name="")
    assert changes_between({"owner": None}, {"owner": nameless}) == {"owner": [None, f"Pengguna #{nameless.pk}"]}
