"""The pages of the programme's desk: each address and role, forms, bad input, two windows, statements."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conferences.models import CommitteeRole, Edition, ProgrammeSession, Unavailability
from conferences.programme_grid import rows_of
from tests.factories.accounts import make_user
from tests.factories.conferences import committee, make_edition
from tests.factories.programme import accepted, at, make_item, make_room, make_session, maker, publish

pytestmark = pytest.mark.django_db
COMMITTEE = list(CommitteeRole.values)
MAKERS = {"chair", "secretary", "programme_chair", "administrator"}
READS = ["desk_schedule", "desk_schedule_warnings", "desk_schedule_versions", "desk_rooms", "desk_unavailable"]
FORMS = ["desk_session_new", "desk_schedule_publish", "desk_rooms_new", "desk_unavailable_new"]
POSTS = {
    "desk_session": ["desk_session_remove", "desk_session_place", "desk_item_new"],
    "desk_item_edit": ["desk_item_order", "desk_item_remove"],
}


def url(name: str, edition: Edition, *more: Any) -> str:
    return reverse(f"conferences:{name}", args=[edition.slug, *more])


def filled(edition: Edition) -> dict[str, list[Any]]:
    """What each address needs besides the slug."""
    session, room = make_session(edition, room=make_room(edition)), edition.rooms.get()
    item = make_item(session, accepted(edition))
    publish(edition)
    of_session = ["desk_session", "desk_session_edit", "desk_session_move", *POSTS["desk_session"]]
    of_item = ["desk_item_edit", "desk_item_move", *POSTS["desk_item_edit"]]
    return (
        dict.fromkeys([*READS, *FORMS, "desk_schedule_place", "desk_schedule_differences"], [])
        | dict.fromkeys(of_session, [session.pk])
        | dict.fromkeys(of_item, [item.pk])
        | {"desk_schedule_day": [edition.starts_on.isoformat()], "desk_rooms_edit": [room.pk]}
        | {"desk_rooms_move": [room.pk], "desk_rooms_remove": [room.pk]}
    )


@pytest.mark.parametrize("role", [None, "stranger", "administrator", *COMMITTEE])
def test_every_page_and_role(client: Client, role: str | None) -> None:
    edition = make_edition()
    names = filled(edition)
    if role in COMMITTEE:
        client.force_login(committee(edition, role))
    elif role:
        client.force_login(
            make_user(f"{role}@contoh.id", role="administrator" if role == "administrator" else "researcher")
        )
    posts = {*POSTS["desk_session"], *POSTS["desk_item_edit"], "desk_schedule_place", "desk_rooms_move"}
    refused = 302 if role is None else 403
    for name, more in names.items():
        path = url(name, edition, *more)
        if name in posts | {"desk_rooms_remove"}:
            assert client.get(path).status_code == (405 if role else 302), path
            if role not in MAKERS:
                assert client.post(path).status_code == refused, path
        else:
            query = "?dari=1" if name == "desk_schedule_differences" else ""
            assert client.get(path + query).status_code == (200 if role in MAKERS else refused), path
    assert ProgrammeSession.objects.count() == 1


def test_archived_is_read_alone(client: Client) -> None:
    edition = make_edition()
    names = filled(edition)
    edition.state = "archived"
    edition.save()
    client.force_login(maker(edition))
    for name in (*READS, "desk_session", "desk_schedule_day"):
        answer = client.get(url(name, edition, *names[name]))
        assert answer.status_code == 200 and 'draggable="true"' not in answer.content.decode()
    for name in (*FORMS, "desk_session_edit", "desk_item_edit", "desk_session_move"):
        assert client.get(url(name, edition, *names[name])).status_code == 403


@pytest.fixture
def edition(client: Client) -> Edition:
    edition = make_edition()
    client.force_login(maker(edition))
    return edition


def session_form(edition: Edition, **changes: Any) -> dict[str, Any]:
    day = edition.starts_on.isoformat()
    form = {"kind": "parallel", "title_id": "Lanjut usia", "starts_at": f"{day}T09:00", "ends_at": f"{day}T10:30"}
    return form | changes


class TestSessions:
    def test_from_nothing_to_a_session_with_chairs(self, client: Client, edition: Edition) -> None:
        room, member = make_room(edition), edition.committee.get()
        others = "Dr. Ani Wijaya, M.Si. <ANI@contoh.id>\nBudi"
        form = session_form(edition, room=room.pk, members=[member.pk], others=others, expected=40)
        answer = client.post(url("desk_session_new", edition), form)
        session = edition.sessions.get()
        assert answer["Location"] == url("desk_session", edition, session.pk)
        told = [(chair.name, chair.email, chair.member) for chair in session.chairs.all()]
        assert told == [(member.name, "", member), ("Dr. Ani Wijaya, M.Si.", "ani@contoh.id", None), ("Budi", "", None)]
        assert (session.starts_at, session.room) == (at(edition, "09:00"), room)
        page = client.get(url("desk_session_edit", edition, session.pk)).content.decode()
        assert "Dr. Ani Wijaya, M.Si. &lt;ani@contoh.id&gt;\nBudi" in page

    @pytest.mark.parametrize(
        "wrong",
        [
            {"title_id": ""}, {"title_id": "x" * 301}, {"starts_at": "besok"}, {"starts_at": "1999-01-01T09:00"},
            {"ends_at": "2100-01-01T09:00"}, {"kind": "pesta"}, {"room": "9999"}, {"room": "x"}, {"track": "-1"},
            {"expected": "0"}, {"expected": "99999999999"}, {"others": "Ani <bukan alamat>"}, {"others": "A\n" * 11},
            {"members": ["77"]}, {"others": "a@b <x@y.id>"},
        ],
    )  # fmt: skip
    def test_bad_input(self, client: Client, edition: Edition, wrong: dict[str, Any]) -> None:
        assert client.post(url("desk_session_new", edition), session_form(edition, **wrong)).status_code == 422
        assert not edition.sessions.exists()

    def test_two_windows(self, client: Client, edition: Edition) -> None:
        session = make_session(edition)
        path = url("desk_session_edit", edition, session.pk)
        assert client.post(path, session_form(edition, revision=0, title_id="Satu")).status_code == 302
        answer = client.post(path, session_form(edition, revision=0, title_id="Dua"))
        page = answer.content.decode()
        assert answer.status_code == 409 and 'value="Dua"' in page and "Satu" in page
        assert client.post(path, session_form(edition, revision=1, title_id="Dua")).status_code == 302
        session.refresh_from_db()
        assert session.title_id == "Dua"

    def test_moving_by_form(self, client: Client, edition: Edition) -> None:
        room, session = make_room(edition), make_session(edition)
        path, day = url("desk_session_move", edition, session.pk), edition.ends_on.isoformat()
        form = {"day": day, "start": "13:05", "room": room.pk, "revision": 0}
        answer = client.post(path, form)
        assert answer["Location"] == f"{url('desk_schedule_day', edition, day)}#sesi-{session.pk}"
        session.refresh_from_db()
        assert (session.starts_at, session.room) == (at(edition, "13:05", 1), room)
        stale = client.post(path, form | {"start": "14:00"}, follow=True)
        assert "berubah sementara itu" in stale.content.decode()
        for wrong in ({"day": "2001-01-01"}, {"start": "25:00"}, {"start": ""}, {"room": "999"}, {"day": ""}):
            assert client.post(path, form | wrong).status_code == 422, wrong
        session.refresh_from_db()
        assert session.starts_at == at(edition, "13:05", 1)

    def test_removing(self, client: Client, edition: Edition) -> None:
        session = make_session(edition)
        path = url("desk_session_remove", edition, session.pk)
        assert client.post(path, {"revision": 7})["Location"] == url("desk_session", edition, session.pk)
        assert client.post(path, {"revision": 0}).status_code == 302 and not edition.sessions.exists()
        assert client.post(path, {"revision": 0}).status_code == 404


class TestItems:
    def test_adding_and_editing(self, client: Client, edition: Edition) -> None:
        session, paper = make_session(edition), accepted(edition)
        path = url("desk_item_new", edition, session.pk)
        form = {"submission": paper.pk, "minutes": 20, "start": "09:10", "revision": 0}
        for wrong in ({"minutes": 0}, {"minutes": ""}, {"submission": ""}, {"submission": 9}, {"start": "x"}):
            assert client.post(path, form | wrong).status_code == 422, wrong
        assert client.post(path, form).status_code == 302
        assert client.post(path, form).status_code == 409  # the session was changed
        assert client.post(path, form | {"revision": 1}).status_code == 422  # it is there already
        item = session.items.get()
        assert (item.submission, item.starts_at, item.minutes) == (paper, at(edition, "09:10"), 20)
        change = url("desk_item_edit", edition, item.pk)
        assert client.post(change, form | {"revision": 0}).status_code == 409
        assert client.post(change, form | {"revision": 1, "minutes": 30, "start": ""}).status_code == 302
        item.refresh_from_db()
        assert (item.minutes, item.starts_at) == (30, session.starts_at)

    def test_moving_ordering_removing(self, client: Client, edition: Edition) -> None:
        one, two = make_session(edition), make_session(edition, "13:00", "14:00")
        first, second = make_item(one, "Satu"), make_item(one, "Dua")
        client.post(url("desk_item_order", edition, second.pk), {"ke": "atas", "revision": 2})
        assert list(one.items.all()) == [second, first]
        path = url("desk_item_move", edition, first.pk)
        assert client.post(path, {"session": 99, "revision": 3}).status_code == 422
        answer = client.post(path, {"session": two.pk, "start": "", "revision": 3})
        assert answer["Location"].endswith(f"#butir-{first.pk}")
        assert list(two.items.all()) == [first]
        client.post(url("desk_item_remove", edition, first.pk), {"revision": 1})
        assert not two.items.exists()

    def test_placing(self, client: Client, edition: Edition) -> None:
        session, papers = make_session(edition), [accepted(edition) for _ in range(3)]
        page = client.get(url("desk_schedule", edition)).content.decode()
        assert all(f"#{paper.number} " in page for paper in papers)
        path, form = url("desk_schedule_place", edition), {"session": session.pk, "minutes": 10}
        assert client.post(path, form).status_code == 422
        answer = client.post(path, {"submission": [papers[0].pk], "minutes": 10})
        assert answer.status_code == 422 and f'value="{papers[0].pk}" checked' in answer.content.decode()
        client.post(path, form | {"submission": [papers[0].pk, "x", "99999999999"]})
        assert session.items.get().submission == papers[0]
        client.post(path, form | {"which": "semua"})
        assert session.items.count() == 3
        again = client.post(path, form | {"submission": [papers[0].pk]}, follow=True).content.decode()
        assert f"Sementara itu sudah ditempatkan orang lain: #{papers[0].number}" in again
        late = accepted(edition)
        client.post(url("desk_session_place", edition, session.pk), {"submission": late.pk})
        assert session.items.get(submission=late).minutes == 10


class TestPublishing:
    def test_looked_at_then_published(self, client: Client, edition: Edition) -> None:
        session = make_session(edition)
        other = accepted(edition)
        page = client.get(url("desk_schedule_publish", edition))
        text = page.content.decode()
        assert "Diterima, tetapi belum ditempatkan" in text and f"#{other.number}" in text
        seen = page.context["draft"].stamp
        session.title_id = "Nama lain"
        session.save()
        form = {"note_id": "Catatan saya", "note_en": "", "seen": seen}
        stale = client.post(url("desk_schedule_publish", edition), form)
        assert stale.status_code == 409 and 'value="Catatan saya"' in stale.content.decode()
        wrong = client.post(url("desk_schedule_publish", edition), form | {"note_id": "x" * 501})
        assert wrong.status_code == 422
        form["seen"] = stale.context["draft"].stamp
        assert client.post(url("desk_schedule_publish", edition), form).status_code == 302
        assert client.post(url("desk_schedule_publish", edition), form).status_code == 422
        versions = client.get(url("desk_schedule_versions", edition)).content.decode()
        assert "Versi 1" in versions and "Catatan saya" in versions

    def test_differences(self, client: Client, edition: Edition) -> None:
        session = make_session(edition)
        publish(edition)
        session.starts_at, session.ends_at = at(edition, "15:00"), at(edition, "16:00")
        session.save()
        path = url("desk_schedule_differences", edition)
        page = client.get(path, {"dari": "1", "ke": "kini"}).content.decode()
        assert "09.00–10.30" in page and "15.00–16.00" in page and "waktu lain" in page
        for query in ({"dari": "2"}, {"dari": "x"}, {}, {"dari": "1", "ke": "99999999999"}):
            assert client.get(path, query).status_code == 404


def test_when_a_presenter_cannot_come(client: Client) -> None:
    edition = make_edition()
    paper, other = accepted(edition), accepted(edition)
    client.force_login(paper.submitter)
    path, day = url("submission_away", edition, paper.pk), edition.starts_on.isoformat()
    assert path in client.get(url("submission", edition, paper.pk)).content.decode()
    assert client.get(url("submission_away", edition, other.pk)).status_code == 404
    form = {"starts_at": f"{day}T09:00", "ends_at": f"{day}T12:00", "note": "Sidang"}
    assert client.post(path, form | {"ends_at": f"{day}T08:00"}).status_code == 422
    assert client.post(path, form).status_code == 302
    row = Unavailability.objects.get()
    assert (row.email, row.starts_at) == (paper.submitter.email, at(edition, "09:00"))
    foreign = Unavailability.objects.create(
        edition=edition, name="Lain", email="lain@contoh.id", starts_at=row.starts_at, ends_at=row.ends_at
    )
    client.post(url("submission_away_remove", edition, paper.pk, foreign.pk))
    client.post(url("submission_away_remove", edition, paper.pk, row.pk))
    assert list(Unavailability.objects.all()) == [foreign]


def test_the_table_of_a_day() -> None:
    edition = make_edition()
    room = make_room(edition)
    one, two = make_session(edition, "07:30", "09:00", room=room), make_session(edition, "08:40", "09:10", room=room)
    late = make_session(edition, "23:00", "23:50")
    rows = rows_of(edition, [room], edition.sessions.all(), edition.starts_on)
    assert (rows[0].time, rows[0].is_hour, rows[-1].time) == ("07:00", True, "23:50")
    [cell] = [cell for row in rows for cell in row.cells if cell.room == room and cell.sessions]
    covered = [row.time for row in rows if "07:30" <= row.time < "09:10"]
    assert cell.sessions == [one, two] and (cell.time, cell.span) == ("07:30", len(covered))
    for row in rows:
        assert len(row.cells) == (1 if row.time in [*covered[1:], "23:15", "23:30", "23:45"] else 2), row.time
    assert rows_of(edition, [room], [late], edition.ends_on)[0].time == "08:00"


def test_the_same_number_of_statements_however_much_there_is(client: Client, edition: Edition) -> None:
    room = make_room(edition)

    def fill(number: int) -> None:
        session = make_session(edition, f"{8 + number:02d}:00", f"{9 + number:02d}:00", room=room)
        make_item(session, accepted(edition))
        make_item(session, "Tanya jawab")
        accepted(edition)
        make_room(edition, f"Ruang {number}")
        publish(edition)

    def statements(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    fill(1)
    session = edition.sessions.get()
    paths = [url(name, edition) for name in (*READS, *FORMS[:2])]
    paths += [url("desk_session", edition, session.pk), f"{url('desk_schedule_differences', edition)}?dari=1"]
    few = [statements(path) for path in paths]
    for number in range(2, 5):
        fill(number)
    assert [statements(path) for path in paths] == few
    assert max(few) <= 32
