"""What the pages about proceedings do first."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from accounts.models import User
from conferences.actions.builds import Busy, NothingToBuild
from conferences.actions.common import ChangedMeanwhile
from conferences.models import Edition
from conferences.queries.proceedings import volume_of
from conferences.rules.proceedings import may_edit_proceedings, may_follow_papers
from conferences.views.reviewing.common import edition_for, private
from evidence.checks import Incomplete
from kesos_repo.access import signed_in
from publications.states import IllegalTransition

View = Callable[..., HttpResponseBase]
Rule = Callable[[User, Edition], bool]


def _of_edition(view: View, rule: Rule) -> View:
    @signed_in
    @private
    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
        return view(request, edition_for(request, slug, rule), **kwargs)

    return wrapped


def for_editors(view: View) -> View:
    """The view gets the edition; for those who edit its proceedings."""
    return _of_edition(view, may_edit_proceedings)


def _of_volume(view: View) -> View:
    @wraps(view)
    def wrapped(request: HttpRequest, edition: Edition, **kwargs: Any) -> HttpResponseBase:
        volume = volume_of(edition)
        if volume is None:
            raise Http404
        return view(request, volume, **kwargs)

    return wrapped


def for_volume(view: View) -> View:
    """The view gets the volume; for those who edit it."""
    return for_editors(_of_volume(view))


def for_followers(view: View) -> View:
    """The view gets the volume; for its editors and for curators."""
    return _of_edition(_of_volume(view), may_follow_papers)


def attempt(request: HttpRequest, act: Callable[[], Any], done: str) -> bool:
    """Run an action; say what happened, or why it could not."""
    try:
        act()
    except ChangedMeanwhile:
        messages.error(request, _("It was changed in another window meanwhile. Nothing was done; look at it again."))
    except Incomplete as incomplete:
        missing = ", ".join(map(str, incomplete.missing))
        messages.error(request, _("It cannot go on yet. Missing: %(missing)s") % {"missing": missing})
    except IllegalTransition:
        messages.error(request, _("The volume is published: it stays as it is."))
    except Busy:
        messages.error(request, _("The volume is being made already."))
    except NothingToBuild:
        messages.error(request, _("No final paper is ready yet."))
    else:
        messages.success(request, done)
        return True
    return False
