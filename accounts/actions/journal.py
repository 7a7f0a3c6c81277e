"""The log that every app writes to."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from accounts.log_actions import LABELS
from accounts.models import LogEntry, User

SECRET_WORDS = {
    "password",
    "passwords",
    "token",
    "tokens",
    "secret",
    "secrets",
    "key",
    "keys",
    "session",
    "otp",
    "totp",
}
MASK = "•••"


def log(actor: User | None, action: str, target: Model, changes: dict[str, Any] | None = None) -> LogEntry:
    """Append to the log, in the caller's transaction. `changes` is {field: [before, after]}; secrets are masked.

    The action must be registered in the app's `log_actions.py`.
    """
    if action not in LABELS:
        raise ValueError(f"register the action {action!r} in log_actions.py")
    return LogEntry.objects.create(actor=actor, action=action, target=target_of(target), changes=masked(changes or {}))


def target_of(thing: Model) -> str:
    """'publications.output:12'."""
    return f"{thing._meta.label_lower}:{thing.pk}"


def masked(changes: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [MASK if value else value for value in pair] if _is_secret(name) else pair
        for name, pair in changes.items()
    }


def values_of(thing: Model, fields: Iterable[str]) -> dict[str, Any]:
    """What `changes_between` compares: take it before and after an edit."""
    return {name: getattr(thing, name) for name in fields}


def changes_between(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """{field: [before, after]} of what differs, as JSON can hold it."""
    names = [*before, *(name for name in after if name not in before)]
    pairs = {name: [_plain(before.get(name)), _plain(after.get(name))] for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _plain(value: Any) -> Any:
    if isinstance(value, User):
        return value.shown_as
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | dict | None) else str(value)


def _is_secret(name: str) -> bool:
    return bool(SECRET_WORDS.intersection(name.lower().replace("-", "_").split("_")))
