import gc
import os
import tempfile
from pathlib import Path

import pytest

# Before Django reads its settings: own folders for files, mail and static, and an own embedded PostgreSQL unless
# DATABASE_URL is set.
os.environ.setdefault("KESOS_VAR", os.path.join(tempfile.gettempdir(), "kesos-test"))

from kesos_repo import embedded, translations  # noqa: E402

# What a test database holds need not outlive the machine. The tests that kill a server start one of their own.
UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# Statistics taken while a table is all but empty make queries take minutes in the one test that fills it.
UNSAFE |= {"autovacuum": "off"}


def start_postgresql() -> None:
    safe = dict(embedded.SETTINGS)
    embedded.SETTINGS.update(UNSAFE)
    try:
        embedded.ensure_running()
    finally:
        embedded.SETTINGS.clear()
        embedded.SETTINGS.update(safe)


start_postgresql()
translations.compile_stale()

# The longest first, so that nobody has one of them to do when all others are done. Their names under tests/.
FIRST = ["proof/test_uploads.py", "proof/test_kills.py", "proof/test_index_kills.py", "kesos_repo/test_start.py"]
THEN = "browser"


def pytest_configure() -> None:
    """What only costs time: static files come straight from their sources, passwords are hashed quickly."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def pytest_collection_finish() -> None:
    """What was collected stays to the end: look for garbage elsewhere, and less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _turn(item.path.relative_to(Path(__file__).parent).as_posix()))


def _turn(path: str) -> int:
    if path in FIRST:
        return FIRST.index(path)
    return len(FIRST) + (not path.startswith(THEN))


# Fixtures for every test.

from tests.factories.accounts import indonesian, no_second_factor  # noqa: E402, F401
from tests.factories.search import no_index  # noqa: E402, F401
from tests.factories.taxonomy import vocabularies  # noqa: E402, F401
from tests.factories.template import django_db_setup  # noqa: E402, F401
