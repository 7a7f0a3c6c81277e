"""What curators see of the messages on top of topics."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce, TruncDate

from evidence.models import Finding, TopicMessage
from evidence.states import FindingState
from publications.states import OutputState
from taxonomy.models import Pmks


@dataclass(frozen=True, slots=True)
class TopicState:
    topic: Pmks
    current: TopicMessage | None
    waiting: TopicMessage | None  # for a check, or returned
    findings: int
    newer: int  # findings that were checked after the current message
    gone: int  # findings that were public when it was checked, and withdrawn since, or their study was

    @property
    def is_missing(self) -> bool:
        return self.current is None and self.findings > 0

    @property
    def is_stale(self) -> bool:
        return self.current is not None and self.newer + self.gone > 0


def topic_states() -> list[TopicState]:
    """Every current topic in its order; four statements."""
    messages = TopicMessage.objects.select_related("written_by", "checked_by").order_by("checked_on", "pk")
    current: dict[int, TopicMessage] = {}
    waiting: dict[int, TopicMessage] = {}
    for message in messages:
        (waiting if message.checked_on is None else current)[message.pmks_id] = message
    counts, gone = _counts(current), _gone(current)
    return [
        TopicState(topic, current.get(topic.pk), waiting.get(topic.pk), *counts.get(topic.pk, (0, 0)), gone[topic.pk])
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


def _gone(current: dict[int, TopicMessage]) -> Counter[int]:
    """{topic: findings that its message could rest on and that nobody sees any more}"""
    withdrawn = Q(finding__state=FindingState.WITHDRAWN) | Q(
        finding__state=FindingState.CHECKED, finding__output__state=OutputState.WITHDRAWN
    )
    links = Finding.pmks.through.objects.filter(withdrawn, pmks__in=list(current)).order_by()
    day = TruncDate(Coalesce(F("finding__withdrawn_at"), F("finding__output__withdrawn_at")))
    found: Counter[int] = Counter()
    for pk, checked, left in links.values_list("pmks", "finding__checked_on", day):
        told = current[pk].checked_on
        if told is not None and checked is not None and checked <= told < left:
            found[pk] += 1
    return found


def history_of(topic: Pmks) -> list[TopicMessage]:
    """The newest first."""
    return list(topic.messages.select_related("written_by", "checked_by"))
