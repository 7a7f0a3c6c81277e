"""What somebody entered, checked, rated and answered, in the copy of their data."""

from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_deleted, personal_data_wanted
from evidence.actions import briefs, cooperation, questions
from evidence.models import (
    Brief,
    Finding,
    Interest,
    Opportunity,
    PlainSummary,
    Question,
    Rating,
    Recommendation,
    RecommendationStep,
    TopicMessage,
    Use,
)


@receiver(personal_data_wanted, dispatch_uid="evidence")
def evidence_of(user: User, **kwargs: Any) -> tuple[str, dict[str, Any]]:
    wrote = Q(entered_by=user) | Q(edited_by=user)
    return "evidence", {
        "findings": list(
            Finding.objects.filter(wrote | Q(checked_by=user)).values(
                "id", "output__public_id", "state", "statement_id", "statement_en", "created_at", "checked_on"
            )
        ),
        "ratings": list(
            Rating.objects.filter(rater=user).values(
                "finding_id", "kind", "value", "reason_id", "reason_en", "rated_on", "rubric"
            )
        ),
        "recommendations": list(
            Recommendation.objects.filter(wrote | Q(checked_by=user)).values("id", "text_id", "text_en", "state")
        ),
        "answers": list(
            RecommendationStep.objects.filter(by=user).values("recommendation_id", "state", "note_id", "note_en", "at")
        ),
        "summaries": list(
            PlainSummary.objects.filter(wrote | Q(checked_by=user)).values("output__public_id", "text_id", "text_en")
        ),
        "messages": list(
            TopicMessage.objects.filter(Q(written_by=user) | Q(checked_by=user)).values(
                "id", "pmks__code", "text_id", "text_en", "written_at", "checked_on"
            )
        ),
        "briefs": list(
            Brief.objects.filter(owner=user).values(
                "id", "title_id", "title_en", "message_id", "message_en", "output__public_id", "created_at"
            )
        ),
        "uses": _uses(user),
    }


def _uses(user: User) -> list[Any]:
    """What somebody reported, and what they decided of others' reports."""
    found = Use.objects.filter(Q(reported_by=user) | Q(decided_by=user)).values(
        "id", "output__public_id", "kind", "title_id", "title_en", "number", "year", "date", "date_precision",
        "issuer_name", "url", "how_id", "how_en", "state", "reported_at", "decided_on",
    )  # fmt: skip
    return list(found)


@receiver(personal_data_wanted, dispatch_uid="evidence-cooperation")
def asked_and_posted_by(user: User, **kwargs: Any) -> tuple[str, dict[str, Any]]:
    """Messages that came in are of those who wrote them."""
    answered = Question.objects.filter(Q(answered_by=user) | Q(decided_by=user))
    return "questions_and_cooperation", {
        "asked": list(
            Question.objects.filter(asked_by=user).values(
                "id", "pmks__code", "service__code", "text_id", "text_en", "background", "is_named", "asked_at", "state"
            )
        ),
        "answered": list(answered.values("id", "text_id", "text_en", "answered_at", "decided_on", "state")),
        "opportunities": list(
            Opportunity.objects.filter(owner=user).values(
                "id", "kind", "title_id", "title_en", "text_id", "text_en", "organisation__name", "closes_on",
                "posted_at", "state", "result_id", "result_en",
            )
        ),
        "messages": list(Interest.objects.filter(by=user).values("opportunity_id", "message", "sent_at")),
    }  # fmt: skip


@receiver(account_deleted, dispatch_uid="evidence")
def forget(user: User, **kwargs: Any) -> None:
    questions.forget(user)
    cooperation.forget(user)
    briefs.forget(user)
