"""The programme as pages: whole and in parts, a session, an item, and as it is printed."""

from collections.abc import Hashable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from conferences.models import Edition, Submission
from conferences.queries.programme_public import marks_of, programme_of, public_materials
from conferences.queries.submissions import submission_of
from conferences.rules.materials import may_bring
from conferences.schedules.choosing import Choice, by_day, chosen_sessions, present
from conferences.schedules.reading import Item, Programme, Session
from conferences.views.site import of_edition, site_page
from kesos_repo.page_cache import cached_while
from publications.models import Output


def this_minute() -> Hashable:
    """Sessions begin and end on whole minutes: what is on now is kept no longer than one."""
    return int(timezone.now().timestamp() // 60)


def published(edition: Edition) -> Programme:
    """404 where none is published yet."""
    programme = programme_of(edition)
    if programme is None:
        raise Http404
    return programme


@cached_while(this_minute)
@of_edition
def programme(request: HttpRequest, edition: Edition) -> HttpResponse:
    shown = programme_of(edition)
    if shown is None:
        return site_page(request, edition, "programme", programme=None)
    choice = Choice.of(request.GET.dict(), shown)
    return site_page(
        request,
        edition,
        "programme",
        **programme_context(shown, choice),
        present=present(shown, timezone.now()) if choice.is_all else None,
        marks=_marks(request, edition),
    )


def programme_context(programme: Programme, choice: Choice) -> dict[str, Any]:
    days = by_day(chosen_sessions(programme, choice))
    tabs = [(day, choice.with_day(day.isoformat()), choice.hari == day.isoformat()) for day in programme.days]
    return {
        "programme": programme,
        "choice": choice,
        "days": days,
        "day_tabs": tabs,
        "all_days": choice.with_day(""),
    }


def _marks(request: HttpRequest, edition: Edition) -> set[str] | None:
    """What the reader has marked; None for who is not signed in."""
    user: Any = request.user
    return marks_of(user, edition) if user.is_authenticated else None


@of_edition
def printed(request: HttpRequest, edition: Edition) -> HttpResponse:
    shown = published(edition)
    choice = Choice.of(request.GET.dict(), shown)
    context = programme_context(shown, choice)
    return site_page(request, edition, "programme_print", at="programme", **context)


@of_edition
def session(request: HttpRequest, edition: Edition, pk: int) -> HttpResponse:
    shown = published(edition)
    found = shown.session(pk)
    if found is None:
        raise Http404
    context = session_context(shown, found)
    return site_page(request, edition, "programme_session", at="programme", **context, marks=_marks(request, edition))


def session_context(programme: Programme, session: Session) -> dict[str, Any]:
    return {"programme": programme, "session": session}


@of_edition
def item(request: HttpRequest, edition: Edition, key: UUID) -> HttpResponse:
    shown = published(edition)
    found = shown.item(str(key))
    if found is None:
        raise Http404
    context = {**item_context(shown, found), "marks": _marks(request, edition)}
    context["may_bring"] = _may_bring(request, edition, found)
    return site_page(request, edition, "programme_item", at="programme", **context)


def item_context(programme: Programme, item: Item) -> dict[str, Any]:
    sessions = {session.id: session for session in programme.sessions}
    slots = [(one, sessions[one.session_id]) for one in programme.slots_of(item)]
    papers = Output.objects.public().filter(conference_paper__submission=item.submission)
    return {
        "programme": programme,
        "item": item,
        "slots": slots,
        "paper": papers.first() if item.submission else None,
        "materials": list(public_materials().filter(submission=item.submission)) if item.submission else [],
    }


def _may_bring(request: HttpRequest, edition: Edition, item: Item) -> Submission | None:
    """The submission to which the reader may bring slides."""
    user: Any = request.user
    if not user.is_authenticated or not item.submission:
        return None
    submission = submission_of(item.submission, edition)
    return submission if submission and may_bring(user, submission) else None
