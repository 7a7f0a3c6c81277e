"""What must stand before the web server starts; each step is skipped when nothing changed since the last start."""

import hashlib
import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from conferences.demo.loading import wanted as conferences_wanted
from evidence.demo.loading import wanted as findings_wanted
from kesos_repo import translations
from kesos_repo.paths import ROOT
from publications.models import Output
from taxonomy.models import Pmks

MINIMUM_POSTGRESQL = 15


class CannotStart(RuntimeError):
    """The message tells the administrator what to change."""


def prepare(say: Callable[[str], None]) -> None:
    check_database()
    if translations.compile_stale():
        say("Compiled the translations.")
    steps = (
        ("Building the tables", tables_outdated, build_tables),
        ("Loading the vocabularies", vocabularies_outdated, load_vocabularies),
        ("Loading the demo", demo_wanted, load_demo),
        ("Building the static files", static_outdated, build_static),
    )
    for title, wanted, run in steps:
        if wanted():
            say(f"{title} …")
            began = time.monotonic()
            run()
            say(f"  done in {time.monotonic() - began:.1f} s.")


def check_database() -> None:
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise CannotStart(f"The database cannot be reached: {error}") from error
    if connection.pg_version < MINIMUM_POSTGRESQL * 10_000:  # type: ignore[attr-defined]
        found = connection.pg_version // 10_000  # type: ignore[attr-defined]
        raise CannotStart(
            f"PostgreSQL {MINIMUM_POSTGRESQL} or newer is needed; DATABASE_URL points to version {found}."
        )


def tables_outdated() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def build_tables() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def vocabularies_outdated() -> bool:
    return not Pmks.objects.exists() or _changed("vocabularies", _stats(*_vocabularies()))


def load_vocabularies() -> None:
    call_command("load_vocabularies", stdout=io.StringIO())
    _remember("vocabularies", _stats(*_vocabularies()))


def demo_wanted() -> bool:
    """In a database that nobody has used yet; or a demo loaded before findings or conferences existed gets them."""
    if not settings.DEMO:
        return False
    is_unused = not get_user_model().objects.exists() and not Output.objects.exists()
    return is_unused or findings_wanted() or conferences_wanted()


def load_demo() -> None:
    call_command("load_demo", verbosity=0)


def static_outdated() -> bool:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return not manifest.exists() or _changed("static", _static_sources())


def build_static() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    _remember("static", _static_sources())


# --- stamps: what a step saw when it last ran ------------------------------------------------------------------------


def _static_sources() -> Iterator[str]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            yield f"{name} {status.st_size} {status.st_mtime_ns}"


def _vocabularies() -> Iterator[Path]:
    return (ROOT / app / "data" for app in ("taxonomy", "accounts", "search"))


def _stats(*folders: Path) -> Iterator[str]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}"


def _digest(lines: Iterator[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _stamp(name: str) -> Path:
    return settings.VAR_DIR / "stamps" / name


def _changed(name: str, lines: Iterator[str]) -> bool:
    return not _stamp(name).exists() or _stamp(name).read_text() != _digest(lines)


def _remember(name: str, lines: Iterator[str]) -> None:
    _stamp(name).parent.mkdir(parents=True, exist_ok=True)
    _stamp(name).write_text(_digest(lines))
