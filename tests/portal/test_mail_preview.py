"""The demo's post box: everybody signed in sees all mails, a newcomer only their own; elsewhere it does not exist."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.test import Client

from portal.mail_preview import read_mails
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings: Any, tmp_path: Path) -> None:
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}


def send(subject: str, body: str = "Isi", to: str = "siti@example.org") -> None:
    EmailMessage(subject, body, to=[to]).send()


def signed_in() -> Client:
    client = Client()
    client.force_login(make_user())
    return client


def test_no_mail_yet() -> None:
    page = signed_in().get("/surel/")
    assert page.status_code == 200
    assert "Belum ada surel" in page.content.decode()


def test_mails_are_shown_newest_first_with_working_links() -> None:
    send("Pertama: 100 % “sah”", "Buka http://localhost:8000/akun/surel/konfirmasi/Mg:abc-_1/ <b>sekarang</b>\n\n— é")
    send("Kedua")
    page = signed_in().get("/surel/").content.decode()
    assert page.index("Kedua") < page.index("Pertama: 100 % “sah”")
    assert '<a href="http://localhost:8000/akun/surel/konfirmasi/Mg:abc-_1/"' in page
    assert "&lt;b&gt;" in page
    assert "— é" in page


def test_several_mails_of_one_connection(settings: Any) -> None:
    backend = EmailBackend(file_path=settings.EMAIL_FILE_PATH)
    backend.send_messages([EmailMessage(f"Surel {n}", "Isi", to=["a@example.org"]) for n in range(3)])
    assert [mail.subject for mail in read_mails(Path(settings.EMAIL_FILE_PATH))] == ["Surel 2", "Surel 1", "Surel 0"]


def test_a_newcomer_sees_only_what_their_browser_caused(client: Client) -> None:
    send("Rahasia orang lain", to="budi@example.org")
    form = {"name": "Siti", "email": "Siti@Example.org", "password1": PASSWORD, "password2": PASSWORD, "language": "id"}
    client.post("/akun/daftar/", {**form, "agreement": "on"})
    page = client.get("/surel/").content.decode()
    assert "Konfirmasi alamat surel Anda" in page
    assert "Rahasia" not in page
    assert "Konfirmasi" not in Client().get("/surel/").content.decode()
    assert "/surel/" in client.get("/akun/surel/konfirmasi/").content.decode()


def test_elsewhere_it_does_not_exist(settings: Any) -> None:
    settings.DEMO = False
    assert signed_in().get("/surel/").status_code == 404
    assert Client().get("/surel/").status_code == 404
