"""Days in which things are published and digests are made, for tests: the clock is what the test says."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core import mail
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from publications.models import Change, Output
from search.actions import digests, sending
from search.models import Alert, Digest, Frequency
from search.query.request import SearchRequest
from search.saved import text_of
from tests.factories.publications import make_output

JAKARTA = ZoneInfo("Asia/Jakarta")
MONDAY = datetime.date(2026, 11, 2)
_ONE_TITLE: dict[str, Any] = {
    "title_en": "",
    "abstract_id": "Isi.",
    "abstract_en": "",
    "keywords_id": [],
    "keywords_en": [],
}


def at(day: int, hour: int = 9, minute: int = 0) -> datetime.datetime:
    """Day 0 is a Monday; hours are Jakarta's."""
    return datetime.datetime.combine(MONDAY + datetime.timedelta(days=day), datetime.time(hour, minute), tzinfo=JAKARTA)


def published(title: str, moment: datetime.datetime, **fields: Any) -> Output:
    output = make_output(published_at=moment, **(_ONE_TITLE | {"title_id": title} | fields))
    changed(output, moment)
    return output


def changed(output: Output, moment: datetime.datetime) -> None:
    """All that was changed of it was changed then."""
    Change.objects.filter(output=output).update(at=moment)


def follows(
    user: User,
    words: str = "",
    moment: datetime.datetime | None = None,
    frequency: str = Frequency.DAILY,
    **chosen: str,
) -> Alert:
    asked = SearchRequest(words=words, chosen=tuple(chosen.items()))
    begun = moment or at(0)
    return Alert.objects.create(
        user=user, query=text_of(asked), frequency=frequency, since=begun, checked_at=begun, created_at=begun
    )


def evening(day: int) -> list[Any]:
    """What the worker does at the end of the work day; the mails that left."""
    before = len(mail.outbox)
    digests.make_due(at(day, 17, 5))
    send_waiting()
    return mail.outbox[before:]


def send_waiting() -> None:
    from search.tasks import send_digest

    for waiting in DBTaskResult.objects.ready().filter(task_path=send_digest.module_path):
        sending.send(*waiting.args_kwargs["args"])


def told(alert: Alert) -> list[str]:
    return list(alert.told.order_by("pk").values_list("output__current__title_id", flat=True))


def unsent() -> int:
    return Digest.objects.filter(sent_at=None).count()
