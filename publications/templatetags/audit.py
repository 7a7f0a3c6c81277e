"""The log as people read it."""

from typing import Any

from django import template

from accounts.log_actions import label_of

register = template.Library()

MAX_SHOWN = 300


@register.filter
def action_label(action: str) -> str:
    return label_of(action)


@register.filter
def shown(value: Any) -> str:
    """A logged value as text, cut where it is long."""
    text = "; ".join(str(item) for item in value) if isinstance(value, list) else str("" if value is None else value)
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + " …"
