"""What pages of other apps show of the evidence."""

from typing import Any

from django import template

from evidence.addresses import page_link
from evidence.agreement import assess
from evidence.models import Direction, Finding
from evidence.queries import findings as queries
from evidence.readability import readability_of
from publications.models import Output
from taxonomy.models import Pmks

register = template.Library()

SHOWN_ON_TOPIC = 6
DIRECTION_KINDS = {
    Direction.BETTER: "ok",
    Direction.WORSE: "danger",
    Direction.MIXED: "wait",
    Direction.NO_DIFFERENCE: "",
    Direction.DESCRIPTIVE: "",
}


@register.inclusion_tag("evidence/parts/output.html")
def output_evidence(output: Output) -> dict[str, Any]:
    """On the page of an output: its summary in plain language and its findings; two statements when it has none.

    The same for every reader, so that the part may be kept.
    """
    summary = queries.public_summary(output)
    return {
        "summary": summary,
        "readability": readability_of(summary.text_id) if summary else None,
        "findings": queries.findings_of(output) if output.is_public else [],
    }


@register.inclusion_tag("evidence/parts/topic.html")
def topic_findings(topic: Pmks) -> dict[str, Any]:
    """On the page of a topic: its findings, the surest first."""
    found = queries.findings_on(topic)
    return {
        "topic": topic,
        "first": found.findings[:SHOWN_ON_TOPIC],
        "others": found.findings[SHOWN_ON_TOPIC:],
        "total": found.total,
    }


@register.inclusion_tag("evidence/parts/card.html")
def finding_card(finding: Finding, level: int = 3, with_paper: bool = False) -> dict[str, Any]:
    """One finding (`queries.findings.for_cards`); `level` of its heading, `with_paper` where it stands alone."""
    return {
        "finding": finding,
        "level": level,
        "with_paper": with_paper,
        "assessments": assess(finding.ratings.all()),
        "page_url": page_link(finding),
    }


@register.filter
def direction_kind(finding: Finding) -> str:
    """How the status component shows the direction; its words say it too."""
    return DIRECTION_KINDS.get(Direction(finding.direction), "") if finding.direction else ""
