"""Check-in can be tried out at any time. It counts from the eve of the first day on; what was before was practice."""

import datetime

from django.utils import timezone

from conferences.models import Edition

EVE = datetime.timedelta(days=1)


def counts_from(edition: Edition) -> datetime.datetime:
    """Midnight in the edition's zone, a day before the first day: some come in the evening before."""
    return datetime.datetime.combine(edition.starts_on - EVE, datetime.time.min, edition.tz)


def is_practice(edition: Edition) -> bool:
    return timezone.now() < counts_from(edition)


def shown_from(edition: Edition) -> datetime.datetime:
    """As long as it is practice everything is shown; afterwards nothing of it."""
    return datetime.datetime.min.replace(tzinfo=datetime.UTC) if is_practice(edition) else counts_from(edition)
