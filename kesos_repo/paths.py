"""Where the site keeps what it makes at run time."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def var_dir() -> Path:
    """`KESOS_VAR`, else `var/` in the checkout."""
    return Path(os.environ.get("KESOS_VAR") or ROOT / "var")


def postgresql_dir() -> Path:
    """The embedded PostgreSQL's data directory.

    As root it lies under `/var/lib/kesos-repo/`: the server then runs as another user, for whom every parent folder of
    its data is made readable, and that must never be a home directory.
    """
    if os.geteuid() != 0:
        return var_dir() / "postgresql"
    if os.environ.get("KESOS_VAR"):
        name = Path(os.environ["KESOS_VAR"]).name
    else:
        name = ROOT.name
    return Path("/var/lib/kesos-repo") / f"postgresql-{name}"
