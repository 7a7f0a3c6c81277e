"""Curators and administrators need a second factor outside the demo; secrets are unreadable in the database."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def required(settings: Any, no_second_factor: None) -> None:
    settings.MFA_REQUIRED_ROLES = {"curator", "administrator"}
    caches["shared"].clear()


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def signed_in(user: Any) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def prove(client: Client, **proof: str) -> None:
    """What changes security asks for the password, or a code, once more."""
    response = client.post(reverse("mfa_reauthenticate" if "code" in proof else "account_reauthenticate"), proof)
    assert response.status_code == 302, response.context["form"].errors


@pytest.mark.parametrize("role", [Role.CURATOR, Role.ADMINISTRATOR])
@pytest.mark.parametrize("name", ["account", "organisations_curate", "account_data", "home"])
def test_without_one_they_are_sent_to_set_it_up(role: Role, name: str) -> None:
    client = signed_in(make_user(role=role))
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response.headers["Location"] == reverse("mfa_index")
    assert "faktor" in client.get(reverse("mfa_index")).content.decode()


def test_the_admin_is_closed_too() -> None:
    client = signed_in(make_user(role=Role.ADMINISTRATOR))
    assert client.get("/admin/").headers["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.POLICYMAKER])
def test_others_go_without(role: Role) -> None:
    assert signed_in(make_user(role=role)).get(reverse("account")).status_code == 200


@pytest.mark.parametrize("name", ["mfa_index", "account_reauthenticate", "account_email", "account_logout"])
def test_what_is_needed_to_set_it_up_stays_open(name: str) -> None:
    assert signed_in(make_user(role=Role.CURATOR)).get(reverse(name)).status_code == 200


def test_the_demo_asks_for_none() -> None:
    import os
    import subprocess
    import sys

    command = "from django.conf import settings; print(sorted(settings.MFA_REQUIRED_ROLES))"
    said = {}
    for demo in ("0", "1"):
        env = {**os.environ, "KESOS_DEMO": demo, "DJANGO_SETTINGS_MODULE": "kesos_repo.settings"}
        done = subprocess.run([sys.executable, "-c", command], env=env, capture_output=True, text=True, check=True)
        said[demo] = done.stdout.strip()
    assert said == {"0": "['administrator', 'curator']", "1": "[]"}


def test_setting_up_an_app_opens_the_site_and_is_asked_for_next_time(
    mails: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    user = make_user(role=Role.CURATOR, language="en")
    client = signed_in(user)
    assert client.get(reverse("mfa_activate_totp")).headers["Location"].startswith(reverse("account_reauthenticate"))
    prove(client, password=PASSWORD)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert response.status_code == 302
    assert client.get(reverse("account")).status_code == 200
    assert [(mail.to, mail.subject) for mail in mails] == [([user.email], "Authenticator App Activated")]

    caches["shared"].clear()
    other = Client()
    response = other.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert other.get(reverse("account")).status_code == 302
    assert other.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert other.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).headers["Location"] == reverse("account")
    assert other.get(reverse("account")).status_code == 200


def test_a_code_works_once_in_all_processes() -> None:
    user = make_user()
    TOTP.activate(user, SECRET)
    code = code_of(SECRET)
    for status in (302, 200):
        client = signed_in(user)
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == status


def test_a_recovery_code_works_instead_and_once() -> None:
    user = make_user(role=Role.CURATOR)
    TOTP.activate(user, SECRET)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    assert signed_in(user).post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert signed_in(user).post(reverse("mfa_authenticate"), {"code": code}).status_code == 200


def test_secrets_are_unreadable_in_the_database() -> None:
    user = make_user()
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in stored
    assert user.authenticator_set.get(type="totp").wrap().validate_code(code_of(SECRET))


def test_a_new_secret_key_may_still_read_with_the_old_one(settings: Any) -> None:
    user = make_user()
    TOTP.activate(user, SECRET)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 10
    assert user.authenticator_set.get(type="totp").wrap().validate_code(code_of(SECRET))


def test_a_passkey_counts_as_a_second_factor() -> None:
    user = make_user(role=Role.CURATOR)
    client = signed_in(user)
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Kunci", "credential": {}})
    assert client.get(reverse("account")).status_code == 200


def test_the_passkey_pages_offer_a_challenge(settings: Any) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    user = make_user()
    client = signed_in(user)
    prove(client, password=PASSWORD)
    page = client.get(reverse("mfa_add_webauthn"))
    assert page.context["js_data"]["creation_options"]["publicKey"]["challenge"]
    assert "Nama kunci" in page.content.decode()
    challenge = Client().get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert challenge.json()["request_options"]["publicKey"]["challenge"]


def test_turning_off_the_last_factor_closes_the_site_again() -> None:
    user = make_user(role=Role.CURATOR)
    client = signed_in(user)
    TOTP.activate(user, SECRET)
    assert client.get(reverse("account")).status_code == 200
    prove(client, code=code_of(SECRET))
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert client.get(reverse("account")).headers["Location"] == reverse("mfa_index")


def test_one_query_more_for_those_who_need_it_none_for_others(django_assert_num_queries: Any) -> None:
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory

    from accounts.middleware import SecondFactorMiddleware

    middleware = SecondFactorMiddleware(lambda request: None)  # type: ignore[arg-type, return-value]
    for user, queries in ((AnonymousUser(), 0), (make_user(), 0)):
        request = RequestFactory().get("/")
        request.user = user
        with django_assert_num_queries(queries):
            assert middleware.process_view(request, lambda: None) is None  # type: ignore[arg-type, return-value]
