"""Which outputs have changed since: the feed of change rows, read so that none is ever skipped.

Rows are taken in the order of (transaction, id), and only those of transactions older than every running one
(`pg_snapshot_xmin`). No such row can still appear, and all later ones have greater transaction numbers, however late
they are committed. Call within one snapshot.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import connection

from publications.models import Output
from publications.states import Access

_ROWS = """
    SELECT xid, id, output_id FROM publications_change
     WHERE xid >= %(xid)s AND (xid, id) > (%(xid)s, %(change)s)
       AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
     ORDER BY xid, id LIMIT %(limit)s
"""
_WAITING = """
    SELECT EXISTS (SELECT FROM publications_change
                    WHERE (xid, id) > (%s, %s) AND xid IS DISTINCT FROM txid_current_if_assigned())
"""
_HORIZON = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
# A database that was restored or made anew counts its transactions from elsewhere.
_IDENTITY = """
    SELECT system_identifier || '-' || (SELECT oid FROM pg_database WHERE datname = current_database())
      FROM pg_control_system()
"""


@dataclass(frozen=True, slots=True)
class Changes:
    """Distinct outputs, and the place after the last row that was read. `is_all`: there were no more."""

    outputs: list[int]
    xid: int
    change: int
    is_all: bool


def since(xid: int, change: int, limit: int) -> Changes:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"xid": xid, "change": change, "limit": limit})
        rows = cursor.fetchall()
    outputs = list(dict.fromkeys(output for _xid, _id, output in rows))
    if rows:
        xid, change = rows[-1][:2]
    return Changes(outputs, xid, change, len(rows) < limit)


def is_any_waiting(xid: int, change: int) -> bool:
    """Whether anything has changed since that place; also what `since` gives only when an older one is over.

    What the transaction that asks has changed itself is not there yet.
    """
    return bool(_value(_WAITING, xid, change))


def horizon() -> int:
    """All transactions with lower numbers are over."""
    return int(_value(_HORIZON))


def database() -> str:
    return str(_value(_IDENTITY))


def lifted(after: datetime.date, until: datetime.date) -> list[int]:
    """Public outputs whose embargo ended in these days: nobody writes a row for that."""
    ended = Output.objects.public().filter(
        current__access=Access.EMBARGOED, current__embargo_until__gt=after, current__embargo_until__lte=until
    )
    return list(ended.order_by("pk").values_list("pk", flat=True))


def _value(statement: str, *values: int) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchone()[0]
