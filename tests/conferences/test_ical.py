"""The calendar file: its lines, its escapes, its moments, and identities that stay."""

import datetime
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conferences.describing import dates_calendar
from conferences.ical import Event, calendar, fold
from conferences.models import DateKind, ImportantDate
from conferences.queries.site import Site
from tests.factories.conferences import make_edition, set_date

STAMP = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
WIT = datetime.timezone(datetime.timedelta(hours=9))


def events_of(content: bytes) -> list[dict[str, str]]:
    """Unfolded and unescaped, as a calendar program reads it."""
    text = re.sub(r"\r\n[ \t]", "", content.decode())
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")
    found: list[dict[str, str]] = []
    for line in text.split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1].setdefault(name, re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], value))
    return found


@given(st.text(max_size=400))
def test_any_text_comes_back(text: str) -> None:
    kept = "".join(
        c for c in text.replace("\r\n", "\n") if c in "\t\n" or unicodedata.category(c) not in ("Cc", "Zl", "Zp")
    )
    content = calendar("x", [Event("a@b", text, datetime.date(2026, 1, 1))], stamp=STAMP)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert events_of(content)[0]["SUMMARY"] == kept


def test_folds_between_characters() -> None:
    assert [len(piece.encode()) for piece in fold("é" * 100)] == [74, 75, 53]


def test_moments_are_utc_and_days_end_after_the_last() -> None:
    at = datetime.datetime(2026, 12, 1, 1, 30, tzinfo=WIT)
    days = Event("b@x", "Acara", datetime.date(2026, 12, 31), datetime.date(2026, 12, 31))
    one, two = events_of(calendar("x", [Event("a@x", "Batas", at), days], stamp=STAMP))
    assert one["DTSTART"] == "20261130T163000Z" and "DTEND" not in one
    assert (two["DTSTART;VALUE=DATE"], two["DTEND;VALUE=DATE"]) == ("20261231", "20270101")


@pytest.mark.django_db
class TestOfAnEdition:
    def test_every_date_and_the_event(self) -> None:
        edition = make_edition(zone="Asia/Jayapura")
        at = datetime.datetime(2026, 12, 1, 23, 59, tzinfo=edition.tz)
        set_date(edition, DateKind.SUBMISSIONS_CLOSE, at)
        ImportantDate.objects.create(edition=edition, kind="other", at=at, label_id="Gladi, bersih; akhir")
        found = events_of(dates_calendar(Site(edition), "https://a.id/x"))
        assert len(found) == edition.dates.count() + 1
        by_summary = {event["SUMMARY"].split(":")[0]: event for event in found}
        assert by_summary["Batas kirim"]["DTSTART"] == "20261201T145900Z"
        assert by_summary["Batas kirim"]["DESCRIPTION"] == "1 Desember 2026, 23.59 WIT"
        assert "Gladi, bersih; akhir" in by_summary

    def test_identities_stay_when_rows_are_written_anew(self) -> None:
        edition = make_edition()
        before = {event["UID"] for event in events_of(dates_calendar(Site(edition), ""))}
        for date in list(edition.dates.all()):
            set_date(edition, date.kind, date.at + datetime.timedelta(days=1))
        edition.slug = "lain"
        assert {event["UID"] for event in events_of(dates_calendar(Site(edition), ""))} == before
        assert len(before) == edition.dates.count() + 1

    def test_the_same_dates_give_the_same_bytes(self) -> None:
        edition = make_edition()
        assert dates_calendar(Site(edition), "") == dates_calendar(Site(edition), "")
