"""The demo's post box: mails lie in var/mail as files, and this page shows them. It does not exist outside the demo.

Somebody who has just signed up cannot sign in before opening a link in a mail; they see the mails that their own
browser caused. Whoever is signed in sees all: the demo's passwords are public anyway.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.adapters import DEMO_ADDRESSES
from kesos_repo.access import public

NEWEST = 100
RULE = b"-" * 79 + b"\n"  # what Django's file backend writes after each mail


@dataclass(frozen=True)
class Mail:
    number: int
    to: str
    subject: str
    at: datetime
    text: str


@public
@require_safe
@never_cache
def mail_preview(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    mails = read_mails(Path(settings.EMAIL_FILE_PATH))
    if not request.user.is_authenticated:
        own = set(request.session.get(DEMO_ADDRESSES, []))
        mails = [mail for mail in mails if mail.to.lower() in own]
    return render(request, "portal/mail_preview.html", {"mails": mails})


def read_mails(folder: Path) -> list[Mail]:
    """The newest mails, newest first; none if nothing was sent yet."""
    if not folder.is_dir():
        return []
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)[:NEWEST]
    parts = [part for path in files for part in reversed(path.read_bytes().split(RULE)) if part.strip()]
    return [_mail(number, part) for number, part in enumerate(parts[:NEWEST], 1)]


def _mail(number: int, source: bytes) -> Mail:
    message = message_from_bytes(source, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 the default policy makes these
    body = message.get_body(("plain",))
    text = body.get_content() if body else ""
    return Mail(number, str(message["To"]), str(message["Subject"]), _sent_at(str(message["Date"])), text)


def _sent_at(text: str) -> datetime:
    """With its zone: "-0000", which Django writes, means UTC of a sender who does not say where."""
    at = parsedate_to_datetime(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
