"""What the pages of the programme's desk share."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.signed_in import person
from conferences.actions.editions_common import Conflict
from conferences.actions.parts import InUse, TooMany
from conferences.actions.programme import Gone
from conferences.actions.programme_items import AlreadyThere
from conferences.models import Edition, ProgrammeItem, ProgrammeSession
from conferences.queries import programme as queries
from conferences.rules.programme import may_make_schedule
from conferences.views.common import render_desk

SECTION = "conferences:desk_schedule"
SAID = (InUse, TooMany, AlreadyThere)  # they say themselves why


def render_programme(
    request: HttpRequest, template: str, edition: Edition, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    shown = {"section": SECTION, "may_make": may_make_schedule(person(request), edition), **context}
    return render_desk(request, f"conferences/programme/{template}.html", edition, shown, status)


def session_or_404(edition: Edition, pk: int) -> ProgrammeSession:
    session = queries.session_at_desk(edition, pk)
    if session is None:
        raise Http404
    return session


def item_or_404(edition: Edition, pk: int) -> ProgrammeItem:
    item = queries.item_at_desk(edition, pk)
    if item is None:
        raise Http404
    return item


def day_url(edition: Edition, day: datetime.date, mark: str = "") -> str:
    url = reverse("conferences:desk_schedule_day", args=[edition.slug, day.isoformat()])
    return f"{url}#{mark}" if mark else url


def session_day_url(session: ProgrammeSession, mark: str = "") -> str:
    """The day on which it stands, with the session in view."""
    return day_url(session.edition, queries.day_of(session, session.edition), mark or f"sesi-{session.pk}")


def attempt(request: HttpRequest, act: Callable[[], Any], done: str) -> bool:
    """Run an action; say what happened, or why it could not."""
    try:
        act()
    except Conflict:
        messages.error(request, _("It was changed in the meantime. Look again; nothing was changed."))
    except Gone:
        messages.error(request, _("Somebody else has removed it in the meantime."))
    except SAID as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
        return True
    return False
