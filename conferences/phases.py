"""What an edition's important dates allow at a moment. Deadlines are moments: at the deadline itself it is too late."""

import datetime

from django.utils import timezone

from conferences.models import DateKind, Edition
from conferences.states import EditionState


def date_of(edition: Edition, kind: DateKind) -> datetime.datetime | None:
    """Reads `edition.dates` once, also when it is prefetched."""
    return next((date.at for date in edition.dates.all() if date.kind == kind), None)


def is_between(edition: Edition, first: DateKind, last: DateKind, at: datetime.datetime | None = None) -> bool:
    """From the first moment on and before the last; without a first date from always, without a last one never."""
    moment = at or timezone.now()
    begins, ends = date_of(edition, first), date_of(edition, last)
    return (
        edition.state == EditionState.PUBLIC and (begins is None or begins <= moment) and bool(ends and moment < ends)
    )


def is_call_open(edition: Edition, at: datetime.datetime | None = None) -> bool:
    return is_between(edition, DateKind.CALL_OPENS, DateKind.SUBMISSIONS_CLOSE, at)


def is_registration_open(edition: Edition, at: datetime.datetime | None = None) -> bool:
    return is_between(edition, DateKind.REGISTRATION_OPENS, DateKind.REGISTRATION_CLOSES, at)


def is_past(edition: Edition, kind: DateKind, at: datetime.datetime | None = None) -> bool:
    """Whether the date has come; one that was never set has not."""
    moment = date_of(edition, kind)
    return moment is not None and moment <= (at or timezone.now())
