"""Ratings: a rater's word with its reason; the lowest word is repeated on the finding."""

import datetime

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from accounts.actions import log
from accounts.models import User
from evidence import rubrics, rules
from evidence.actions.common import locked_finding, public_change, reason_in, require
from evidence.models import Finding, Level, Rating, RatingKind


@transaction.atomic
def rate(
    finding: Finding,
    kind: str,
    value: int,
    reason_id: str,
    reason_en: str = "",
    *,
    by: User,
    on: datetime.date | None = None,
) -> Rating:
    """With a reason in one language at least.

    One a rater and kind: who rates again replaces the former rating, which stays in the log.
    """
    fresh = locked_finding(finding)
    require(rules.may_rate(by, fresh))
    kind, level = RatingKind(kind), Level(value)
    reason_in(reason_id + reason_en)
    before = fresh.ratings.filter(kind=kind, rater=by).first()
    rating, _is_new = Rating.objects.update_or_create(
        finding=fresh,
        kind=kind,
        rater=by,
        defaults={
            "value": level,
            "reason_id": reason_id.strip(),
            "reason_en": reason_en.strip(),
            "rated_on": on or timezone.localdate(),
            "rubric": rubrics.CURRENT,
        },
    )
    _repeat_lowest(fresh, kind)
    former = (before.value, before.reason) if before else (None, None)
    log(by, "finding.rated", fresh, {kind.value: [former[0], level.value], "reason": [former[1], rating.reason]})
    if fresh.is_public:
        public_change(fresh.output)
    return rating


def _repeat_lowest(finding: Finding, kind: RatingKind) -> None:
    lowest = finding.ratings.filter(kind=kind).aggregate(lowest=Min("value"))["lowest"]
    setattr(finding, kind.value, lowest)
    finding.save(update_fields=[kind.value])
