"""What people follow, in the copy of their data, and gone with their account."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_deleted, personal_data_wanted
from search.actions.alerts import forget_follower
from search.models import Alert, Digest


@receiver(personal_data_wanted, dispatch_uid="search")
def followed_by(user: User, **kwargs: Any) -> tuple[str, dict[str, Any]]:
    alerts = Alert.objects.filter(user=user).prefetch_related("told__output")
    return "following", {
        "searches": [
            {
                "search": alert.query,
                "frequency": alert.frequency,
                "is_paused": alert.is_paused,
                "since": alert.since,
                "told": [told.output.public_id for told in alert.told.all()],
            }
            for alert in alerts
        ],
        "mails": list(Digest.objects.filter(user=user).values("made_at", "sent_at")),
    }


@receiver(account_deleted, dispatch_uid="search")
def forget(user: User, **kwargs: Any) -> None:
    forget_follower(user)
