"""What the views of an edition's desk share: who comes in, saving in two windows, answering for an action."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm, BooleanField
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.signed_in import person
from conferences.actions.committee import LastChair, NotInvited, TooManyInvited
from conferences.actions.parts import InUse, TooMany
from conferences.models import Edition
from conferences.rules.committee import may_clone, may_open_desk, may_organise
from conferences.rules.desk import may_read_site_desk
from conferences.rules.programme import may_make_schedule, may_open_schedule
from conferences.rules.registration import may_open_registrations, may_register_others
from conferences.views.common import desk_edition
from conferences.views.reviewing.common import private
from evidence.checks import Incomplete
from kesos_repo.access import signed_in
from publications.states import IllegalTransition

View = Callable[..., HttpResponseBase]
Rule = Callable[[User, Edition], bool]
SAID = (LastChair, NotInvited, TooManyInvited, InUse, TooMany)  # they say themselves why


def for_those(rule: Rule, *methods: str, of_part: str = "") -> Callable[[View], View]:
    """The view gets the edition of its address, for those whom the rule lets in; lists may have their own."""

    def decorate(view: View) -> View:
        @signed_in
        @private
        @require_http_methods(methods)
        @wraps(view)
        def wrapped(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
            edition = desk_edition(request, slug)
            asked = getattr(kwargs.get("part"), of_part, rule) if of_part else rule
            if not asked(person(request), edition):
                raise PermissionDenied
            return view(request, edition, **kwargs)

        return wrapped

    return decorate


for_committee = for_those(may_open_desk, "GET", "HEAD")
for_cloning = for_those(may_clone, "GET", "HEAD", "POST")
for_registrars = for_those(may_open_registrations, "GET", "HEAD")
for_registering = for_those(may_register_others, "GET", "HEAD", "POST")
for_reading = for_those(may_read_site_desk, "GET", "HEAD", of_part="may_read")
for_changing = for_those(may_organise, "GET", "HEAD", "POST", of_part="may_change")
for_posting = for_those(may_organise, "POST", of_part="may_change")
for_schedule = for_those(may_open_schedule, "GET", "HEAD")
for_scheduling = for_those(may_make_schedule, "GET", "HEAD", "POST")
for_scheduled = for_those(may_make_schedule, "POST")
for_chairs = for_those(may_open_desk, "POST")  # the action asks whether it is a chair


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that somebody else has saved with other words meanwhile."""

    label: str
    mine: str
    stored: str
    language: str


def differences(form: BaseForm, fresh: BaseForm) -> list[Difference]:
    """`form` as typed and `fresh`, the same form over what is stored now."""
    found = []
    for bound in form:
        mine, stored = readable(bound), readable(fresh[bound.name])
        if mine != stored:
            ending = bound.name[-3:]
            language = ending[1:] if ending in ("_id", "_en") else ""
            found.append(Difference(str(bound.label), mine, stored, language))
    return found


def readable(bound: Any) -> str:
    """The value of a field in words."""
    value = bound.value()  # as its input shows it
    if isinstance(bound.field, BooleanField):
        return _("yes") if value else _("no")
    choices = getattr(bound.field, "choices", None)
    if choices is not None:
        wanted = {str(getattr(one, "pk", one)) for one in (value if isinstance(value, list) else [value])}
        return ", ".join(str(label) for key, label in choices if key != "" and str(key) in wanted)
    return str(bound.field.widget.format_value(value) or "")


def run(request: HttpRequest, act: Callable[[], Any], done: str) -> bool:
    """Run an action; say what happened, or why it could not."""
    try:
        act()
    except IllegalTransition:
        messages.error(request, _("Somebody else has decided in the meantime. Nothing was changed."))
    except Incomplete as incomplete:
        missing = ", ".join(map(str, incomplete.missing))
        messages.error(request, _("It cannot go on yet. Missing: %(missing)s") % {"missing": missing})
    except SAID as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
        return True
    return False
