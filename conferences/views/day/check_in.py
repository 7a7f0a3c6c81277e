"""The check-in page on a phone, and what its script reads and tells. Times of the day itself, so nothing is kept."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.signed_in import person
from conferences.actions import check_ins as actions
from conferences.actions.check_ins import Outcome, Told
from conferences.badges import key_in, mark_of, token_of
from conferences.forms.check_ins import MOST_BYTES, FindForm, Malformed, SeenForm, told_in
from conferences.models import Edition, ProgrammeSession, Registration
from conferences.practice import is_practice
from conferences.queries import check_ins as queries
from conferences.views.common import render_desk
from conferences.views.day.common import at_door, reading, session_asked, telling
from conferences.views.day.words import check_in_words
from kesos_repo.csp import PERMISSIONS

CHECK_IN = "conferences:desk_check_in"
CAMERA = PERMISSIONS.replace("camera=()", "camera=(self)")  # on this page alone


@at_door
def check_in(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    session = session_asked(request, edition)
    if request.method == "POST":
        return _seen_by_form(request, edition, session)
    form = FindForm(request.GET or None)
    text = form.cleaned_data["q"].strip() if form.is_bound and form.is_valid() else ""
    response = render_desk(request, "conferences/day/check_in.html", edition, _shown(edition, session, form, text))
    response["Permissions-Policy"] = CAMERA
    return response


def _shown(edition: Edition, session: ProgrammeSession | None, form: FindForm, text: str) -> dict[str, Any]:
    found = _found(edition, text)
    first = queries.first_seen(edition, found, session)
    return {
        "section": CHECK_IN,
        "session": session,
        "sessions": queries.sessions_to_attend(edition),
        "counts": queries.counts(edition, session),
        "form": form,
        "text": text,
        "found": [{"person": row, "first": first.get(row.pk), "key": uuid.uuid4()} for row in found],
        "words": check_in_words(),
        "is_practice": is_practice(edition),
    }


def _found(edition: Edition, text: str) -> list[Registration]:
    """A scanner that types like a keyboard sends the whole token."""
    if (key := key_in(text)) is not None:
        return list(queries.expected_at(edition).filter(badge_key=key))
    return queries.found_by(edition, text)


def _seen_by_form(request: HttpRequest, edition: Edition, session: ProgrammeSession | None) -> HttpResponse:
    form = SeenForm(request.POST)
    if form.is_valid():
        told = Told(form.cleaned_data["key"], form.cleaned_data["number"], session=session.pk if session else None)
        (outcome,) = actions.record(edition, [told], by=person(request))
        _say(request, outcome, edition)
    else:
        messages.error(request, _("There is no participant with this number. Nobody was checked in."))
    query = f"?sesi={session.pk}" if session else ""
    return redirect(reverse(CHECK_IN, args=[edition.slug]) + query)


def _say(request: HttpRequest, outcome: Outcome, edition: Edition) -> None:
    name = outcome.registration.name if outcome.registration else ""
    if outcome.state == "in":
        messages.success(request, _("%(name)s is checked in.") % {"name": name})
    elif outcome.state == "duplicate" and outcome.row:
        first = queries.told(outcome.row, edition) | {"name": name}
        messages.warning(request, _("%(name)s was checked in already, at %(at)s by %(by)s.") % first)
    else:
        messages.error(request, f"{name} {_why(outcome)}".strip())


def _why(outcome: Outcome) -> str:
    if outcome.state == "refused" and outcome.registration:
        state = outcome.registration.get_state_display()
        return _("Not confirmed: %(state)s. Ask the committee.") % {"state": state}
    return _("No participant of this conference has it.") if outcome.state == "unknown" else ""


@reading
def people(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """What a phone keeps while the page is open: no address, no needs, and of a badge only by what it is known."""
    rows = [
        [row.number, row.name, row.badge_name, str(row.get_category_display()), mark_of(token_of(row))]
        for row in queries.expected_at(edition)
    ]
    return JsonResponse({"people": rows})


@reading
def present(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    session = session_asked(request, edition)
    rows = {row.registration.number: queries.told(row, edition) for row in queries.seen(edition, session)}
    return JsonResponse({"present": rows, "expected": queries.expected_at(edition).count()})


@telling
def record(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return JsonResponse({"problem": "too much"}, status=400)
    try:
        told = told_in(request.body)
    except Malformed:
        return JsonResponse({"problem": "malformed"}, status=400)
    outcomes = actions.record(edition, told, by=person(request))
    return JsonResponse({"outcomes": [_answer(outcome, edition) for outcome in outcomes]})


def _answer(outcome: Outcome, edition: Edition) -> dict[str, Any]:
    answer: dict[str, Any] = {"key": str(outcome.told.key), "state": outcome.state, "session": outcome.told.session}
    if row := outcome.registration:
        answer |= {"number": row.number, "name": row.name, "category": str(row.get_category_display())}
    if outcome.row:
        answer["first"] = queries.told(outcome.row, edition)
    return answer | ({"why": why} if (why := _why(outcome)) else {})
