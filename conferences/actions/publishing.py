"""Publishing the programme: a numbered schedule that stays as it is, and a letter to those whose place it changes."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.actions import log
from accounts.models import User
from conferences.actions import schedule_letters
from conferences.actions.common import ChangedMeanwhile
from conferences.actions.programme import held
from conferences.models import Edition, ProgrammeItem, Schedule
from conferences.programme_differences import Difference, differences
from conferences.queries.programme import Working, last_schedule
from conferences.queries.snapshot import FORMAT, snapshot

NOTHING: dict[str, Any] = {"format": FORMAT, "rooms": [], "sessions": []}


class NothingNew(ValueError):
    """The programme is empty, or stands as it was published last."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be published now. `stamp` says whether somebody has seen just this."""

    last: Schedule | None
    data: dict[str, Any]
    differences: list[Difference]

    @property
    def number(self) -> int:
        return self.last.number + 1 if self.last else 1

    @property
    def stamp(self) -> str:
        text = json.dumps([self.number, self.data], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    @property
    def is_new(self) -> bool:
        """Something is there, and not all of it is published already."""
        return bool(self.data["sessions"]) and (self.last is None or self.last.data != self.data)


def draft_of(edition: Edition) -> Draft:
    last, data = last_schedule(edition), snapshot(edition)
    return Draft(last, data, differences(last.data if last else NOTHING, data))


@transaction.atomic
def publish(edition: Edition, note_id: str, note_en: str, *, by: User, seen: str) -> tuple[Schedule, int]:
    """Returns also how many letters wait in the outbox now. Raises `NothingNew`, `ChangedMeanwhile`."""
    fresh = held(edition, by)
    draft = draft_of(fresh)
    if not draft.is_new:
        raise NothingNew
    if draft.stamp != seen:
        raise ChangedMeanwhile
    schedule = store(fresh, draft, {"note_id": note_id, "note_en": note_en}, by=by)
    written = schedule_letters.write(schedule, Working(fresh), by=by)
    log(by, "programme.published", fresh, {"number": [draft.number - 1 or None, draft.number]})
    return schedule, written


def store(edition: Edition, draft: Draft, words: dict[str, str], *, by: User | None) -> Schedule:
    """Within the caller's transaction. What moved gets a higher sequence, so that calendars take the new time."""
    moved = [one.entry.key for one in draft.differences if one.moves and not one.entry.is_session]
    ProgrammeItem.objects.filter(session__edition=edition, key__in=moved).update(sequence=F("sequence") + 1)
    data = snapshot(edition) if moved else draft.data
    return Schedule.objects.create(
        edition=edition, number=draft.number, data=data, published_at=timezone.now(), published_by=by, **words
    )
