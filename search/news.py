"""What may have to be told: outputs that became public or were opened, and those of them that have changed since.

An output is looked at again after each change, since only then it may be what somebody follows. Rows of a transaction
that began long ago come with an old time, so each look reaches back `OVERLAP` before the last one; what was told
already is known by `Told`.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from publications.models import Change, Output
from publications.states import Access
from search.models import Alert

OVERLAP = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Candidate:
    id: int
    public_since: datetime.datetime
    opened_on: datetime.date | None

    def is_new_since(self, moment: datetime.datetime) -> bool:
        return self.public_since > moment or (
            self.opened_on is not None and self.opened_on > timezone.localtime(moment).date()
        )


def candidates(since: datetime.datetime, checked_at: datetime.datetime, now: datetime.datetime) -> list[Candidate]:
    """For alerts that began at `since` or later and were looked at at `checked_at` or later."""
    after, today = checked_at - OVERLAP, timezone.localtime(now).date()
    changed = Change.objects.filter(at__gt=after).values("output")
    ended = Q(current__access=Access.EMBARGOED, current__embargo_until__lte=today)
    began = timezone.localtime(since).date()
    wanted = Q(pk__in=changed) & (
        Q(first_published_at__gt=since) | ended & Q(current__embargo_until__gt=began)
    ) | ended & Q(current__embargo_until__gt=timezone.localtime(after).date())
    rows = Output.objects.public().filter(wanted).order_by("pk")
    return [
        Candidate(pk, public_since, opened if access == Access.EMBARGOED and opened and opened <= today else None)
        for pk, public_since, access, opened in rows.values_list(
            "pk", "first_published_at", "current__access", "current__embargo_until"
        )
        if public_since is not None
    ]


def new_for(alert: Alert, found: list[Candidate]) -> list[int]:
    return [candidate.id for candidate in found if candidate.is_new_since(alert.since)]
