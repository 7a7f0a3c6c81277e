"""Mails of the editorial process, in each recipient's language, leaving after commit."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from accounts.mail import send_mail_to
from accounts.models import Role, User
from publications.models import Comment, CopyRequest, Output, Version


def owners(output: Output) -> list[User]:
    return [output.owner, *output.co_owners.all()]


def curators() -> list[User]:
    return list(User.objects.filter(role=Role.CURATOR, is_active=True))


def submitted(version: Version, *, resubmitted: bool) -> None:
    _tell(curators(), "submitted", version, "publications:curate", resubmitted=resubmitted)
    received(version)


def received(version: Version) -> None:
    _tell(owners(version.output), "received", version, "publications:deposit_status")


def commented(comment: Comment) -> None:
    version = comment.version
    if comment.author.is_curator and not version.output.is_owned_by(comment.author):
        _tell(owners(version.output), "commented", version, "publications:deposit_status", text=comment.text)
    else:
        handlers = [version.claimed_by] if version.claimed_by else curators()
        _tell(handlers, "commented", version, "publications:curate", text=comment.text)


def returned(version: Version, reason: str) -> None:
    _tell(owners(version.output), "returned", version, "publications:deposit_edit", reason=reason)


def published(version: Version) -> None:
    _tell_output(owners(version.output), "published", version.output)


def withdrawn(output: Output) -> None:
    _tell_output(owners(output), "withdrawn", output, reason=output.withdrawal_reason)


def shared(output: Output, user: User, by: User) -> None:
    _tell([user], "shared", _newest(output), "publications:deposit_status", by=str(by))


def transferred(output: Output, former: User, to: User) -> None:
    version = _newest(output)
    _tell([to], "transferred", version, "publications:deposit_status", by=str(former))
    _tell([former], "handed_over", version, "publications:deposit_status", to=str(to))


def copy_requested(request: CopyRequest) -> None:
    for user in owners(request.output):
        send_mail_to(
            user,
            "publications/mail/copy_requested",
            {
                "title": _title(request.output.current, user.language),
                "name": request.name,
                "email": request.email,
                "purpose": request.purpose,
                "url": _url("publications:copy_request", user.language, request.pk),
            },
        )


def copy_answered(request: CopyRequest, message: str, *, token: str) -> None:
    output = request.output
    url = _url("publications:output", request.language, output.public_id)
    send_mail_to(
        request.email,
        "publications/mail/copy_granted" if token else "publications/mail/copy_declined",
        {
            "title": _title(output.current, request.language),
            "name": request.name,
            "message": message,
            "url": f"{url}?akses={token}" if token else url,
            "expires_on": _day(request.expires_at, request.language),
        },
        language=request.language,
    )


def _newest(output: Output) -> Version:
    return output.versions.order_by("-number")[0]


def _tell(users: Iterable[User], template: str, version: Version, view: str, **context: Any) -> None:
    for user in users:
        send_mail_to(
            user,
            f"publications/mail/{template}",
            {"title": _title(version, user.language), "url": _url(view, user.language, version.pk), **context},
        )


def _tell_output(users: Iterable[User], template: str, output: Output, **context: Any) -> None:
    for user in users:
        context["title"] = _title(output.current, user.language)
        context["url"] = _url("publications:output", user.language, output.public_id)
        send_mail_to(user, f"publications/mail/{template}", context)


def _title(version: Version | None, language: str) -> str:
    with override(language):
        return version.title if version else ""


def _day(moment: datetime.datetime | None, language: str) -> str:
    with override(language):
        return date_format(timezone.localtime(moment)) if moment else ""


def _url(view: str, language: str, argument: Any) -> str:
    with override(language):
        return f"{settings.SITE_URL}{reverse(view, args=[argument])}"
