"""Mail goes out in the reader's language, by the worker, and only when what it tells has really happened."""

from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from accounts.mail import deliver, send_mail_to, send_text
from accounts.models import User
from tests.factories.accounts import make_user

TEMPLATE = """{% load i18n %}{% autoescape off %}{% translate "Save" %} & <{{ title }}>

{% translate "Password" %} {{ language }}{% endautoescape %}
"""


@pytest.fixture(autouse=True)
def template(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "people" / "mail").mkdir(parents=True)
    (tmp_path / "people" / "mail" / "hello.txt").write_text(TEMPLATE)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]


def run_queue() -> None:
    """What the worker does, without its loop."""
    for waiting in DBTaskResult.objects.ready():
        waiting.task.call(*waiting.args_kwargs["args"], **waiting.args_kwargs["kwargs"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "subject", "body"),
    [("id", "Simpan & <Judul>", "Kata sandi id"), ("en", "Save & <Judul>", "Password en")],
)
def test_in_the_language_of_the_reader(language: str, subject: str, body: str) -> None:
    send_mail_to(make_user(language=language), "people/mail/hello", {"title": "Judul"})
    assert mail.outbox == []
    run_queue()
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body.strip()) == (["peneliti@example.org"], subject, body)


@pytest.mark.django_db
def test_an_address_without_account_gets_indonesian_unless_told() -> None:
    send_mail_to("orang@example.org", "people/mail/hello", {"title": "x"})
    send_mail_to("person@example.org", "people/mail/hello", {"title": "x"}, language="en")
    run_queue()
    assert [sent.subject for sent in mail.outbox] == ["Simpan & <x>", "Save & <x>"]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_fails_sends_nothing() -> None:
    user = make_user()
    with pytest.raises(RuntimeError), transaction.atomic():
        send_mail_to(user, "people/mail/hello", {"title": "x"})
        raise RuntimeError
    assert not DBTaskResult.objects.exists()
    with transaction.atomic():
        send_mail_to(user, "people/mail/hello", {"title": "x"})
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_closed_accounts_get_no_mail() -> None:
    user = make_user()
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.refresh_from_db()
    send_mail_to(user, "people/mail/hello", {"title": "x"})
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
def test_line_breaks_cannot_add_headers() -> None:
    send_text("orang@example.org", "Judul\nBcc: mata@example.org", "Isi")
    deliver.call("orang@example.org", "people/mail/hello", {"title": "a\r\nBcc: mata@example.org"}, "id")
    run_queue()
    for sent in mail.outbox:
        assert "\n" not in sent.subject
        assert sent.recipients() == ["orang@example.org"]
