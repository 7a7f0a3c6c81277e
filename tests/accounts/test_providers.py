"""Signing in and connecting through ORCID and OpenID Connect, against a server that really answers."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.orcid.views import OrcidOAuth2Adapter
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from accounts.actions import connect_orcid
from accounts.models import LogEntry, Merge, Person, User
from tests.accounts.provider import CLIENT, SECRET, Provider, running_provider
from tests.factories.accounts import make_person, make_user

pytestmark = pytest.mark.django_db
ORCID = "0000-0002-1825-0097"
DETAILS = {"name": "Josiah Carberry", "language": "en", "agreement": "on"}


@pytest.fixture
def provider(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    caches["shared"].clear()
    with running_provider() as server:
        app = {"client_id": CLIENT, "secret": SECRET, "key": ""}
        oidc = {**app, "provider_id": "sso", "name": "SSO Contoh", "settings": {"server_url": server.url}}
        settings.SOCIALACCOUNT_PROVIDERS = {
            "orcid": {"APPS": [app]},
            "openid_connect": {"APPS": [oidc], "OAUTH_PKCE_ENABLED": True},
        }
        monkeypatch.setattr(OrcidOAuth2Adapter, "authorize_url", f"{server.url}/oauth/authorize")
        monkeypatch.setattr(OrcidOAuth2Adapter, "access_token_url", f"{server.url}/oauth/token")
        monkeypatch.setattr(OrcidOAuth2Adapter, "profile_url", f"{server.url}/v3.0/%s/record")
        yield server


def through(client: Client, name: str, code: str = "a-code", **query: str) -> Any:
    """What the browser does: press the button, sign in over there, come back with a code."""
    path = {"orcid": "/akun/orcid/login/", "sso": "/akun/oidc/sso/login/"}[name]
    started = client.post(path, query_params=query)
    assert started.status_code == 302, started.content
    asked = parse_qs(urlsplit(started.headers["Location"]).query)
    callback = asked["redirect_uri"][0]
    assert callback == f"http://testserver{path}callback/"
    return client.get(callback, {"code": code, "state": asked["state"][0]})


def josiah(**more: Any) -> dict[str, Any]:
    return {"orcid": ORCID, "given": "Josiah", "family": "Carberry", **more}


def test_buttons_appear_only_where_providers_are_configured(client: Client, provider: Provider, settings: Any) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert "ORCID" in page
    assert "SSO Contoh" in page
    settings.SOCIALACCOUNT_PROVIDERS = {}
    page = client.get(reverse("account_login")).content.decode()
    assert "ORCID" not in page
    assert "SSO Contoh" not in page


def test_a_new_person_signs_in_with_openid_connect(client: Client, provider: Provider, mails: list[Any]) -> None:
    provider.person = {"sub": "42", "name": "Rina Wati", "email": "rina@example.org", "email_verified": True}
    response = through(client, "sso")
    assert response.headers["Location"] == reverse("socialaccount_signup")
    form = client.get(response.headers["Location"]).context["form"]
    assert (form["name"].value(), form["email"].value()) == ("Rina Wati", "rina@example.org")
    data = {"email": "rina@example.org", **DETAILS, "name": "Rina Wati", "language": "id"}
    response = client.post(reverse("socialaccount_signup"), data)
    assert response.headers["Location"] == reverse("account")
    user = User.objects.get(email="rina@example.org")
    assert not user.has_usable_password()
    assert Person.objects.get(user=user).name == "Rina Wati"
    assert client.get(reverse("account")).status_code == 200
    again = Client()
    assert through(again, "sso").headers["Location"] == reverse("account")
    assert again.get(reverse("account")).context["user"] == user
    token_request = next(form for path, form in provider.requests if path == "/token")
    assert "code_verifier" in token_request


def test_an_unconfirmed_address_is_confirmed_by_mail_first(
    client: Client, provider: Provider, mails: list[Any]
) -> None:
    provider.person = {"sub": "43", "email": "rina@example.org"}
    through(client, "sso")
    response = client.post(reverse("socialaccount_signup"), {"email": "rina@example.org", **DETAILS})
    assert response.headers["Location"] == reverse("account_email_verification_sent")
    assert [mail.to for mail in mails] == [["rina@example.org"]]
    assert client.get(reverse("account")).status_code == 302


def test_an_address_of_somebody_elses_account_is_not_taken_over(
    client: Client, provider: Provider, mails: list[Any]
) -> None:
    owner = make_user("rina@example.org")
    provider.person = {"sub": "44", "email": "rina@example.org", "email_verified": True}
    through(client, "sso")
    client.post(reverse("socialaccount_signup"), {"email": "rina@example.org", **DETAILS})
    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.filter(user=owner).exists()


@pytest.mark.parametrize("code", ["wrong-code", ""])
def test_a_wrong_code_signs_nobody_in(client: Client, provider: Provider, code: str) -> None:
    provider.person = {"sub": "45", "email": "x@example.org"}
    response = through(client, "sso", code)
    assert response.status_code in (200, 401)
    assert "_auth_user_id" not in client.session
    assert not User.objects.exists()


def test_a_forged_state_signs_nobody_in(client: Client, provider: Provider) -> None:
    provider.person = josiah()
    response = client.get("/akun/orcid/login/callback/", {"code": "a-code", "state": "forged"})
    assert response.status_code in (200, 401)
    assert not User.objects.exists()


def test_somebody_new_comes_from_orcid_and_it_is_confirmed(
    client: Client, provider: Provider, mails: list[Any]
) -> None:
    provider.person = josiah()
    through(client, "orcid")
    form = client.get(reverse("socialaccount_signup")).context["form"]
    assert form["name"].value() == "Josiah Carberry"
    client.post(reverse("socialaccount_signup"), {"email": "josiah@example.org", **DETAILS})
    person = Person.objects.get()
    assert (person.name, person.orcid, person.orcid_authenticated) == ("Josiah Carberry", ORCID, True)


def test_connecting_orcid_confirms_it_and_disconnecting_leaves_it_typed(client: Client, provider: Provider) -> None:
    user = make_user()
    client.force_login(user)
    provider.person = josiah()
    response = through(client, "orcid", process="connect", next="/en/akun/")
    assert response.headers["Location"] == "/en/akun/"
    person = Person.objects.get(user=user)
    assert (person.orcid, person.orcid_authenticated) == (ORCID, True)
    assert LogEntry.objects.get(action="person.orcid_connected").changes == {"orcid": [None, ORCID]}
    page = client.get("/en/akun/").content.decode()
    assert "confirmed by its owner" in page
    client.post(reverse("socialaccount_connections"), {"account": SocialAccount.objects.get().pk})
    person.refresh_from_db()
    assert (person.orcid, person.orcid_authenticated) == (ORCID, False)
    assert "typed, not confirmed" in client.get("/en/akun/").content.decode()


def test_an_entry_without_account_becomes_its_owners() -> None:
    imported = make_person("J. Carberry", orcid=ORCID)
    user = make_user()
    person = connect_orcid(user, ORCID)
    imported.refresh_from_db()
    assert imported.merged_into == person == user.person
    assert (person.orcid, person.orcid_authenticated, imported.orcid) == (ORCID, True, None)
    assert person.aliases == ["J. Carberry"]
    assert Merge.objects.get().by == user


def test_an_account_that_only_typed_it_gives_it_up() -> None:
    claimant = make_user("other@example.org").person
    claimant.orcid = ORCID
    claimant.save()
    owner = make_user("owner@example.org")
    connect_orcid(owner, ORCID)
    claimant.refresh_from_db()
    assert claimant.orcid is None
    assert owner.person.orcid is None or Person.objects.get(user=owner).orcid == ORCID
    assert LogEntry.objects.filter(action="person.orcid_lost").count() == 1


def test_connecting_twice_changes_nothing() -> None:
    user = make_user()
    connect_orcid(user, ORCID)
    connect_orcid(user, ORCID)
    assert LogEntry.objects.filter(action="person.orcid_connected").count() == 1


def test_the_environment_configures_providers() -> None:
    command = "from django.conf import settings; print(settings.SOCIALACCOUNT_PROVIDERS)"
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "kesos_repo.settings",
        "KESOS_ORCID_CLIENT_ID": "APP-1",
        "KESOS_ORCID_CLIENT_SECRET": "s1",
        "KESOS_ORCID_DOMAIN": "sandbox.orcid.org",
        "KESOS_OIDC_SERVER": "https://sso.example.go.id",
        "KESOS_OIDC_CLIENT_ID": "kesos",
        "KESOS_OIDC_CLIENT_SECRET": "s2",
        "KESOS_OIDC_NAME": "SSO Kemensos",
    }
    done = subprocess.run([sys.executable, "-c", command], env=env, capture_output=True, text=True, check=True)
    for word in ("APP-1", "sandbox.orcid.org", "https://sso.example.go.id", "SSO Kemensos"):
        assert word in done.stdout
