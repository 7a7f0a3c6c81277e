"""Reminders seven and two days before a review is due, and one day after: into the outbox, each once."""

import datetime

from django.db import transaction
from django.utils import timezone

from conferences.actions.assignments import locked, write
from conferences.models import Assignment, LetterKind
from conferences.queries.letters import Wordings
from conferences.rules.reviewing import is_under_review
from conferences.states import AssignmentState, EditionState, LetterState, SubmissionState

DAYS = (-7, -2, 1)
WAITING = (AssignmentState.SENT, AssignmentState.ACCEPTED)


def remind(at: datetime.datetime | None = None) -> int:
    """For the worker, now and then; returns how many letters now wait. Repeating it does nothing."""
    moment = at or timezone.now()
    soon = moment + datetime.timedelta(days=-min(DAYS))
    rows = Assignment.objects.filter(
        state__in=WAITING, due_at__lte=soon, submission__state=SubmissionState.SUBMITTED
    ).exclude(submission__edition__state=EditionState.ARCHIVED)
    due = [row for row in rows.only("pk", "due_at", "reminded") if _new_days(row, moment)]
    return sum(_remind_of(row, moment) for row in due)


def _new_days(assignment: Assignment, moment: datetime.datetime) -> list[int]:
    """The days around the due moment that have come and were not thought of yet."""
    if assignment.due_at is None:
        return []
    begins = {day: assignment.due_at + datetime.timedelta(days=day) for day in DAYS}
    return [day for day, when in begins.items() if when <= moment and day not in assignment.reminded]


@transaction.atomic
def _remind_of(assignment: Assignment, moment: datetime.datetime) -> bool:
    """One letter, for the last of the days that came: after a stop of the worker nobody gets three at once. None for a
    day that was over when the assignment was sent, nor while an earlier reminder still waits in the outbox.
    """
    fresh = locked(assignment)
    days = _new_days(fresh, moment)
    if fresh.state not in WAITING or not days or fresh.due_at is None or fresh.sent_at is None:
        return False
    fresh.reminded = [*fresh.reminded, *days]
    fresh.save(update_fields=["reminded"])
    waits = fresh.letters.filter(kind=LetterKind.REMINDER, state=LetterState.WAITING).exists()
    late = fresh.sent_at >= fresh.due_at + datetime.timedelta(days=days[-1])
    if waits or late or not is_under_review(fresh):
        return False
    write(fresh, LetterKind.REMINDER, Wordings(fresh.submission.edition), None)
    return True
