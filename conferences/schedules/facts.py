"""The programme in our own form (`schema.json` describes it). Changes of form raise VERSION."""

from pathlib import Path
from typing import Any

from django.urls import reverse

from conferences.models import Schedule
from conferences.queries.programme_public import Beside
from conferences.schedules.addresses import item_url, material_url, output_url, session_url
from conferences.schedules.reading import Item, Programme, Session

VERSION = "1.0"
SCHEMA = Path(__file__).parent / "schema.json"
Facts = dict[str, Any]


def programme_facts(programme: Programme, beside: Beside, base: str) -> Facts:
    edition, schedule = programme.edition, programme.schedule
    written = zip(programme.sessions, programme.data["sessions"], strict=True)
    teller = _Teller(programme, beside, base)
    return {
        "schema": "repositori-kesos/conference-programme",
        "version": VERSION,
        "edition": {
            "slug": edition.slug,
            "title": {"id": edition.title_id, "en": edition.title_en},
            "url": base + reverse("conferences:edition", args=[edition.slug]),
            "zone": edition.zone,
            "starts_on": edition.starts_on.isoformat(),
            "ends_on": edition.ends_on.isoformat(),
            "is_sample": edition.is_sample,
        },
        **_schedule(schedule),
        "rooms": [{name: room[name] for name in ROOM} for room in programme.data["rooms"]],
        "sessions": [teller.session(session, row) for session, row in written],
    }


ROOM = ("id", "name", "place", "capacity", "online_url")
SESSION = ("id", "kind", "title", "about", "track", "room", "chairs")
ITEM = ("key", "sequence", "title", "abstract", "people", "board", "minutes")


def _schedule(schedule: Schedule) -> Facts:
    note = {"id": schedule.note_id, "en": schedule.note_en}
    return {"number": schedule.number, "note": note, "published_at": schedule.published_at.isoformat()}


class _Teller:
    def __init__(self, programme: Programme, beside: Beside, base: str) -> None:
        self.programme, self.beside, self.base = programme, beside, base

    def session(self, session: Session, row: Facts) -> Facts:
        return {
            **{name: row[name] for name in SESSION},
            "url": session_url(self.base, self.programme.edition, session.id),
            **_times(session),
            "items": [self._item(item, one) for item, one in zip(session.items, row["items"], strict=True)],
        }

    def _item(self, item: Item, row: Facts) -> Facts:
        edition, submission = self.programme.edition, item.submission or 0
        paper = self.beside.papers.get(submission)
        return {
            **{name: row[name] for name in ITEM},
            "url": item_url(self.base, edition, item.key),
            **_times(item),
            "is_withdrawn": item.is_withdrawn,
            "paper": output_url(self.base, paper) if paper else "",
            "materials": [
                {"kind": material.kind, "url": material_url(self.base, edition, material), "pages": material.pages}
                for material in self.beside.materials.get(submission, [])
            ],
        }


def _times(timed: Session | Item) -> Facts:
    return {"starts_at": timed.starts_at.isoformat(), "ends_at": timed.ends_at.isoformat()}
