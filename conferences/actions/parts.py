"""Add, edit, order and remove what an edition's site lists; the edition is held, so that changes come one by one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.actions import changes_between, log
from accounts.models import User
from conferences import parts
from conferences.actions import committee, dates
from conferences.actions.editions_common import all_values, check_base, locked_for
from conferences.differences import shortened
from conferences.models import Edition
from conferences.parts import Part

MOST = 300  # rows of one list


class InUse(Exception):
    def __str__(self) -> str:
        return _("Something depends on it already. It cannot be removed.")


class TooMany(Exception):
    def __str__(self) -> str:
        return _("This list is full.")


@transaction.atomic
def add(part: Part, edition: Edition, data: dict[str, Any], *, by: User, **made: Any) -> Any:
    """`data`: the part's fields; `made`: what no form gives."""
    fresh = locked_for(by, edition, part.may_change)
    _check(part, by, fresh, None, data)
    rows = part.model.objects.filter(edition=fresh)
    if rows.count() >= MOST:
        raise TooMany
    thing = part.model(edition=fresh, **part.fixed, **made)
    _assign(part, thing, data)
    if part.is_ordered:
        last = rows.aggregate(last=Max("position"))["last"]
        thing.position = 0 if last is None else last + 1
    if part.has_slug:
        thing.slug = free_slug(part, fresh, data.get("title_id", ""))
    thing.save()
    _link(part, thing, data)
    _log(part, "added", fresh, thing, changes_between({}, all_values(thing, part.scalars, part.many)), by)
    return thing


def free_slug(part: Part, edition: Edition, title: str) -> str:
    """Of the first title; it stays whatever the title becomes, so that the address does."""
    stem = slugify(title)[:50].strip("-") or part.address
    taken = set(part.model.objects.filter(edition=edition, slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for n in range(1, MOST + 2) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)


@transaction.atomic
def edit(part: Part, thing: Any, data: dict[str, Any], *, by: User, base: str | None = None) -> Any:
    """Raises `Conflict` if what the form began with (`base`, see `stamp`) is no longer what is stored."""
    edition, fresh = _fresh(part, thing, by)
    check_base(fresh, base, part.scalars, part.many)
    _check(part, by, edition, fresh, data)
    before = all_values(fresh, part.scalars, part.many)
    moment = getattr(fresh, "at", None)
    _assign(part, fresh, data)
    if moment is not None:
        dates.note_put_off(fresh, moment, edition)
    _link(part, fresh, data)
    changes = changes_between(before, all_values(fresh, part.scalars, part.many))
    if changes:
        if hasattr(fresh, "revision"):
            fresh.revision += 1
        fresh.save()
        _log(part, "edited", edition, fresh, changes, by)
    return fresh


@transaction.atomic
def move(part: Part, thing: Any, *, up: bool, by: User) -> bool:
    """One place up or down in its list; False where it stands first or last already."""
    edition, fresh = _fresh(part, thing, by)
    rows = list(part.model.objects.filter(edition=edition))
    at = rows.index(fresh)
    to = at - 1 if up else at + 1
    if not part.is_ordered or not 0 <= to < len(rows) or _group(part, rows[at]) != _group(part, rows[to]):
        return False
    rows[at], rows[to] = rows[to], rows[at]
    for number, row in enumerate(rows):
        row.position = number
    part.model.objects.bulk_update(rows, ["position"])
    _log(part, "moved", edition, fresh, {f"{part.key}.position": [at + 1, to + 1]}, by)
    return True


def _group(part: Part, row: Any) -> Any:
    return getattr(row, part.group) if part.group else None


@transaction.atomic
def remove(part: Part, thing: Any, *, by: User) -> None:
    edition, fresh = _fresh(part, thing, by)
    _check(part, by, edition, fresh, None)
    before = all_values(fresh, part.scalars, part.many)
    _log(part, "removed", edition, fresh, changes_between(before, {}), by)
    try:
        fresh.delete()
    except ProtectedError as error:
        raise InUse from error


def _fresh(part: Part, thing: Any, by: User) -> tuple[Edition, Any]:
    edition = locked_for(by, thing.edition, part.may_change)
    fresh = part.model.objects.get(pk=thing.pk, **part.fixed)
    fresh.edition = edition
    return edition, fresh


def _check(part: Part, by: User, edition: Edition, before: Any, data: dict[str, Any] | None) -> None:
    for value in (data or {}).values():
        for one in value if isinstance(value, list) else [value]:
            if getattr(one, "edition_id", edition.pk) != edition.pk:
                raise PermissionDenied
    if part is parts.COMMITTEE:
        committee.check(by, edition, before, data)


def _assign(part: Part, thing: Any, data: dict[str, Any]) -> None:
    for name in part.scalars:
        if name in data:
            setattr(thing, name, data[name])


def _link(part: Part, thing: Any, data: dict[str, Any]) -> None:
    for name in part.many:
        if name in data:
            getattr(thing, name).set(data[name])


def _log(part: Part, done: str, edition: Edition, thing: Any, changes: dict[str, list[Any]], by: User) -> None:
    """In the edition's log, with the name of the thing and what of it changed."""
    if part.is_private:
        log(by, f"edition.{part.key}_{done}", edition)
        return
    told = {name if "." in name else f"{part.key}.{name}": pair for name, pair in shortened(changes).items()}
    told = {name: pair for name, pair in told.items() if any(value not in (None, "", []) for value in pair)}
    name = str(thing)[:200]
    log(by, f"edition.{part.key}_{done}", edition, {part.key: [name, name], **told})
