"""Somebody's registrations in the copy of their data, and what stays of them when an account goes."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_deleted, personal_data_wanted
from conferences.actions import registrations
from conferences.models import Registration


@receiver(personal_data_wanted, dispatch_uid="conferences-registrations")
def registrations_of(user: User, **kwargs: Any) -> tuple[str, dict[str, Any]]:
    mine = Registration.objects.filter(user=user).order_by("pk")
    return "conference_registrations", {
        "registrations": list(
            mine.values(
                "edition__slug", "number", "state", "category", "attendance", "name", "badge_name", "email", "phone",
                "language", "institution__name", "institution_name", "position_title", "letter_name", "registered_at",
                "decided_at", "reason", "need__text",
            )
        ),
        "seen_at": list(
            mine.filter(check_ins__undone_at=None, check_ins__isnull=False).values(
                "edition__slug", "check_ins__at", "check_ins__session_id"
            )
        ),
    }  # fmt: skip


@receiver(account_deleted, dispatch_uid="conferences-registrations")
def forget(user: User, **kwargs: Any) -> None:
    registrations.forget(user)
