"""How reviewing is shown."""

import datetime
from typing import Any

from django import template
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from conferences.models import Assignment, Edition
from conferences.queries.values import moment_text, token_of
from conferences.states import AssignmentState, LetterState, ReviewerState

register = template.Library()

STATE_KINDS = {
    AssignmentState.PROPOSED: "",
    AssignmentState.SENT: "wait",
    AssignmentState.ACCEPTED: "wait",
    AssignmentState.REVIEWED: "ok",
    AssignmentState.DECLINED: "danger",
    AssignmentState.CANCELLED: "",
    ReviewerState.INVITED: "wait",
    LetterState.WAITING: "act",
}


@register.filter
def state_kind(thing: Any) -> str:
    """How the status component shows the state of an assignment, a reviewer or a letter."""
    return STATE_KINDS.get(thing.state, "")


@register.filter
def deadline(at: datetime.datetime | None, edition: Edition) -> str:
    """In the edition's own zone."""
    return moment_text(edition, at, get_language() or "id")


@register.filter
def points(score: float | None) -> str:
    """'3,7' or '3.7'; a dash where there is none."""
    if score is None:
        return "–"
    text = f"{score:.1f}"
    return text.replace(".", ",") if get_language() == "id" else text


@register.filter
def invitation_token(reviewer: Any) -> str:
    return token_of(reviewer)


@register.filter
def reasons(assignment: Assignment) -> list[str]:
    """Why somebody was proposed, in words."""
    return [_reason(why) for why in assignment.why] or [_("chosen by hand")]


def _reason(why: dict[str, Any]) -> str:
    values = {"words": ", ".join(why["words"]), "points": why["points"]}
    texts = {
        "text": _("wrote about it: %(words)s (%(points)s points)"),
        "pmks": _("knows the PMKS: %(words)s (%(points)s points)"),
        "method": _("knows the method: %(words)s (%(points)s points)"),
        "again": _("reviewed the first version"),
    }
    return texts[why["code"]] % values


@register.filter
def total_points(assignment: Assignment) -> int:
    return sum(why["points"] for why in assignment.why)


@register.filter
def obstacle(pair: tuple[str, int]) -> str:
    """Why so many reviewers could not take a paper."""
    code, count = pair
    texts = {
        "track": ngettext("%(n)s is of another track", "%(n)s are of other tracks", count),
        "conflict": ngettext("%(n)s has a conflict of interest", "%(n)s have a conflict of interest", count),
        "full": ngettext("%(n)s has as many as they can take", "%(n)s have as many as they can take", count),
        "had": ngettext("%(n)s has it or declined it", "%(n)s have it or declined it", count),
    }
    return texts[code] % {"n": count}
