"""Sign up, confirm, sign in: in both languages, without telling strangers who has an account."""

import re
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import LogEntry, Person, User
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db
SIGNUP = {
    "name": "Dr. Siti Nur Aminah, M.Si.",
    "email": "Siti@Example.org",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "language": "id",
    "agreement": "on",
}


@pytest.fixture(autouse=True)
def forget_attempts() -> None:
    caches["shared"].clear()


def link_in(mail: Any) -> str:
    found = re.search(r"https?://[^/]+(/\S+konfirmasi/\S+|/\S+sandi/baru/\S+)", mail.body)
    assert found, mail.body
    return found.group(1)


def sign_up(client: Client, prefix: str = "", **fields: str) -> Any:
    return client.post(f"{prefix}/akun/daftar/", {**SIGNUP, **fields})


@pytest.mark.parametrize(("prefix", "language", "subject"), [("", "id", "Konfirmasi"), ("/en", "en", "Confirm")])
def test_from_sign_up_to_signing_in(client: Client, mails: list[Any], prefix: str, language: str, subject: str) -> None:
    response = sign_up(client, prefix, language=language)
    assert response.headers["Location"] == f"{prefix}/akun/surel/konfirmasi/"
    user = User.objects.get(email="siti@example.org")
    assert (user.role, user.language, user.name) == ("researcher", language, SIGNUP["name"])
    assert user.agreed_at
    person = Person.objects.get(user=user)
    assert (person.given_name, person.family_name) == ("Siti Nur", "Aminah")
    assert (person.degrees_before, person.degrees_after) == ("Dr.", "M.Si.")
    assert LogEntry.objects.filter(action="user.signed_up", actor=user).count() == 1

    elsewhere = Client()
    credentials = {"login": user.email, "password": PASSWORD}
    assert "konfirmasi" in elsewhere.post(f"{prefix}/akun/masuk/", credentials).headers["Location"]
    assert "_auth_user_id" not in elsewhere.session

    (mail,) = mails
    assert mail.to == ["siti@example.org"]
    assert subject in mail.subject
    link = link_in(mail)
    assert link.startswith(f"{prefix}/akun/")
    assert client.get(link).status_code == 200
    assert client.post(link).headers["Location"] == f"{prefix}/akun/"

    response = elsewhere.post(f"{prefix}/akun/masuk/", credentials)
    assert response.headers["Location"] == f"{prefix}/akun/"
    assert elsewhere.get(response.headers["Location"]).status_code == 200


def test_a_single_name_is_enough(client: Client, mails: list[Any]) -> None:
    sign_up(client, name="Sukarno")
    person = Person.objects.get()
    assert (person.given_name, person.family_name) == ("", "Sukarno")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"email": "nothing"},
        {"email": f"{'x' * 250}@example.org"},
        {"password2": "another long password"},
        {"password1": "short", "password2": "short"},
        {"password1": "password123", "password2": "password123"},
        {"language": "fr"},
        {"agreement": ""},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client: Client, mails: list[Any], wrong: dict[str, str]
) -> None:
    response = sign_up(client, **wrong)
    assert response.status_code == 200
    assert response.context["form"].errors
    if "name" not in wrong:
        assert "Siti Nur Aminah" in response.content.decode()
    assert not User.objects.exists()
    assert not mails


def test_signing_up_twice_looks_the_same_and_only_the_owner_is_told(client: Client, mails: list[Any]) -> None:
    make_user("siti@example.org")
    response = sign_up(client)
    assert response.headers["Location"] == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    (mail,) = mails
    assert "sandi/lupa" in mail.body


def test_a_forgotten_password_of_nobody_looks_the_same(client: Client, mails: list[Any]) -> None:
    make_user("siti@example.org")
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in ("siti@example.org", "x@example.org")
    ]
    assert {answer.headers["Location"] for answer in answers} == {reverse("account_reset_password_done")}
    assert [mail.to[0] for mail in mails] == ["siti@example.org", "x@example.org"]


def test_a_wrong_password_and_an_unknown_address_look_the_same(client: Client) -> None:
    make_user("siti@example.org")
    errors = [
        client.post(reverse("account_login"), {"login": email, "password": "wrong wrong wrong"}).context["form"].errors
        for email in ("siti@example.org", "nobody@example.org")
    ]
    assert errors[0] == errors[1] != {}


def test_a_new_password_through_the_mailed_link(client: Client, mails: list[Any]) -> None:
    user = make_user()
    client.post(reverse("account_reset_password"), {"email": user.email})
    page = client.get(link_in(mails[0]), follow=True)
    new = "sebuah sandi yang lain"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)
    again = Client().get(link_in(mails[0]), follow=True)
    assert again.context["token_fail"]


def test_a_wrong_confirmation_link_says_so(client: Client) -> None:
    response = client.get("/akun/surel/konfirmasi/abc:def:ghi/")
    assert response.status_code == 200
    assert "terlalu lama" in response.content.decode()


def test_the_first_administrator_is_made_on_the_server_and_signs_in(client: Client) -> None:
    call_command("createsuperuser", email="Admin@example.org", interactive=False)
    user = User.objects.get(email="admin@example.org")
    user.set_password(PASSWORD)
    user.save()
    assert (
        client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}).headers["Location"]
        == "/akun/"
    )
    assert client.get("/admin/").status_code == 200


def test_guessing_passwords_is_slowed_down_across_all_processes(client: Client) -> None:
    user = make_user()
    for _ in range(5):
        client.post(reverse("account_login"), {"login": user.email, "password": "wrong wrong wrong"})
    response = Client().post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert response.status_code in (200, 429)
    assert not response.wsgi_request.user.is_authenticated
    caches["shared"].clear()
    assert Client().post(reverse("account_login"), {"login": user.email, "password": PASSWORD}).status_code == 302


def test_signing_in_leads_to_where_one_wanted_to_go_but_never_elsewhere(client: Client) -> None:
    user = make_user()
    form = {"login": user.email, "password": PASSWORD}
    assert client.post("/akun/masuk/", {**form, "next": "/akun/data/"}).headers["Location"] == "/akun/data/"
    other = Client().post("/akun/masuk/", {**form, "next": "https://evil.example/"})
    assert other.headers["Location"] == "/akun/"


def test_signing_out_needs_a_post(client: Client) -> None:
    client.force_login(make_user())
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    assert client.post(reverse("account_logout")).headers["Location"] == "/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["masuk", "daftar", "sandi/lupa"])
def test_both_languages_are_complete(client: Client, path: str) -> None:
    indonesian, english = (
        client.get(f"/akun/{path}/").content.decode(),
        client.get(f"/en/akun/{path}/").content.decode(),
    )
    assert '<html lang="id"' in indonesian
    assert '<html lang="en"' in english
    for word in ("Sign in", "Sign up", "Password", "E-mail", "Your name", "Forgot"):
        assert word not in indonesian, word
    for word in ("Masuk", "Daftar", "Kata sandi", "Surel"):
        assert word not in english, word
