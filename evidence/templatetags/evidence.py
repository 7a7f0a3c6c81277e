"""What pages of other apps show of the evidence."""

from typing import Any

from django import template
from django.forms import BoundField
from django.urls import reverse

from evidence import rules
from evidence.addresses import page_link
from evidence.agreement import assess
from evidence.forms.finding import FOLDED
from evidence.models import Direction, Finding
from evidence.queries import findings as queries
from evidence.queries.presence import presence_of
from evidence.readability import readability_of
from evidence.states import FindingState
from publications.models import Output, Version

register = template.Library()

DIRECTION_KINDS = {
    Direction.BETTER: "ok",
    Direction.WORSE: "danger",
    Direction.MIXED: "wait",
    Direction.NO_DIFFERENCE: "",
    Direction.DESCRIPTIVE: "",
}
STATE_KINDS = {
    FindingState.DRAFT: "",
    FindingState.PROPOSED: "wait",
    FindingState.RETURNED: "act",
    FindingState.CHECKED: "ok",
    FindingState.WITHDRAWN: "danger",
}


@register.inclusion_tag("evidence/parts/output.html")
def output_evidence(output: Output) -> dict[str, Any]:
    """On the page of an output: its summary in plain language and its findings.

    The same for every reader, so that the part may be kept.
    """
    has = presence_of(output)
    summary = queries.public_summary(output) if has.summary else None
    return {
        "summary": summary,
        "readability": readability_of(summary.text_id) if summary else None,
        "findings": queries.findings_of(output) if has.findings else [],
    }


@register.inclusion_tag("evidence/parts/card.html")
def finding_card(finding: Finding, level: int = 3, with_paper: bool = False, pick: bool = False) -> dict[str, Any]:
    """One finding (`queries.findings.for_cards`); `level` of its heading, `with_paper` where it stands alone.

    `pick`: with a box for the form `banding`, which the page must have.
    """
    return {
        "finding": finding,
        "level": level,
        "with_paper": with_paper,
        "pick": pick,
        "assessments": assess(finding.ratings.all()),
        "page_url": page_link(finding),
    }


@register.filter
def direction_kind(finding: Finding) -> str:
    """How the status component shows the direction; its words say it too."""
    return DIRECTION_KINDS.get(Direction(finding.direction), "") if finding.direction else ""


@register.inclusion_tag("evidence/parts/desk.html", takes_context=True)
def evidence_desk(context: template.Context, version: Version) -> dict[str, Any]:
    """The way to the findings of a paper, for those who may enter some; nothing for others."""
    request = context.get("request")
    if request is None or not rules.may_enter(request.user, version.output):
        return {"url": ""}
    number = Finding.objects.filter(output=version.output_id).count()
    return {"url": reverse("evidence:entering", args=[version.pk]), "number": number}


@register.filter
def finding_state_kind(finding: Finding) -> str:
    return STATE_KINDS[FindingState(finding.state)]


@register.filter
def is_folded(bound: BoundField) -> bool:
    return bound.name in FOLDED


@register.filter
def entry_language(bound: BoundField) -> str:
    """The language of what is typed into a field, where it is one of a pair."""
    ending = bound.name[-3:]
    return ending[1:] if ending in ("_id", "_en") else ""


@register.filter
def chosen_labels(bound: BoundField) -> str:
    """What is ticked in a list of boxes, for its summary."""
    chosen = {str(getattr(value, "pk", value)) for value in (bound.value() or [])}
    choices: Any = bound.field.choices  # type: ignore[attr-defined]
    return ", ".join(str(label) for value, label in choices if str(value) in chosen)
