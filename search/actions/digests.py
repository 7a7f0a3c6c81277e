"""Digests: what is new for everything that somebody follows, in one mail, each output once for each alert.

What was told is written in the transaction that queues the mail: a worker that is killed leaves both or neither. Two
workers cannot make the same digest, since each locks the alerts that it looks at.
"""

import datetime
import logging
from dataclasses import dataclass
from typing import Any

from django.db import Error as AnyDatabaseError
from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from publications.models import Output
from publications.queries.generation import content_generation
from search import saved
from search.index.currency import is_current
from search.index.reading import IndexNotReady
from search.models import Alert, Digest, Told
from search.news import Candidate, candidates, new_for
from search.query.among import among
from search.query.vocabulary import Vocabulary, vocabulary
from search.schedule import due

logger = logging.getLogger(__name__)
KEEP_TRYING = datetime.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Look:
    """What one run looks at, read once for everybody."""

    now: datetime.datetime
    found: list[Candidate]
    known: Vocabulary


def look_after(now: datetime.datetime | None = None) -> None:
    """A chore: queue the making of digests once any are due and the index knows all that is public; and again the
    mails that could not be sent, for a week.
    """
    from search.tasks import make_digests, send_digest

    now = now or timezone.now()
    if Alert.objects.filter(due(now)).exists() and not _waiting(make_digests).exists() and is_current():
        make_digests.enqueue()
    in_queue = [arguments["args"][0] for arguments in _waiting(send_digest).values_list("args_kwargs", flat=True)]
    unsent = Digest.objects.filter(sent_at=None, made_at__gt=now - KEEP_TRYING, user__is_active=True)
    for pk in unsent.exclude(pk__in=in_queue).values_list("pk", flat=True):
        send_digest.enqueue(pk)


def _waiting(task: Any) -> QuerySet[Any]:
    states = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return DBTaskResult.objects.filter(task_path=task.module_path, status__in=states)


def make_due(now: datetime.datetime | None = None) -> int:
    """Everybody's digest that is due; how many mails were queued. May be interrupted at any point and run again.

    What went wrong for one person does not keep the others waiting; they are tried again by the next run.
    """
    now = now or timezone.now()
    waiting = Alert.objects.filter(due(now))
    since = waiting.aggregate(since=Min("since"), checked_at=Min("checked_at"))
    if since["since"] is None:
        return 0
    look = _Look(now, candidates(since["since"], since["checked_at"], now), vocabulary(content_generation()))
    if not is_current():  # asked after reading, so that everything read is in the index
        return 0
    made = 0
    for user_id in list(waiting.order_by("user").values_list("user", flat=True).distinct()):
        try:
            made += _make_for(user_id, look) is not None
        except IndexNotReady:
            break
        except AnyDatabaseError:
            raise
        except Exception:
            logger.exception("The digest of user %s failed", user_id)
    return made


@transaction.atomic
def _make_for(user_id: int, look: _Look) -> Digest | None:
    from search.tasks import send_digest

    waiting = Alert.objects.filter(due(look.now), user=user_id).order_by("pk")
    alerts = list(waiting.select_for_update(of=("self",), skip_locked=True))
    told = _news_for(alerts, look)
    Alert.objects.filter(pk__in=[alert.pk for alert in alerts]).update(checked_at=look.now)
    if not told:
        return None
    digest = Digest.objects.create(user_id=user_id, made_at=look.now)
    for row in told:
        row.digest = digest
    Told.objects.bulk_create(told, batch_size=2000)
    send_digest.enqueue(digest.pk)
    return digest


def _news_for(alerts: list[Alert], look: _Look) -> list[Told]:
    """Not yet saved; an alert whose search makes no sense any more finds nothing."""
    pairs = [(alert, asked) for alert in alerts if (asked := saved.read(alert.query, look.known)) is not None]
    searches = saved.after_merges([asked for _alert, asked in pairs])
    fresh = {alert.pk: set(new_for(alert, look.found)) for alert, _asked in pairs}
    everything = set().union(*fresh.values())
    known = set(Told.objects.filter(alert__in=alerts, output__in=everything).values_list("alert", "output"))
    found: list[Told] = []
    for (alert, _asked), asked in zip(pairs, searches, strict=True):
        new = {pk for pk in fresh[alert.pk] if (alert.pk, pk) not in known}
        found += [Told(alert=alert, output_id=pk) for pk in sorted(among(asked, new))]
    public = set(Output.objects.public().filter(pk__in={row.output_id for row in found}).values_list("pk", flat=True))
    return [row for row in found if row.output_id in public]
