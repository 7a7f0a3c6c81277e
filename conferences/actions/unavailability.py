"""When a presenter cannot be there, said by themselves. What the committee enters is a list of the desk."""

import datetime

from django.db import transaction

from accounts.actions import log
from accounts.models import User
from conferences.actions.common import require
from conferences.actions.editions_common import locked
from conferences.actions.parts import TooMany
from conferences.models import Submission, Unavailability
from conferences.rules.programme import may_say_when_away

MOST = 20  # of one person in one edition


@transaction.atomic
def say_away(
    submission: Submission, starts_at: datetime.datetime, ends_at: datetime.datetime, note: str, *, by: User
) -> Unavailability:
    edition = locked(submission.edition)
    require(may_say_when_away(by, submission))
    if Unavailability.objects.filter(edition=edition, email=by.email).count() >= MOST:
        raise TooMany
    row = Unavailability.objects.create(
        edition=edition, email=by.email, name=str(by), starts_at=starts_at, ends_at=ends_at, note=note
    )
    log(by, "edition.unavailability_added", edition)
    return row


@transaction.atomic
def take_back(submission: Submission, pk: int, *, by: User) -> None:
    """Their own alone."""
    edition = locked(submission.edition)
    require(may_say_when_away(by, submission))
    done, _rows = Unavailability.objects.filter(pk=pk, edition=edition, email=by.email).delete()
    if done:
        log(by, "edition.unavailability_removed", edition)


def forget(user: User) -> None:
    """Within the transaction that closes the account."""
    Unavailability.objects.filter(email__iexact=user.email).delete()
