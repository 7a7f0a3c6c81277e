"""Many rows of one table in one COPY. Columns that are not named get the defaults of their model's fields."""

import datetime
import io
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x00": ""})


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """`columns` are attribute names (`output_id`), in the order of each row's values."""
    fields = {field.attname: field for field in model._meta.local_concrete_fields}
    encoders = [_encoder(fields[name]) for name in columns]
    constants = {
        field.column: _encoder(field)(field.get_default())
        for name, field in fields.items()
        if name not in columns and not field.primary_key and not field.has_db_default()
    }
    tail = "".join(f"\t{value}" for value in constants.values()) + "\n"
    text = io.StringIO()
    for row in rows:
        text.write("\t".join([encode(value) for encode, value in zip(encoders, row, strict=True)]) + tail)
    text.seek(0)
    names = [*(fields[name].column for name in columns), *constants]
    quoted = ", ".join(connection.ops.quote_name(str(name)) for name in names)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {connection.ops.quote_name(model._meta.db_table)} ({quoted}) FROM STDIN", text)


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """Primary keys that nobody else gets, taken before the rows are written."""
    if not count:
        return []
    with connection.cursor() as cursor:
        statement = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        cursor.execute(statement, [model._meta.db_table, count])
        return [pk for (pk,) in cursor.fetchall()]


def _encoder(field: Any) -> Callable[[Any], str]:
    if isinstance(field, models.JSONField):
        return _json
    return _array if isinstance(field, ArrayField) else _plain


def _plain(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime.date):  # a datetime too
        return value.isoformat()
    return str(value)


def _json(value: Any) -> str:
    return "\\N" if value is None else json.dumps(value).translate(_ESCAPES)


def _array(values: Any) -> str:
    if values is None:
        return "\\N"
    quoted = ('"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values)
    return ("{" + ",".join(quoted) + "}").translate(_ESCAPES)
