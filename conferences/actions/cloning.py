"""Next year's edition from this year's: what stays is copied, dates move by whole weeks, so that weekdays stay.

Never copied: news, submissions, reviewers, letters, late links, themes of the call, speakers, photographs (but the
logos of sponsors, if they are wanted).
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.actions import log
from accounts.models import User
from conferences.actions.common import require
from conferences.models import (
    CallQuestion,
    CallTemplate,
    CommitteeMember,
    Criterion,
    Edition,
    Host,
    ImportantDate,
    LetterText,
    Photo,
    RegistrationTerms,
    Room,
    SitePage,
    Sponsor,
    Track,
)
from conferences.rules.committee import may_clone

GIVEN = ("number", "slug", "title_id", "title_en", "theme_id", "theme_en")
FACTS = (
    "series_id", "summary_id", "summary_en", "zone", "is_online", "venue", "address", "city", "contact_email",
    "first_blinding", "revision_blinding", "reviews_each",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shift:
    """How far everything moves; `starts_on` is the first day that comes out of whole weeks."""

    weeks: int
    starts_on: datetime.date
    ends_on: datetime.date
    dates: tuple[tuple[ImportantDate, datetime.datetime], ...]


def shift_to(source: Edition, wanted: datetime.date) -> Shift:
    """To the week whose day is nearest to the first day that is wanted."""
    weeks = round((wanted - source.starts_on).days / 7)
    move = datetime.timedelta(weeks=weeks)
    dates = tuple((date, _moved(date.at, move, source)) for date in source.dates.all())
    return Shift(weeks, source.starts_on + move, source.ends_on + move, dates)


def _moved(at: datetime.datetime, move: datetime.timedelta, source: Edition) -> datetime.datetime:
    """On the clock of the edition."""
    return (at.astimezone(source.tz).replace(tzinfo=None) + move).replace(tzinfo=source.tz)


def counts(source: Edition) -> list[tuple[str, int]]:
    """What would be copied; the names of the tables and how many rows."""
    models = (Host, CommitteeMember, Track, SitePage, CallQuestion, CallTemplate, LetterText, Room)
    found = [(str(model._meta.verbose_name_plural), model.objects.filter(edition=source).count()) for model in models]
    criteria = Criterion.objects.filter(track__edition=source).count()
    return [*found, (str(Criterion._meta.verbose_name_plural), criteria)]


@transaction.atomic
def clone(source: Edition, data: dict[str, Any], *, by: User) -> Edition:
    """`data`: `GIVEN`, `starts_on` (the day that is wanted) and `with_sponsors`."""
    require(may_clone(by, source))
    # Nobody changes the old one meanwhile; it is read, whatever its state.
    source = Edition.objects.select_for_update().get(pk=source.pk)
    shift = shift_to(source, data["starts_on"])
    edition = Edition.objects.create(
        **{name: getattr(source, name) for name in FACTS},
        **{name: data[name] for name in GIVEN},
        starts_on=shift.starts_on,
        ends_on=shift.ends_on,
        cloned_from=source,
    )
    ImportantDate.objects.bulk_create(_again(date, edition=edition, at=at, was_at=None) for date, at in shift.dates)
    _copy_rows(source, edition)
    if data.get("with_sponsors"):
        _copy_sponsors(source, edition)
    log(by, "edition.cloned", edition, {"cloned_from": [None, str(source)], "starts_on": _days(source, edition)})
    return edition


def _days(source: Edition, edition: Edition) -> list[str]:
    return [source.starts_on.isoformat(), edition.starts_on.isoformat()]


def _copy_rows(source: Edition, edition: Edition) -> None:
    tracks = _copy_tracks(source, edition)
    plain: tuple[Any, ...] = (Host, SitePage, LetterText, Room)
    of_tracks: tuple[Any, ...] = (CallQuestion, CallTemplate)
    for model in plain:
        model.objects.bulk_create(_again(row, edition=edition) for row in model.objects.filter(edition=source))
    for model in of_tracks:
        rows = model.objects.filter(edition=source)
        model.objects.bulk_create(
            _again(row, edition=edition, track=tracks.get(row.track_id) if row.track_id else None) for row in rows
        )
    _copy_committee(source, edition, tracks)
    # Offered again only once somebody has looked at the terms.
    terms = RegistrationTerms.objects.filter(edition=source)
    RegistrationTerms.objects.bulk_create(_again(row, edition=edition, is_offered=False) for row in terms)


def _again(row: Any, **changes: Any) -> Any:
    """The same row, not saved yet, with these changes."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    values = {field.attname: getattr(row, field.attname) for field in fields if field.name not in changes}
    if "revision" in values:
        values["revision"] = 0
    return type(row)(**values, **changes)


def _copy_tracks(source: Edition, edition: Edition) -> dict[int, Track]:
    """By the old track's key."""
    made = {}
    for track in Track.objects.filter(edition=source).prefetch_related("pmks", "pillars", "criteria"):
        fresh = _again(track, edition=edition)
        fresh.save()
        fresh.pmks.set(track.pmks.all())
        fresh.pillars.set(track.pillars.all())
        Criterion.objects.bulk_create(_again(row, track=fresh) for row in track.criteria.all())
        made[track.pk] = fresh
    return made


def _copy_committee(source: Edition, edition: Edition, tracks: dict[int, Track]) -> None:
    """With their accounts; an invitation that nobody answered is not sent again by itself."""
    for member in CommitteeMember.objects.filter(edition=source).prefetch_related("tracks"):
        fresh = _again(member, edition=edition, invited_email="")
        fresh.save()
        fresh.tracks.set([tracks[track.pk] for track in member.tracks.all()])


def _copy_sponsors(source: Edition, edition: Edition) -> None:
    for sponsor in Sponsor.objects.filter(edition=source).select_related("logo"):
        logo: Photo | None = None
        if sponsor.logo is not None:
            logo = _again(sponsor.logo, edition=edition)
            logo.save()
        _again(sponsor, edition=edition, logo=logo).save()
