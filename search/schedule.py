"""When digests are due: at the end of the work day, the weekly ones on Fridays."""

import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from search.models import Frequency

FRIDAY = 4


def latest(frequency: str, now: datetime.datetime) -> datetime.datetime:
    """The last moment until now at which such digests were due."""
    local = timezone.localtime(now)
    due = local.replace(hour=settings.DIGEST_HOUR, minute=0, second=0, microsecond=0)
    if due > local:
        due -= datetime.timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        due -= datetime.timedelta(days=(due.weekday() - FRIDAY) % 7)
    return due


def due(now: datetime.datetime) -> Q:
    """Alerts that have not been looked at since their digest was due: also those of days when nothing ran."""
    return Q(is_paused=False, user__is_active=True) & (
        Q(frequency=Frequency.DAILY, checked_at__lt=latest(Frequency.DAILY, now))
        | Q(frequency=Frequency.WEEKLY, checked_at__lt=latest(Frequency.WEEKLY, now))
    )
