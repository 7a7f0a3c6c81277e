"""What curators see of the messages on top of topics."""

from dataclasses import dataclass

from django.db.models import Count

from evidence.models import Finding, TopicMessage
from taxonomy.models import Pmks


@dataclass(frozen=True, slots=True)
class TopicState:
    topic: Pmks
    current: TopicMessage | None
    waiting: TopicMessage | None  # for a check, or returned
    findings: int
    newer: int  # findings that were checked after the current message

    @property
    def is_missing(self) -> bool:
        return self.current is None and self.findings > 0

    @property
    def is_stale(self) -> bool:
        return self.current is not None and self.newer > 0


def topic_states() -> list[TopicState]:
    """Every current topic in its order; three statements."""
    messages = TopicMessage.objects.select_related("written_by", "checked_by").order_by("checked_on", "pk")
    current: dict[int, TopicMessage] = {}
    waiting: dict[int, TopicMessage] = {}
    for message in messages:
        (waiting if message.checked_on is None else current)[message.pmks_id] = message
    counts = _counts(current)
    return [
        TopicState(topic, current.get(topic.pk), waiting.get(topic.pk), *counts.get(topic.pk, (0, 0)))
        for topic in Pmks.objects.active().select_related("cluster")
    ]


def _counts(current: dict[int, TopicMessage]) -> dict[int, tuple[int, int]]:
    """{topic: (public findings, those checked after its message)}"""
    links = Finding.pmks.through.objects.filter(finding__in=Finding.objects.public()).order_by()
    days = links.values_list("pmks", "finding__checked_on").annotate(n=Count("pk"))
    found: dict[int, tuple[int, int]] = {}
    for pk, day, n in days:
        total, newer = found.get(pk, (0, 0))
        message = current.get(pk)
        is_newer = message is not None and message.checked_on is not None and day > message.checked_on
        found[pk] = (total + n, newer + (n if is_newer else 0))
    return found


def history_of(topic: Pmks) -> list[TopicMessage]:
    """The newest first."""
    return list(topic.messages.select_related("written_by", "checked_by"))
