"""Reads the sample outputs from their TOML and CSV files into plain dictionaries.

Everything here is invented. Contributors carry numbers that pass the ORCID checksum but lie outside the blocks that are
ever assigned; DOIs use the test prefix 10.5555; ISSN and ISBN numbers are valid and unassigned.
"""

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
COAR = "http://purl.org/coar/resource_type/"
Record = dict[str, Any]

# Contributor roles of the CRediT taxonomy by place in the author list, where an output does not say otherwise.
FIRST = ["conceptualization", "methodology", "investigation", "writing-original-draft"]
MIDDLE = ["investigation", "formal-analysis", "writing-review-editing"]
LAST = ["supervision", "validation", "writing-review-editing"]
DEFAULTS: Record = {
    "state": "published",
    "access": "open",
    "licence": "CC-BY-4.0",
    "language": "id",
    "psks": [],
    "services": [],
    "supervisors": [],
    "editors": [],
    "relations": [],
    "identifiers": {},
    "container": {},
    "funder": "",
    "dataset": "",
    "credit": {},
}


@cache
def organisations() -> dict[str, Record]:
    return {row["key"]: row for row in _rows("organisations.csv")}


@cache
def people() -> dict[str, Record]:
    return {row["key"]: row for row in _rows("people.csv")}


@cache
def concepts() -> Record:
    """Concept paragraph and regulations for each PMKS, and the usual limits of each method."""
    return tomllib.loads((FOLDER / "concepts.toml").read_text(encoding="utf-8"))


@cache
def outputs() -> tuple[Record, ...]:
    """All sample outputs, oldest first, with people and organisations written out."""
    found = [expand(raw) for raw in _raw_outputs()]
    return tuple(sorted(found, key=lambda output: (output["date"], output["key"])))


def _raw_outputs() -> list[Record]:
    raw: list[Record] = []
    for path in sorted((FOLDER / "outputs").glob("*.toml")):
        raw += tomllib.loads(path.read_text(encoding="utf-8"))["output"]
    return raw


def _rows(name: str) -> list[Record]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expand(raw: Record) -> Record:
    """One output with its defaults, its contributors written out and its type as a COAR address."""
    output = {**DEFAULTS, **raw}
    output["pillars"] = list(dict.fromkeys(service.split("-")[0] for service in output["services"]))
    output["type_code"], output["type"] = output["type"], COAR + output["type"]
    output["contributors"] = _contributors(output)
    output["versions"] = output.get("versions", ["Versi pertama."])
    return output


def _contributors(output: Record) -> list[Record]:
    last = len(output["people"]) - 1
    role = "editor" if output["editors"] else "author"
    named = [
        _contributor(key, role, output["credit"].get(key) or _credit(place, last))
        for place, key in enumerate(output["people"] or output["editors"])
    ]
    return named + [_contributor(key, "supervisor", ["supervision"]) for key in output["supervisors"]]


def _credit(place: int, last: int) -> list[str]:
    if place == 0:
        return FIRST
    return LAST if place == last else MIDDLE


def _contributor(key: str, role: str, credit: list[str]) -> Record:
    person = people()[key]
    return {
        "key": key,
        "given_name": person["given_name"],
        "family_name": person["family_name"],
        "degrees": person["degrees"],
        "orcid": person["orcid"],
        "affiliation": person["organisation"],
        "role": role,
        "credit": credit,
    }
