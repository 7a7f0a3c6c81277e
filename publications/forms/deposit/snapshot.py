"""What a version says, block by block, as plain values: to fill the form, to compare two tabs, to show both sides."""

import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _

from publications.models import Contributor, DatePrecision, IdentifierScheme, Relation, Version
from publications.states import Access

LINES = (
    "title_id", "title_en", "abstract_id", "abstract_en", "publisher", "container_title", "volume", "issue", "pages",
    "funder", "award_number", "change_note", "language",
)  # fmt: skip
# Characters of an ISO date that each precision shows.
DATE_LENGTHS: dict[str, int] = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7, DatePrecision.DAY: 10}
TERMS = ("psks", "pillars", "services", "provinces", "methods")


def snapshot(version: Version) -> dict[str, Any]:
    """{block: value}; a fixed number of queries."""
    return {
        **{name: getattr(version, name) for name in LINES},
        "type": version.type.code if version.type else "",
        "licence": version.licence.code if version.licence else "",
        "keywords_id": list(version.keywords_id),
        "keywords_en": list(version.keywords_en),
        "date": partial_date(version),
        "access": access_value(version.access, version.embargo_until),
        "contributors": [_contributor(c) for c in version.contributors.select_related("affiliation")],
        "identifiers": sorted(f"{row.scheme}:{row.value}" for row in version.identifiers.all()),
        "relations": [_relation(r) for r in version.relations.select_related("target")],
        "pmks": pmks_value([row.pmks.code for row in version.version_pmks.select_related("pmks")]),
        **{name: sorted(getattr(version, name).values_list("code", flat=True)) for name in TERMS},
    }


def partial_date(version: Version) -> str:
    """'2024', '2024-05' or '2024-05-12'."""
    if version.date is None:
        return ""
    return version.date.isoformat()[: DATE_LENGTHS[version.date_precision]]


def access_value(access: str, embargo_until: Any) -> str:
    return f"{access}:{embargo_until or ''}" if access == Access.EMBARGOED else access


def pmks_value(codes: list[str]) -> list[str]:
    """The primary one first, the others in the order of their codes."""
    return codes[:1] + sorted(set(codes[1:]))


def _contributor(c: Contributor) -> dict[str, Any]:
    place = c.affiliation.name if c.affiliation else c.affiliation_name
    return {
        "given_name": c.given_name, "family_name": c.family_name, "affiliation": place, "orcid": c.orcid,
        "role": c.role, "credit": sorted(c.credit),
    }  # fmt: skip


def _relation(r: Relation) -> dict[str, str]:
    return {"kind": r.kind, "target": str(r.target.public_id) if r.target else r.url, "label": r.label}


def digest(value: Any) -> str:
    """Short and stable: the page carries it to say from which value an edit began."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


def readable(block: str, value: Any, labels: dict[str, str]) -> str:
    """A value as people read it; `labels` are the names of codes."""
    if block == "contributors":
        return "\n".join(f"{number}. {_person_line(row)}" for number, row in enumerate(value, 1))
    if block == "relations":
        return "\n".join(f"{labels.get(row['kind'], row['kind'])}: {row['label'] or row['target']}" for row in value)
    if block == "identifiers":
        return "\n".join(_identifier_line(text) for text in value)
    if block == "access":
        kind, _colon, until = value.partition(":")
        return " ".join(part for part in (labels.get(kind, kind), until) if part)
    if block == "pmks":
        names: list[str] = [labels.get(code, code) for code in value]
        return "\n".join([_("%(name)s (primary)") % {"name": names[0]}, *names[1:]]) if names else ""
    if isinstance(value, list):
        return "; ".join(str(labels.get(item, item)) for item in value)
    return str(labels.get(value, value)) if block in ("type", "licence", "language") else str(value)


def _person_line(row: dict[str, Any]) -> str:
    name = f"{row['given_name']} {row['family_name']}".strip()
    return " · ".join(part for part in (name, row["affiliation"], row["orcid"]) if part)


def _identifier_line(text: str) -> str:
    scheme, _colon, value = text.partition(":")
    return f"{IdentifierScheme(scheme).label}: {value}"
