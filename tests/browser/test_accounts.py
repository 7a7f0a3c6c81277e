"""Account pages in a real browser: accessible everywhere, and passkeys really work."""

from typing import Any

import pytest
from django.core.cache import caches
from playwright.sync_api import expect

from tests.factories.accounts import PASSWORD, make_organisation, make_person, make_user

pytestmark = pytest.mark.django_db(transaction=True)
OPEN = ["/akun/masuk/", "/akun/daftar/", "/akun/sandi/lupa/", "/akun/surel/konfirmasi/"]
SIGNED_IN = [
    "/akun/",
    "/akun/surel/",
    "/akun/sandi/ubah/",
    "/akun/faktor-kedua/",
    "/akun/faktor-kedua/kunci/",
    "/akun/sambungan/",
    "/akun/sesi/",
    "/kurasi/lembaga/",
    "/kurasi/lembaga/baru/",
    "/kurasi/lembaga/kembar/",
    "/kurasi/orang/",
    "/surel/",
]


@pytest.fixture(autouse=True)
def demo(vocabularies: None, settings: Any) -> None:
    caches["shared"].clear()
    settings.DEMO = settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    app = {"client_id": "kesos", "secret": "s", "key": ""}
    settings.SOCIALACCOUNT_PROVIDERS = {"orcid": {"APPS": [app]}}


def sign_in(page: Any, email: str, language: str = "") -> None:
    page.goto(f"{language}/akun/masuk/")
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(f"**{language}/akun/")


@pytest.mark.parametrize("language", ["", "/en"], ids=["id", "en"])
def test_pages_are_accessible(language: str, new_context: Any, accessible: Any) -> None:
    curator = make_user("kurator@example.org", "curator")
    curator.person.orcid = "0000-0002-1825-0097"
    curator.person.save()
    for name in ("Universitas Contoh", "UNIVERSITAS CONTOH"):
        make_person("Budi Santoso", affiliation=make_organisation(name))
    page = new_context().new_page()
    for path in OPEN:
        accessible(page, language + path)
    sign_in(page, curator.email, language)
    for path in SIGNED_IN:
        accessible(page, language + path)


def test_a_passkey_is_added_used_and_removed(new_context: Any) -> None:
    user = make_user()
    page = new_context().new_page()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**key, "isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    sign_in(page, user.email)
    page.goto("/akun/faktor-kedua/kunci/tambah/")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/kunci/tambah/")
    page.check("#id_passwordless")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/kode-pemulihan/")
    assert page.locator(".codes li").count() == 10

    page.goto("/akun/keluar/")
    page.locator("main form button").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Masuk", exact=True)).to_be_visible()
    page.goto("/akun/masuk/")
    page.click("#passkey_login")
    page.wait_for_url("**/akun/")
    assert page.locator("h1").inner_text() == "Akun saya"

    page.goto("/akun/faktor-kedua/kunci/")
    page.get_by_role("link", name="Hapus").click()
    if page.locator("#mfa_webauthn_reauthenticate").count() or "/pastikan/" in page.url:
        page.goto("/akun/pastikan/?next=/akun/faktor-kedua/kunci/")
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url("**/kunci/")
        page.get_by_role("link", name="Hapus").click()
    page.locator("main form button").click()
    page.wait_for_url("**/kunci/")
    assert not user.authenticator_set.filter(type="webauthn").exists()
