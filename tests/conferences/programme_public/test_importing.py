"""Schedules of frab and pretalx: taken in, they come out equal; bad files change nothing."""

import copy
import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from conferences.actions.schedule_import import take_in
from conferences.models import Agenda, Edition, ProgrammeItem, Room
from conferences.queries.snapshot import snapshot
from conferences.schedules.frab import BadSchedule
from conferences.schedules.frab_files import _from_xml, _json, as_json, as_xml, read
from conferences.schedules.frab_values import as_imported, told
from conferences.states import EditionState
from tests.factories.conferences import make_edition, make_track
from tests.factories.programme_public import publish_schedule

pytestmark = pytest.mark.django_db
SHARED = Path(settings.BASE_DIR).parent / "shared/data/proceedings"
OWN = {
    "$schema": "../schema.json",
    "schedule": {
        "version": "1.3 “akhir”",
        "base_url": "https://lain.contoh/jadwal/",
        "conference": {
            "acronym": "lain2027",
            "title": "Konferensi Lain",
            "start": "2027-03-01",
            "end": "2027-03-02",
            "daysCount": 2,
            "timeslot_duration": "00:05",
            "time_zone_name": "Asia/Makassar",
            "colors": {"primary": "#3aa57c"},
            "rooms": [
                {"name": "Aula", "guid": "6e2c4ee9-1f1c-5b4b-8a8b-0d3a1a5b2c10", "capacity": 200, "description": None},
                {"name": "Ruang “Melati”"},
            ],
            "days": [
                {
                    "index": 1,
                    "date": "2027-03-01",
                    "day_start": "2027-03-01T04:00:00+08:00",
                    "day_end": "2027-03-02T03:59:00+08:00",
                    "rooms": {
                        "Aula": [
                            {
                                "id": 7,
                                "guid": "0a3f8a70-52b5-5d59-8a32-9b6ad4b5d0a1",
                                "date": "2027-03-01T09:30:00+08:00",
                                "start": "09:30",
                                "duration": "00:45",
                                "room": "Aula",
                                "slug": "lain2027-7-pembukaan",
                                "title": "Pembukaan & <sambutan> " + "panjang " * 50,
                                "subtitle": "",
                                "track": "Umum",
                                "type": "Pidato",
                                "language": "id",
                                "abstract": "Baris satu\r\nbaris dua",
                                "description": None,
                                "logo": None,
                                "do_not_record": True,
                                "recording_license": "",
                                "persons": [{"id": 1, "code": "ABC", "public_name": "Siti", "biography": None}],
                                "links": [{"url": "https://a.contoh/?x=1&y=2", "title": "Tautan"}],
                                "attachments": [],
                                "answers": [{"question": 1, "answer": "0812 RAHASIA", "options": []}],
                                "x_tambahan": {"dalam": [1, 2, {"lagi": None}]},
                            }
                        ],
                        "Ruang “Melati”": [
                            {
                                "id": 8,
                                "guid": "bukan-uuid",
                                "date": "2027-03-02T00:30:00+08:00",
                                "start": "00:30",
                                "duration": "24:00",
                                "room": "Ruang “Melati”",
                                "title": "Lewat tengah malam",
                                "track": None,
                                "persons": [],
                            }
                        ],
                    },
                },
                {
                    "index": 2,
                    "date": "2027-03-02",
                    "day_start": "2027-03-02T04:00:00+08:00",
                    "day_end": "2027-03-03T03:59:00+08:00",
                    "rooms": {},
                },
            ],
        },
    },
}
OWN_XML = """<?xml version="1.0" encoding="UTF-8"?>
<schedule><generator name="lain" version="2"/><version>3</version>
<conference><acronym>x</acronym><title>X &amp; Y</title><start>2027-03-01</start><end>2027-03-01</end><days>1</days>
<timeslot_duration>00:15</timeslot_duration><time_zone_name>Asia/Jakarta</time_zone_name>
<track name="Umum" color="#fff" slug="umum"/></conference>
<day index="1" date="2027-03-01" start="2027-03-01T08:00:00+07:00" end="2027-03-01T20:00:00+07:00">
<room name="Aula" guid="6e2c4ee9-1f1c-5b4b-8a8b-0d3a1a5b2c10"><event id="1" guid="0a3f8a70-52b5-5d59-8a32-9b6ad4b5d0a1">
<date>2027-03-01T09:00:00+07:00</date><start>09:00</start><duration>1:30</duration><room>Aula</room><slug>a</slug>
<title>Judul</title><subtitle/><track>Umum</track><type/><language>id</language><abstract>A</abstract><description/>
<recording><license>CC BY</license><optout>false</optout></recording>
<persons><person id="5" guid="abc">Siti</person><person>Sukarno</person></persons>
<links><link href="https://a.contoh/">Satu</link></links><attachments/><do_not_stream>true</do_not_stream>
<answers><answer><question>Nomor</question><answer>RAHASIA</answer></answer></answers>
<media kind="video"><src>x</src></media></event></room></day></schedule>"""


