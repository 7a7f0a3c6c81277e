import os
import tempfile

# Before Django reads its settings: own folders for files, mail and static, own embedded PostgreSQL unless DATABASE_URL is set.
os.environ.setdefault("KESOS_VAR", os.path.join(tempfile.gettempdir(), "kesos-test"))

from kesos_repo import embedded  # noqa: E402

embedded.ensure_running()

# Fixtures for every test.
from tests.factories.taxonomy import vocabularies  # noqa: E402, F401
