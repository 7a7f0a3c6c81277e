"""Who may open what: each address of this app, for each kind of visitor."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Merge, Role
from tests.factories.accounts import make_organisation, make_person, make_user

pytestmark = pytest.mark.django_db
ANONYMOUS = "anonymous"
VISITORS = [ANONYMOUS, *Role]
CURATORS = {Role.CURATOR, Role.ADMINISTRATOR}
OPEN = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_email_verification_sent",
    "account_inactive",
    "socialaccount_login_cancelled",
]
SIGNED_IN = [
    "account",
    "account_data",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
    "socialaccount_connections",
    "usersessions_list",
]
PAGES_OF_CURATORS = [
    "organisations_curate",
    "organisation_add",
    "organisation_duplicates",
    "people_curate",
    "person_duplicates",
]


def visit(visitor: str) -> Client:
    client = Client()
    if visitor != ANONYMOUS:
        client.force_login(make_user(f"{visitor}@example.org", visitor))
    return client


def path_of(prefix: str, name: str, *args: Any) -> str:
    """A visit in English leaves English behind in this thread, so the language is always given."""
    with override("id"):
        return prefix + reverse(name, args=args)


def is_sent_to_sign_in(response: Any) -> bool:
    return response.status_code == 302 and "/akun/masuk/?next=" in response.headers["Location"]


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("visitor", VISITORS)
def test_open_pages(visitor: str, prefix: str) -> None:
    client = visit(visitor)
    for name in OPEN:
        assert client.get(path_of(prefix, name)).status_code in (200, 302), name


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("visitor", VISITORS)
def test_pages_of_the_signed_in(visitor: str, prefix: str) -> None:
    client = visit(visitor)
    for name in SIGNED_IN:
        response = client.get(path_of(prefix, name))
        assert is_sent_to_sign_in(response) if visitor == ANONYMOUS else response.status_code == 200, name


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("visitor", VISITORS)
def test_pages_of_curators(visitor: str, prefix: str) -> None:
    client = visit(visitor)
    paths = [path_of(prefix, name) for name in PAGES_OF_CURATORS]
    paths.append(path_of(prefix, "organisation_edit", make_organisation().pk))
    paths.append(path_of(prefix, "person_edit", make_person().pk))
    for path in paths:
        response = client.get(path)
        if visitor == ANONYMOUS:
            assert is_sent_to_sign_in(response), path
        else:
            assert response.status_code == (200 if visitor in CURATORS else 403), path


@pytest.mark.parametrize("visitor", VISITORS)
def test_changes_of_curators(visitor: str) -> None:
    client = visit(visitor)
    one, other = make_organisation("A"), make_organisation("B")
    form = {"keep": one.pk, "merge": other.pk}
    response = client.post(reverse("organisation_merge"), form)
    if visitor in CURATORS:
        assert response.status_code == 302
        assert Merge.objects.count() == 1
    else:
        assert is_sent_to_sign_in(response) if visitor == ANONYMOUS else response.status_code == 403
        assert not Merge.objects.exists()


@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("page", ["user", "organisation", "person", "logentry"])
def test_the_admin(visitor: str, page: str) -> None:
    response = visit(visitor).get(reverse(f"admin:accounts_{page}_changelist"))
    if visitor == ANONYMOUS:
        assert is_sent_to_sign_in(response)
    else:
        assert response.status_code == (200 if visitor == Role.ADMINISTRATOR else 403)


@pytest.mark.parametrize("name", ["organisation_merge", "person_merge"])
def test_changes_need_a_post(name: str) -> None:
    assert visit(Role.CURATOR).get(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", ["account_data", *(["organisations_curate"])])
def test_reads_refuse_a_post(name: str) -> None:
    assert visit(Role.CURATOR).post(reverse(name)).status_code == 405


def test_a_post_from_elsewhere_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(role=Role.CURATOR))
    assert client.post(reverse("person_merge"), {"keep": 1, "merge": 2}).status_code == 403
