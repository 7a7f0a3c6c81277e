"""Important dates. What was put off keeps the moment that people may remember."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import log
from accounts.models import User
from conferences import date_order
from conferences.actions.editions_common import Conflict, locked_for
from conferences.models import DateKind, Edition, ImportantDate
from conferences.states import EditionState

KINDS = tuple(kind for kind in DateKind if kind != DateKind.OTHER)
Moments = Mapping[str, datetime.datetime | None]


class WrongOrder(ValueError):
    """Dates that make each other impossible."""

    def __init__(self, pairs: list[date_order.Pair]) -> None:
        super().__init__(str(pairs))
        self.pairs = pairs

    def __str__(self) -> str:
        return " ".join(said(first, second) for first, second in self.pairs)


def said(first: DateKind, second: DateKind) -> str:
    return _("“%(second)s” must come after “%(first)s”.") % {"first": first.label, "second": second.label}


def date_stamp(edition: Edition) -> str:
    """Says whether the dates that a form began with are still those that are stored."""
    moments = date_order.moments_of(edition)
    return "|".join(f"{kind}={at.timestamp():.0f}" for kind in KINDS if (at := moments.get(kind)))


@transaction.atomic
def set_dates(edition: Edition, moments: Moments, *, by: User, base: str | None = None) -> list[ImportantDate]:
    """`moments` by kind; None takes a date away, a kind that is not given stays."""
    fresh = locked_for(by, edition)
    if base is not None and base != date_stamp(fresh):
        raise Conflict(fresh)
    stored = {date.kind: date for date in fresh.dates.exclude(kind=DateKind.OTHER)}
    wanted = {kind: date.at for kind, date in stored.items()} | dict(moments)
    if pairs := date_order.impossible(wanted):
        raise WrongOrder(pairs)
    changes = {}
    for kind, moment in moments.items():
        before = stored[kind].at if kind in stored else None
        if before != moment:
            _set(fresh, stored.get(kind), DateKind(kind), moment)
            changes[str(DateKind(kind).label)] = [_told(fresh, before), _told(fresh, moment)]
    if changes:
        log(by, "edition.dates_set", fresh, changes)
    return list(fresh.dates.all())


def _set(edition: Edition, date: ImportantDate | None, kind: DateKind, moment: datetime.datetime | None) -> None:
    if moment is None:
        if date is not None:
            date.delete()
        return
    date = date or ImportantDate(edition=edition, kind=kind, at=moment)
    before, date.at = date.at, moment
    note_put_off(date, before, edition)
    date.save()


def note_put_off(date: ImportantDate, before: datetime.datetime, edition: Edition) -> None:
    """Later than it was: the old moment is kept, once people could read it. Back where it was: forgotten."""
    if date.at > before and edition.state != EditionState.DRAFT:
        date.was_at = before
    elif date.was_at is not None and date.at <= date.was_at:
        date.was_at = None


def _told(edition: Edition, moment: datetime.datetime | None) -> str:
    """On the clock of the edition, as the log shows it."""
    return f"{moment.astimezone(edition.tz):%Y-%m-%d %H:%M} {edition.get_zone_display()}" if moment else ""
