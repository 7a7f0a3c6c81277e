"""CSL-JSON: what Zotero, Mendeley and the DOI registries write."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from publications.importing.building import Value, build
from publications.importing.limits import MAX_CELL_CHARS, MAX_TEXT_BYTES, MAX_VALUES
from publications.importing.names import parse_name
from publications.importing.problems import Problem
from publications.importing.readers.jsonl import near_the_fault, plain
from publications.importing.records import Contributor, Row
from publications.importing.texts import TooLarge, unpacked
from publications.importing.values import clean

_MARKUP = re.compile(r"</?[A-Za-z][\w:.-]{0,40}(?:\s[^<>]{0,400})?/?>")
_FIELDS = {
    "source_id": ("id",), "title": ("title",), "abstract": ("abstract",), "keywords": ("keyword",),
    "language": ("language",),
    "container": ("container-title",), "volume": ("volume",), "issue": ("issue",), "pages": ("page",),
    "publisher": ("publisher",),
    "doi": ("DOI",), "isbn": ("ISBN",), "issn": ("ISSN",), "url": ("URL",),
}  # fmt: skip
_NAMES = {key: names[0] for key, names in _FIELDS.items()} | {"authors": "author", "date": "issued", "year": "issued"}


def read(file: BinaryIO, mapping: dict[str, str]) -> Iterator[Row]:
    data = unpacked(file).read(MAX_TEXT_BYTES + 1)
    if len(data) > MAX_TEXT_BYTES:
        raise TooLarge
    yield from read_text(data.decode("utf-8-sig", "replace"))


def read_text(text: str) -> Iterator[Row]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield Row(1, None, (Problem("broken_json", 1, params={"detail": near_the_fault(text, error)}),))
        return
    if isinstance(content, dict) and isinstance(content.get("items"), list):
        content = content["items"]
    for number, item in enumerate(content if isinstance(content, list) else [content], 1):
        if isinstance(item, dict):
            yield read_item(number, item)
        else:
            yield Row(number, None, (Problem("not_a_record", number, params={"detail": type(item).__name__}),))


def read_item(number: int, item: Mapping[str, Any]) -> Row:
    fields: dict[str, Value] = {}
    for key, names in _FIELDS.items():
        value = _one(item.get(names[0])) if key not in ("isbn", "issn", "keywords") else plain(item.get(names[0]))
        if value:
            fields[key] = value
    for key in ("title", "abstract", "container"):
        if isinstance(text := fields.get(key), str):
            fields[key] = _without_markup(text)
    if isinstance(words := fields.get("keywords"), str):
        fields["keywords"] = words.replace(",", ";") if ";" not in words else words
    fields["type"] = [str(_one(item.get("genre")) or ""), f"csl:{_one(item.get('type'))}"]
    fields["authors"], fields["editors"] = _people(item.get("author")), _people(item.get("editor"))
    fields.update(_when(item))
    if _one(item.get("type")) == "report" and (report := _one(item.get("number"))):
        fields["report"] = report
    return build(number, fields, _NAMES)


def _one(value: Any) -> str:
    """Crossref gives lists where CSL has a single text."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value)[:MAX_CELL_CHARS] if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _without_markup(text: str) -> str:
    """Registries deliver abstracts and titles with JATS or HTML tags."""
    text = re.sub(r"^\s*<(?:jats:)?title>\s*(?:Abstrak|Abstract)\s*</(?:jats:)?title>", "", text, flags=re.I)
    return html.unescape(_MARKUP.sub("", text)).strip()


def _people(value: Any) -> list[Contributor]:
    if not isinstance(value, list):
        return []
    people = [_person(part) for part in value[: MAX_VALUES + 1] if isinstance(part, dict)]
    return [person for person in people if person is not None]


def _person(part: Mapping[str, Any]) -> Contributor | None:
    family, given = clean(_one(part.get("family"))), clean(_one(part.get("given")))
    if particle := clean(_one(part.get("non-dropping-particle"))):
        family = f"{particle} {family}"
    if not family:
        literal = clean(_one(part.get("literal")) or _one(part.get("name")))
        named = Contributor(literal) if literal else parse_name(given) if given else None
        if named is None:
            return None
        family, given = named.family, named.given
    return Contributor(family, given, _one(part.get("ORCID")), _affiliation(part.get("affiliation")))


def _affiliation(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return clean(_one(value[0].get("name")))
    return clean(_one(value))


def _when(item: Mapping[str, Any]) -> dict[str, Value]:
    """`date-parts` [[2020, 5, 17]], else the words of `raw` or `literal`."""
    for name in ("issued", "published", "published-print", "published-online"):
        date = item.get(name)
        if not isinstance(date, dict):
            continue
        parts = date.get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts else None
        if isinstance(first, list) and first and all(isinstance(p, int | str) and str(p).isdigit() for p in first[:3]):
            return {"date": "-".join(str(p) for p in first[:3])}
        if text := _one(date.get("raw")) or _one(date.get("literal")):
            return {"date": text}
    return {}
