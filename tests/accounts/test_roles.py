"""Only administrators change roles and close accounts, every change is logged, and one administrator always stays."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.actions import LastAdministrator, change_role, close_account, delete_account, reopen_account
from accounts.models import LogEntry, Role, User
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db
ROLES = list(Role)


@pytest.fixture
def administrator() -> User:
    return make_user("admin@example.org", Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", [role for role in ROLES if role != Role.ADMINISTRATOR])
@pytest.mark.parametrize(
    "action", [lambda by, user: change_role(by, user, Role.CURATOR), close_account, reopen_account]
)
def test_others_are_refused(role: Role, action: Any) -> None:
    by, user = make_user("a@example.org", role), make_user("b@example.org")
    with pytest.raises(PermissionDenied):
        action(by, user)
    user.refresh_from_db()
    assert (user.role, user.is_active) == (Role.RESEARCHER, True)


@pytest.mark.parametrize("role", ROLES)
def test_an_administrator_gives_every_role_and_it_is_logged(administrator: User, role: Role) -> None:
    user = make_user()
    change_role(administrator, user, role)
    user.refresh_from_db()
    assert user.role == role
    entries = LogEntry.objects.filter(action="user.role_changed")
    if role == Role.RESEARCHER:
        assert not entries.exists()
    else:
        assert entries.get().changes == {"role": ["researcher", role.value]}
        assert entries.get().actor == administrator


def test_an_unknown_role_is_refused(administrator: User) -> None:
    with pytest.raises(ValueError):
        change_role(administrator, make_user(), "emperor")


@pytest.mark.parametrize(
    "leave",
    [lambda user: change_role(user, user, Role.CURATOR), lambda user: close_account(user, user), delete_account],
)
def test_the_last_administrator_stays(administrator: User, leave: Any) -> None:
    with pytest.raises(LastAdministrator), transaction.atomic():
        leave(administrator)
    administrator.refresh_from_db()
    assert (administrator.role, administrator.is_active) == (Role.ADMINISTRATOR, True)
    make_user("second@example.org", Role.ADMINISTRATOR)
    leave(administrator)


def test_a_closed_account_is_signed_out_everywhere_and_cannot_sign_in(administrator: User) -> None:
    user, client = make_user(), Client()
    sign_in = {"login": user.email, "password": PASSWORD}
    client.post(reverse("account_login"), sign_in)
    assert client.get(reverse("account")).status_code == 200
    close_account(administrator, user)
    assert client.get(reverse("account")).status_code == 302
    assert client.post(reverse("account_login"), sign_in).headers["Location"] == reverse("account_inactive")
    reopen_account(administrator, User.objects.get(pk=user.pk))
    assert client.post(reverse("account_login"), sign_in).headers["Location"] == reverse("account")


def test_a_deleted_account_never_opens_again(administrator: User) -> None:
    user = make_user()
    delete_account(user)
    with pytest.raises(PermissionDenied):
        reopen_account(administrator, user)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=True)


def test_roles_open_what_they_should() -> None:
    users = {role: make_user(f"{role}@example.org", role) for role in ROLES}
    assert {role for role in ROLES if users[role].is_curator} == {Role.CURATOR, Role.ADMINISTRATOR}
    assert {role for role in ROLES if users[role].is_staff} == {Role.ADMINISTRATOR}
