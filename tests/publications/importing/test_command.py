"""`manage.py import_outputs`, also when it is killed half-way."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from publications.models import Change, ImportBatch, ImportedRecord, Output, Version
from tests.factories.accounts import make_user

from .test_importing import HEADINGS, ROW, SECOND

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "jurnal.csv"
    path.write_text(HEADINGS + ROW + SECOND + "x;;;;;;;;;;;;\n")
    return path


def run(*args: Any, **options: Any) -> str:
    from io import StringIO

    out = StringIO()
    call_command("import_outputs", *map(str, args), stdout=out, **options)
    return out.getvalue()


def test_a_dry_run_tells_and_leaves_nothing(file: Path, curator: Any, vocabularies: None) -> None:
    said = run(file, "--dry-run", "--publish")
    assert "4:judul  ! " in said and "The title is missing." in said
    assert not Output.objects.exists() and not ImportBatch.objects.exists()


def test_import_again_and_undo(file: Path, curator: Any, vocabularies: None) -> None:
    run(file, "--publish", "--default", "pmks=PMKS-26")
    batch = ImportBatch.objects.get()
    assert (batch.source, batch.format, batch.created_count, batch.refused_count) == ("jurnal", "csv", 2, 1)
    run(file, "--publish", "--default", "pmks=PMKS-26")
    assert ImportBatch.objects.latest("pk").unchanged_count == 2
    run("--undo", batch.pk)
    assert set(Output.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_an_undo_in_the_way_of_which_something_stands(file: Path, curator: Any, vocabularies: None) -> None:
    run(file)
    Version.objects.filter(output__source_id="a1").update(revision=7)
    batch = ImportBatch.objects.get()
    with pytest.raises(CommandError):
        run("--undo", batch.pk)
    assert Output.objects.count() == 2
    run("--undo", batch.pk, "--keep-used")
    assert Output.objects.get().source_id == "a1"
    with pytest.raises(CommandError):
        run("--undo", batch.pk)


@pytest.mark.parametrize(
    "args",
    [
        ("tidak-ada.csv",),
        (),
        ("--undo", "99"),
        ("berkas.docx",),
        ("x.csv", "--default", "warna=merah"),
        ("x.csv", "--curator", "bukan@example.org"),
    ],
)
def test_what_the_command_refuses(args: tuple[str, ...], curator: Any, tmp_path: Path, vocabularies: None) -> None:
    (tmp_path / "x.csv").write_text(HEADINGS + ROW)
    paths = [str(tmp_path / arg) if arg.endswith(".csv") or arg.endswith(".docx") else arg for arg in args]
    with pytest.raises(CommandError):
        run(*paths)
    assert not Output.objects.exists()


def test_two_curators_must_be_told_apart(file: Path, curator: Any, vocabularies: None) -> None:
    make_user("lain@example.org", role="curator")
    with pytest.raises(CommandError):
        run(file)
    run(file, "--curator", "kurator@example.org")
    assert set(Output.objects.values_list("owner__email", flat=True)) == {"kurator@example.org"}


def test_one_import_of_a_source_at_a_time(file: Path, curator: Any, vocabularies: None) -> None:
    import psycopg2

    from publications.actions.importing.batches import lock_key

    other = psycopg2.connect(**connection.get_connection_params())
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [lock_key("jurnal")])
    with pytest.raises(CommandError):
        run(file)
    other.close()
    run(file)
    assert Output.objects.count() == 2


ROWS = 9000


@pytest.mark.django_db(transaction=True)
def test_killed_half_way_the_next_run_goes_on_without_doubles(tmp_path: Path, vocabularies: None) -> None:
    make_user("kurator@example.org", role="curator")
    path = tmp_path / "besar.csv"
    rows = (f"r{i};Judul ke-{i} tentang anak;Penulis {i % 300};;;2020;artikel;;;PMKS-04;;;" for i in range(ROWS))
    path.write_text(HEADINGS + "\n".join(rows) + "\n")
    process = _start(path)
    done = _wait_until_under_way(process)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert 0 < done < ROWS
    _wait_until_let_go()
    half = ImportBatch.objects.get()
    assert half.state == "running" and 0 < half.done < ROWS
    assert Output.objects.count() == half.done == half.created_count == Change.objects.count()
    said = run(path, "--publish", language="en")
    whole = ImportBatch.objects.get()
    assert f"Going on after row {half.done}" in said
    assert (whole.state, whole.done, whole.created_count, whole.refused_count) == ("done", ROWS, ROWS, 0)
    assert Output.objects.values("source_id").distinct().count() == Output.objects.count() == ROWS
    assert ImportedRecord.objects.filter(batch=whole).count() == Change.objects.count() == ROWS
    assert Version.objects.filter(state="published", contributors__person=None).count() == 0


def _start(path: Path) -> subprocess.Popen[bytes]:
    params = connection.get_connection_params()
    address = f"postgres://{params['user']}@/{params['dbname']}?host={params['host']}"
    command = [sys.executable, "manage.py", "import_outputs", "--skip-checks", str(path), "--publish"]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": address}, stdout=subprocess.DEVNULL)


def _wait_until_under_way(process: "subprocess.Popen[bytes]") -> int:
    for _attempt in range(6000):
        if done := ImportBatch.objects.values_list("done", flat=True).first():
            return done
        assert process.poll() is None, "the import ended before it could be killed"
        time.sleep(0.02)
    raise AssertionError("the import did not begin")


def _wait_until_let_go() -> None:
    """The server notices the dead client when its statement ends."""
    for _attempt in range(500):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("the killed import still holds its lock")
