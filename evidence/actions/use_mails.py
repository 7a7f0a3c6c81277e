"""Mails about uses of outputs, to who reported one and to the output's owners, leaving after commit."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts.mail import send_mail_to
from accounts.models import User
from evidence.models import Use
from publications.actions.notify import owners


def accepted(use: Use, by: User) -> None:
    _tell({use.reported_by, *owners(use.output)}, by, "accepted", use)


def declined(use: Use, by: User) -> None:
    """To the reporter alone: nobody else has seen it."""
    _tell({use.reported_by}, by, "declined", use)


def withdrawn(use: Use, by: User) -> None:
    _tell({use.reported_by, *owners(use.output)}, by, "withdrawn", use)


def _tell(people: Iterable[User], but: User, template: str, use: Use) -> None:
    """Whoever did it needs no mail about it."""
    for user in sorted(set(people) - {but}, key=lambda person: person.pk):
        with override(user.language):
            title = use.output.current.title if use.output.current else ""
            context = {
                "use": str(use),
                "title": str(title),
                "reason": use.reason,
                "is_reporter": user == use.reported_by,
                "url": f"{settings.SITE_URL}{_path(use, user)}",
            }
        send_mail_to(user, f"evidence/mail/use_{template}", context)


def _path(use: Use, user: User) -> str:
    """The reporter's own page of it, for others the page of the output."""
    if user == use.reported_by:
        return reverse("evidence:use_report", args=[use.pk])
    return reverse("publications:output", args=[use.output.public_id])
