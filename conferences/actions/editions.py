"""Series and editions: begin, edit, publish, archive, take out of the archive."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import changes_between, log
from accounts.models import User
from conferences.actions import committee
from conferences.actions.common import require
from conferences.actions.editions_common import all_values, check_base, locked, locked_for, stamp
from conferences.differences import shortened
from conferences.models import CommitteeMember, CommitteeRole, Edition, Series
from conferences.readiness import unmet
from conferences.rules.committee import may_change_state, may_make_editions
from conferences.states import EDITION_TRANSITIONS, EditionState
from evidence.checks import Incomplete
from publications.states import IllegalTransition, check_transition

SERIES = ("slug", "name_id", "name_en", "about_id", "about_en", "issn")
FACTS = (
    "number", "slug", "title_id", "title_en", "theme_id", "theme_en", "summary_id", "summary_en",
    "starts_on", "ends_on", "zone", "is_online", "venue", "address", "city", "online_url", "contact_email",
)  # fmt: skip
RESERVED = frozenset({"baru", "seri", "undangan"})  # addresses below /panitia/ that are no edition's


class AddressStays(ValueError):
    """What everybody could visit keeps its address."""

    def __str__(self) -> str:
        return _("The address stays: people have links to it.")


@transaction.atomic
def add_series(data: dict[str, Any], *, by: User) -> Series:
    require(may_make_editions(by))
    series = Series(**{name: data[name] for name in SERIES if name in data})
    series.save()
    log(by, "series.added", series, changes_between({}, all_values(series, SERIES)))
    return series


@transaction.atomic
def edit_series(series: Series, data: dict[str, Any], *, by: User, base: str | None = None) -> Series:
    fresh = Series.objects.select_for_update().get(pk=series.pk)
    require(may_make_editions(by))
    check_base(fresh, base, SERIES)
    if data.get("slug", fresh.slug) != fresh.slug and fresh.editions.exclude(state=EditionState.DRAFT).exists():
        raise AddressStays
    changes = _write(fresh, SERIES, data)
    if changes:
        fresh.save()
        log(by, "series.edited", fresh, shortened(changes))
    return fresh


def _write(thing: Any, names: tuple[str, ...], data: dict[str, Any]) -> dict[str, list[Any]]:
    before = all_values(thing, names)
    for name in names:
        if name in data:
            setattr(thing, name, data[name])
    return changes_between(before, all_values(thing, names))


@transaction.atomic
def add_edition(data: dict[str, Any], *, by: User, chair_name: str, chair_email: str) -> Edition:
    """In preparation, with a chair who is invited; `data`: `series` and `FACTS`."""
    require(may_make_editions(by))
    edition = Edition(series=data["series"], **{name: data[name] for name in FACTS if name in data})
    edition.save()
    log(by, "edition.added", edition, changes_between({}, all_values(edition, ("series", *FACTS))))
    chair = CommitteeMember.objects.create(edition=edition, role=CommitteeRole.CHAIR, name=chair_name)
    committee.invite(chair, chair_email, by=by)
    return edition


def edition_stamp(edition: Edition) -> str:
    return stamp(edition, FACTS)


@transaction.atomic
def edit_facts(edition: Edition, data: dict[str, Any], *, by: User, base: str | None = None) -> Edition:
    """In another zone its dates stay what the clock there says: 23:59 is still 23:59."""
    fresh = locked_for(by, edition)
    check_base(fresh, base, FACTS)
    if data.get("slug", fresh.slug) != fresh.slug and fresh.is_public:
        raise AddressStays
    zone = fresh.tz
    changes = _write(fresh, FACTS, data)
    if not changes:
        return fresh
    if "zone" in changes:
        for date in fresh.dates.all():
            date.at = date.at.astimezone(zone).replace(tzinfo=fresh.tz)
            date.was_at = date.was_at and date.was_at.astimezone(zone).replace(tzinfo=fresh.tz)
            date.save(update_fields=["at", "was_at"])
    fresh.revision += 1
    fresh.save()
    log(by, "edition.edited", fresh, shortened(changes))
    return fresh


def _move(edition: Edition, before: EditionState, after: EditionState, by: User) -> Edition:
    """Each action begins from one state alone."""
    fresh = locked(edition)
    if fresh.state != before:
        raise IllegalTransition(fresh, fresh.state, after)
    check_transition(fresh, fresh.state, after, EDITION_TRANSITIONS)
    require(may_change_state(by, fresh))
    fresh.state = after
    return fresh


def _save_state(edition: Edition, action: str, before: EditionState, by: User) -> Edition:
    edition.save(update_fields=["state"])
    log(by, action, edition, {"state": [str(before.label), edition.get_state_display()]})
    return edition


@transaction.atomic
def publish(edition: Edition, *, by: User) -> Edition:
    """Everybody sees it from now on. Raises `Incomplete` as long as something is missing that readers need."""
    fresh = _move(edition, EditionState.DRAFT, EditionState.PUBLIC, by)
    if missing := unmet(fresh):
        raise Incomplete([item.text for item in missing])
    return _save_state(fresh, "edition.published", EditionState.DRAFT, by)


@transaction.atomic
def archive(edition: Edition, *, by: User) -> Edition:
    """It stays readable, and nobody changes it any more."""
    fresh = _move(edition, EditionState.PUBLIC, EditionState.ARCHIVED, by)
    return _save_state(fresh, "edition.archived", EditionState.PUBLIC, by)


@transaction.atomic
def reopen(edition: Edition, *, by: User) -> Edition:
    fresh = _move(edition, EditionState.ARCHIVED, EditionState.PUBLIC, by)
    return _save_state(fresh, "edition.reopened", EditionState.ARCHIVED, by)
