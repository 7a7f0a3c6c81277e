"""What changes people, organisations and roles; and the log that every app writes to."""

from typing import Any

from django.db.models import Model

from accounts.models import LogEntry, User

SECRET_WORDS = ("password", "token", "secret", "key", "session", "code")
MASK = "•••"


def log(actor: User | None, action: str, target: Model, changes: dict[str, Any] | None = None) -> LogEntry:
    """Append to the log, in the caller's transaction. `changes` is {field: [before, after]}; secrets are masked."""
    return LogEntry.objects.create(
        actor=actor, action=action, target=target_of(target), changes=masked(changes or {})
    )


def target_of(thing: Model) -> str:
    """'publications.output:12'."""
    return f"{thing._meta.label_lower}:{thing.pk}"


def masked(changes: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [MASK if value else value for value in pair] if _is_secret(name) else pair for name, pair in changes.items()
    }


def _is_secret(name: str) -> bool:
    return any(word in name.lower().split("_") for word in SECRET_WORDS)
