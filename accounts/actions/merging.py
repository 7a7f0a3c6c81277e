"""Two entries that are one. What referred to the source refers to the target afterwards, in every app, until undone.

Which tables refer to people and organisations is asked of the models, so this app need not know those above it.
"""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.journal import log
from accounts.models import Merge, Organisation, Person, User
from accounts.rules import may_manage_directory

Entry = TypeVar("Entry", Organisation, Person)
FILLED = {
    Organisation: ("name_en", "acronym", "kind", "ror", "parent_id", "province_code", "city"),
    Person: ("degrees_before", "degrees_after", "orcid", "orcid_authenticated", "affiliation_id", "user_id"),
}
UNIQUE = ("ror", "orcid", "user_id")


class CannotMerge(Exception):
    """Says why, in the reader's language."""


def merge_organisations(by: User, source: Organisation, target: Organisation) -> Merge:
    if not may_manage_directory(by):
        raise PermissionDenied
    return _merge(by, source, target)


def merge_people(by: User, source: Person, target: Person) -> Merge:
    if not may_manage_directory(by):
        raise PermissionDenied
    return _merge(by, source, target)


def absorb_person(by: User, source: Person, target: Person) -> Merge:
    """For the owner of an ORCID that an entry without account carries."""
    if source.user_id is not None or target.user_id != by.pk:
        raise PermissionDenied
    return _merge(by, source, target)


@transaction.atomic
def undo_merge(by: User, merge: Merge) -> None:
    """Give back what still stands where the merging put it; later edits stay."""
    if not may_manage_directory(by):
        raise PermissionDenied
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        raise CannotMerge(_("This merging was undone before."))
    model: Any = Organisation if merge.kind == Merge.Kind.ORGANISATION else Person
    entries = model.objects.select_for_update().in_bulk([merge.source_id, merge.target_id])
    source, target = entries[merge.source_id], entries[merge.target_id]
    if source.merged_into_id != target.pk:
        raise CannotMerge(_("What it was merged into has been merged further. Undo that first."))
    _move_back(merge, source, target)
    _give_back(merge, source, target)
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    log(by, f"{merge.kind}.unmerged", target, {"merged": [str(source), None]})


@transaction.atomic
def _merge(by: User, source: Entry, target: Entry) -> Merge:
    model: Any = type(source)
    locked = model.objects.select_for_update(of=("self",)).order_by("pk").in_bulk([source.pk, target.pk])
    source, target = locked[source.pk], locked[target.pk]
    _refuse_nonsense(source, target)
    merge = Merge(
        kind=model._meta.model_name,
        by=by,
        source_id=source.pk,
        target_id=target.pk,
        source_name=str(source)[:401],
        target_name=str(target)[:401],
        moved=_move(source, target),
    )
    merge.filled = _fill(source, target)
    target.aliases = list(dict.fromkeys([*target.aliases, str(source), *source.aliases]))
    source.merged_into = target
    source.save()  # first, since it gives up what is unique
    target.save()
    merge.save()
    for entry, what in ((target, [str(source), str(target)]), (source, [str(source), str(target)])):
        log(by, f"{merge.kind}.merged", entry, {"merged": what})
    return merge


def _refuse_nonsense(source: Any, target: Any) -> None:
    if source.pk == target.pk:
        raise CannotMerge(_("An entry cannot be merged with itself."))
    if source.merged_into_id or target.merged_into_id:
        raise CannotMerge(_("One of the two is part of another entry already."))
    if isinstance(source, Organisation):
        if source.ror and target.ror:
            raise CannotMerge(_("Both have a ROR, so they are different organisations."))
        return
    if source.user_id and target.user_id:
        raise CannotMerge(_("Both have an account of their own."))
    if source.orcid and target.orcid:
        raise CannotMerge(_("Both have an ORCID, so they are different people."))


def _relations(model: Any) -> list[Any]:
    """Every foreign key to the model, wherever it is."""
    return [relation for relation in model._meta.get_fields(include_hidden=True) if relation.one_to_many]


def _label(relation: Any) -> str:
    return f"{relation.related_model._meta.label_lower}.{relation.field.name}"


def _move(source: Any, target: Any) -> dict[str, list[int]]:
    """Repoint all rows but the target's own; if that was part of the source, it is no longer part of anything."""
    moved = {}
    if getattr(target, "parent_id", None) == source.pk:
        target.parent_id = None
    for relation in _relations(type(source)):
        rows = relation.related_model._base_manager.filter(**{relation.field.name: source})
        if relation.related_model is type(source):
            rows = rows.exclude(pk=target.pk)
        if ids := list(rows.values_list("pk", flat=True)):
            rows.filter(pk__in=ids).update(**{relation.field.name: target})
            moved[_label(relation)] = ids
    return moved


def _fill(source: Any, target: Any) -> dict[str, list[Any]]:
    """What only the source knew. {field: [target before, target after, source before]}."""
    filled = {}
    for name in FILLED[type(source)]:
        known, wanted = getattr(source, name), getattr(target, name)
        if not known or wanted or (name == "parent_id" and known == target.pk):
            continue
        setattr(target, name, known)
        if name in UNIQUE:
            setattr(source, name, None)
        filled[name] = [wanted, known, known]
    if "orcid_authenticated" in filled:
        source.orcid_authenticated = False
    return filled


def _move_back(merge: Merge, source: Any, target: Any) -> None:
    for relation in _relations(type(source)):
        if ids := merge.moved.get(_label(relation)):
            rows = relation.related_model._base_manager.filter(pk__in=ids, **{relation.field.name: target})
            rows.update(**{relation.field.name: source})


def _give_back(merge: Merge, source: Any, target: Any) -> None:
    returned = []
    for name, (before, after, had) in merge.filled.items():
        if getattr(target, name) == after:
            setattr(target, name, before)
            returned.append((name, had))
    target.aliases = [alias for alias in target.aliases if alias != str(source) and alias not in source.aliases]
    target.save()
    for name, had in returned:
        setattr(source, name, had)
    source.merged_into = None
    source.save()
