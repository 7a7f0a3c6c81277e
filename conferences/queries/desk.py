"""What the organisers' desk shows, each page read in a fixed number of statements."""

import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.models import User
from conferences import parts
from conferences.actions.committee import addresses_of
from conferences.desk_numbers import NUMBERS, Number
from conferences.models import CommitteeMember, Edition, EditionQuerySet, ImportantDate, Series, Submission
from conferences.parts import Part
from conferences.rules.committee import may_list_submissions
from conferences.states import SubmissionState

NEXT = 4


def desks_of(user: User) -> EditionQuerySet:
    """Where somebody is on the committee, with `my_roles`; administrators: all. Two statements."""
    mine = CommitteeMember.objects.filter(user=user)
    rows = Edition.objects.select_related("series").prefetch_related(
        Prefetch("committee", queryset=mine, to_attr="my_roles")
    )
    return rows if user.is_administrator else rows.filter(committee__in=mine).distinct()


def all_series() -> "QuerySet[Series]":
    return Series.objects.annotate(edition_count=Count("editions"))


def invitations_of(user: User) -> "QuerySet[CommitteeMember]":
    waiting = CommitteeMember.objects.filter(user=None, invited_email__in=addresses_of(user))
    return waiting.select_related("edition")


def next_dates(edition: Edition, at: datetime.datetime) -> list[ImportantDate]:
    """Of the prefetched dates."""
    return [date for date in edition.dates.all() if date.at > at][:NEXT]


def submission_numbers(user: User, edition: Edition) -> list[Number]:
    """By state; drafts are their authors' own."""
    if not may_list_submissions(user, edition):
        return []
    rows = Submission.objects.handed_in().filter(edition=edition).values_list("state").annotate(n=Count("pk"))
    counts: dict[str, int] = dict(rows.order_by())
    return [Number(state.label, counts.get(state, 0)) for state in SubmissionState if state != SubmissionState.DRAFT]


NUMBERS.append(submission_numbers)
RELATED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "hosts": (("organisation",), ()),
    "committee": (("user",), ("tracks",)),
    "tracks": ((), ("pmks", "pillars")),
    "news": (("photo",), ("related",)),
    "speakers": (("photo",), ()),
    "sponsors": (("logo",), ()),
    "photos": (("blob",), ()),
}


def rows_of(part: Part, edition: Edition) -> "QuerySet[Any]":
    one, many = RELATED.get(part.name, ((), ()))
    rows = part.model.objects.filter(edition=edition, **part.fixed).select_related(*one).prefetch_related(*many)
    if part is parts.TRACKS:
        handed_in = ~Q(submissions__state=SubmissionState.DRAFT)
        rows = rows.annotate(submission_count=Count("submissions", filter=handed_in, distinct=True))
    found: QuerySet[Any] = rows
    return found
