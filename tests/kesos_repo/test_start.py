import json
import os
import random
import shutil
import signal
import socket
import time
import urllib.error
import urllib.request
from contextlib import suppress

import psutil
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from kesos_repo import embedded, paths
from kesos_repo.start import leftovers, prepare, web
from kesos_repo.start.child import Child, KeepsDying
from kesos_repo.start.lock import AlreadyRunning, StartLock
from kesos_repo.start.supervisor import Supervisor
from tests.kesos_repo.processes import manage, wait_for


def free_port() -> int:
    """Below those that Linux gives to outgoing connections: one of these could take it while a server restarts."""
    while True:
        port = random.randrange(20_000, 30_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def health(port: int) -> tuple[int, dict[str, str]]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:  # noqa: S310
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        text = error.read()
        return error.code, json.loads(text) if text else {}  # while it stops, the server itself answers, without text
    except OSError:
        return 0, {}


@pytest.fixture
def scratch_var(tmp_path, monkeypatch):
    """An empty var folder, but for static files that pass for built: compressing them takes long."""
    _pretend_static_is_built(tmp_path / "var")
    monkeypatch.setenv("KESOS_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("KESOS_DEMO", "0")
    monkeypatch.setenv("KESOS_WEB_WORKERS", "1")
    monkeypatch.setenv("KESOS_WORKERS", "1")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield
    embedded.stop()
    shutil.rmtree(paths.postgresql_dir(), ignore_errors=True)
    paths.postgresql_dir().with_name(f"{paths.postgresql_dir().name}.lock").unlink(missing_ok=True)


def _pretend_static_is_built(var):
    sources = prepare._digest(prepare._static_sources())
    shutil.copytree(paths.var_dir() / "bundle", var / "bundle")
    for name, text in (("static/staticfiles.json", '{"version": "1.1", "paths": {}}'), ("stamps/static", sources)):
        (var / name).parent.mkdir(parents=True)
        (var / name).write_text(text)


def test_what_a_killed_start_left_is_ended_by_the_next(tmp_path, monkeypatch):
    monkeypatch.setenv("KESOS_VAR", str(tmp_path))
    sleeper = Child("A child", ["sleep", "600"])
    sleeper.tend()
    strangers = Child("Another site's child", ["sleep", "600"], leftovers.mark(tmp_path / "other"))
    strangers.tend()
    try:
        wait_for(lambda: leftovers._belongs(sleeper.process.pid, tmp_path))  # the name of its program is its own by now
        assert leftovers.end_leftovers(tmp_path) == 1
        assert sleeper.process.wait(5) == -signal.SIGKILL
        assert strangers.process.poll() is None
        assert leftovers.end_leftovers(tmp_path) == 0
    finally:
        for child in (sleeper, strangers):
            child.process.kill()
            child.process.wait()


def test_start_to_stop(scratch_var, monkeypatch):
    port = free_port()
    monkeypatch.setenv("PORT", str(port))
    with manage("start") as site:
        wait_for(lambda: health(port)[0] == 200, 180)
        started = psutil.Process(site.pid).children(recursive=True)
        with manage("start") as second:
            assert "already running" in second.communicate(timeout=60)[0]
        os.kill(embedded._server_pid(paths.postgresql_dir()), signal.SIGKILL)
        wait_for(lambda: health(port)[0] == 503)
        wait_for(lambda: health(port)[0] == 200, 90)
        site.send_signal(signal.SIGINT)
        output = site.communicate(timeout=60)[0]
        assert site.returncode == 0
    assert f"http://localhost:{port}/" in output
    assert "Building the tables" in output
    assert "static" not in output
    assert len(started) >= 3
    assert not [process for process in started if process.is_running()]
    assert not embedded.is_running()


def test_one_start_a_folder_and_the_next_one_takes_over_after_a_kill(scratch_var):
    lock = StartLock(paths.var_dir() / "start.lock")
    lock.write(address="http://localhost:1/", owns_postgresql=True)
    with pytest.raises(AlreadyRunning, match=f"http://localhost:1/, process {os.getpid()}"):
        StartLock(paths.var_dir() / "start.lock")
    lock._file.close()  # as a kill does: nothing is tidied
    assert StartLock(paths.var_dir() / "start.lock").owned_postgresql


def test_a_taken_port_is_named(scratch_var):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(CommandError, match=f"Port {other.getsockname()[1]} .*PORT=8001"):
            call_command("start", port=other.getsockname()[1])


def test_children_are_started_again_and_given_up_when_they_keep_ending(capfd):
    child = Child("The example", ["false"])
    with pytest.raises(KeepsDying, match="The example ended 5 times within a minute, last with status 1"):
        for _ in range(100):
            child._not_before = 0
            child.tend()
            if child.process:
                child.process.wait()
    assert capfd.readouterr().out.count("starting it again") == 4


def test_the_wait_before_a_restart_grows(monkeypatch):
    child = Child("The example", ["true"])
    waits = []
    for _ in range(4):
        child._note_end(0)
        waits.append(round(child._not_before - time.monotonic()))
    assert waits == [0, 1, 2, 4]


def test_a_stubborn_child_and_what_it_started_are_ended_by_force(monkeypatch):
    monkeypatch.setattr("kesos_repo.start.supervisor.GRACE_SECONDS", 0.3)
    child = Child("Stubborn", ["sh", "-c", "trap '' TERM; sleep 100 & sleep 100; wait"])
    supervisor = Supervisor([child], lambda: None)
    child.tend()
    wait_for(lambda: len(psutil.Process(child.process.pid).children()) == 2)
    processes = [psutil.Process(child.process.pid), *psutil.Process(child.process.pid).children()]
    supervisor._stop()
    wait_for(lambda: not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in processes), 5)


@pytest.mark.django_db
def test_an_old_postgresql_is_refused(monkeypatch):
    monkeypatch.setitem(connection.__dict__, "pg_version", 140012)
    with pytest.raises(prepare.CannotStart, match="PostgreSQL 15 or newer is needed.*version 14"):
        prepare.check_database()


@pytest.mark.django_db
def test_the_demo_is_for_an_unused_database_only(settings, django_user_model):
    settings.DEMO = True
    assert prepare.demo_wanted()
    django_user_model.objects.create(email="admin@example.org")
    assert not prepare.demo_wanted()


def test_a_step_is_due_when_its_sources_changed(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    source = tmp_path / "sources"
    source.mkdir()
    (source / "a.csv").write_text("1")
    assert prepare._changed("step", prepare._stats(source))
    prepare._remember("step", prepare._stats(source))
    assert not prepare._changed("step", prepare._stats(source))
    (source / "a.csv").write_text("22")
    assert prepare._changed("step", prepare._stats(source))


def test_slow_tasks_are_left_to_the_first_worker(monkeypatch):
    monkeypatch.setenv("KESOS_WORKERS", "3")
    first, *others = web.workers()
    assert "--exclude-queues=slow" not in first.command
    assert all("--exclude-queues=slow" in other.command for other in others)
    assert len(others) == 2
