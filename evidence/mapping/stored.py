"""A map as data, in both languages, and back: what a snapshot keeps."""

import json
from typing import Any

from evidence.mapping.cells import Cell, Column, EvidenceMap, Group, Row, Tally
from evidence.mapping.counting import Counted
from evidence.mapping.geometry import size_of
from evidence.mapping.vocabulary import Term
from evidence.models import MapAxis

EDITION = 1


def as_bytes(data: dict[str, Any]) -> bytes:
    """The same bytes for the same map."""
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def as_data(shown: EvidenceMap, findings: list[Counted], codes: dict[int, str]) -> dict[str, Any]:
    """`codes`: the public identifiers of the studies. A cell of which nothing is known is left out."""
    return {
        "edition": EDITION,
        "axis": str(shown.axis),
        "filters": shown.asked.filters(),
        "total": _tally(shown.total),
        "columns": [
            {"term": _term(column.term), "group": _term(column.group), "total": _tally(column.total)}
            for column in shown.columns
        ],
        "groups": [
            {"term": _term(group.term), "total": _tally(group.total), "rows": [_row(row) for row in group.rows]}
            for group in shown.groups
        ],
        "findings": [[finding.pk, codes[finding.output]] for finding in findings],
    }


def _term(term: Term | None) -> dict[str, Any] | None:
    if term is None:
        return None
    return {"code": term.code, "slug": term.slug, "id": term.label_id, "en": term.label_en or term.label_id}


def _tally(tally: Tally) -> dict[str, Any]:
    return {"studies": tally.studies, "findings": tally.findings, "levels": list(tally.levels), "middle": tally.middle}


def _row(row: Row) -> dict[str, Any]:
    cells = {str(place): _tally(cell.tally) for place, cell in enumerate(row.cells) if not cell.is_gap}
    return {"term": _term(row.term), "total": _tally(row.total), "cells": cells}


def from_data(data: dict[str, Any]) -> EvidenceMap:
    """The map again; its cells lead nowhere, since what they led to may have changed."""
    columns = tuple(
        Column(_term_of(one["term"], data["axis"]), _term_of(one["group"], "pillar"), _tally_of(one["total"]))
        for one in data["columns"]
    )
    largest = max(
        (cell["studies"] for group in data["groups"] for row in group["rows"] for cell in row["cells"].values()),
        default=0,
    )
    groups = tuple(_group_of(one, columns, largest) for one in data["groups"])
    return EvidenceMap(MapAxis(data["axis"]), columns, groups, _tally_of(data["total"]), largest)


def _group_of(data: dict[str, Any], columns: tuple[Column, ...], largest: int) -> Group:
    rows = tuple(_row_of(row, columns, largest) for row in data["rows"])
    return Group(_term_of(data["term"], "cluster"), _tally_of(data["total"]), rows)


def _row_of(data: dict[str, Any], columns: tuple[Column, ...], largest: int) -> Row:
    cells = []
    for place, column in enumerate(columns):
        tally = _tally_of(data["cells"].get(str(place)))
        cells.append(Cell(column, tally, "", size_of(tally.studies, largest)))
    return Row(_term_of(data["term"], "pmks"), _tally_of(data["total"]), tuple(cells))


def _term_of(data: dict[str, Any] | None, kind: str) -> Term | None:
    return Term(0, kind, data["code"], data["slug"], data["id"], data["en"]) if data else None


def _tally_of(data: dict[str, Any] | None) -> Tally:
    return Tally(data["studies"], data["findings"], tuple(data["levels"])) if data else Tally()
