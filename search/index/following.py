"""Keeping one index equal to what is public: change by change, and each day the embargoes that end."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from django.utils import timezone

from search.index import changes, documents
from search.index.place import Place, State
from search.index.writing import Writer

BATCH = 200


class Follower:
    """Writes to one place. After an error it must be thrown away; a new one goes on from the last commit."""

    def __init__(self, place: Place, state: State) -> None:
        self.place = place
        self.state = state
        self._writer = Writer(place)

    def step(self) -> bool:
        """Take in the next changes, if there are any; whether there may be more."""
        today = max(timezone.localdate(), self.day)
        if today > self.day:
            self._take_in_lifted(today)
        with documents.one_snapshot():
            found = changes.since(self.state.xid, self.state.change, BATCH)
            built = documents.build(found.outputs, today) if found.outputs else []
        if found.outputs:
            self._commit(found.outputs, built)
            self._remember(replace(self.state, xid=found.xid, change=found.change))
        return not found.is_all

    def catch_up(self) -> None:
        """Up to now; what changes meanwhile, if ever so much, is left to whoever follows."""
        now = changes.horizon()
        while self.step() and self.state.xid < now:
            pass

    def close(self) -> None:
        self._writer.close()

    @property
    def day(self) -> datetime.date:
        return datetime.date.fromisoformat(self.state.day)

    def _take_in_lifted(self, today: datetime.date) -> None:
        with documents.one_snapshot():
            ids = changes.lifted(self.day, today)
        for start in range(0, len(ids), BATCH):
            chunk = ids[start : start + BATCH]
            with documents.one_snapshot():
                built = documents.build(chunk, today)
            self._commit(chunk, built)
        self._remember(replace(self.state, day=today.isoformat()))

    def _commit(self, ids: Sequence[int], built: Sequence[documents.Documents]) -> None:
        self._writer.replace(ids, built)
        self._writer.commit()

    def _remember(self, state: State) -> None:
        self.place.write_state(state)
        self.state = state
