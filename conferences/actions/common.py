"""What several actions share."""

from django.core.exceptions import PermissionDenied


class ReasonMissing(ValueError):
    """A refusal or a conflict needs a reason that others understand."""


class ChangedMeanwhile(Exception):
    """Saved in another window since the page was opened; nothing was overwritten."""


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def reason_in(text: str) -> str:
    if not text.strip():
        raise ReasonMissing
    return text.strip()
