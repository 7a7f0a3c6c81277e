"""Check-ins: told twice, by two phones, late, wrongly; and 150 people at two phones."""

import datetime
import json
import random
import time
import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import LogEntry
from conferences.actions import check_ins
from conferences.actions.check_ins import MOST_AGO, Told
from conferences.badges import key_in, mark_of, token_of
from conferences.certifying.earned import earned
from conferences.models import CheckIn, Edition, SessionKind
from conferences.states import RegistrationState
from tests.factories.conferences import committee
from tests.factories.the_day import (
    check_in,
    edition_today,
    make_participant,
    make_participants,
    make_session,
    registrar,
    tell,
)

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


def test_a_badge_is_opaque_and_cannot_be_forged() -> None:
    one, other = make_participants(edition_today(), 2)
    token = token_of(one)
    assert key_in(token) == one.badge_key
    assert one.badge_key.hex not in token and len(token) < 80
    key, _mark, signature = token.partition(".")
    for forged in ("", key, f"{token_of(other).split('.')[0]}.{signature}", token[:-1], "x" * 200, "é.è"):
        assert key_in(forged) is None


def test_told_again_counts_once() -> None:
    edition = edition_today()
    person = make_participant(edition)
    told = Told(uuid.uuid4(), person.number, ago=5 * MINUTE)
    for _ in range(3):
        (outcome,) = check_ins.record(edition, [told], by=registrar(edition))
        assert outcome.state == "in"
    row = CheckIn.objects.get()
    assert abs(row.received_at - 5 * MINUTE - row.at) < datetime.timedelta(seconds=1)


def test_two_phones_make_one_check_in_and_the_second_hears_of_the_first() -> None:
    edition = edition_today()
    person, first = make_participant(edition), registrar(edition)
    tell(edition, person, by=first)
    (outcome,) = tell(edition, person, by=committee(edition, "secretary"))
    assert outcome.state == "duplicate" and outcome.row is not None and outcome.row.by == first
    (again, twice) = tell(edition, person, person, session=make_session(edition).pk)  # elsewhere, within one sending
    assert (again.state, twice.state) == ("in", "duplicate")
    assert CheckIn.objects.count() == 2


def test_undone_may_come_again_and_late_news_of_it_stays_undone() -> None:
    edition = edition_today()
    person, by = make_participant(edition), registrar(edition)
    key, other = uuid.uuid4(), uuid.uuid4()
    assert _state(edition, Told(key, person.number)) == "in"
    assert _state(edition, Told(key, person.number, is_undone=True)) == "undone"
    assert _state(edition, Told(key, person.number)) == "undone"  # an answer was lost, it is told again
    assert _state(edition, Told(other, person.number, is_undone=True)) == "undone"  # never arrived before
    assert _state(edition, Told(other, person.number)) == "undone"
    row = check_in(person)
    check_ins.undo(row, by=by)
    check_ins.undo(row, by=by)
    assert not CheckIn.objects.filter(undone_at=None).exists()
    entries = LogEntry.objects.filter(action="check_in.undone")
    assert [entry.changes for entry in entries] == [{"registration": [person.number, None]}] * 2


def _state(edition: Edition, told: Told) -> str:
    return check_ins.record(edition, [told], by=registrar(edition))[0].state


def test_times_are_bounded() -> None:
    edition = edition_today()
    one, other = make_participants(edition, 2)
    tell(edition, one, ago=-90 * MINUTE)
    tell(edition, other, ago=datetime.timedelta(days=400))
    early, late = (CheckIn.objects.get(registration=row) for row in (one, other))
    assert early.at == early.received_at
    assert late.at == late.received_at - MOST_AGO


def test_practice_counts_for_nothing_and_stands_in_nobodys_way(client: Client) -> None:
    today = timezone.localdate()
    edition = edition_today(starts_on=today + datetime.timedelta(days=5), ends_on=today + datetime.timedelta(days=5))
    one, other = make_participants(edition, 2)
    check_in(one)
    client.force_login(registrar(edition))
    assert "latihan" in client.get(f"/panitia/{edition.slug}/presensi/").content.decode()
    present = f"/panitia/{edition.slug}/presensi/hadir/"
    assert list(client.get(present).json()["present"]) == ["1"]
    assert earned(edition, "participant") == []
    CheckIn.objects.update(at=timezone.now() - datetime.timedelta(days=3))
    Edition.objects.filter(pk=edition.pk).update(starts_on=today)
    edition.refresh_from_db()
    assert client.get(present).json()["present"] == {}
    assert [outcome.state for outcome in tell(edition, other, one)] == ["in", "in"]
    assert [line.name for line in earned(edition, "participant")] == [one.name, other.name]


