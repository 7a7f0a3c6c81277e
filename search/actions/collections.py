"""Making and keeping collections; each change stands in the log."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import changes_between, log, values_of
from accounts.models import User
from publications.models import Output
from search.models import Collection, CollectionItem, FormerSlug
from search.rules import MOST_ITEMS, may_edit_collections

EDITED = ("slug", "kind", "query", "title_id", "title_en", "description_id", "description_en")
NOTES = ("note_id", "note_en")


class CannotAdd(Exception):
    """The output cannot be put into this collection; the message says why."""


@transaction.atomic
def save_collection(by: User, collection: Collection, values: dict[str, Any]) -> None:
    """A new or an edited one; `values` are its checked fields. The former address goes on leading to it."""
    _require(by)
    is_new = collection.pk is None
    before = {} if is_new else values_of(_locked(collection), EDITED)
    for name in EDITED:
        if name in values:
            setattr(collection, name, values[name])
    if is_new:
        collection.created_by = by
    collection.changed_at = timezone.now()
    collection.save()
    FormerSlug.objects.filter(slug=collection.slug, collection=collection).delete()
    if before and before["slug"] != collection.slug:
        FormerSlug.objects.create(slug=before["slug"], collection=collection)
    changes = changes_between(before, values_of(collection, EDITED))
    if changes:
        log(by, "collection.added" if is_new else "collection.edited", collection, changes)


@transaction.atomic
def set_published(by: User, collection: Collection, *, is_published: bool) -> None:
    _require(by)
    fresh = _locked(collection)
    if fresh.is_published == is_published:
        return
    fresh.is_published = is_published
    if is_published and not fresh.published_at:
        fresh.published_at = timezone.now()
    fresh.changed_at = timezone.now()
    fresh.save(update_fields=["is_published", "published_at", "changed_at"])
    log(by, "collection.published" if is_published else "collection.unpublished", fresh)


@transaction.atomic
def delete_collection(by: User, collection: Collection) -> None:
    """Only one that nobody could see yet: a public address must not break."""
    _require(by)
    fresh = _locked(collection)
    if fresh.published_at:
        raise PermissionDenied
    log(by, "collection.deleted", fresh, changes_between(values_of(fresh, EDITED), {}))
    fresh.delete()


@transaction.atomic
def add_output(by: User, collection: Collection, output: Output) -> CollectionItem:
    """At the end; one that is there already stays where it is. Raises `CannotAdd`."""
    _require(by)
    fresh = _locked(collection)
    if not fresh.is_curated:
        raise CannotAdd(_("This collection holds what its search finds; nothing can be added by hand."))
    if not output.is_public:
        raise CannotAdd(_("Only what is public can be in a collection."))
    if item := fresh.items.filter(output=output).first():
        return item
    if fresh.items.count() >= MOST_ITEMS:
        raise CannotAdd(_("A collection holds at most %(number)d publications.") % {"number": MOST_ITEMS})
    last = fresh.items.aggregate(last=Max("position"))["last"]
    item = CollectionItem.objects.create(collection=fresh, output=output, position=0 if last is None else last + 1)
    _touch(fresh)
    log(by, "collection.output_added", fresh, {"output": [None, output.public_id]})
    return item


@transaction.atomic
def remove_item(by: User, item: CollectionItem) -> None:
    _require(by)
    fresh = _locked(item.collection)
    log(by, "collection.output_removed", fresh, {"output": [item.output.public_id, None]})
    item.delete()
    _touch(fresh)


@transaction.atomic
def edit_note(by: User, item: CollectionItem, values: dict[str, str]) -> None:
    _require(by)
    fresh = _locked(item.collection)
    before = values_of(CollectionItem.objects.get(pk=item.pk), NOTES)
    item.note_id, item.note_en = values["note_id"], values["note_en"]
    item.save(update_fields=list(NOTES))
    if changes := changes_between(before, values_of(item, NOTES)):
        _touch(fresh)
        log(by, "collection.note_edited", fresh, {"output": [item.output.public_id] * 2, **changes})


@transaction.atomic
def move_item(by: User, item: CollectionItem, place: int) -> int:
    """To this place, counted from 1, or the nearest there is; all others close up. Returns its place."""
    _require(by)
    fresh = _locked(item.collection)
    order = list(fresh.items.order_by("position", "pk"))
    former = next(number for number, other in enumerate(order, 1) if other.pk == item.pk)
    moved = order.pop(former - 1)
    place = max(1, min(place, len(order) + 1))
    order.insert(place - 1, moved)
    for position, other in enumerate(order):
        other.position = position
    CollectionItem.objects.bulk_update(order, ["position"])
    if place != former:
        _touch(fresh)
        log(by, "collection.output_moved", fresh, {"output": [item.output.public_id] * 2, "place": [former, place]})
    return place


def _touch(collection: Collection) -> None:
    collection.changed_at = timezone.now()
    collection.save(update_fields=["changed_at"])


def _locked(collection: Collection) -> Collection:
    return Collection.objects.select_for_update().get(pk=collection.pk)


def _require(by: User) -> None:
    if not may_edit_collections(by):
        raise PermissionDenied
