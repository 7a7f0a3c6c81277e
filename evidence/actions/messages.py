"""The message on top of a topic: written by a curator, checked by a second."""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.actions import changes_between, log, values_of
from accounts.mail import send_mail_to
from accounts.models import User
from evidence import rules
from evidence.actions.common import reason_in, require
from evidence.models import TopicMessage
from publications.states import IllegalTransition
from taxonomy.models import Pmks

TEXTS = ("text_id", "text_en")


@transaction.atomic
def write(topic: Pmks, text_id: str, text_en: str, *, by: User, at: datetime.datetime | None = None) -> TopicMessage:
    """A topic has one message at most that waits: to write again changes that one, and whoever did it has written it.

    What is checked stays as it is; `at` is for history (demo).
    """
    require(rules.may_write_message(by))
    Pmks.objects.select_for_update().get(pk=topic.pk)  # so that two who begin at once do not make two
    waiting = TopicMessage.objects.select_for_update().filter(pmks=topic, checked_on=None).first()
    message = waiting or TopicMessage(pmks=topic)
    before = values_of(message, TEXTS) if message.pk else {}
    message.text_id, message.text_en = text_id.strip(), text_en.strip()
    message.written_by, message.written_at, message.return_reason = by, at or timezone.now(), ""
    message.save()
    log(by, "message.written", message, changes_between(before, values_of(message, TEXTS)))
    return message


@transaction.atomic
def check(
    message: TopicMessage, *, by: User, seen: datetime.datetime | None, on: datetime.date | None = None
) -> TopicMessage:
    """It stands on the topic's page now. `seen` is when what the curator read was written: nothing unread passes."""
    fresh = _waiting(message, seen)
    require(rules.may_check_message(by, fresh))
    if fresh.return_reason:
        raise IllegalTransition(fresh, "returned", "checked")
    fresh.checked_by, fresh.checked_on = by, on or timezone.localdate()
    fresh.save(update_fields=["checked_by", "checked_on"])
    log(by, "message.checked", fresh)
    _tell(fresh, "message_checked")
    return fresh


@transaction.atomic
def return_to_writer(message: TopicMessage, reason: str, *, by: User, seen: datetime.datetime | None) -> TopicMessage:
    fresh = _waiting(message, seen)
    require(rules.may_check_message(by, fresh))
    fresh.return_reason = reason_in(reason)
    fresh.save(update_fields=["return_reason"])
    log(by, "message.returned", fresh, {"reason": [None, fresh.return_reason]})
    _tell(fresh, "message_returned")
    return fresh


def _waiting(message: TopicMessage, seen: datetime.datetime | None) -> TopicMessage:
    fresh = TopicMessage.objects.select_for_update().get(pk=message.pk)
    if fresh.checked_on is not None or fresh.written_at != seen:
        raise IllegalTransition(fresh, "checked" if fresh.checked_on else "written", "decided")
    return fresh


def _tell(message: TopicMessage, template: str) -> None:
    writer = message.written_by
    with override(writer.language):
        view = "topics:topic" if message.checked_on else "evidence:message"
        context = {
            "topic": message.pmks.label,
            "text": str(message.text),
            "reason": message.return_reason,
            "url": f"{settings.SITE_URL}{reverse(view, args=[message.pmks.slug])}",
        }
    send_mail_to(writer, f"evidence/mail/{template}", context)
