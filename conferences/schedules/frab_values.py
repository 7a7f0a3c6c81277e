"""The programme as frab and pretalx tell it, out of `snapshot`; what was imported comes out as it came in."""

import datetime
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from conferences.models import Edition
from conferences.queries.programme_public import Beside
from conferences.schedules.addresses import item_url, material_url, output_url, programme_url, session_url
from conferences.schedules.frab import Values, zone_of
from conferences.schedules.reading import said

SLOT = "00:05"


@dataclass
class Teller:
    """`version` is what readers compare; `base` scheme and host of addresses."""

    edition: Edition
    data: Values
    version: str
    base: str = settings.SITE_URL
    beside: Beside = field(default_factory=Beside)

    def __post_init__(self) -> None:
        self.whole: Values = self.data.get("external") or {}
        self.zone = zone_of(self.whole["zone"]) if self.whole else self.edition.tz
        self.rooms = {room["id"]: room for room in self.data["rooms"]}

    def values(self) -> Values:
        conference = self.whole.get("conference") or self._conference()
        if self.whole.get("has_rooms", True):
            conference = {**conference, "rooms": [self._room(room) for room in self.data["rooms"]]}
        head = self.whole.get("head") or self._head()
        return {**head, "version": self.version, "conference": {**conference, "days": self._days()}}

    def _head(self) -> Values:
        return {
            "generator": {"name": "Repositori Kesos", "url": self.base},
            "version": self.version,
            "base_url": programme_url(self.base, self.edition),
        }

    def _conference(self) -> Values:
        edition = self.edition
        tracks = {row["track"]["code"]: said(row["track"]["name"]) for row in self.data["sessions"] if row["track"]}
        return {
            "acronym": edition.slug,
            "title": str(edition.title),
            "start": edition.starts_on.isoformat(),
            "end": edition.ends_on.isoformat(),
            "daysCount": (edition.ends_on - edition.starts_on).days + 1,
            "timeslot_duration": SLOT,
            "time_zone_name": edition.zone,
            "url": self.base + reverse("conferences:edition", args=[edition.slug]),
            "tracks": [{"name": name, "slug": code} for code, name in tracks.items()],
        }

    def _room(self, room: Values) -> Values:
        if room.get("external"):
            return {**room["external"], "name": room["name"]["id"]}
        return {"name": said(room["name"]), "guid": self._guid(f"ruang-{room['id']}"), "capacity": room["capacity"]}

    def _guid(self, name: str) -> str:
        host = urlsplit(settings.SITE_URL).hostname or "localhost"
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"https://{host}/konferensi/{self.edition.pk}/{name}"))

    # --- days

    def _days(self) -> list[Values]:
        days = [{**day, "rooms": {}} for day in self.whole.get("days", [])]
        events = [event for session in self.data["sessions"] for event in self._events(session)]
        for event in sorted(events, key=lambda event: (event["date"], event["guid"])):
            self._day_for(event, days)["rooms"].setdefault(event["room"], []).append(event)
        order = {str(self._room(room)["name"]): place for place, room in enumerate(self.data["rooms"])}
        for day in days:
            day["rooms"] = dict(sorted(day["rooms"].items(), key=lambda row: order.get(row[0], len(order))))
        return days

    def _day_for(self, event: Values, days: list[Values]) -> Values:
        """The last day that has begun; where the programme has none yet, the day on the calendar."""
        at = datetime.datetime.fromisoformat(event["date"])
        begun = [day for day in days if (start := _moment(day.get("day_start"))) and start <= at]
        if self.whole and days:
            return begun[-1] if begun else days[0]
        if begun and begun[-1]["date"] == at.date().isoformat():
            return begun[-1]
        days.append(self._new_day(at, len(days) + 1))
        return days[-1]

    def _new_day(self, at: datetime.datetime, index: int) -> Values:
        start = datetime.datetime.combine(at.date(), datetime.time.min, self.zone)
        end = datetime.datetime.combine(at.date(), datetime.time(23, 59), self.zone)
        about = {"index": index, "date": at.date().isoformat()}
        return {**about, "day_start": start.isoformat(), "day_end": end.isoformat(), "rooms": {}}

    # --- events

    def _events(self, session: Values) -> list[Values]:
        if session["items"]:
            return [self._item(item, session) for item in session["items"]]
        ends, starts = (datetime.datetime.fromisoformat(session[name]) for name in ("ends_at", "starts_at"))
        minutes = int((ends - starts).total_seconds() // 60)
        url = session_url(self.base, self.edition, session["id"])
        own = {"guid": self._guid(f"sesi-{session['id']}"), "title": said(session["title"]), "url": url}
        persons = [{"name": name} for name in session["chairs"]]
        told = self._own(session, own, persons, said(session["about"]), [], [])
        return [{**self._timed(session["starts_at"], minutes, session), **told}]

    def _timed(self, starts_at: str, minutes: int, session: Values) -> Values:
        at = datetime.datetime.fromisoformat(starts_at).astimezone(self.zone)
        room = self.rooms.get(session["room"])
        name = (room["name"]["id"] if room.get("external") else said(room["name"])) if room else _("All rooms")
        duration = f"{minutes // 60:02d}:{minutes % 60:02d}"
        return {"date": at.isoformat(), "start": f"{at:%H:%M}", "duration": duration, "room": str(name)}

    def _item(self, item: Values, session: Values) -> Values:
        timed = self._timed(item["starts_at"], item["minutes"], session)
        external = item.get("external") or {}
        if external:
            track = {"track": session["track"]["name"]["id"]} if session["track"] else {}
            full = external.get("title", "")
            title = full if full.startswith(item["title"]["id"]) else item["title"]["id"]
            return {"guid": item["key"], **external, **timed, **track, "title": title}
        beside = self.beside
        paper = beside.papers.get(item["submission"])
        links = [{"url": output_url(self.base, paper), "title": str(paper)}] if paper else []
        files = [
            {"url": material_url(self.base, self.edition, material), "title": str(material.get_kind_display())}
            for material in beside.materials.get(item["submission"], [])
        ]
        url = item_url(self.base, self.edition, item["key"])
        own = {"guid": item["key"], "title": said(item["title"]), "url": url}
        return {**timed, **self._own(session, own, item["people"], said(item["abstract"]), links, files)}

    def _own(
        self, session: Values, own: Values, people: list[Values], abstract: Any, links: list[Any], files: list[Any]
    ) -> Values:
        number = _short(own["guid"])
        title = own["title"]
        return {
            "id": number,
            **own,
            "slug": f"{self.edition.slug}-{number}-{slugify(title)[:60]}".rstrip("-"),
            "subtitle": "" if title == said(session["title"]) else said(session["title"]),
            "language": title.language,
            "track": said(session["track"]["name"]) if session["track"] else "",
            "type": session["kind"],
            "abstract": abstract,
            "description": "",
            "logo": "",
            "recording_license": "",
            "do_not_record": False,
            "persons": [self._person(person) for person in people],
            "links": links,
            "attachments": files,
        }

    def _person(self, person: Values) -> Values:
        guid = self._guid(f"orang-{person['name']}")
        return {"id": _short(guid), "guid": guid, "name": person["name"], "public_name": person["name"]}


def _short(guid: str) -> int:
    """A whole number for programs that know events and people by one; it stays as long as the guid does."""
    return uuid.UUID(guid).int & 0x7FFFFFFF


def _moment(text: Any) -> datetime.datetime | None:
    try:
        at = datetime.datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return at if at.tzinfo else None


def told(edition: Edition, data: Values, version: str, **more: Any) -> Values:
    """In the language of the page."""
    return Teller(edition, data, version, **more).values()


def as_imported(edition: Edition, data: Values) -> Values:
    """With the version that the imported schedule had; texts as they came."""
    with translation.override("id"):
        return told(edition, data, str(edition.external.get("head", {}).get("version", "")))
