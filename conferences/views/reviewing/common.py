"""What the views of reviewers and of the desk share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.signed_in import person
from conferences.actions.assignments import DueTooSoon, InConflict
from conferences.actions.common import ChangedMeanwhile, ReasonMissing
from conferences.actions.letters import Empty
from conferences.actions.reviews import TooLate
from conferences.actions.rubrics import InUse
from conferences.models import Assignment, ConflictKind, Edition, Submission
from conferences.queries import reviewing as queries
from conferences.rules.committee import may_see_reviews
from conferences.views.common import visible_edition
from publications.states import IllegalTransition

View = Callable[..., HttpResponseBase]


def private(view: View) -> View:
    """Kept by nobody, and telling other sites nothing of its address, which may hold a token."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


def edition_for(request: HttpRequest, slug: str, rule: Callable[[Any, Edition], bool]) -> Edition:
    edition = visible_edition(request, slug)
    if not rule(person(request), edition):
        raise PermissionDenied
    return edition


def submission_for(request: HttpRequest, edition: Edition, number: int) -> Submission:
    """Refused to those in conflict, whatever they are otherwise."""
    submission = queries.submission_numbered(edition, number)
    if submission is None:
        raise Http404
    if not may_see_reviews(person(request), submission):
        raise PermissionDenied
    return submission


def assignment_at_desk(request: HttpRequest, edition: Edition, pk: int) -> Assignment:
    rows = Assignment.objects.select_related("submission__edition", "reviewer")
    assignment = get_object_or_404(rows, pk=pk, submission__edition=edition)
    if not may_see_reviews(person(request), assignment.submission):
        raise PermissionDenied
    return assignment


def number_in(text: str | None) -> int | None:
    """A whole number from a form; none for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def seen(request: HttpRequest) -> int | None:
    return number_in(request.POST.get("revision"))


def attempt(request: HttpRequest, act: Callable[[], Any], done: str) -> bool:
    """Run an action; say what happened, or why it could not."""
    try:
        act()
    except IllegalTransition:
        messages.error(request, _("Somebody else was faster, or it is over. Nothing was changed."))
    except ChangedMeanwhile:
        messages.error(request, _("It was changed in the meantime. Look again; nothing was changed."))
    except ReasonMissing:
        messages.error(request, _("A reason is needed. Nothing was changed."))
    except TooLate:
        messages.error(request, _("It is too late: the due date has come, or it is decided. Nothing was changed."))
    except InConflict as conflict:
        why = ConflictKind(conflict.kind).label
        messages.error(request, _("Conflict of interest: %(why)s. Nothing was changed.") % {"why": why})
    except DueTooSoon:
        messages.error(request, _("The due date must lie ahead. Nothing was changed."))
    except InUse:
        messages.error(request, _("It is in use already. Nothing was changed."))
    except Empty:
        messages.error(request, _("A letter needs a subject and a text. Nothing was changed."))
    else:
        messages.success(request, done)
        return True
    return False


__all__ = ["HttpResponse", "attempt", "edition_for", "number_in", "private", "seen", "submission_for"]
