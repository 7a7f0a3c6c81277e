"""What somebody entered, checked, rated and answered, in the copy of their data."""

from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from accounts.models import User
from accounts.signals import personal_data_wanted
from evidence.models import Finding, PlainSummary, Rating, Recommendation, RecommendationStep, TopicMessage, Use


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
        "uses": list(
            Use.objects.filter(Q(reported_by=user) | Q(decided_by=user)).values(
                "id",
                "output__public_id",
                "kind",
                "title_id",
                "title_en",
                "number",
                "year",
                "issuer_name",
                "url",
                "how_id",
                "how_en",
                "state",
                "reported_at",
                "decided_on",
            )  # fmt: skip
        ),
    }
