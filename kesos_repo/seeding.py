"""Put rows of a CSV file into a table again and again without touching what people have edited since.

Each row of such a table has a column `loaded`: the values that the last load wrote. A field follows the file only
while it still holds that value, so an administrator's edit stays for good.
"""

import csv
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import models

Row = dict[str, Any]
EMPTY: tuple[Any, ...] = ("", None, [], 0, False)


@lru_cache
def read_rows(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def seed(model: type[models.Model], rows: Iterable[Row], fixed: Iterable[str] = ("code",)) -> dict[str, Any]:
    """Create the rows that are missing and refresh the others; returns every object of the table by its code.

    Fields in `fixed` are written once, at creation. Foreign keys are given as objects that have a `code`.
    """
    rows = list(rows)
    _refuse_duplicates(model, rows)
    fixed = set(fixed)
    foreign = [name for name in (rows[0] if rows else ()) if model._meta.get_field(name).is_relation]
    present: Iterable[Any] = model._default_manager.select_related(*foreign)
    existing = {obj.code: obj for obj in present if obj.code}
    new: list[Any] = []
    changed: list[Any] = []
    for row in rows:
        followed = {name: value for name, value in row.items() if name not in fixed}
        if obj := existing.get(row["code"]):
            if _refresh(obj, followed):
                changed.append(obj)
        else:
            plain = {name: _plain(value) for name, value in followed.items()}
            new.append(model(**row, loaded=plain))
    model._default_manager.bulk_create(new)
    if changed:
        names = {name for row in rows for name in row} - fixed | {"loaded"}
        model._default_manager.bulk_update(changed, sorted(names), batch_size=500)
    return existing | {obj.code: obj for obj in new}


def seed_links(objects: Mapping[str, Any], field: str, wanted: Mapping[str, list[Any]]) -> None:
    """The same for a many-to-many field: `wanted` maps the code of an object to the objects it is linked to."""
    model = type(next(iter(objects.values())))
    present = {obj.pk: getattr(obj, field).all() for obj in model._default_manager.prefetch_related(field)}
    changed = []
    for code, targets in wanted.items():
        obj = objects[code]
        current, new = _codes(present[obj.pk]), _codes(targets)
        if current not in (obj.loaded.get(field, []), new) or obj.loaded.get(field) == new:
            continue
        obj.loaded[field] = new
        changed.append(obj)
    _replace_links(model, field, {obj.pk: wanted[obj.code] for obj in changed})
    model._default_manager.bulk_update(changed, ["loaded"])


def _replace_links(model: type[models.Model], field: str, wanted: Mapping[int, list[Any]]) -> None:
    relation: Any = model._meta.get_field(field)
    through, source, target = relation.remote_field.through, relation.m2m_column_name(), relation.m2m_reverse_name()
    through._default_manager.filter(**{f"{source}__in": wanted}).delete()
    through._default_manager.bulk_create(
        through(**{source: pk, target: linked.pk}) for pk, targets in wanted.items() for linked in targets
    )


def _codes(terms: Iterable[Any]) -> list[str]:
    return sorted(term.code for term in terms)


def _refresh(obj: Any, row: Row) -> bool:
    """Let `obj` follow the file where nobody has edited it; tells whether it must be saved."""
    changed = False
    for name, value in row.items():
        current, new = _plain(getattr(obj, name)), _plain(value)
        untouched = current == obj.loaded[name] if name in obj.loaded else current in EMPTY
        if not (untouched or current == new) or obj.loaded.get(name, ...) == new:
            continue
        setattr(obj, name, value)
        obj.loaded[name] = new
        changed = True
    return changed


def _plain(value: Any) -> Any:
    return value.code if isinstance(value, models.Model) else value  # type: ignore[attr-defined]


def _refuse_duplicates(model: type[models.Model], rows: list[Row]) -> None:
    codes = [row["code"] for row in rows]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise ValueError(f"{model.__name__}: code used twice in the file: {', '.join(twice)}")
