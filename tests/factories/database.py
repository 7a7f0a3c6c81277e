"""What the test database begins with, and how it comes back to that after a test with real transactions.

Django would empty all hundred tables each time and make content types and permissions anew. Here only the tables that
a test has changed are emptied, and what they held at first is copied back. Only a superuser may do so, as the embedded
server's is; with any other server, everything is as Django does it.
"""

from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.test import TransactionTestCase

KEPT = "kept"  # a schema with copies of the tables that are not empty at first
UNITS = "ministry_units"  # in the same schema
_at_first: dict[str, str | None] = {}


def is_superuser() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        return bool(cursor.fetchone()[0] == "on")


def keep() -> None:
    """Copy every row that is there now; and the ministry's units, which only some tests want."""
    from accounts.units import load_units

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {KEPT}")
        _at_first.update(_fingerprints(cursor, _tables()))
        for table, fingerprint in _at_first.items():
            if fingerprint:
                cursor.execute(f'CREATE TABLE {KEPT}."{table}" AS TABLE "{table}"')
        load_units()
        cursor.execute(f"CREATE TABLE {KEPT}.{UNITS} AS TABLE accounts_organisation")
        _put_back(cursor)
    TransactionTestCase._fixture_teardown = put_back


def remember() -> None:
    """The same in a copy of a database where everything is kept."""
    with connection.cursor() as cursor:
        _at_first.update(_fingerprints(cursor, _tables()))
    TransactionTestCase._fixture_teardown = put_back


def _tables() -> list[str]:
    return list(connection.introspection.django_table_names(only_existing=True, include_views=False))


def put_back(_case: Any = None) -> None:
    """Every row as it was at first. Waits for whoever still writes, as a server does whose answer nobody awaited."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(_at_first)} IN SHARE ROW EXCLUSIVE MODE")
        _put_back(cursor)


def add_units() -> bool:
    """What `load_units` would make, in a twentieth of its time; False if that is not kept."""
    if _at_first:
        with connection.cursor() as cursor:
            _copy(cursor, UNITS, "accounts_organisation")
    return bool(_at_first)


def _put_back(cursor: CursorWrapper) -> None:
    # Until the end of the transaction no trigger keeps a row, and references are not checked.
    cursor.execute("SET LOCAL session_replication_role = replica")
    for table, fingerprint in _fingerprints(cursor, _at_first).items():
        if fingerprint != _at_first[table]:
            cursor.execute(f'DELETE FROM "{table}"')
            if _at_first[table]:
                _copy(cursor, table, table)


def _fingerprints(cursor: CursorWrapper, tables: Any) -> dict[str, str | None]:
    """{table: what differs if any row does; None without rows}"""
    rows = "SELECT '{0}', (SELECT sum(hashtextextended(one::text, 0))::text FROM \"{0}\" one)"
    cursor.execute(" UNION ALL ".join(rows.format(table) for table in tables))
    return dict(cursor.fetchall())


def _copy(cursor: CursorWrapper, kept: str, table: str) -> None:
    cursor.execute(f'INSERT INTO "{table}" SELECT * FROM {KEPT}."{kept}"')
