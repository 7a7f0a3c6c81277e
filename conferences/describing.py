"""An edition for machines: its dates as a calendar, the event as JSON-LD."""

import datetime
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from conferences import wording
from conferences.ical import Event, calendar
from conferences.models import DateKind, Edition
from conferences.queries.site import DateRow, Site

MIXED, ONLINE, OFFLINE = (f"https://schema.org/{kind}EventAttendanceMode" for kind in ("Mixed", "Online", "Offline"))
JsonObject = dict[str, Any]


def dates_calendar(site: Site, url: str) -> bytes:
    """The event itself and its important dates. `url` is the page that they come from."""
    edition = site.edition
    first = datetime.datetime.combine(edition.starts_on, datetime.time.min, datetime.UTC)
    stamp = min([first, *(row.date.at for row in site.dates)])  # never the clock: the same dates, the same file
    return calendar(str(edition.title), _events(site, url), stamp=stamp)


def event_calendar(edition: Edition, url: str) -> bytes:
    """The event alone, for those who take part; the same event as in the calendar of its dates."""
    first = datetime.datetime.combine(edition.starts_on, datetime.time.min, datetime.UTC)
    return calendar(str(edition.title), [_event(edition, url)], stamp=first)


def _event(edition: Edition, url: str) -> Event:
    return Event(
        uid=_uid(edition, "acara"),
        summary=str(edition.title),
        starts=edition.starts_on,
        ends=edition.ends_on,
        description=str(edition.theme),
        location=wording.place(edition) or edition.online_url,
        url=url,
        sequence=edition.revision,
    )


def _events(site: Site, url: str) -> Iterator[Event]:
    edition = site.edition
    yield _event(edition, url)
    for row in site.dates:
        yield Event(
            uid=_uid(edition, _key(row)),
            summary=f"{row.label}: {edition.title}",
            starts=row.date.at,
            description=wording.moment(row.date.at, edition),
            url=url,
            sequence=edition.revision,
        )


def _key(row: DateRow) -> str:
    """Of dates that the system keeps, their kind: there is one of each, whoever writes the rows anew."""
    return f"tanggal-{row.date.pk}" if row.date.kind == DateKind.OTHER else row.date.kind


def _uid(edition: Edition, key: str) -> str:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"konferensi-{edition.pk}-{key}@{host}"


def event_json_ld(site: Site, url: str) -> JsonObject:
    edition = site.edition
    described: JsonObject = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": str(edition.title),
        "description": str(edition.summary or edition.theme),
        "startDate": edition.starts_on.isoformat(),
        "endDate": edition.ends_on.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": _mode(edition),
        "location": _locations(edition),
        "organizer": [{"@type": "Organization", "name": host.organisation.label} for host in site.hosts],
        "superEvent": {"@type": "EventSeries", "name": str(edition.series.name)},
        "performer": [{"@type": "Person", "name": speaker.name} for speaker in site.speakers],
        "sponsor": [{"@type": "Organization", "name": sponsor.name} for sponsor in site.sponsors],
    }
    return {key: value for key, value in described.items() if value not in ("", None, [], {})}


def _mode(edition: Edition) -> str:
    if not edition.is_online:
        return OFFLINE
    return MIXED if edition.city or edition.venue else ONLINE


def _locations(edition: Edition) -> list[JsonObject]:
    found: list[JsonObject] = []
    if edition.venue or edition.city:
        address = {"@type": "PostalAddress", "addressCountry": "ID", "addressLocality": edition.city}
        if edition.address:
            address["streetAddress"] = edition.address
        found.append({"@type": "Place", "name": edition.venue or edition.city, "address": address})
    if edition.online_url:
        found.append({"@type": "VirtualLocation", "url": edition.online_url})
    return found
