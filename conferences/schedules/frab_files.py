"""Reading and writing `schedule.json` and `schedule.xml`. Both are made of the same values (`schedules.frab`)."""

import json
from typing import Any

from lxml import etree

from conferences.schedules.frab import MOST_BYTES, BadSchedule, Told, Values, checked
from conferences.site_feed import clean

XSI = "{http://www.w3.org/2001/XMLSchema-instance}noNamespaceSchemaLocation"
SCHEMA = "https://c3voc.de/schedule/schema.xsd"
# In the order of the schema; what else there is follows.
OF_CONFERENCE = (
    "acronym", "title", "start", "end", "days", "timeslot_duration", "time_zone_name", "base_url", "url", "track",
)  # fmt: skip
OF_EVENT = (
    "date", "start", "duration", "room", "slug", "url", "title", "subtitle", "language", "track", "type", "abstract",
    "description", "logo", "persons", "links", "attachments", "recording",
)  # fmt: skip
WITH_ADDRESS = {"links": "link", "attachments": "attachment"}
IN_XML_ONLY = {"recording_license", "do_not_record"}


def read(content: bytes) -> Told:
    """Either form. Raises `BadSchedule`."""
    if len(content) > MOST_BYTES:
        raise BadSchedule(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB.")
    return checked(_from_xml(content) if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else _json(content))


# --- JSON


def _json(content: bytes) -> Any:
    try:
        values = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadSchedule(f"It is neither XML nor JSON that can be read: {error}") from error
    if not isinstance(values, dict) or not isinstance(values.get("schedule"), dict):
        raise BadSchedule("It has no “schedule”.")
    return values["schedule"] | {name: value for name, value in values.items() if name.startswith("$")}


def as_json(values: Values) -> bytes:
    around = {name: value for name, value in values.items() if name.startswith("$")}
    inside = {name: value for name, value in values.items() if name not in around}
    return (json.dumps({**around, "schedule": inside}, ensure_ascii=False, indent=2) + "\n").encode()


# --- from XML


def _from_xml(content: bytes) -> Values:
    # Entities stay unexpanded, nothing is fetched, depth and sizes have the parser's limits.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadSchedule(f"The XML cannot be read: {error}") from error
    if root.getroottree().docinfo.doctype:
        raise BadSchedule("It has a document type (DOCTYPE), which a schedule does not need.")
    conference = root.find("conference")
    if root.tag != "schedule" or conference is None:
        raise BadSchedule("It has no “schedule” with a “conference”.")
    head = {child.tag: _value(child) for child in _children(root) if child.tag not in ("conference", "day")}
    return {**head, "conference": _conference(root, conference)}


def _children(element: Any) -> list[Any]:
    return [child for child in element if isinstance(child.tag, str)]


def _conference(root: Any, conference: Any) -> Values:
    values = {child.tag: _value(child) for child in _children(conference) if child.tag not in ("days", "track")}
    values["daysCount"] = _number(conference.findtext("days") or "")
    values["tracks"] = [dict(track.attrib) for track in conference.findall("track")]
    rooms = {room.get("name", ""): dict(room.attrib) for room in root.iterfind("day/room")}
    return {**values, "rooms": list(rooms.values()), "days": [_day(day) for day in root.iterfind("day")]}


def _day(day: Any) -> Values:
    rooms: dict[str, list[Values]] = {}
    for room in day.iterfind("room"):
        rooms.setdefault(room.get("name", ""), []).extend(_event(event) for event in room.iterfind("event"))
    about = {"index": _number(day.get("index", "")), "date": day.get("date", "")}
    return {**about, "day_start": day.get("start", ""), "day_end": day.get("end", ""), "rooms": rooms}


def _event(event: Any) -> Values:
    values: Values = {name: _number(value) if name == "id" else value for name, value in event.attrib.items()}
    return values | {child.tag: _value(child) for child in _children(event)}


def _number(text: str) -> Any:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else text


def _value(element: Any) -> Any:
    """A text, or what the form of JSON has in its place."""
    children = _children(element)
    if element.tag == "persons":
        return [{**_attributes(person), "public_name": person.text or ""} for person in children]
    if element.tag in WITH_ADDRESS:
        return [{"url": link.get("href", ""), "title": link.text or ""} for link in children]
    if element.tag == "answers":
        return [{one.tag: one.text or "" for one in _children(answer)} for answer in children]
    if element.tag == "recording":
        return {child.tag: child.text or "" for child in children}
    if element.attrib or children:
        return {"xml": etree.tostring(element, method="c14n", exclusive=True, with_tail=False).decode()}
    return element.text or ""


def _attributes(element: Any) -> Values:
    return {name: _number(value) if name == "id" else value for name, value in element.attrib.items()}


# --- to XML


def as_xml(values: Values) -> bytes:
    root = etree.Element("schedule", {XSI: SCHEMA})
    for name, value in values.items():
        if name == "generator" and isinstance(value, dict) and "xml" not in value:
            etree.SubElement(root, name, _plain(value))
        elif name not in ("conference", "base_url") and not name.startswith("$"):
            _add(root, name, value)
    _add_conference(root, {"base_url": values.get("base_url"), **values["conference"]})
    guids = {room["name"]: room for room in values["conference"].get("rooms", [])}
    for day in values["conference"]["days"]:
        _add_day(root, day, guids)
    etree.indent(root, "  ")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _add_conference(root: Any, values: Values) -> None:
    element = etree.SubElement(root, "conference")
    told = {**values, "days": values.get("daysCount"), "track": values.get("tracks", [])}
    for name in _ordered(told, OF_CONFERENCE):
        if name == "track":
            for track in told["track"]:
                etree.SubElement(element, "track", _plain(track))
        elif name not in ("daysCount", "tracks", "rooms") and told[name] is not None:
            _add(element, name, told[name])


def _add_day(root: Any, day: Values, rooms: dict[str, Values]) -> None:
    about = {"index": day.get("index"), "date": day.get("date"), "start": day["day_start"], "end": day["day_end"]}
    element = etree.SubElement(root, "day", _plain(about))
    for name, events in day["rooms"].items():
        known = {key: value for key, value in rooms.get(name, {}).items() if key in ("guid", "slug")}
        room = etree.SubElement(element, "room", _plain({"name": name, **known}))
        for event in events:
            _add_event(room, event)


def _add_event(room: Any, values: Values) -> None:
    element = etree.SubElement(room, "event", _plain({"guid": values["guid"], "id": values.get("id")}))
    told = {name: value for name, value in values.items() if name not in ("guid", "id")}
    if "do_not_record" in told:
        optout = "true" if told["do_not_record"] else "false"
        told["recording"] = {"license": told.get("recording_license") or "", "optout": optout}
    for name in _ordered(told, OF_EVENT):
        if name not in IN_XML_ONLY:
            _add(element, name, told[name])


def _ordered(values: Values, order: tuple[str, ...]) -> list[str]:
    return [name for name in order if name in values] + [name for name in values if name not in order]


def _plain(values: Values) -> dict[str, str]:
    return {str(name): clean(str(value)) for name, value in values.items() if isinstance(value, str | int)}


def _add(parent: Any, name: str, value: Any) -> None:
    """One element; of values that XML has no form for, nothing."""
    if isinstance(value, dict) and "xml" in value:
        parent.append(etree.fromstring(value["xml"], etree.XMLParser(resolve_entities=False, no_network=True)))
        return
    try:
        element = etree.SubElement(parent, name)
    except ValueError:  # no name that XML allows
        return
    if isinstance(value, list):
        _add_rows(element, name, value)
    elif isinstance(value, dict):
        for inner, text in _plain(value).items():
            etree.SubElement(element, inner).text = text or None
    elif isinstance(value, bool):
        element.text = str(value).lower()
    elif value not in (None, ""):
        element.text = clean(str(value))


def _add_rows(element: Any, name: str, rows: list[Any]) -> None:
    for row in rows:
        if name == "persons":
            shown = row.get("public_name") or row.get("name") or ""
            about = {key: row[key] for key in ("id", "guid", "code") if key in row}
            etree.SubElement(element, "person", _plain(about)).text = clean(str(shown))
        elif name in WITH_ADDRESS and isinstance(row, dict):
            link = etree.SubElement(element, WITH_ADDRESS[name], _plain({"href": row.get("url")}))
            link.text = clean(str(row.get("title") or "")) or None
        elif name == "answers" and isinstance(row, dict):
            _add(element, "answer", row)
