"""How recommendations are shown, and to whom they are waiting for an answer."""

from typing import Any

from django import template

from evidence.models import Recommendation, RecommendationStep
from evidence.queries.recommendations import may_answer_some, unanswered_for, waiting_for
from evidence.queries.uses import numbers_of
from evidence.states import RecommendationState

register = template.Library()
SHOWN = 3

ANSWER_KINDS = {
    RecommendationState.OPEN: "act",
    RecommendationState.NOTED: "wait",
    RecommendationState.PLANNED: "wait",
    RecommendationState.DONE: "ok",
    RecommendationState.DECLINED: "danger",
}


@register.filter
def answer_kind(answered: Recommendation | RecommendationStep) -> str:
    return ANSWER_KINDS[RecommendationState(answered.state)]


@register.inclusion_tag("evidence/parts/to_answer.html")
def to_answer(user: Any) -> dict[str, Any]:
    """On top of the account page of those who answer for an organisation: what waits for them."""
    found = unanswered_for(user)
    return {"unanswered": len(found), "recommendations": found[:SHOWN]}


@register.inclusion_tag("evidence/parts/account.html")
def my_evidence(user: Any) -> dict[str, Any]:
    """On somebody's account page: the recommendations to answer, and the uses reported."""
    addressed, unanswered = waiting_for(user)
    numbers = numbers_of(user)
    return {
        "is_addressee": may_answer_some(user),
        "addressed": addressed,
        "unanswered": unanswered,
        "reported": numbers["all"],
        "declined": numbers["declined"],
    }