def test_who_is_not_confirmed_or_not_there_is_told_so() -> None:
    edition = edition_today()
    waiting = make_participant(edition, RegistrationState.WAITING)
    break_ = make_session(edition, kind=SessionKind.BREAK)
    elsewhere = make_session(edition_today())
    person, stranger = make_participant(edition), make_participant(edition_today())
    assert tell(edition, waiting)[0].state == "refused"
    assert _state(edition, Told(uuid.uuid4(), 999)) == "unknown"
    assert _state(edition, Told(uuid.uuid4(), badge=stranger.badge_key)) == "unknown"
    for session in (break_, elsewhere):
        assert _state(edition, Told(uuid.uuid4(), person.number, session=session.pk)) == "unknown"
    assert _state(edition, Told(uuid.uuid4(), badge=person.badge_key)) == "in"
    key = CheckIn.objects.get().client_key
    assert _state(edition, Told(key, make_participant(edition).number)) == "unknown"  # a key is for one person


@pytest.mark.parametrize("role", ["programme_chair", "track_chair", "editor", "member"])
def test_others_may_not(role: str) -> None:
    edition = edition_today()
    person = make_participant(edition)
    with pytest.raises(PermissionDenied):
        tell(edition, person, by=committee(edition, role))
    row = check_in(person)
    with pytest.raises(PermissionDenied):
        check_ins.undo(row, by=committee(edition, role))
    Edition.objects.filter(pk=edition.pk).update(state="archived")
    edition.refresh_from_db()
    with pytest.raises(PermissionDenied):
        tell(edition, person)


def post(client: Client, edition: Edition, told: Any) -> Any:
    body = told if isinstance(told, str) else json.dumps({"told": told})
    return client.post(f"/panitia/{edition.slug}/presensi/catat/", body, content_type="application/json")


WRONG = [
    "", "[]", "{}", '{"told": 1}', '{"told": [1]}', '{"told": [{}]}', '{"told": [{"key": "x", "number": 1}]}',
    '{"told": [{"key": 5, "number": 1}]}', "[" * 50_000,
]  # fmt: skip


def test_nonsense_is_refused(client: Client) -> None:
    edition = edition_today()
    client.force_login(registrar(edition))
    key = str(uuid.uuid4())
    odd: list[dict[str, Any]] = [
        {"number": True}, {"number": -1}, {"number": "1"}, {"number": 2**40}, {"session": "x"}, {"badge": 7},
        {"number": 1, "ago": "x"}, {"number": 1, "ago": [1]},
    ]  # fmt: skip
    for body in [*WRONG, *(json.dumps({"told": [{"key": key, **one}]}) for one in odd), "x" * 70_000]:
        assert post(client, edition, body).status_code == 400, body[:80]
    assert post(client, edition, [{"key": str(uuid.uuid4()), "number": 1}] * 201).status_code == 400
    assert (
        post(client, edition, json.dumps({"told": [{"key": key, "number": 1, "ago": float("nan")}]})).status_code == 400
    )
    assert post(client, edition, [{"key": key, "badge": "falsch"}]).json()["outcomes"][0]["state"] == "unknown"
    assert not CheckIn.objects.exists()


def test_without_the_token_of_the_page_nothing_is_recorded() -> None:
    edition = edition_today()
    client = Client(enforce_csrf_checks=True)
    client.force_login(registrar(edition))
    assert post(client, edition, []).status_code == 403


def test_statements_do_not_grow(client: Client) -> None:
    edition = edition_today()
    client.force_login(registrar(edition))
    counts = []
    for size in (2, 40):
        rows = [make_participant(edition) for _ in range(size)]
        told = [{"key": str(uuid.uuid4()), "number": row.number} for row in rows]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(post(client, edition, told).json()["outcomes"]) == size
        counts.append(len(queries))
        for page in ("presensi/?q=Peserta", "presensi/hadir/", "presensi/peserta/", "kehadiran/", "kehadiran/pintu/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/panitia/{edition.slug}/{page}").status_code == 200
            counts.append(len(queries))
    half = len(counts) // 2
    assert counts[:half] == counts[half:]


def test_what_a_phone_keeps(client: Client) -> None:
    edition = edition_today()
    person = make_participant(edition, badge_name="Bu Siti", phone="0812", position_title="Kepala")
    make_participant(edition, RegistrationState.REQUESTED)
    client.force_login(registrar(edition))
    text = client.get(f"/panitia/{edition.slug}/presensi/peserta/").content.decode()
    assert json.loads(text)["people"] == [[1, person.name, "Bu Siti", "dosen", mark_of(token_of(person))]]
    assert person.email not in text and token_of(person) not in text and "0812" not in text
    page = client.get(f"/panitia/{edition.slug}/presensi/")
    assert "camera=(self)" in page["Permissions-Policy"] and page["Cache-Control"] == "private, no-store"
    assert "camera=()" in client.get(f"/panitia/{edition.slug}/kehadiran/")["Permissions-Policy"]


