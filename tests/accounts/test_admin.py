"""Administrators give roles, close accounts and read the log; the log stays as it is."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import log
from accounts.models import LogEntry, Organisation, Role, User
from tests.factories.accounts import make_organisation, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return make_user("admin@example.org", Role.ADMINISTRATOR)


@pytest.fixture
def client(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


def change(client: Client, user: User, **values: str) -> str:
    url = reverse("admin:accounts_user_change", args=[user.pk])
    form = {"role": user.role, **({"is_active": "on"} if user.is_active else {}), **values}
    response = client.post(url, {name: value for name, value in form.items() if value}, follow=True)
    user.refresh_from_db()
    return response.content.decode()


def test_a_role_is_given_and_logged(client: Client, administrator: User) -> None:
    user = make_user()
    change(client, user, role=Role.CURATOR)
    assert user.role == Role.CURATOR
    entry = LogEntry.objects.get(action="user.role_changed")
    assert (entry.actor, entry.changes) == (administrator, {"role": ["researcher", "curator"]})


def test_an_account_is_closed_and_opened_again(client: Client) -> None:
    user = make_user()
    change(client, user, is_active="")
    assert not user.is_active
    change(client, user, is_active="on")
    assert user.is_active
    assert LogEntry.objects.filter(action__in=["user.deactivated", "user.reactivated"]).count() == 2


def test_the_last_administrator_cannot_step_down(client: Client, administrator: User) -> None:
    page = change(client, administrator, role=Role.RESEARCHER)
    assert administrator.role == Role.ADMINISTRATOR
    assert "administrator terakhir" in page


@pytest.mark.parametrize("name", ["email", "name", "password", "is_superuser"])
def test_nothing_else_of_an_account_is_changed(client: Client, name: str) -> None:
    user = make_user()
    before = getattr(user, name)
    change(client, user, **{name: "on"})
    assert getattr(user, name) == before


def test_organisations_are_confirmed_in_bulk(client: Client) -> None:
    chosen = [make_organisation("A"), make_organisation("B")]
    data = {"action": "confirm", "_selected_action": [organisation.pk for organisation in chosen]}
    client.post(reverse("admin:accounts_organisation_changelist"), data)
    assert Organisation.objects.filter(is_confirmed=True).count() == 2
    assert LogEntry.objects.filter(action="organisation.edited").count() == 2


@pytest.mark.parametrize("page", ["add", "delete"])
def test_the_log_is_only_read(client: Client, page: str) -> None:
    entry = log(None, "organisation.added", make_organisation())
    assert "lembaga ditambahkan" in client.get(reverse("admin:accounts_logentry_changelist")).content.decode()
    args = [] if page == "add" else [entry.pk]
    assert client.post(reverse(f"admin:accounts_logentry_{page}", args=args), {"post": "yes"}).status_code == 403
    assert LogEntry.objects.filter(pk=entry.pk).exists()


def test_an_entry_of_the_log_opens_and_cannot_be_saved_differently(client: Client) -> None:
    entry = log(None, "organisation.added", make_organisation())
    url = reverse("admin:accounts_logentry_change", args=[entry.pk])
    assert client.get(url).status_code == 200
    response = client.post(url, {"action": "user.deleted"})
    assert response.status_code == 403
    assert LogEntry.objects.get(pk=entry.pk).action == "organisation.added"


@pytest.mark.parametrize("page", ["user", "organisation", "person", "logentry"])
def test_lists_take_the_same_number_of_queries_whatever_their_length(client: Client, page: str) -> None:
    counts = []
    for number in (1, 3):
        for n in range(number):
            user = make_user(f"u{number}{n}@example.org")
            person = make_person(f"P {number}{n}", affiliation=make_organisation(f"O{number}{n}"))
            log(user, "person.edited", person)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(f"admin:accounts_{page}_changelist")).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
