"""The programme as iCalendar (RFC 5545): UID is the item's key, moments are UTC."""

from collections.abc import Iterable, Iterator

from conferences.ical import Event, calendar
from conferences.queries.schedule_people import session_uid
from conferences.schedules.addresses import item_url, session_url
from conferences.schedules.reading import Item, Programme, Session


def programme_calendar(programme: Programme, sessions: Iterable[Session], base: str) -> bytes:
    """The items of these sessions, and the sessions that have none. The same schedule gives the same bytes."""
    events = (event for session in sessions for event in session_events(programme, session, base))
    name = f"{programme.edition.title}"
    return calendar(name, events, stamp=programme.schedule.published_at)


def marked_calendar(programme: Programme, marks: Iterable[str], base: str) -> bytes:
    """What somebody has marked: a session as one entry, whatever is given in it."""
    wanted = set(marks)
    events = []
    for session in programme.sessions:
        if session.mark in wanted:
            events.append(_session_event(programme, session, base))
        events += [_item_event(programme, item, session, base) for item in session.items if item.mark in wanted]
    return calendar(str(programme.edition.title), events, stamp=programme.schedule.published_at)


def item_calendar(programme: Programme, item: Item, base: str) -> bytes:
    """Every slot of what is given."""
    sessions = {session.id: session for session in programme.sessions}
    events = [_item_event(programme, one, sessions[one.session_id], base) for one in programme.slots_of(item)]
    return calendar(str(item.title), events, stamp=programme.schedule.published_at)


def session_events(programme: Programme, session: Session, base: str) -> Iterator[Event]:
    if not session.items:
        yield _session_event(programme, session, base)
    for item in session.items:
        yield _item_event(programme, item, session, base)


def _item_event(programme: Programme, item: Item, session: Session, base: str) -> Event:
    people = ", ".join(person.name for person in item.people)
    board = f"{session.title}: {item.board}" if item.board else str(session.title)
    return Event(
        uid=item.key,
        summary=str(item.title),
        starts=item.starts_at,
        ends=item.ends_at,
        description="\n\n".join(filter(None, [people, "" if session.is_single else board, item.abstract])),
        location=_place(session),
        url=item_url(base, programme.edition, item.key),
        sequence=item.sequence,
        status="CANCELLED" if item.is_withdrawn else "",
    )


def _session_event(programme: Programme, session: Session, base: str) -> Event:
    return Event(
        uid=session_uid(session.id),
        summary=str(session.title),
        starts=session.starts_at,
        ends=session.ends_at,
        description="\n\n".join(filter(None, [", ".join(session.chairs), session.about])),
        location=_place(session),
        url=session_url(base, programme.edition, session.id),
        sequence=programme.schedule.number,
    )


def _place(session: Session) -> str:
    room = session.room
    return ", ".join(filter(None, [room.name, room.place])) if room else ""
