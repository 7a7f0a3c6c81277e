"""What topic pages and findings show of the question desk and the cooperation board."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from evidence.contacts import Contact, contacts_in
from evidence.models import Finding, Opportunity, Question
from evidence.models.questions import public_name
from evidence.queries import cooperation, questions
from evidence.states import OpportunityState, QuestionState
from taxonomy.models import Pmks

register = template.Library()

PUBLIC_TEXTS = (
    "title_id", "title_en", "text_id", "text_en", "result_id", "result_en", "answer_id", "answer_en",
)  # fmt: skip
QUESTION_KINDS = {
    QuestionState.ASKED: "wait",
    QuestionState.ANSWERED: "wait",
    QuestionState.PUBLISHED: "ok",
    QuestionState.DECLINED: "danger",
    QuestionState.WITHDRAWN: "danger",
}
OPPORTUNITY_KINDS = {
    OpportunityState.POSTED: "wait",
    OpportunityState.RETURNED: "act",
    OpportunityState.OPEN: "ok",
    OpportunityState.CLOSED: "",
    OpportunityState.WITHDRAWN: "danger",
}


@register.inclusion_tag("evidence/parts/topic_questions.html")
def topic_questions(topic: Pmks) -> dict[str, Any]:
    """On the page of a topic: what was asked and answered about it; two statements. The same for every reader."""
    found = questions.questions_on(topic)
    return {"topic": topic, "questions": found.questions, "total": found.total}


@register.inclusion_tag("evidence/parts/topic_opportunities.html")
def topic_opportunities(topic: Pmks) -> dict[str, Any]:
    """On the page of a topic: who seeks whom; one statement or two. The same for every reader on one day."""
    found = cooperation.opportunities_on(topic)
    return {"topic": topic, "opportunities": found.opportunities, "total": found.total}


@register.inclusion_tag("evidence/parts/finding_questions.html")
def finding_questions(finding: Finding) -> dict[str, Any]:
    """On the page of a finding: the questions it helps to answer."""
    return {"questions": questions.questions_answered_by(finding) if finding.is_public else []}


@register.filter
def name_of_curator(user: User | None) -> str:
    return public_name(user)


@register.filter
def name_of_reader(user: User | None) -> str:
    """Of who asked, posted or reported something."""
    return public_name(user, _("a reader"))


@register.filter
def question_state_kind(question: Question) -> str:
    return QUESTION_KINDS[QuestionState(question.state)]


@register.filter
def opportunity_state_kind(opportunity: Opportunity) -> str:
    if opportunity.state == OpportunityState.OPEN and not opportunity.is_open:
        return ""
    return OPPORTUNITY_KINDS[OpportunityState(opportunity.state)]


@register.filter
def opportunity_state(opportunity: Opportunity) -> str:
    """What is open by its state and has passed its date is closed."""
    is_over = opportunity.state == OpportunityState.OPEN and not opportunity.is_open
    return str(OpportunityState.CLOSED.label if is_over else opportunity.get_state_display())


@register.filter
def days_waited(question: Question) -> int:
    return questions.days_waited(question)


@register.filter
def contacts(thing: Opportunity | Question) -> list[Contact]:
    """What looks like an address or a number of a person in what everybody will read, for curators."""
    return contacts_in(getattr(thing, name, "") for name in PUBLIC_TEXTS)
