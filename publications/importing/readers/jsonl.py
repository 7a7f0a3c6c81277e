"""JSON Lines: one object a line; keys as the column headings, authors as objects or as names."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from publications.importing.building import Fields, Value, build
from publications.importing.columns import meaning_of
from publications.importing.limits import MAX_CELL_CHARS, MAX_LINE_BYTES, MAX_VALUES
from publications.importing.names import parse_name
from publications.importing.problems import Problem
from publications.importing.records import Contributor, Row
from publications.importing.texts import unpacked
from publications.importing.values import clean

_PEOPLE = ("authors", "editors", "supervisors")
_KEYS: dict[str, str] = {}  # keys repeat on every line
_MAX_KNOWN_KEYS = 2000


def read(file: BinaryIO, mapping: dict[str, str]) -> Iterator[Row]:
    for number, line in _lines(unpacked(file)):
        if len(line) > MAX_LINE_BYTES:
            yield _broken(number, "broken_row", f"> {MAX_LINE_BYTES}")
            continue
        if not (line := line.strip(b"\xef\xbb\xbf \t\r\n")):
            continue
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield _broken(number, "broken_json", near_the_fault(line.decode("utf-8", "replace"), error))
            continue
        if isinstance(entry, dict):
            yield read_object(number, entry)
        else:
            yield _broken(number, "not_a_record", type(entry).__name__)


def near_the_fault(text: str, error: Exception) -> str:
    """What stands where the JSON breaks off; the reason that Python gives is in English alone."""
    place = getattr(error, "pos", 0)
    return "".join(c for c in text[max(0, place - 20) : place + 20] if c.isprintable())


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        yield number, line
        while len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE_BYTES + 1)


def _broken(number: int, code: str, detail: str) -> Row:
    return Row(number, None, (Problem(code, number, params={"detail": detail}),))


def read_object(number: int, entry: Mapping[str, Any]) -> Row:
    fields: dict[str, Value] = {}
    for name, value in entry.items():
        key = _meaning(name)
        if key and value not in (None, "", [], {}) and (key not in fields or name == key):
            fields[key] = value if key in _PEOPLE else plain(value)
    if fields.get("authors"):
        fields.pop("editors", None)  # of the volume, often a dozen on each of its papers
    for key in _PEOPLE:
        if key in fields:
            fields[key] = _people(fields[key])
    if isinstance(journal := entry.get("journal"), str) and journal:
        fields["container"] = journal[:MAX_CELL_CHARS]
        fields.setdefault("type", "journal article")
    if entry.get("removed") is True:
        fields["retracted"] = True
    return build(number, _without_nothing(fields))


def _meaning(name: str) -> str:
    """The file's own short names come first: `id` is the identifier, not the language."""
    known = _KEYS.get(name)
    if known is None:
        known = meaning_of(name[:100])
        if len(_KEYS) < _MAX_KNOWN_KEYS:
            _KEYS[name] = known
    return known


def plain(value: Any) -> Value:
    """Text, a truth value or a list of texts; None for what is deeper."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value[:MAX_CELL_CHARS]
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return [str(part)[:MAX_CELL_CHARS] for part in value[: MAX_VALUES + 1] if isinstance(part, str | int | float)]
    return None


def _people(value: Any) -> Value:
    if not isinstance(value, list):
        return plain(value)
    return [person for part in value[: MAX_VALUES + 1] if (person := _person(part)) is not None]


def _person(part: Any) -> Contributor | None:
    if isinstance(part, str):
        return parse_name(part)
    if not isinstance(part, dict):
        return None
    family, given = _word(part, "family", "family_name"), _word(part, "given", "given_name")
    if not family and not given:
        named = parse_name(_word(part, "name", "literal"))
        if named is None:
            return None
        family, given = named.family, named.given
    if not family:
        family, given = given, ""
    return Contributor(family, given, _word(part, "orcid", "ORCID"), _word(part, "affiliation"))


def _word(part: Mapping[str, Any], *names: str) -> str:
    for name in names:
        value = part.get(name)
        if isinstance(value, list) and value:
            value = value[0].get("name") if isinstance(value[0], dict) else value[0]
        if value and isinstance(value, str):
            return clean(value[:MAX_CELL_CHARS])
    return ""


def _without_nothing(fields: dict[str, Value]) -> Fields:
    return {key: value for key, value in fields.items() if value is not None}
