"""What the actions of an edition's desk share."""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.models import User
from conferences.actions.common import require
from conferences.models import Edition
from conferences.rules.committee import may_organise


class Conflict(Exception):
    """Somebody else has saved meanwhile; `fresh` is what is stored now."""

    def __init__(self, fresh: Any) -> None:
        super().__init__(str(fresh))
        self.fresh = fresh


def locked(edition: Edition) -> Edition:
    """The edition as it is now, held until the transaction ends: what its desk changes is changed one by one."""
    return Edition.objects.select_for_update().get(pk=edition.pk)


def locked_for(by: User, edition: Edition, rule: Callable[[User, Edition], bool] = may_organise) -> Edition:
    fresh = locked(edition)
    require(rule(by, fresh))
    return fresh


def all_values(thing: Any, scalars: Iterable[str], many: Iterable[str] = ()) -> dict[str, Any]:
    """As the log tells it: choices in words, moments on the clock of the edition, terms in a steady order."""
    told = {name: _told(thing, name) for name in scalars}
    return told | {name: sorted(map(str, getattr(thing, name).all())) for name in many}


def _told(thing: Any, name: str) -> Any:
    value = getattr(thing, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime):
        edition = thing.edition
        return f"{value.astimezone(edition.tz):%Y-%m-%d %H:%M} {edition.get_zone_display()}"
    choices = thing._meta.get_field(name).choices
    return str(dict(choices).get(value, value)) if choices and value else value


def stamp(thing: Model, scalars: Iterable[str], many: Iterable[str] = ()) -> str:
    """Says whether what a form began with is still what is stored."""
    values = {name: str(_key(getattr(thing, name))) for name in scalars}
    keys = {name: sorted(row.pk for row in getattr(thing, name).all()) for name in many}
    text = json.dumps([values, keys], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _key(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    return value.timestamp() if hasattr(value, "timestamp") else value


def check_base(fresh: Any, base: str | None, scalars: Iterable[str], many: Iterable[str] = ()) -> None:
    if base is not None and base != stamp(fresh, scalars, many):
        raise Conflict(fresh)
