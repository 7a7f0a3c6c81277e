"""A day of the programme as a table: times down, rooms across. Sessions that overlap in one room share a cell."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from conferences.models import Edition, ProgrammeSession, Room

STEP = 15  # minutes
OPENS, CLOSES, MIDNIGHT = 8 * 60, 17 * 60, 24 * 60


@dataclass(slots=True)
class Cell:
    """Empty, or with sessions over `span` rows."""

    room: Room | None
    time: str
    span: int = 1
    sessions: list[ProgrammeSession] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    time: str  # "09:15"
    is_hour: bool
    cells: list[Cell]


@dataclass(slots=True)
class _Stretch:
    starts: int
    ends: int
    sessions: list[ProgrammeSession]


def rows_of(edition: Edition, rooms: list[Room], sessions: Iterable[ProgrammeSession], day: datetime.date) -> list[Row]:
    """The first column is for what takes place in all rooms."""
    stretches = _by_room(edition, sessions, day)
    times = _times([one for column in stretches.values() for one in column])
    columns = [_cells(room, stretches.get(room.pk if room else None, []), times) for room in (None, *rooms)]
    return [Row(_clock(at), at % 60 == 0, [column[at] for column in columns if at in column]) for at in times]


def _by_room(
    edition: Edition, sessions: Iterable[ProgrammeSession], day: datetime.date
) -> dict[int | None, list[_Stretch]]:
    """In minutes of the day."""
    found: dict[int | None, list[_Stretch]] = {}
    midnight = datetime.datetime.combine(day, datetime.time(), edition.tz)
    for session in sorted(sessions, key=lambda one: one.starts_at):
        starts = max(0, _minutes(session.starts_at - midnight))
        ends = min(MIDNIGHT, _minutes(session.ends_at - midnight))
        if starts >= MIDNIGHT or ends <= 0:
            continue
        column = found.setdefault(session.room_id, [])
        if column and starts < column[-1].ends:
            column[-1].ends = max(ends, column[-1].ends)
            column[-1].sessions.append(session)
        else:
            column.append(_Stretch(starts, ends, [session]))
    return found


def _minutes(length: datetime.timedelta) -> int:
    return int(length.total_seconds() // 60)


def _times(stretches: list[_Stretch]) -> list[int]:
    """Every quarter of an hour of the working day, and whenever something begins or ends."""
    first = min([OPENS, *(one.starts // 60 * 60 for one in stretches)])
    last = min(MIDNIGHT, max([CLOSES, *(-(-one.ends // 60) * 60 for one in stretches)]))
    edges = {edge for one in stretches for edge in (one.starts, one.ends)}
    return sorted(at for at in {*range(first, last, STEP), *edges} if first <= at < last)


def _cells(room: Room | None, stretches: list[_Stretch], times: list[int]) -> dict[int, Cell]:
    """By time; none where a cell above reaches down."""
    found = {at: Cell(room, _clock(at)) for at in times}
    for one in stretches:
        covered = [at for at in times if one.starts <= at < one.ends]
        for at in covered[1:]:
            del found[at]
        found[covered[0]].span, found[covered[0]].sessions = len(covered), one.sessions
    return found


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
