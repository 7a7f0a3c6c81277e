"""Sessions and items: added, moved, ordered, removed, placed; who may; two windows; what is illegal."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import LogEntry
from conferences import parts
from conferences.actions import parts as part_actions
from conferences.actions import programme as actions
from conferences.actions import programme_items as items
from conferences.actions.cloning import clone
from conferences.actions.editions_common import Conflict
from conferences.actions.parts import InUse
from conferences.actions.programme import Chair, Gone
from conferences.actions.programme_items import AlreadyThere
from conferences.models import CommitteeRole, ProgrammeItem, Submission
from conferences.states import SubmissionState
from tests.factories.accounts import make_user
from tests.factories.conferences import committee, make_edition, make_submission, make_track
from tests.factories.programme import accepted, at, make_item, make_room, make_session, maker

pytestmark = pytest.mark.django_db
MAKERS = {"chair", "secretary", "programme_chair"}


@pytest.mark.parametrize("role", CommitteeRole.values)
def test_who_may(role: str) -> None:
    edition = make_edition()
    session, by = make_session(edition), committee(edition, role)
    act = lambda: actions.move_session(session, at(edition, "10:00"), None, by=by, seen=0)  # noqa: E731
    if role in MAKERS:
        act()
    else:
        with pytest.raises(PermissionDenied):
            act()


def test_an_archived_edition_is_read_alone() -> None:
    edition = make_edition()
    session, room = make_session(edition), make_room(edition)
    edition.state = "archived"
    edition.save()
    for act in (
        lambda: actions.remove_session(session, by=maker(edition), seen=0),
        lambda: items.place(session, [], 15, by=maker(edition)),
        lambda: part_actions.remove(parts.ROOMS, room, by=maker(edition)),
    ):
        with pytest.raises(PermissionDenied):
            act()


class TestSessions:
    def test_moving_takes_all_along(self) -> None:
        edition = make_edition()
        room, session = make_room(edition), make_session(edition)
        item = make_item(session, starts_at=at(edition, "09:20"))
        session.refresh_from_db()
        actions.move_session(session, at(edition, "13:00", 1), room, by=maker(edition), seen=session.revision)
        session.refresh_from_db()
        item.refresh_from_db()
        assert (session.starts_at, session.ends_at) == (at(edition, "13:00", 1), at(edition, "14:30", 1))
        assert session.room == room and item.starts_at == at(edition, "13:20", 1)
        entry = LogEntry.objects.filter(action="programme.session_moved").get()
        assert "09:00 WIB" in entry.changes["programmesession.starts_at"][0]

    def test_a_second_window_overwrites_nothing(self) -> None:
        edition = make_edition()
        session, by = make_session(edition), maker(edition)
        actions.move_session(session, at(edition, "10:00"), None, by=by, seen=0)
        with pytest.raises(Conflict):
            actions.move_session(session, at(edition, "11:00"), None, by=by, seen=0)
        with pytest.raises(Conflict):
            actions.remove_session(session, by=by, seen=None)
        actions.remove_session(session, by=by, seen=1)
        with pytest.raises(Gone):
            actions.remove_session(session, by=by, seen=1)

    def test_nothing_of_another_edition(self) -> None:
        edition = make_edition()
        session, other = make_session(edition), make_edition()
        with pytest.raises(PermissionDenied):
            actions.move_session(session, at(edition, "10:00"), make_room(other), by=maker(edition), seen=0)
        with pytest.raises(PermissionDenied):
            make_session(edition, track=make_track(other))
        with pytest.raises(PermissionDenied):
            make_session(edition, chairs=(Chair("Siapa", member=other.committee.get()),))

    def test_a_room_in_use_stays(self) -> None:
        edition = make_edition()
        room = make_room(edition)
        make_session(edition, room=room)
        with pytest.raises(InUse):
            part_actions.remove(parts.ROOMS, room, by=maker(edition))

    def test_the_next_edition_has_the_rooms(self) -> None:
        edition = make_edition()
        make_room(edition, capacity=40)
        words = {"number": 99, "slug": "baru", "title_id": "Baru", "title_en": "", "theme_id": "", "theme_en": ""}
        by = make_user("admin@contoh.id", role="administrator")
        fresh = clone(edition, words | {"starts_on": edition.starts_on + datetime.timedelta(days=364)}, by=by)
        assert [(room.name_id, room.capacity) for room in fresh.rooms.all()] == [("Aula", 40)]


class TestItems:
    def test_one_after_the_other_and_ordered(self) -> None:
        edition = make_edition()
        session, by = make_session(edition), maker(edition)
        first, second = make_item(session, "Satu", minutes=10), make_item(session, "Dua", minutes=30)
        make_item(session, "Tiga", starts_at=at(edition, "09:50"))  # after a pause of ten minutes
        session.refresh_from_db()
        assert items.order_item(second, up=True, by=by, seen=session.revision)
        told = [(item.title_id, item.starts_at) for item in session.items.all()]
        clocks = ("09:00", "09:30", "09:50")
        assert told == [(name, at(edition, clock)) for name, clock in zip(("Dua", "Satu", "Tiga"), clocks, strict=True)]
        assert not items.order_item(second, up=True, by=by, seen=session.revision + 1)
        with pytest.raises(Conflict):
            items.order_item(first, up=False, by=by, seen=session.revision)

    def test_to_another_session_with_the_same_key(self) -> None:
        edition = make_edition()
        one, two, paper = make_session(edition), make_session(edition, "13:00", "14:00"), accepted(edition)
        item = make_item(one, paper)
        one.refresh_from_db()
        moved = items.move_item(item, two, None, by=maker(edition), seen=one.revision)
        assert (moved.key, moved.session, moved.starts_at) == (item.key, two, at(edition, "13:00"))
        make_item(one, paper)  # a paper may have several slots
        with pytest.raises(AlreadyThere):
            make_item(one, paper)
        one.refresh_from_db()
        with pytest.raises(AlreadyThere):
            items.move_item(one.items.get(), two, None, by=maker(edition), seen=one.revision)
        stranger = make_session(make_edition())
        with pytest.raises(PermissionDenied):
            items.move_item(one.items.get(), stranger, None, by=maker(edition), seen=one.revision)

    def test_placing_what_waits(self) -> None:
        edition = make_edition()
        session, papers = make_session(edition), [accepted(edition) for _ in range(3)]
        make_item(session, papers[2])
        rejected = make_submission(papers[0].track, SubmissionState.REJECTED)
        placed, left = items.place(session, [*papers, rejected], 20, by=maker(edition))
        assert (placed, left) == (2, [papers[2], rejected])
        starts = list(session.items.order_by("starts_at").values_list("starts_at", flat=True))
        assert starts == [at(edition, clock) for clock in ("09:00", "09:15", "09:35")]

    def test_posters_hang_for_the_whole_session(self) -> None:
        edition = make_edition()
        session = make_session(edition, kind="posters")
        items.place(session, [accepted(edition), accepted(edition)], 15, by=maker(edition))
        rows = list(session.items.values_list("board", "minutes", "starts_at"))
        assert rows == [("1", 90, session.starts_at), ("2", 90, session.starts_at)]
        second = session.items.get(board="2")
        session.refresh_from_db()
        items.order_item(second, up=True, by=maker(edition), seen=session.revision)
        assert session.items.first() == second and second.starts_at == session.starts_at

    def test_removing_and_editing(self) -> None:
        edition = make_edition()
        session, paper = make_session(edition), accepted(edition)
        item = make_item(session, paper)
        data: dict[str, Any] = {"submission": paper, "minutes": 25, "board": "A1", "starts_at": at(edition, "09:05")}
        session.refresh_from_db()
        item = items.edit_item(item, data, by=maker(edition), seen=session.revision)
        assert (item.minutes, item.board, item.starts_at) == (25, "A1", at(edition, "09:05"))
        session.refresh_from_db()
        items.remove_item(item, by=maker(edition), seen=session.revision)
        assert not ProgrammeItem.objects.exists() and Submission.objects.filter(programme_items=None).get() == paper
        with pytest.raises(Gone):
            items.remove_item(item, by=maker(edition), seen=session.revision + 1)