def test_without_script(client: Client) -> None:
    edition = edition_today()
    session, person = make_session(edition), make_participant(edition, name="Siti Aminah")
    client.force_login(registrar(edition))
    at = f"/panitia/{edition.slug}/presensi/"
    page = client.get(at, {"q": "aminah siti", "sesi": session.pk})
    (row,) = page.context["found"]
    assert row["person"] == person and session.title in page.content.decode()
    for text in ("1", token_of(person)):
        assert [found["person"] for found in client.get(at, {"q": text}).context["found"]] == [person]
    for words in (
        "Siti Aminah telah dicatat hadir",
        "Siti Aminah telah dicatat hadir",
    ):
        done = client.post(f"{at}?sesi={session.pk}", {"number": 1, "key": row["key"]}, follow=True)
        assert words in done.content.decode()
    assert (
        "sudah"
        in client.post(f"{at}?sesi={session.pk}", {"number": 1, "key": uuid.uuid4()}, follow=True).content.decode()
    )
    assert CheckIn.objects.get().session == session
    for wrong in (
        {},
        {"number": "x", "key": uuid.uuid4()},
        {"number": 99, "key": uuid.uuid4()},
        {"number": 1, "key": "x"},
    ):
        assert client.post(at, wrong).status_code == 302
    assert CheckIn.objects.count() == 1
    for sesi in ("x", "0", str(make_session(edition_today()).pk)):
        assert client.get(at, {"sesi": sesi}).status_code == 404


class Phone:
    """Tells in sendings; an answer may be lost after the server has it, then everything is told again."""

    def __init__(self, edition: Edition, by: Any, lossy: random.Random) -> None:
        self.client, self.edition, self.lossy = Client(), edition, lossy
        self.client.force_login(by)
        self.queue: list[dict[str, Any]] = []
        self.states: dict[str, str] = {}

    def see(self, number: int) -> None:
        self.queue.append({"key": str(uuid.UUID(int=self.lossy.getrandbits(128))), "number": number})
        if len(self.queue) >= 5:
            self.send()

    def send(self) -> None:
        while self.queue:
            answer = post(self.client, self.edition, self.queue).json()
            if self.lossy.random() < 0.3:
                continue  # the answer was lost
            self.states |= {one["key"]: one["state"] for one in answer["outcomes"]}
            self.queue.clear()


def test_150_people_at_two_phones() -> None:
    """15 minutes are allowed; what the server needs for it is seconds."""
    edition = edition_today()
    people = make_participants(edition, 150)
    lossy = random.Random(7)
    phones = [Phone(edition, registrar(edition), lossy), Phone(edition, committee(edition, "secretary"), lossy)]
    began = time.monotonic()
    for place, person in enumerate(people):
        phones[place % 2].see(person.number)
        if place % 10 == 0:
            phones[(place + 1) % 2].see(person.number)  # went from one table to the other
    for phone in phones:
        phone.send()
    seconds = time.monotonic() - began
    states = [state for phone in phones for state in phone.states.values()]
    assert (states.count("in"), states.count("duplicate"), len(states)) == (150, 15, 165)
    assert CheckIn.objects.filter(undone_at=None).count() == 150
    assert seconds < 60


def test_attendance_in_numbers_lists_and_files(client: Client) -> None:
    edition = edition_today()
    session = make_session(edition)
    one, other = make_participant(edition, name="=1+1"), make_participant(edition, category="press")
    check_in(one)
    row = check_in(other, session)
    client.force_login(registrar(edition))
    at = f"/panitia/{edition.slug}/kehadiran/"
    page = client.get(at)
    assert page.context["counts"] == {"seen": 1, "expected": 2}
    numbers = [(line["seen"], line["expected"]) for line in page.context["categories"]]
    assert numbers == [(1, 1), (0, 1)]
    assert [found.seen_count for found in page.context["sessions"]] == [1]
    door = b"".join(client.get(f"{at}pintu.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=1+1" in door and other.name not in door
    inside = b"".join(client.get(f"{at}{session.pk}.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert other.name in inside and "Universitas Contoh" in inside
    assert other.name in client.get(f"{at}{session.pk}/").content.decode()
    assert client.post(f"{at}batalkan/{row.pk}/").status_code == 302
    assert other.name not in client.get(f"{at}{session.pk}/").content.decode()
    elsewhere = check_in(make_participant(edition_today()))
    assert client.post(f"{at}batalkan/{elsewhere.pk}/").status_code == 404
    assert client.get(f"/panitia/{edition.slug}/").context["numbers"]


def test_yesterday_is_told_on_the_clock_of_the_edition(client: Client) -> None:
    edition = edition_today(zone="Asia/Jayapura")
    row = check_in(make_participant(edition))
    CheckIn.objects.filter(pk=row.pk).update(at=timezone.now().replace(hour=3, minute=7))
    client.force_login(registrar(edition))
    present = client.get(f"/panitia/{edition.slug}/presensi/hadir/").json()["present"]
    assert present["1"]["at"] == "12.07"
