"""What pages of other apps show of the uses of outputs."""

from typing import Any

from django import template

from evidence.models import Finding, Use
from evidence.queries import uses as queries
from evidence.queries.presence import presence_of
from evidence.states import UseState
from publications.models import Output
from taxonomy.models import Pmks

register = template.Library()

STATE_KINDS = {
    UseState.REPORTED: "wait",
    UseState.ACCEPTED: "ok",
    UseState.DECLINED: "act",
    UseState.WITHDRAWN: "danger",
}


@register.inclusion_tag("evidence/uses/output.html")
def used_in(output: Output) -> dict[str, Any]:
    """On the page of an output: what used it. The same for every reader, so that the part may be kept."""
    uses = queries.uses_of(output) if presence_of(output).uses else []
    return {"output": output, "uses": uses}


@register.inclusion_tag("evidence/uses/topic.html")
def topic_uses(topic: Pmks) -> dict[str, Any]:
    """On the page of a topic: what used the outputs on it, the newest first."""
    found = queries.uses_on(topic)
    return {"topic": topic, "uses": found.first, "total": found.total}


@register.inclusion_tag("evidence/uses/finding.html")
def finding_uses(finding: Finding) -> dict[str, Any]:
    """On the page of a finding: what used this one."""
    return {"uses": queries.uses_of_finding(finding) if finding.is_public else []}


@register.filter
def use_state_kind(use: Use) -> str:
    """How the status component shows the state; its words say it too."""
    return STATE_KINDS[UseState(use.state)]
