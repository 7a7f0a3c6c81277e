"""Where the site keeps what it makes at run time."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Root's PostgreSQL runs as another user, who must reach its data and programs without opening anybody's home.
SYSTEM_DIR = Path("/var/lib/kesos-repo")
# A Unix socket's address holds 107 bytes, of which "/.s.PGSQL.5432" takes 14.
SOCKET_DIR_LIMIT = 107 - 14


def var_dir() -> Path:
    """`KESOS_VAR`, else `var/` in the checkout."""
    return Path(os.environ.get("KESOS_VAR") or ROOT / "var").absolute()


def postgresql_dir() -> Path:
    """The embedded PostgreSQL's data directory, one for each `var_dir()`."""
    var = var_dir()
    if os.geteuid() != 0:
        return var / "postgresql"
    if var.parent == SYSTEM_DIR:
        return SYSTEM_DIR / f"postgresql-{var.name}"
    return SYSTEM_DIR / f"postgresql-{_short_hash(var)}"


def socket_dir() -> Path:
    """Where the embedded PostgreSQL listens: its data directory, or a short path where that is too long."""
    data = postgresql_dir()
    if len(os.fsencode(data)) <= SOCKET_DIR_LIMIT:
        return data
    return Path(f"/tmp/kesos-repo-{os.geteuid()}-{_short_hash(data)}")  # noqa: S108 - its owner is checked before use


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
