"""How people and what they did are shown, wherever they are shown."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, ForeignKey, TextField
from django.urls import reverse
from django.utils.translation import ngettext

from accounts.log_actions import label_of
from accounts.models import LogEntry

register = template.Library()


@register.inclusion_tag("accounts/components/orcid.html")
def orcid(value: str, confirmed: bool, short: bool = False) -> dict[str, Any]:
    """An ORCID with its link; `short` leaves the words to screen readers."""
    return {"orcid": value, "confirmed": confirmed, "short": short}


@register.inclusion_tag("accounts/components/log.html")
def people_log(entries: Iterable[LogEntry]) -> dict[str, Any]:
    """Entries of the log (`accounts.queries.log_of`), in words."""
    return {"entries": [_told(entry) for entry in entries]}


def _told(entry: LogEntry) -> dict[str, Any]:
    actor = entry.actor.shown_as if entry.actor else ""
    return {"at": entry.at, "actor": actor, "label": label_of(entry.action), "rows": _rows(entry)}


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
        {"name": _field_name(model, name), **_pair(model, name, pair), "is_same": pair[0] == pair[1]}
        for name, pair in entry.changes.items()
        if isinstance(pair, list) and len(pair) == 2
    ]


def _field_name(model: Any, name: str) -> str:
    """Of the logged thing itself; "track" and "track.name_id" are another table of its app, and a field of that."""
    owner, _dot, field = name.rpartition(".")
    try:
        if owner:
            model = apps.get_model(model._meta.app_label, owner)
        found = model._meta.get_field(field)
    except (FieldDoesNotExist, LookupError):
        return _table_name(model, name)
    if hasattr(found, "verbose_name"):
        return str(found.verbose_name)
    return str(found.related_model._meta.verbose_name_plural)  # rows that point here


def _table_name(model: Any, name: str) -> str:
    try:
        return str(apps.get_model(model._meta.app_label, name)._meta.verbose_name)
    except (LookupError, ValueError):
        return name.rpartition(".")[2].replace("_", " ")


def _pair(model: Any, name: str, pair: list[Any]) -> dict[str, str]:
    """Of a text that must not stay in the log only its length was kept: a number where the field holds words."""
    tell = _length if _is_text(model, name) and any(type(value) is int for value in pair) else _text
    return {"before": tell(pair[0]), "after": tell(pair[1])}


def _is_text(model: Any, name: str) -> bool:
    try:
        return isinstance(model._meta.get_field(name), CharField | TextField | ForeignKey)
    except FieldDoesNotExist:
        return False


def _length(value: Any) -> str:
    return ngettext("%(n)d character", "%(n)d characters", value) % {"n": value} if value else ""


def _text(value: Any) -> str:
    if value in (None, "", []):
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
