"""Mails of the cooperation board, in each recipient's language, leaving after commit."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts.mail import send_mail_to
from accounts.models import User
from evidence.models import Opportunity
from publications.actions.notify import curators


def posted(opportunity: Opportunity) -> None:
    for user in curators():
        if user != opportunity.owner:
            _tell(user, "opportunity_posted", opportunity, "evidence:opportunity_desk")


def decided(opportunity: Opportunity) -> None:
    """Let in, returned or withdrawn, to the owner."""
    template = f"opportunity_{opportunity.state}"
    _tell(opportunity.owner, template, opportunity, "evidence:opportunity", reason=opportunity.reason)


def result_told(opportunity: Opportunity) -> None:
    """What came of it is public without anybody's check, so curators read it after."""
    for user in curators():
        if user != opportunity.owner:
            result = str(opportunity.result)
            _tell(user, "opportunity_result", opportunity, "evidence:opportunity_desk", result=result)


def result_cleared(opportunity: Opportunity, reason: str) -> None:
    _tell(opportunity.owner, "opportunity_result_cleared", opportunity, "evidence:opportunity", reason=reason)


def _tell(user: User, template: str, opportunity: Opportunity, view: str, **context: Any) -> None:
    with override(user.language):
        url = f"{settings.SITE_URL}{reverse(view, args=[opportunity.pk])}"
        texts = {"title": str(opportunity.title), "kind": str(opportunity.get_kind_display()), "url": url}
    send_mail_to(user, f"evidence/mail/{template}", {**texts, **context})
