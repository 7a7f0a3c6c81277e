"""Mail to people, in their language, leaving only after the caller's transaction has committed."""

from collections.abc import Sequence
from email.mime.nonmultipart import MIMENonMultipart
from typing import Any, TypedDict

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override
from django_tasks import task

from accounts.models import User


class Attachment(TypedDict):
    """A small file in text, such as a calendar; `type` may say more than its kind: 'text/calendar; method=REQUEST'."""

    name: str
    type: str
    content: str


def send_mail_to(
    recipient: User | str,
    template: str,
    context: dict[str, Any],
    language: str | None = None,
    *,
    attachments: Sequence[Attachment] = (),
) -> None:
    """Queue a mail. `template` names `<template>.txt`, its first line the subject; `context` holds primitives only.

    The queue is a table of the same database, so a mail of a transaction that fails is never sent. Somebody whose
    account is closed or deleted gets none.
    """
    if isinstance(recipient, User) and not recipient.is_active:
        return
    address = recipient.email if isinstance(recipient, User) else recipient
    if language is None:
        language = recipient.language if isinstance(recipient, User) else "id"
    more = [list(attachments)] if attachments else []
    deliver.enqueue(address, template, context, language, *more)


def send_text(address: str, subject: str, body: str, attachments: Sequence[dict[str, Any]] = ()) -> None:
    """Queue a mail that is written already. Of `attachments` only what an `Attachment` has is sent."""
    files = [Attachment(name=one["name"], type=one["type"], content=one["content"]) for one in attachments]
    deliver_text.enqueue(address, subject, body, files)


@task()
def deliver(
    address: str, template: str, context: dict[str, Any], language: str, attachments: Sequence[Attachment] = ()
) -> None:
    send_now(address, template, context, language, attachments=attachments)


def send_now(
    address: str,
    template: str,
    context: dict[str, Any],
    language: str,
    reply_to: str = "",
    attachments: Sequence[Attachment] = (),
) -> None:
    """From within a task: what `send_mail_to` queues, or a mail whose answer goes to somebody else."""
    with override(language):
        text = render_to_string(f"{template}.txt", {**context, "language": language})
    subject, _, body = text.strip().partition("\n")
    _send(address, subject, body, reply_to, attachments)


@task()
def deliver_text(address: str, subject: str, body: str, attachments: Sequence[Attachment] = ()) -> None:
    _send(address, subject, body, attachments=attachments)


def _send(address: str, subject: str, body: str, reply_to: str = "", attachments: Sequence[Attachment] = ()) -> None:
    answers = [reply_to] if reply_to else None
    mail = EmailMessage(subject=" ".join(subject.split()), body=body.lstrip("\n"), to=[address], reply_to=answers)
    for one in attachments:
        mail.attach(_attachment(one))
    mail.send()


def _attachment(one: Attachment) -> MIMENonMultipart:
    kind, *more = one["type"].split("; ")
    part = MIMENonMultipart(*kind.split("/"))
    for name, value in (pair.split("=") for pair in more):
        part.set_param(name, value)
    part.set_payload(one["content"], "utf-8")
    part.add_header("Content-Disposition", "attachment", filename=one["name"])
    return part
