import os
import tempfile

# Before Django reads its settings: own folders for files, mail and static, and an own embedded PostgreSQL unless
# DATABASE_URL is set.
os.environ.setdefault("KESOS_VAR", os.path.join(tempfile.gettempdir(), "kesos-test"))

from kesos_repo import embedded, translations  # noqa: E402

embedded.ensure_running()
translations.compile_stale()


def pytest_configure() -> None:
    """What only costs time: static files come straight from their sources, passwords are hashed quickly."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


# Fixtures for every test.

from tests.factories.accounts import django_db_setup, indonesian, no_second_factor  # noqa: E402, F401
from tests.factories.search import no_index  # noqa: E402, F401
from tests.factories.taxonomy import vocabularies  # noqa: E402, F401
