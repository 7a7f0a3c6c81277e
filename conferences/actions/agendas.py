"""What somebody wants to attend. It is nobody else's business, so nothing of it stands in the log."""

import secrets

from django.db import transaction

from accounts.models import User
from conferences.actions.common import require
from conferences.models import Agenda, Edition
from conferences.rules.committee import is_active

MOST_MARKS = 300


class TooMany(ValueError):
    """An agenda holds at most `MOST_MARKS`."""


def agenda_of(user: User, edition: Edition) -> Agenda:
    """Made when first asked for, so that its calendar has an address."""
    found, _made = Agenda.objects.get_or_create(user=user, edition=edition, defaults={"token": _token()})
    return found


def _token() -> str:
    return secrets.token_urlsafe(32)


@transaction.atomic
def mark(edition: Edition, mark: str, *, by: User, wanted: bool) -> None:
    """Add or take out one session or item; the caller knows that it is on the programme. Twice is as once."""
    require(is_active(by))
    agenda_of(by, edition)
    agenda = Agenda.objects.select_for_update().get(user=by, edition=edition)
    if (mark in agenda.keys) == wanted:
        return
    if wanted and len(agenda.keys) >= MOST_MARKS:
        raise TooMany
    agenda.keys = [*agenda.keys, mark] if wanted else [kept for kept in agenda.keys if kept != mark]
    agenda.save(update_fields=["keys"])


@transaction.atomic
def renew_link(edition: Edition, *, by: User) -> None:
    """Who has the former address of the calendar reads it no more."""
    require(is_active(by))
    agenda_of(by, edition)
    agenda = Agenda.objects.select_for_update().get(user=by, edition=edition)
    agenda.token = _token()
    agenda.save(update_fields=["token"])


def forget(user: User) -> None:
    """When an account goes."""
    Agenda.objects.filter(user=user).delete()
