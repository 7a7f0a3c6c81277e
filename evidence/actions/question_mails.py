"""Mails of the question desk, in each recipient's language, leaving after commit."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts.mail import send_mail_to
from accounts.models import User
from evidence.models import Question
from publications.actions.notify import curators


def asked(question: Question) -> None:
    _tell(curators(), question.asked_by, "question_asked", question, "evidence:question_desk")


def to_approve(question: Question, by: User) -> None:
    _tell(curators(), by, "question_to_approve", question, "evidence:question_desk")


def returned(question: Question, by: User) -> None:
    if question.answered_by is not None:
        reason = question.reason
        _tell([question.answered_by], by, "question_returned", question, "evidence:question_desk", reason=reason)


def published(question: Question) -> None:
    people = {question.asked_by, *([question.answered_by] if question.answered_by else [])}
    _tell(people, question.decided_by, "question_published", question, "evidence:question")


def refused(question: Question) -> None:
    """Declined or withdrawn: who asked reads the reason."""
    template = f"question_{question.state}"
    _tell([question.asked_by], question.decided_by, template, question, "evidence:question", reason=question.reason)


def _tell(
    people: Iterable[User], but: User | None, template: str, question: Question, view: str, **context: Any
) -> None:
    """Whoever did it needs no mail about it."""
    for user in sorted(set(people), key=lambda person: person.pk):
        if user == but:
            continue
        with override(user.language):
            url = f"{settings.SITE_URL}{reverse(view, args=[question.pk])}"
            texts = {"text": str(question), "pmks": question.pmks.label, "url": url}
        send_mail_to(user, f"evidence/mail/{template}", {**texts, **context})