def own(form: str) -> bytes:
    return OWN_XML.encode() if form == "xml" else json.dumps(OWN).encode()


def comparable(values: Any) -> Any:
    """Without what is the same said otherwise: order of events and rooms, '1:30' for '01:30', one moment in zones."""
    told = copy.deepcopy(values)
    for day in told["conference"]["days"]:
        day["rooms"] = {
            name: sorted(map(event_of, events), key=lambda event: event["guid"])
            for name, events in day["rooms"].items()
            if events
        }
    rooms = told["conference"].get("rooms")
    if rooms is not None:
        told["conference"]["rooms"] = sorted(rooms, key=lambda room: room["name"])
    return told


def event_of(event: Any) -> Any:
    date = datetime.datetime.fromisoformat(event["date"])
    hours, minutes = event["duration"].split(":")
    return {**event, "date": date.astimezone(datetime.UTC), "duration": (int(hours), int(minutes))}


def parsed(content: bytes, form: str) -> Any:
    return _from_xml(content) if form == "xml" else _json(content)


def written(edition: Edition, form: str) -> bytes:
    values = as_imported(edition, snapshot(edition, whole=True))
    return as_xml(values) if form == "xml" else as_json(values)


def assert_comes_out_equal(content: bytes, form: str) -> Edition:
    edition = make_edition()
    take_in(edition, read(content))
    edition.refresh_from_db()
    before, after = comparable(parsed(content, form)), comparable(parsed(written(edition, form), form))
    assert after == before
    return edition


@pytest.mark.parametrize("form", ["json", "xml"])
def test_what_was_taken_in_comes_out_equal(form: str) -> None:
    edition = assert_comes_out_equal(own(form), form)
    again = make_edition()
    take_in(again, read(written(edition, form)))  # keys are taken: the guids stay what they were
    again.refresh_from_db()
    assert comparable(parsed(written(again, form), form)) == comparable(parsed(written(edition, form), form))


@pytest.mark.parametrize(
    ("name", "events"), [("38c3-schedule.xml", 1007), ("pretalx-rc3.json", 48), ("frab-camp2019.json", 79)]
)
def test_schedules_of_other_programs_come_out_equal(name: str, events: int) -> None:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    edition = assert_comes_out_equal(path.read_bytes(), path.suffix[1:])
    assert ProgrammeItem.objects.filter(session__edition=edition).count() == events


def test_rooms_sessions_items_and_people_are_made() -> None:
    edition = make_edition()
    umum = make_track(edition, "umum", name_id="Umum")
    take_in(edition, read(own("json")))
    assert list(edition.rooms.values_list("name_id", "capacity")) == [("Aula", 200), ("Ruang “Melati”", None)]
    first, second = edition.sessions.all()
    assert (first.track, second.track, first.room.name_id) == (umum, None, "Aula")
    assert first.starts_at == datetime.datetime(2027, 3, 1, 1, 30, tzinfo=datetime.UTC)
    assert (second.ends_at - second.starts_at) == datetime.timedelta(days=1)
    item = snapshot(edition)["sessions"][0]["items"][0]
    assert item["key"] == "0a3f8a70-52b5-5d59-8a32-9b6ad4b5d0a1"
    assert [person["name"] for person in item["people"]] == ["Siti"]
    assert item["abstract"]["id"].startswith("Baris satu")


def test_answers_to_the_organisers_are_never_published() -> None:
    for form in ("json", "xml"):
        edition = make_edition()
        take_in(edition, read(own(form)))
        assert b"RAHASIA" in written(edition, form)
        edition.refresh_from_db()
        schedule = publish_schedule(edition)
        assert "RAHASIA" not in json.dumps(schedule.data)
        assert b"RAHASIA" not in as_xml(told(edition, schedule.data, "1"))


def changed(path: list[Any], value: Any) -> bytes:
    values = copy.deepcopy(OWN)
    place: Any = values["schedule"]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(values).encode()


