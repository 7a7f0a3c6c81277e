"""Letters that ask for final papers: into the outbox, for those who owe one."""

import datetime
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from accounts.actions import log
from accounts.models import User
from conferences import phases
from conferences.actions import letters
from conferences.actions.common import require
from conferences.models import DateKind, Edition, Letter, LetterKind, Submission
from conferences.queries.final_papers import to_ask
from conferences.queries.letters import Wordings
from conferences.queries.values import for_final_paper
from conferences.rules.final_papers import may_ask_for_papers, takes_final_papers
from conferences.states import EditionState, LetterState

DAYS = (-7, -2)  # before the date, for those who were asked already


@transaction.atomic
def write(edition: Edition, chosen: Collection[int] | None, *, by: User) -> int:
    """For all who owe one, or those among `chosen` (keys of submissions); returns how many letters now wait.

    Pressed twice, nobody gets two.
    """
    fresh = Edition.objects.select_for_update().get(pk=edition.pk)
    require(may_ask_for_papers(by, fresh) and takes_final_papers(fresh))
    rows = to_ask(fresh) if chosen is None else to_ask(fresh).filter(pk__in=chosen)
    count = _into_outbox(edition, rows, by)
    if count:
        log(by, "final_paper.requested", edition, {"count": [None, count]})
    return count


def _into_outbox(edition: Edition, submissions: Iterable[Submission], by: User | None) -> int:
    prefetch_related_objects([edition], "dates")  # each letter says until when
    words = Wordings(edition)
    return len(Letter.objects.bulk_create(_letter(edition, submission, words, by) for submission in submissions))


def _letter(edition: Edition, submission: Submission, words: Wordings, by: User | None) -> Letter:
    submission.edition, author = edition, submission.submitter
    wording = letters.written(words.get(LetterKind.CAMERA_READY, "", author.language), for_final_paper(submission))
    return letters.unsaved(
        edition,
        LetterKind.CAMERA_READY,
        wording,
        email=author.email,
        name=author.name,
        language=author.language,
        submission=submission,
        made_by=by,
    )


def remind(at: datetime.datetime | None = None) -> int:
    """For the worker, now and then: once a week and once two days before the date. Repeating it does nothing."""
    moment = at or timezone.now()
    soon = moment + datetime.timedelta(days=-min(DAYS))
    due = {"dates__kind": DateKind.CAMERA_READY, "dates__at__gt": moment, "dates__at__lte": soon}
    editions = Edition.objects.filter(state=EditionState.PUBLIC, **due).prefetch_related("dates")
    return sum(_remind_of(edition, moment) for edition in editions)


@transaction.atomic
def _remind_of(edition: Edition, moment: datetime.datetime) -> int:
    """Who was asked, and not since the last of the days came: after a stop of the worker nobody gets two at once."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    due = phases.date_of(edition, DateKind.CAMERA_READY)
    if due is None or not takes_final_papers(edition):
        return 0
    begins = [since for day in DAYS if (since := due + datetime.timedelta(days=day)) <= moment]
    asked = Letter.objects.filter(edition=edition, kind=LetterKind.CAMERA_READY, submission__isnull=False)
    first = asked.filter(state=LetterState.SENT, sent_at__lt=max(begins)).values("submission")
    rows = to_ask(edition).filter(pk__in=first)
    return _into_outbox(edition, rows.exclude(pk__in=asked.filter(made_at__gte=max(begins)).values("submission")), None)
