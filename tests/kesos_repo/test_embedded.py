import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from kesos_repo import embedded, paths
from tests.kesos_repo.processes import wait_for


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """A server of our own in a folder of our own; gone afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KESOS_VAR", str(tmp_path_factory.mktemp("var")))
        patch.delenv("DATABASE_URL", raising=False)
        yield paths.postgresql_dir()
        embedded.stop()
        shutil.rmtree(paths.postgresql_dir(), ignore_errors=True)
        paths.postgresql_dir().with_name(f"{paths.postgresql_dir().name}.lock").unlink(missing_ok=True)


def ensure_in_process() -> subprocess.Popen[str]:
    code = "from kesos_repo import embedded; print(embedded.ensure_running())"
    return subprocess.Popen([sys.executable, "-c", code], cwd=paths.ROOT, stdout=subprocess.PIPE, text=True)


def test_many_at_once_start_one_server(scratch):
    modes = {folder: folder.stat().st_mode for folder in (paths.ROOT, *paths.ROOT.parents)}
    answers = [process.communicate(timeout=120)[0].strip() for process in [ensure_in_process() for _ in range(4)]]
    assert sorted(answers) == ["False", "False", "False", "True"]
    assert embedded.is_running()
    assert not embedded.ensure_running()
    assert modes == {folder: folder.stat().st_mode for folder in modes}


def test_nobody_else_may_enter_and_nothing_listens_on_the_network(scratch):
    embedded.ensure_running()
    assert scratch.stat().st_mode & 0o777 == 0o700
    assert paths.socket_dir().stat().st_mode & 0o777 == 0o700
    connection = psycopg2.connect(host=str(paths.socket_dir()), user="postgres", dbname=embedded.DATABASE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('listen_addresses'), current_setting('fsync')")
        assert cursor.fetchone() == ("", "on")
    connection.close()


def test_it_starts_again_after_a_kill(scratch):
    embedded.ensure_running()
    os.kill(embedded._server_pid(scratch) or 0, signal.SIGKILL)
    wait_for(lambda: not embedded.is_running())
    assert embedded.ensure_running()
    assert embedded.is_running()


def test_a_left_over_process_number_of_another_program_does_not_stop_it(scratch):
    embedded.stop()
    left_over = scratch / "postmaster.pid"
    left_over.write_text(f"{os.getpid()}\n{scratch}\n1700000000\n5432\n{scratch}\n\n  123 456\nready\n")
    assert embedded.ensure_running()


def test_data_of_another_version_are_refused(tmp_path):
    (tmp_path / "PG_VERSION").write_text("16\n")
    with pytest.raises(embedded.EmbeddedError, match="of PostgreSQL 16"):
        embedded._initialise(tmp_path)


def test_a_socket_folder_that_others_may_enter_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "socket_dir", lambda: tmp_path / "socket")
    monkeypatch.setattr(embedded, "_owner", lambda data: None)
    (tmp_path / "socket").mkdir(mode=0o755)
    with pytest.raises(embedded.EmbeddedError, match="only its owner"):
        embedded._prepare_folders(tmp_path / "data")


def test_with_a_database_url_nothing_is_started(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    assert not embedded.ensure_running()
    assert embedded.database_url() == "postgres://somewhere/else"


def test_each_var_folder_has_its_own_data_and_a_socket_path_that_fits(monkeypatch):
    for user in (0, 1000):
        monkeypatch.setattr(os, "geteuid", lambda user=user: user)
        seen = set()
        for var in ("/a/var", "/b/var", f"/{'deep/' * 30}var", "/a b/#var"):
            monkeypatch.setenv("KESOS_VAR", var)
            seen.add(paths.postgresql_dir())
            assert len(str(paths.socket_dir() / ".s.PGSQL.5432")) <= 107
        assert len(seen) == 4
        assert all(folder.is_relative_to(paths.SYSTEM_DIR) == (user == 0) for folder in seen)


def test_the_address_survives_any_path(monkeypatch):
    import environ

    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(embedded, "socket_dir", lambda: Path("/a b/#c&d"))
    assert environ.Env().db_url_config(embedded.database_url())["OPTIONS"] == {"host": "/a b/#c&d"}
