"""schema.org as JSON-LD."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from .facts import Agent, FileFacts, PublicMetadata

JsonObject = dict[str, Any]
_UNSAFE_IN_SCRIPT = {code: f"\\u{code:04x}" for code in (0x3C, 0x3E, 0x26, 0x2028, 0x2029)}  # < > & and line ends


def json_ld(metadata: PublicMetadata) -> JsonObject:
    first, last = metadata.page_range
    described: JsonObject = {
        "@context": "https://schema.org",
        "@type": metadata.type.schema_org or "CreativeWork",
        "@id": metadata.permalink,
        "url": metadata.landing,
        "name": metadata.title,
        "headline": metadata.title,
        "alternateName": [title for title in metadata.titles.values() if title != metadata.title],
        "description": metadata.abstract,
        "inLanguage": metadata.language,
        "author": [_person(agent) for agent in metadata.authors],
        "editor": [_person(agent) for agent in metadata.editors],
        "datePublished": metadata.date.joined("-"),
        "dateModified": metadata.modified.isoformat(),
        "publisher": _organisation(metadata.publisher),
        "funder": _organisation(metadata.funder),
        "license": metadata.licence.url if metadata.licence else "",
        "isAccessibleForFree": metadata.is_open and bool(metadata.files),
        "identifier": _identifiers(metadata),
        "isbn": metadata.isbns if metadata.type.schema_org == "Book" else [],
        "keywords": metadata.all_keywords,
        "about": [_defined_term(term.code, term.label) for term in metadata.pmks],
        "isPartOf": _container(metadata),
        "pageStart": first,
        "pageEnd": last,
        "encoding": [_encoding(file) for file in metadata.files],
        "thumbnailUrl": metadata.thumbnail,
        "spatialCoverage": [_place(term.code, term.label) for term in metadata.provinces],
        "version": str(metadata.number),
    }
    return {key: value for key, value in described.items() if value not in ("", None, [], {})}


def json_ld_text(metadata: PublicMetadata) -> SafeString:
    return script_text(json_ld(metadata))


def script_text(described: JsonObject) -> SafeString:
    """For a `<script type="application/ld+json">`: nothing in it can end the element."""
    text = json.dumps(described, ensure_ascii=False).translate(_UNSAFE_IN_SCRIPT)
    return mark_safe(text)  # noqa: S308 - escaped on the line above


def _person(agent: Agent) -> JsonObject:
    person: JsonObject = {"@type": "Person", "name": agent.name}
    if agent.given:
        person |= {"familyName": agent.family, "givenName": agent.given}
    if agent.orcid:
        person["@id"] = f"https://orcid.org/{agent.orcid}"
    if agent.affiliation:
        person["affiliation"] = _organisation(agent.affiliation, agent.ror)
    return person


def _organisation(name: str, ror: str = "") -> JsonObject | None:
    if not name:
        return None
    return {"@type": "Organization", "name": name} | ({"@id": f"https://ror.org/{ror}"} if ror else {})


def _identifiers(metadata: PublicMetadata) -> list[JsonObject]:
    known = [("Repositori Kesos", metadata.public_id), ("doi", metadata.doi), ("report number", metadata.report_number)]
    return [{"@type": "PropertyValue", "propertyID": scheme, "value": value} for scheme, value in known if value]


def _defined_term(code: str, name: str) -> JsonObject:
    return {"@type": "DefinedTerm", "termCode": code, "name": name, "inDefinedTermSet": "PMKS (Permensos 8/2012)"}


def _place(code: str, name: str) -> JsonObject:
    return {"@type": "AdministrativeArea", "name": name, "identifier": code}


def _container(metadata: PublicMetadata) -> JsonObject | None:
    if not metadata.container:
        return None
    kind = "Periodical" if metadata.type.crossref == "journal-article" else "Book"
    part: JsonObject = {"@type": kind, "name": metadata.container}
    if metadata.volume:
        part["volumeNumber"] = metadata.volume
    if metadata.issue:
        part["issueNumber"] = metadata.issue
    if metadata.isbns and kind == "Book":
        part["isbn"] = metadata.isbns
    if metadata.issns:
        part["issn"] = metadata.issns
    return part


def _encoding(file: FileFacts) -> JsonObject:
    return {
        "@type": "MediaObject",
        "name": file.name,
        "contentUrl": file.url,
        "encodingFormat": file.mime,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }
