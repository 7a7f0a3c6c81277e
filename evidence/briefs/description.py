"""What describes the output that a brief becomes, as the deposit takes it."""

import datetime
from typing import Any

from accounts.models import User
from evidence.briefs.checks import language_of, name_of
from evidence.models import Brief, Finding
from evidence.queries.briefs import items_of
from publications.models import ContributorRole, DatePrecision, RelationKind, Version
from publications.states import Access
from taxonomy.models import Licence, OutputType

TYPE, LICENCE = "c_186u", "CC-BY-4.0"  # policy report
Data = dict[str, Any]


def first_description(brief: Brief, by: User, day: datetime.date) -> Data:
    return {
        **_told_by_the_brief(brief),
        "type": OutputType.objects.get(code=TYPE),
        "licence": Licence.objects.get(code=LICENCE),
        "access": Access.OPEN,
        "date": day,
        "date_precision": DatePrecision.DAY,
        "contributors": [contributor(by)],
        "relations": _relations(brief),
    }


def renewed_description(brief: Brief, version: Version) -> Data:
    """What its owner has changed in the deposit besides stays: people, licence, keywords, other relations."""
    others = [
        {"kind": row.kind, "target": row.target, "url": row.url, "label": row.label}
        for row in version.relations.select_related("target")
        if row.kind != RelationKind.IS_BASED_ON or row.target_id is None
    ]
    return {**_told_by_the_brief(brief), "relations": _relations(brief) + others}


def _told_by_the_brief(brief: Brief) -> Data:
    findings = [item.finding for item in items_of(brief)]
    return {
        "language": language_of(brief),
        "title_id": brief.title_id,
        "title_en": brief.title_en,
        "abstract_id": brief.message_id,
        "abstract_en": brief.message_en,
        "pmks": _many(findings, "pmks"),
        "provinces": _many(findings, "provinces"),
        "services": list(dict.fromkeys(finding.service for finding in findings if finding.service)),
    }


def _many(findings: list[Finding], name: str) -> list[Any]:
    """Each term once, that of the first finding first."""
    return list(dict.fromkeys(term for finding in findings for term in getattr(finding, name).all()))


def _relations(brief: Brief) -> list[Data]:
    outputs = dict.fromkeys(item.finding.output for item in items_of(brief))
    return [{"kind": RelationKind.IS_BASED_ON, "target": output} for output in outputs]


def contributor(user: User) -> Data:
    given, family = name_of(user)
    described = {"given_name": given, "family_name": family, "role": ContributorRole.AUTHOR}
    person = getattr(user, "person", None)
    return described | ({"affiliation": person.affiliation, "orcid": person.orcid or ""} if person else {})
