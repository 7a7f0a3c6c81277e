"""What the worker does now and then, unasked. Add a line to `CHORES`; a chore must be quick and bear being repeated."""

import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.db import Error as AnyDatabaseError  # InterfaceError is no DatabaseError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Chore:
    name: str
    every: timedelta
    run: Callable[[], object]


def prune_task_results() -> int:
    """Forget finished tasks after `KESOS_TASK_DAYS` days."""
    age = timedelta(days=int(os.environ.get("KESOS_TASK_DAYS", "14")))
    return DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - age).delete()[0]


def clear_sessions() -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def queue_forgotten_pdfs() -> int:
    from publications.actions.reading import queue_forgotten

    return queue_forgotten()


def look_after_digests() -> None:
    from search.actions.digests import look_after

    look_after()


def remind_reviewers() -> int:
    from conferences.actions import reminders

    return reminders.remind()


def remind_of_final_papers() -> int:
    from conferences.actions import final_requests

    return final_requests.remind()


def delete_old_needs() -> int:
    from conferences.actions import needs

    return needs.delete_old()


CHORES = (
    Chore("look after digests", timedelta(minutes=5), look_after_digests),
    Chore("queue forgotten PDFs", timedelta(minutes=5), queue_forgotten_pdfs),
    Chore("remind reviewers", timedelta(minutes=15), remind_reviewers),
    Chore("remind of final papers", timedelta(minutes=15), remind_of_final_papers),
    Chore("delete what participants needed", timedelta(hours=1), delete_old_needs),
    Chore("prune finished tasks", timedelta(hours=6), prune_task_results),
    Chore("clear expired sessions", timedelta(hours=6), clear_sessions),
)


class Chores:
    """Remembers when each chore is due next; all are due at the start."""

    def __init__(self, chores: tuple[Chore, ...] | None = None) -> None:
        self._due = dict.fromkeys(CHORES if chores is None else chores, 0.0)

    def run_due(self) -> None:
        for chore, due in self._due.items():
            if time.monotonic() >= due:
                self._due[chore] = time.monotonic() + chore.every.total_seconds()
                self._run(chore)

    def _run(self, chore: Chore) -> None:
        """One that fails is tried again when it is next due; it must not stop the worker. A lost database does."""
        try:
            chore.run()
        except AnyDatabaseError:
            raise
        except Exception:
            logger.exception("Chore %r failed", chore.name)
