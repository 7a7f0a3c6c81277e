"""What several actions share."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone

from accounts.actions.journal import target_of
from accounts.models import LogEntry, User
from evidence.models import Finding, Recommendation
from publications.actions.common import locked_output
from publications.models import Change, Output

DAY = datetime.timedelta(days=1)


class ReasonMissing(ValueError):
    """A return, a withdrawal, a rating or a refusal needs a reason that a reader understands."""


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def reason_in(text: str) -> str:
    if not text.strip():
        raise ReasonMissing
    return text.strip()


def without_words(changes: dict[str, list[Any]], names: Iterable[str]) -> dict[str, list[Any]]:
    """Changes for the log, which nobody can delete: of these texts how long they are, not what they say."""
    return changes | {name: [_length(text) for text in changes[name]] for name in names if name in changes}


def _length(text: Any) -> int | None:
    return None if text is None else len(str(text))


def number_today(by: User, action: str, older: "QuerySet[Any]") -> int:
    """How often somebody has done it in the last 24 hours, also where it was taken back since.

    `older`: what is dated before; the demo loads its history at once, which is no reason to refuse who tries it.
    """
    lately = LogEntry.objects.filter(actor=by, action=action, at__gte=timezone.now() - DAY)
    return lately.exclude(target__in=[target_of(thing) for thing in older.only("pk")]).count()


def assign(thing: Finding | Recommendation, names: Iterable[str], data: dict[str, Any]) -> None:
    """What of these is given; the rest stays."""
    for name in names:
        if name in data:
            setattr(thing, name, data[name])


def locked_finding(finding: Finding) -> Finding:
    """The finding as it is now, held until the transaction ends; the output first, so that nobody deadlocks.

    No row is locked together with what it points to: after waiting, PostgreSQL reads only the locked row anew.
    """
    output = locked_output(finding.output)
    fresh = Finding.objects.select_for_update().get(pk=finding.pk)
    fresh.output = output
    return fresh


def locked_recommendation(recommendation: Recommendation) -> Recommendation:
    output = locked_output(recommendation.output)
    fresh = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    fresh.output = output
    return fresh


def public_change(output: Output) -> None:
    """Call in the transaction of each change of something that the public sees: kept pages and followers notice."""
    if output.is_public:
        Change.objects.create(output=output)
