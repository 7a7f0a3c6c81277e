import pytest
from django.core.cache import caches
from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from portal.views import errors
from tests.factories.accounts import make_user


@pytest.mark.parametrize(
    ("path", "language", "words"),
    [
        ("/tidak-ada/", "id", "Tidak ada halaman di alamat ini"),
        ("/en/nothing/", "en", "There is no page at this address"),
    ],
)
@pytest.mark.django_db
def test_not_found_in_the_language_of_the_address(client: Client, path, language, words):
    response = client.get(path)
    assert response.status_code == 404
    body = response.content.decode()
    assert f'<html lang="{language}">' in body
    assert words in body
    assert 'name="robots" content="noindex"' in body
    assert 'rel="canonical"' not in body


@pytest.mark.parametrize(("path", "language"), [("/x/", "id"), ("/en/x/", "en")])
def test_server_error_needs_neither_database_nor_session(path, language):
    """No database mark here: any query would fail the test."""
    response = errors.server_error(RequestFactory().get(path))
    assert response.status_code == 500
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
@pytest.mark.parametrize(("path", "words"), [("/x/", "tidak menjawab"), ("/en/x/", "does not answer")])
def test_a_database_that_does_not_answer_is_worth_waiting_for(error, path, words):
    """No database mark here: any query would fail the test."""
    try:
        raise error
    except type(error):
        response = errors.server_error(RequestFactory().get(path))
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert words in response.content.decode()


def test_bad_request_survives_a_bad_host():
    request = RequestFactory().get("/en/", HTTP_HOST="evil.example")
    response = errors.bad_request(request, SuspiciousOperation())
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_token_says_what_was_kept():
    with translation.override("en"):
        address = reverse("account_login")
    response = Client(enforce_csrf_checks=True).post(address, {})
    assert response.status_code == 403
    assert "The form has expired" in response.content.decode()


@pytest.mark.django_db
def test_forbidden_offers_to_sign_in_to_strangers(rf):
    from django.contrib.auth.models import AnonymousUser
    from django.core.exceptions import PermissionDenied

    request = rf.get("/kurasi/")
    request.user = AnonymousUser()
    body = errors.forbidden(request, PermissionDenied()).content.decode()
    assert "?next=/kurasi/" in body


@pytest.mark.django_db
@pytest.mark.parametrize(("prefix", "words"), [("", "hanya menerima formulir"), ("/en", "only takes a form")])
def test_an_address_for_forms_is_no_blank_page(client: Client, prefix, words):
    client.force_login(make_user("peneliti@contoh.id"))
    response = client.get(f"{prefix}/bukti/potret/simpan/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert words in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("came_from", "goes_on"),
    [
        ("http://testserver/en/bukti/?kolom=luaran", "%2Fen%2Fbukti%2F%3Fkolom%3Dluaran"),
        ("https://jahat.example/bukti/", "%2Fbukti%2Fpotret%2Fsimpan%2F"),
        ("", "%2Fbukti%2Fpotret%2Fsimpan%2F"),
    ],
)
def test_a_form_without_session_leads_back_to_the_page_that_held_it(client: Client, came_from, goes_on):
    response = client.post("/bukti/potret/simpan/", headers={"Referer": came_from})
    assert response["Location"].endswith(f"?next={goes_on}")


@pytest.mark.django_db
@pytest.mark.parametrize(("prefix", "words"), [("", "Terlalu banyak percobaan"), ("/en", "Too many attempts")])
def test_whoever_tries_too_often_is_told_to_wait(client: Client, prefix, words):
    caches["shared"].clear()
    typed = {"login": "nobody@example.org", "password": "wrong wrong wrong"}
    for _attempt in range(40):
        response = client.post(f"{prefix}/akun/masuk/", {**typed, "login": f"nobody{_attempt}@example.org"})
        if response.status_code == 429:
            break
    caches["shared"].clear()
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert words in response.content.decode()
