"""Following and no longer following. None of it stands in the log: what somebody reads is nobody else's business."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from search import saved
from search.models import Alert, Digest, Frequency
from search.query.request import SearchRequest
from search.rules import MOST_ALERTS, may_change_alert, may_follow


class TooMany(Exception):
    """Nobody follows more than `MOST_ALERTS` searches."""

    def __str__(self) -> str:
        return _("You follow %(number)d searches already, as many as possible. Delete one first.") % {
            "number": MOST_ALERTS
        }


@transaction.atomic
def follow(user: User, asked: SearchRequest, frequency: str) -> Alert:
    """From now on; one that is followed already gets this frequency, and goes on if it was paused.

    Raises `saved.TooLong` and `TooMany`.
    """
    if not may_follow(user):
        raise PermissionDenied
    text = saved.text_of(asked)
    User.objects.select_for_update().get(pk=user.pk)  # so that the limit holds for two windows at once
    if alert := Alert.objects.filter(user=user, query=text).first():
        change_frequency(alert, frequency, by=user)
        resume(alert, by=user)
        return alert
    if Alert.objects.filter(user=user).count() >= MOST_ALERTS:
        raise TooMany
    now = timezone.now()
    return Alert.objects.create(
        user=user, query=text, frequency=Frequency(frequency), since=now, checked_at=now, created_at=now
    )


def change_frequency(alert: Alert, frequency: str, *, by: User) -> None:
    _require(by, alert)
    alert.frequency = Frequency(frequency)
    alert.save(update_fields=["frequency"])


def pause(alert: Alert, *, by: User) -> None:
    _require(by, alert)
    alert.is_paused = True
    alert.save(update_fields=["is_paused"])


def resume(alert: Alert, *, by: User) -> None:
    """Begins anew: who paused did not want to hear of what came meanwhile."""
    _require(by, alert)
    if not alert.is_paused:
        return
    alert.is_paused = False
    alert.since = alert.checked_at = timezone.now()
    alert.save(update_fields=["is_paused", "since", "checked_at"])


def unfollow(alert: Alert, *, by: User) -> None:
    _require(by, alert)
    alert.delete()


def stop_mails(user_id: int, alert_id: int | None = None) -> int:
    """By the link of a mail: pause this alert, or all of this person; how many were running."""
    alerts = Alert.objects.filter(user=user_id, is_paused=False)
    return (alerts.filter(pk=alert_id) if alert_id else alerts).update(is_paused=True)


def forget_follower(user: User) -> None:
    """Everything that somebody followed and was told, when the account is deleted."""
    Alert.objects.filter(user=user).delete()
    Digest.objects.filter(user=user).delete()


def _require(user: User, alert: Alert) -> None:
    if not may_change_alert(user, alert):
        raise PermissionDenied