EVENT = ["conference", "days", 0, "rooms", "Aula", 0]
BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<schedule><conference><title>&b;</title></conference></schedule>"""
FETCH = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><schedule><conference>&a;</conference></schedule>'
BAD: dict[str, bytes] = {
    "empty": b"",
    "no form": b"%PDF-1.4",
    "no object": b"[1, 2]",
    "no schedule": b"{}",
    "no conference": b'{"schedule": {}}',
    "no days": b'{"schedule": {"conference": {"days": 3}}}',
    "no event": b'{"schedule": {"conference": {"days": []}}}',
    "day is a text": b'{"schedule": {"conference": {"days": ["x"]}}}',
    "rooms are a list": b'{"schedule": {"conference": {"days": [{"rooms": []}]}}}',
    "event is a number": changed(EVENT, 3),
    "no title": changed([*EVENT, "title"], " "),
    "title is no text": changed([*EVENT, "title"], ["x"]),
    "no date": changed([*EVENT, "date"], "kemarin"),
    "date without zone": changed([*EVENT, "date"], "2027-03-01T09:30:00"),
    "far date": changed([*EVENT, "date"], "9999-12-31T23:59:00+00:00"),
    "no duration": changed([*EVENT, "duration"], "x"),
    "endless": changed([*EVENT, "duration"], "99:00"),
    "nothing long": changed([*EVENT, "duration"], "00:00"),
    "guid twice": changed([*EVENT, "guid"], "bukan-uuid"),
    "guid is a list": changed([*EVENT, "guid"], ["x"]),
    "persons are a text": changed([*EVENT, "persons"], "Siti"),
    "person is a text": changed([*EVENT, "persons"], ["Siti"]),
    "NUL": changed([*EVENT, "abstract"], "a\x00b"),
    "half a character": changed([*EVENT, "abstract"], "\ud800"),
    "infinity": json.dumps(OWN).replace('"index": 1,', '"index": Infinity,').encode(),
    "endless number": json.dumps(OWN).replace('"index": 1,', '"index": ' + "9" * 6000 + ",").encode(),
    "deep": b'{"schedule":' + b"[" * 200_000,
    "room without name": json.dumps(OWN).replace('"Aula": [', '" ": [').encode(),
    "xml cut off": OWN_XML[:300].encode(),
    "another xml": b"<html><body/></html>",
    "entities": BOMB,
    "a file of the server": FETCH,
    "deep xml": b"<schedule>" + b"<a>" * 5000,
    "not UTF-8": b'<?xml version="1.0" encoding="UTF-8"?><schedule>\xff</schedule>',
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_a_sentence_and_changes_nothing(name: str, tmp_path: Path) -> None:
    edition, path = make_edition(), tmp_path / "jadwal"
    path.write_bytes(BAD[name])
    with pytest.raises(CommandError, match="nothing was changed") as error:
        call_command("import_schedule", edition.slug, str(path))
    assert "root:" not in str(error.value) and len(str(error.value)) < 600
    assert not edition.rooms.exists() and not edition.sessions.exists() and not edition.tracks.exists()
    edition.refresh_from_db()
    assert edition.external == {}


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conferences.schedules.frab_files.MOST_BYTES", 100)
    with pytest.raises(BadSchedule, match="larger than"):
        read(own("json"))


def test_too_many_events_and_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conferences.schedules.frab.MOST_ROOMS", 1)
    with pytest.raises(BadSchedule, match="2 rooms"):
        read(own("json"))
    monkeypatch.setattr("conferences.schedules.frab.MOST_EVENTS", 1)
    with pytest.raises(BadSchedule, match="2 events"):
        read(own("json"))


class TestTheCommands:
    def test_in_and_out(self, tmp_path: Path) -> None:
        edition, path = make_edition(), tmp_path / "schedule.xml"
        path.write_bytes(own("xml"))
        out = io.StringIO()
        call_command("import_schedule", edition.slug, str(path), stdout=out)
        assert "1 events in 1 rooms, 1 new tracks" in out.getvalue()
        for name in ("keluar.xml", "keluar.json"):
            call_command("export_schedule", edition.slug, str(tmp_path / name), stdout=out)
            assert read((tmp_path / name).read_bytes()).events[0].title == "Judul"

    def test_what_is_there_stays_unless_it_is_to_be_replaced(self, tmp_path: Path) -> None:
        edition, path = make_edition(), tmp_path / "schedule.json"
        path.write_bytes(own("json"))
        call_command("import_schedule", edition.slug, str(path), stdout=io.StringIO())
        with pytest.raises(CommandError, match="--replace"):
            call_command("import_schedule", edition.slug, str(path))
        ProgrammeItem.objects.filter(session__edition=edition).update(sequence=4)
        path.write_bytes(changed([*EVENT, "title"], "Judul baru"))
        call_command("import_schedule", edition.slug, str(path), "--replace", stdout=io.StringIO())
        item = ProgrammeItem.objects.get(title_id="Judul baru")
        assert item.sequence == 4 and Room.objects.filter(edition=edition).count() == 2
        assert ProgrammeItem.objects.filter(session__edition=edition).count() == 2

    @pytest.mark.parametrize("bad", ["edition", "file", "archived", "suffix"])
    def test_clear_messages(self, bad: str, tmp_path: Path) -> None:
        edition = make_edition(EditionState.ARCHIVED if bad == "archived" else EditionState.PUBLIC)
        path = tmp_path / "schedule.json"
        path.write_bytes(own("json"))
        slug = "tidak-ada" if bad == "edition" else edition.slug
        with pytest.raises(CommandError):
            if bad == "suffix":
                call_command("export_schedule", slug, str(tmp_path / "x.txt"))
            call_command("import_schedule", slug, str(tmp_path / "x" if bad == "file" else path))
        assert not edition.sessions.exists() and not Agenda.objects.exists()
