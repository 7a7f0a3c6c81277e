"""The programme for machines: calendars that others can read, JSON by its schema, schedule.xml; all say the same."""

import datetime
import json
import uuid
from typing import Any

import icalendar
import ics
import pytest
from django.test import Client

from conferences.ical import Event, calendar
from conferences.models import Edition, ImportantDate, Paper
from conferences.schedules.facts import SCHEMA
from conferences.schedules.frab_files import read
from tests.conferences.test_export import check
from tests.factories.conferences import make_edition
from tests.factories.programme_public import (
    accepted,
    add_item,
    add_room,
    add_session,
    at,
    make_material,
    make_programme,
    publish_schedule,
)
from tests.factories.publications import make_output

pytestmark = pytest.mark.django_db
HOSTILE = "Judul, dengan; \\ tanda\nBEGIN:VEVENT 👩🏽‍🔬 " + "é" * 80


def of(client: Client, edition: Edition, tail: str) -> bytes:
    response = client.get(f"/konferensi/{edition.slug}/{tail}")
    assert response.status_code == 200, tail
    return b"".join(response)


def by_both(content: bytes) -> dict[str, Any]:
    """{UID: event} as `icalendar` reads it; `ics` must read the same."""
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    found = {str(event["UID"]): event for event in icalendar.Calendar.from_ical(content).walk("VEVENT")}
    others = {event.uid: event for event in ics.Calendar(content.decode()).events}
    assert found.keys() == others.keys()
    for uid, event in found.items():
        assert others[uid].begin.datetime == _moment(event["DTSTART"].dt)
        assert others[uid].name == str(event["SUMMARY"])
        assert (others[uid].location or "") == str(event.get("LOCATION", ""))
        assert (others[uid].description or "") == str(event.get("DESCRIPTION", ""))
    return found


def _moment(value: Any) -> datetime.datetime:
    if isinstance(value, datetime.datetime):
        return value
    return datetime.datetime.combine(value, datetime.time.min, datetime.UTC)


@pytest.fixture
def edition() -> Edition:
    edition = make_programme(zone="Asia/Jayapura", title_id="Konferensi; contoh, besar")
    session = add_session(edition, at(edition, 0, 30, day=1), 30, room=add_room(edition, HOSTILE[:60]), title_id="Dini")
    add_item(session, 30, title_id=HOSTILE, sequence=3)
    submission = edition.sessions.get(kind="posters").items.get().submission
    make_material(submission)
    Paper.objects.create(edition=edition, submission=submission, output=make_output(), position=1)
    publish_schedule(edition)
    return edition


class TestCalendars:
    def test_both_libraries_read_the_programme(self, client: Client, edition: Edition) -> None:
        events = by_both(of(client, edition, "jadwal.ics"))
        keys = {str(item.key) for session in edition.sessions.all() for item in session.items.all()}
        pause = edition.sessions.get(kind="break")
        assert keys < set(events) and len(events) == len(keys) + 1
        assert any(uid.startswith(f"sesi-{pause.pk}@") for uid in events)
        item = edition.sessions.get(title_id="Dini").items.get()
        event = events[str(item.key)]
        assert event["DTSTART"].dt == at(edition, 0, 30, day=1)
        assert event["DTEND"].dt - event["DTSTART"].dt == datetime.timedelta(minutes=30)
        assert event["SEQUENCE"] == 3 and str(event["SUMMARY"]) == HOSTILE
        assert event["DTSTAMP"].dt == edition.schedules.get().published_at.replace(microsecond=0)
        assert str(event["URL"]).endswith(f"/konferensi/{edition.slug}/jadwal/{item.key}/")

    def test_of_a_part_and_of_an_item(self, client: Client, edition: Edition) -> None:
        assert len(by_both(of(client, edition, "jadwal.ics?orang=prof-tamu"))) == 1
        room = edition.rooms.get(name_id="Ruang Melati")
        assert len(by_both(of(client, edition, f"jadwal.ics?ruang={room.pk}"))) == 2  # the posters, the break
        poster = edition.sessions.get(kind="posters").items.get()
        assert len(by_both(of(client, edition, f"jadwal/{poster.key}.ics"))) == 2  # the talk, too

    def test_both_libraries_read_the_dates(self, client: Client, edition: Edition) -> None:
        ImportantDate.objects.create(edition=edition, kind="other", at=at(edition), label_id=HOSTILE)
        assert len(by_both(of(client, edition, "tanggal.ics"))) == edition.dates.count() + 1

    def test_a_speaker_without_a_subject_is_named(self, client: Client) -> None:
        edition = make_edition()
        speaker = edition.speakers.create(name="Dr. Tanpa Judul")
        add_item(add_session(edition, at(edition)), speaker=speaker)
        publish_schedule(edition)
        (event,) = by_both(of(client, edition, "jadwal.ics")).values()
        assert str(event["SUMMARY"]) == "Dr. Tanpa Judul"

    def test_any_text_is_read_back(self) -> None:
        start = datetime.datetime(2027, 3, 1, 9, tzinfo=datetime.UTC)
        texts = [HOSTILE, "a" * 75, "🇮🇩" * 40, "x\r\ny", '\ttab: "kutip"', "ﷺ" * 30]
        events = [Event(f"{place}@x", text, start, start, description=text) for place, text in enumerate(texts)]
        found = by_both(calendar("x", events, stamp=start))
        for place, text in enumerate(texts):
            assert str(found[f"{place}@x"]["SUMMARY"]) == text.replace("\r\n", "\n")
        # `ics` takes a backslash before an n for a line break, however it is written.
        (event,) = icalendar.Calendar.from_ical(calendar("x", [Event("1@x", "\\n\\,\\;", start)], stamp=start)).walk(
            "VEVENT"
        )
        assert str(event["SUMMARY"]) == "\\n\\,\\;"


