"""Mails about findings and recommendations, in each recipient's language, leaving after commit."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts.mail import send_mail_to
from accounts.models import Role, User
from evidence.models import Finding, PlainSummary, Recommendation, RecommendationStep
from publications.actions.notify import owners


def returned(finding: Finding, by: User) -> None:
    _tell([finding.entered_by], by, "returned", finding, "evidence:edit", reason=finding.return_reason)


def checked(finding: Finding, by: User) -> None:
    _tell({finding.entered_by, *owners(finding.output)}, by, "checked", finding, "evidence:finding")


def withdrawn(finding: Finding, by: User) -> None:
    people = {finding.entered_by, *owners(finding.output)}
    _tell(people, by, "withdrawn", finding, "evidence:finding", reason=finding.withdrawal_reason)


def recommended(recommendation: Recommendation) -> None:
    """To those who may answer for the addressee."""
    if recommendation.addressee is None:
        return
    answering = User.objects.filter(person__affiliation=recommendation.addressee, role=Role.POLICYMAKER, is_active=True)
    _tell(answering, None, "recommended", recommendation, "evidence:recommendation")


def answered(recommendation: Recommendation, step: RecommendationStep) -> None:
    _tell(owners(recommendation.output), step.by, "answered", recommendation, "evidence:recommendation", note=step.note)


def recommendation_returned(recommendation: Recommendation, by: User) -> None:
    reason = recommendation.return_reason
    template, view = "recommendation_returned", "evidence:edit_recommendation"
    _tell({recommendation.edited_by}, by, template, recommendation, view, reason=reason)


def summary_returned(summary: PlainSummary, by: User) -> None:
    """The page for writing belongs to a version."""
    version = summary.output.versions.order_by("-number").first()
    if version is not None:
        reason = summary.return_reason
        _tell({summary.edited_by}, by, "summary_returned", summary, "evidence:summary", at=version.pk, reason=reason)


def _tell(
    people: Iterable[User],
    but: User | None,
    template: str,
    thing: Finding | Recommendation | PlainSummary,
    view: str,
    at: int | None = None,
    **context: Any,
) -> None:
    """Whoever did it needs no mail about it. `at`: the number in the address, where it is not the thing's own."""
    for user in sorted(set(people), key=lambda person: person.pk):
        if user == but:
            continue
        with override(user.language):
            texts = {"text": str(thing), "url": f"{settings.SITE_URL}{reverse(view, args=[at or thing.pk])}"}
            if isinstance(thing, Recommendation):
                texts["state"] = str(thing.get_state_display())
        send_mail_to(user, f"evidence/mail/{template}", {**texts, **context})
