"""A database with every table and the vocabularies, made once and copied for each test process.

It stays on the embedded server until something that it is made of changes.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from kesos_repo import embedded
from kesos_repo.paths import ROOT
from tests.factories import database

MADE_OF = [
    "requirements.txt",
    "*/migrations/*.py",
    "*/models.py",
    "*/models/**/*.py",
    "*/apps.py",
    "accounts/data/*",
    "accounts/units.py",
    "kesos_repo/seeding.py",
    "kesos_repo/settings/*.py",
    "taxonomy/**/*.py",
    "taxonomy/data/**/*",
    "tests/factories/database.py",
    "tests/factories/template.py",
]
PREFIX = "tests-begin-with-"
LOCK = 7_306_251  # whoever makes, copies or drops one


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
) -> Iterator[None]:
    """On another server than the embedded one the database is made as Django makes it."""
    if embedded.used():
        with _copied(django_db_blocker):
            yield
    else:
        request.getfixturevalue("django_db_setup")
        with django_db_blocker.unblock():
            _begin()
        yield


@contextmanager
def _copied(blocker: Any) -> Iterator[None]:
    before, target = connection.settings_dict["NAME"], connection.creation._get_test_db_name()
    with blocker.unblock():
        copy(target)
        connection.close()
        connection.settings_dict["NAME"] = target
        database.remember()
    yield
    with blocker.unblock(), connection._nodb_cursor() as cursor:
        connection.close()
        connection.settings_dict["NAME"] = before
        # A server's thread that ends late may still hold a connection.
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')


def name() -> str:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in MADE_OF for path in ROOT.glob(pattern) if path.is_file()}):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return PREFIX + digest.hexdigest()[:16]


def make() -> None:
    """Make the template unless it is there."""
    with _locked() as cursor:
        _make(cursor)


def copy(target: str) -> None:
    """Make the template unless it is there, and a new database like it."""
    with _locked() as cursor:
        _make(cursor)
        _drop(cursor, target)
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{name()}"')


def _drop(cursor: Any, target: str) -> None:
    cursor.execute(f'DROP DATABASE IF EXISTS "{target}"')


@contextmanager
def _locked() -> Iterator[Any]:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield cursor  # the connection, and with it the lock, ends here


def _make(cursor: Any) -> None:
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
    there = {row[0] for row in cursor.fetchall()}
    if name() in there:
        return
    for outdated in there:
        _drop(cursor, outdated)
    unfinished = "unfinished"
    _drop(cursor, unfinished)
    _fill(unfinished)
    cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name()}"')


def _fill(target: str) -> None:
    settings = connection.settings_dict
    before, named = settings["NAME"], settings["TEST"]["NAME"]
    settings["TEST"]["NAME"] = target
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        _begin()
    finally:
        connection.close()
        settings["NAME"], settings["TEST"]["NAME"] = before, named


def _begin() -> None:
    """Tests that empty all tables afterwards may empty the log too; its rows stay as protected as in production."""
    from taxonomy.loading import load_all

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_logentry DISABLE TRIGGER log_stays")
    load_all()
    if database.is_superuser():
        database.keep()
