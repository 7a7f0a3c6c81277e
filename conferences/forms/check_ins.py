"""What a phone at the door sends, and the form for those without script."""

import datetime
import json
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conferences.actions.check_ins import MOST_AT_ONCE, Told
from conferences.badges import key_in

MOST_BYTES = 64 * 1024
MOST_NUMBER = 2**31 - 1


class Malformed(ValueError):
    """Not what our own page sends."""


def told_in(body: bytes) -> list[Told]:
    """`{"told": [{"key", "number" or "badge", "session", "ago", "undone"}, …]}`."""
    try:
        rows = json.loads(body)["told"]
        if not isinstance(rows, list) or len(rows) > MOST_AT_ONCE:
            raise Malformed
        return [_told(row) for row in rows]
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as wrong:
        raise Malformed from wrong


def _told(row: dict[str, Any]) -> Told:
    badge = row.get("badge")
    return Told(
        key=uuid.UUID(row["key"]),
        number=None if badge else _number(row.get("number")),
        badge=(key_in(badge) or uuid.UUID(int=0)) if badge else None,
        session=_number(row.get("session")),
        ago=datetime.timedelta(seconds=min(max(float(row.get("ago", 0)), 0), 1e6)),
        is_undone=row.get("undone") is True,
    )


def _number(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= MOST_NUMBER:
        raise Malformed
    return value


class SeenForm(forms.Form):
    """One person, without script: found in the list, then one button. `key` makes pressing it twice one check-in."""

    number = forms.IntegerField(label=_("number"), min_value=1, max_value=MOST_NUMBER)
    key = forms.UUIDField()


class FindForm(forms.Form):
    """`q`: a name, a number, or what a scanner that types has read from a badge."""

    q = forms.CharField(
        label=_("Name or number"), max_length=100, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words", "enterkeyhint": "search"}),
    )  # fmt: skip
