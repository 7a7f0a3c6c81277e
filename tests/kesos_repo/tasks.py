"""Tasks for the tests of the worker."""

import time
from pathlib import Path

from django.db import connection, transaction
from django_tasks import task


@task()
def note(path: str) -> None:
    with open(path, "a") as file:
        file.write("done\n")


@task(queue_name="slow")
def note_slowly(path: str) -> None:
    with open(path, "a") as file:
        file.write("slow\n")


@task()
def hang_the_first_time(path: str) -> str:
    marker = Path(path)
    if not marker.exists():
        marker.write_text("begun")
        time.sleep(120)
    return "finished"


@task()
def sleep(seconds: float) -> None:
    try:
        time.sleep(seconds)
    except Exception:  # noqa: BLE001 - a careless task
        time.sleep(seconds)


@task()
def fail() -> None:
    raise ValueError("on purpose")


@task()
def lose_the_database_the_first_time(path: str) -> str:
    """As a PostgreSQL that is killed looks from within a task."""
    with transaction.atomic(), connection.cursor() as cursor:
        if not Path(path).exists():
            Path(path).write_text("begun")
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    return "finished"


@task()
def lose_the_database() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
