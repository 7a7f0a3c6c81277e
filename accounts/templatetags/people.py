"""How people and what they did are shown, wherever they are shown."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.log_actions import label_of
from accounts.models import LogEntry

register = template.Library()


@register.inclusion_tag("accounts/components/orcid.html")
def orcid(value: str, confirmed: bool, short: bool = False) -> dict[str, Any]:
    """An ORCID with its link; `short` leaves the words to screen readers."""
    return {"orcid": value, "confirmed": confirmed, "short": short}


@register.simple_tag
def orcid_mark() -> SafeString:
    return format_html(
        '<svg class="orcid-mark" viewBox="0 0 24 24" aria-hidden="true">'
        '<circle cx="12" cy="12" r="11" fill="none" stroke="currentColor" stroke-width="1.5"/>'
        '<path d="{}" fill="currentColor"/></svg>',
        "M7.2 9.5h1.7v7.4H7.2zM8.05 6.4a1.05 1.05 0 1 1 0 2.1 1.05 1.05 0 0 1 0-2.1zM10.9 9.5h3.2c2.5 0 4 1.6 4 3.7"
        "s-1.5 3.7-4 3.7h-3.2zm1.7 1.5v4.4h1.4c1.5 0 2.4-.9 2.4-2.2s-.9-2.2-2.4-2.2z",
    )


@register.inclusion_tag("accounts/components/log.html")
def people_log(entries: Iterable[LogEntry]) -> dict[str, Any]:
    """Entries of the log (`accounts.queries.log_of`), in words."""
    rows = [
        {"at": entry.at, "actor": entry.actor, "label": label_of(entry.action), "rows": _rows(entry)}
        for entry in entries
    ]
    return {"entries": rows}


@register.filter
def provider_name(provider: Any) -> str:
    return "ORCID" if provider.id == "orcid" else str(provider.name)


@register.simple_tag(takes_context=True)
def after_provider(context: template.Context) -> str:
    """Where a provider's callback leads: what was asked for, else the account page in the page's language."""
    request = context["request"]
    return str(request.GET.get("next") or reverse("account"))


def _rows(entry: LogEntry) -> list[dict[str, Any]]:
    model = apps.get_model(entry.target.partition(":")[0])
    return [
        {"name": _field_name(model, name), "before": _text(pair[0]), "after": _text(pair[1])}
        for name, pair in entry.changes.items()
        if isinstance(pair, list) and len(pair) == 2
    ]


def _field_name(model: Any, name: str) -> str:
    try:
        return str(model._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return name.replace("_", " ")


def _text(value: Any) -> str:
    if value in (None, "", []):
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
