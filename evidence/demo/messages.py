"""Loads sample messages on top of topics: written by one of the sample raters, checked by the other."""

import datetime
import json
from pathlib import Path

from django.utils import timezone

from accounts.models import User
from evidence.actions import messages
from evidence.models import TopicMessage
from publications.demo.loading import past
from taxonomy.models import Pmks

FILE = Path(__file__).parent / "messages.json"
WRITTEN_BEFORE = datetime.timedelta(days=3)
WRITTEN_AT = datetime.time(14, 5)


def load_messages(raters: tuple[User, ...]) -> int:
    """For topics that have none; one that says nothing about a sample that is not there would only mislead."""
    topics = {topic.code: topic for topic in Pmks.objects.active()}
    told = set(TopicMessage.objects.values_list("pmks__code", flat=True))
    records = [r for r in json.loads(FILE.read_text(encoding="utf-8")) if r["pmks"] in topics and r["pmks"] not in told]
    for number, record in enumerate(records):
        writer, checker = raters[number % 2], raters[(number + 1) % 2]
        day = datetime.date.fromisoformat(record["on"])
        at = past(timezone.make_aware(datetime.datetime.combine(day - WRITTEN_BEFORE, WRITTEN_AT)))
        message = messages.write(topics[record["pmks"]], record["text_id"], record["text_en"], by=writer, at=at)
        messages.check(message, by=checker, seen=message.written_at, on=min(day, timezone.localdate()))
    return len(records)
