"""Mails about findings and recommendations, in each recipient's language, leaving after commit."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts.mail import send_mail_to
from accounts.models import Role, User
from evidence.models import Finding, Recommendation, RecommendationStep
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


def _tell(
    people: Iterable[User], but: User | None, template: str, thing: Finding | Recommendation, view: str, **context: Any
) -> None:
    """Whoever did it needs no mail about it."""
    for user in sorted(set(people), key=lambda person: person.pk):
        if user == but:
            continue
        with override(user.language):
            texts = {"text": str(thing), "url": f"{settings.SITE_URL}{reverse(view, args=[thing.pk])}"}
            if isinstance(thing, Recommendation):
                texts["state"] = str(thing.get_state_display())
        send_mail_to(user, f"evidence/mail/{template}", {**texts, **context})
