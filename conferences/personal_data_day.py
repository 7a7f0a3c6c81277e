"""Check-ins and certificates, in the copy of somebody's data; and what stays when an account goes."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_deleted, personal_data_wanted
from conferences.actions import certificates
from conferences.models import CheckIn
from conferences.queries.certificates import certificates_of


@receiver(personal_data_wanted, dispatch_uid="conferences-day")
def day_of(user: User, **kwargs: Any) -> tuple[str, dict[str, Any]]:
    seen = CheckIn.objects.filter(registration__user=user)
    return "conference_day", {
        "check_ins": list(seen.values("registration__edition__slug", "session__title_id", "at", "undone_at")),
        "certificates": list(
            certificates_of(user).values(
                "edition__slug", "kind", "number", "name", "email", "basis", "issued_at", "announced_at", "revoked_at",
                "revoked_reason",
            )
        ),
    }  # fmt: skip


@receiver(account_deleted, dispatch_uid="conferences-day")
def forget(user: User, **kwargs: Any) -> None:
    certificates.forget(user)