class TestOtherForms:
    def test_our_json_follows_its_schema(self, client: Client, edition: Edition) -> None:
        schema, facts = json.loads(SCHEMA.read_text()), json.loads(of(client, edition, "jadwal.json"))
        check(facts, schema, schema)
        items = [item for session in facts["sessions"] for item in session["items"]]
        poster = next(item for item in items if item["board"])
        assert poster["paper"] and poster["materials"][0]["kind"] == "slides"
        assert "@" not in json.dumps([item["people"] for item in items])

    def test_they_agree_with_each_other(self, client: Client, edition: Edition) -> None:
        """Calendar, JSON, schedule.xml and schedule.json: the same things at the same moments."""
        events = by_both(of(client, edition, "jadwal.ics"))
        facts = json.loads(of(client, edition, "jadwal.json"))
        forms = [read(of(client, edition, tail)) for tail in ("jadwal.xml", "jadwal.frab.json")]
        rooms = {room["id"]: room["name"]["id"] for room in facts["rooms"]}
        for session in facts["sessions"]:
            for item in session["items"]:
                event, starts = events[item["key"]], datetime.datetime.fromisoformat(item["starts_at"])
                assert event["DTSTART"].dt == starts and str(event["SUMMARY"]) == item["title"]["id"]
                for form in forms:
                    (one,) = [one for one in form.events if one.guid == item["key"]]
                    assert one.starts_at == starts and one.minutes == item["minutes"]
                    assert one.room == rooms[session["room"]]
                    names = [person["public_name"] for person in one.rest["persons"]]
                    assert names == [person["name"] for person in item["people"]]
                    assert one.track == (session["track"]["name"]["id"] if session["track"] else "")
        assert all(len(form.events) == len(events) for form in forms)

    def test_the_xml_has_what_readers_of_it_ask_for(self, client: Client, edition: Edition) -> None:
        from lxml import etree

        root = etree.fromstring(of(client, edition, "jadwal.xml"))
        assert root.findtext("version") == "1" and root.findtext("conference/acronym") == edition.slug
        assert root.findtext("conference/time_zone_name") == "Asia/Jayapura"
        assert [day.get("date") for day in root.findall("day")] == [
            (edition.starts_on + datetime.timedelta(days=days)).isoformat() for days in (0, 1)
        ]
        for event in root.iterfind("day/room/event"):
            uuid.UUID(event.get("guid"))
            assert event.get("id").isdigit()
            for name in ("date", "start", "duration", "room", "slug", "url", "title", "language", "type"):
                assert event.findtext(name), name
        poster = edition.sessions.get(kind="posters").items.get()
        event = root.find(f".//event[@guid='{poster.key}']")
        assert event.findtext("start") == "13:00" and event.findtext("duration") == "01:30"
        assert [link.get("href")[-1] for link in event.findall("links/link")] == ["/"]
        assert event.find("attachments/attachment").get("href").endswith(".pdf")
        early = edition.sessions.get(title_id="Dini").items.get()
        event = root.find(f"day[2]/room/event[@guid='{early.key}']")  # after midnight there, the day before in UTC
        assert event.findtext("start") == "00:30"

    def test_a_programme_of_nothing(self, client: Client) -> None:
        edition = make_edition()
        publish_schedule(edition)
        for tail in ("jadwal/", "jadwal/cetak/", "jadwal.json", "jadwal.xml", "jadwal.frab.json"):
            of(client, edition, tail)
        assert client.get(f"/konferensi/{edition.slug}/jadwal.ics").status_code == 404

    def test_in_the_language_of_the_address(self, client: Client, edition: Edition) -> None:
        session = add_session(edition, at(edition, 17), title_id="Penutupan", title_en="Closing")
        add_item(session, submission=accepted(edition, title_id="Satu", title_en="One"))
        publish_schedule(edition)
        assert b"<title>Satu</title>" in of(client, edition, "jadwal.xml")
        english = client.get(f"/en/konferensi/{edition.slug}/jadwal.xml").content
        assert b"<title>One</title>" in english and b"<language>en</language>" in english
