"""How recommendations are shown."""

from django import template

from evidence.models import Recommendation
from evidence.states import RecommendationState

register = template.Library()

ANSWER_KINDS = {
    RecommendationState.OPEN: "act",
    RecommendationState.NOTED: "wait",
    RecommendationState.PLANNED: "wait",
    RecommendationState.DONE: "ok",
    RecommendationState.DECLINED: "danger",
}


@register.filter
def answer_kind(recommendation: Recommendation) -> str:
    return ANSWER_KINDS[RecommendationState(recommendation.state)]
