"""The description of a version as rows that a curator reads and comments on."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from publications.forms.curation import COMMENTABLE
from publications.models import Comment, Version
from publications.queries.curation import Thread


@dataclass(frozen=True)
class FieldRow:
    name: str
    label: str
    values: list[str]
    lang: str = ""
    is_long: bool = False
    comments: list[Comment] = field(default_factory=list)


LANG = {
    "title_id": "id",
    "abstract_id": "id",
    "keywords_id": "id",
    "title_en": "en",
    "abstract_en": "en",
    "keywords_en": "en",
}


def field_rows(version: Version, facts: dict[str, Any], thread: Thread) -> list[FieldRow]:
    values = _values(version, facts)
    return [
        FieldRow(
            name=name,
            label=str(label),
            values=[value for value in values[name] if value],
            lang=LANG.get(name, ""),
            is_long=name.startswith("abstract"),
            comments=thread.by_field.get(name, []),
        )
        for name, label in COMMENTABLE.items()
        if name != "file"
    ]


def _values(version: Version, facts: dict[str, Any]) -> dict[str, list[str]]:
    terms = facts["terms"]
    container = " ".join(filter(None, [version.container_title, version.volume, version.issue, version.pages]))
    access = version.get_access_display()
    if version.embargo_until:
        access = f"{access} ({version.embargo_until.isoformat()})"
    return {
        "title_id": [version.title_id],
        "title_en": [version.title_en],
        "contributors": [_contributor(person) for person in facts["contributors"]],
        "abstract_id": [version.abstract_id],
        "abstract_en": [version.abstract_en],
        "keywords_id": [", ".join(version.keywords_id)],
        "keywords_en": [", ".join(version.keywords_en)],
        "type": [str(version.type or "")],
        "date": [_date(version)],
        "container_title": [container],
        "identifiers": [f"{row.get_scheme_display()} {row.value}" for row in facts["identifiers"]],
        "pmks": [_pmks(row) for row in facts["pmks"]],
        "psks": [str(term) for term in terms["psks"]],
        "services": [str(term) for term in [*terms["pillars"], *terms["services"]]],
        "provinces": [str(term) for term in terms["provinces"]],
        "methods": [str(term) for term in terms["methods"]],
        "licence": [str(version.licence or "")],
        "access": [access],
        "funder": [" ".join(filter(None, [version.funder, version.award_number]))],
        "relations": [f"{row.get_kind_display()}: {row.target or row.label or row.url}" for row in facts["relations"]],
    }


def _contributor(person: Any) -> str:
    place = person.affiliation.name if person.affiliation else person.affiliation_name
    role = person.get_role_display() if person.role != "author" else ""
    return " · ".join(filter(None, [person.name, str(role), place, person.orcid]))


def _pmks(row: Any) -> str:
    return f"{row.pmks} ({_('primary')})" if row.is_primary else str(row.pmks)


def _date(version: Version) -> str:
    if version.date is None:
        return ""
    return version.date.isoformat()[: {"year": 4, "month": 7, "day": 10}[version.date_precision]]
