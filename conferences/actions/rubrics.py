"""The rubric of each track."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.actions import log
from accounts.models import User
from conferences.actions.common import require
from conferences.models import Criterion, Track
from conferences.rubrics import USUAL
from conferences.rules.committee import may_lead_programme

FIELDS = ("label_id", "label_en", "anchors_id", "anchors_en", "weight")


class InUse(Exception):
    """Points were given by it."""


@transaction.atomic
def save(track: Track, criterion: Criterion | None, data: dict[str, Any], *, by: User) -> Criterion:
    require(may_lead_programme(by, track.edition))
    if criterion is None:
        last = Criterion.objects.filter(track=track).aggregate(last=Max("position"))["last"]
        criterion = Criterion(track=track, position=0 if last is None else last + 1)
    for name in FIELDS:
        setattr(criterion, name, data[name])
    criterion.save()
    log(by, "criterion.saved", track)
    return criterion


@transaction.atomic
def delete(criterion: Criterion, *, by: User) -> None:
    require(may_lead_programme(by, criterion.track.edition))
    if criterion.scores.exists():
        raise InUse
    log(by, "criterion.deleted", criterion.track)
    criterion.delete()


@transaction.atomic
def take_usual(track: Track, *, by: User) -> None:
    """Our own five lines, where a track has none."""
    require(may_lead_programme(by, track.edition))
    Track.objects.select_for_update().get(pk=track.pk)
    if Criterion.objects.filter(track=track).exists():
        raise InUse
    for line in USUAL:
        save(track, None, line, by=by)
