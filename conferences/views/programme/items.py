"""What is given in sessions: added, edited, ordered, moved to another session, removed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.signed_in import person
from conferences.actions import programme_items as actions
from conferences.actions.editions_common import Conflict
from conferences.actions.programme import Gone
from conferences.forms.programme import ItemForm, MoveItemForm
from conferences.models import Edition, ProgrammeItem
from conferences.programme_warnings import title_of
from conferences.views.desk.common import differences, for_scheduled, for_scheduling
from conferences.views.reviewing.common import seen

from .common import SAID, attempt, item_or_404, render_programme, session_day_url, session_or_404
from .sessions import render_session


def _session_url(item: ProgrammeItem) -> str:
    session = reverse("conferences:desk_session", args=[item.session.edition.slug, item.session_id])
    return f"{session}#butir-{item.pk}"


@for_scheduled
def new(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    session = session_or_404(edition, pk)
    form = ItemForm(request.POST, session=session)
    status = 422
    if form.is_valid():
        try:
            item = actions.add_item(session, form.data_for_action(), by=person(request), seen=seen(request))
        except (Conflict, Gone):
            form.add_error(None, _("The session was changed in the meantime. Look at it, then save again."))
            status = 409
            session = session_or_404(edition, pk)
        except SAID as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            item.session.edition = edition
            return redirect(_session_url(item))
    return render_session(request, session, form, status)


@for_scheduling
def edit(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    item = item_or_404(edition, pk)
    form = ItemForm(request.POST or None, instance=item, session=item.session)
    if request.method != "POST":
        return _form_page(request, item, form)
    more: dict[str, Any] = {"status": 422}
    if form.is_valid():
        try:
            actions.edit_item(item, form.data_for_action(), by=person(request), seen=seen(request))
        except Conflict:
            fresh = item_or_404(edition, pk)
            found = differences(form, ItemForm(instance=fresh, session=fresh.session))
            more = {"status": 409, "differences": found, "revision": fresh.session.revision}
            form.add_error(None, _("The session was changed in the meantime. Look at it, then save again."))
        except SAID as refused:
            form.add_error(None, str(refused))
        except Gone:
            messages.error(request, _("Somebody else has removed it in the meantime."))
            return redirect("conferences:desk_schedule", edition.slug)
        else:
            messages.success(request, _("Saved."))
            return redirect(_session_url(item))
    return _form_page(request, item, form, **more)


def _form_page(
    request: HttpRequest, item: ProgrammeItem, form: ItemForm, status: int = 200, **more: Any
) -> HttpResponseBase:
    context = {"item": item, "form": form, "title": title_of(item), "revision": item.session.revision, **more}
    return render_programme(request, "item_form", item.session.edition, context, status)


@for_scheduling
def move(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    """To another session or time: by this form, and by dragging, which sends the same."""
    item = item_or_404(edition, pk)
    form = MoveItemForm(request.POST or None, item=item)
    if request.method == "POST" and form.is_valid():
        to, starts_at = form.cleaned_data["session"], form.starts_at()
        act = lambda: actions.move_item(item, to, starts_at, by=person(request), seen=seen(request))  # noqa: E731
        done = _("Moved: %(title)s to %(place)s.") % {"title": title_of(item), "place": to}
        moved = attempt(request, act, done)
        return redirect(session_day_url(to if moved else item.session, f"butir-{pk}"))
    context = {
        "session": item.session, "form": form, "thing": title_of(item), "back": session_day_url(item.session)
    }  # fmt: skip
    return render_programme(request, "move", edition, context, 422 if request.method == "POST" else 200)


@for_scheduled
def order(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    """Earlier or later in its session; back to where the button stands."""
    item = item_or_404(edition, pk)
    up = request.POST.get("ke") == "atas"
    act = lambda: actions.order_item(item, up=up, by=person(request), seen=seen(request))  # noqa: E731
    attempt(request, act, _("Moved: %(title)s.") % {"title": title_of(item)})
    if request.POST.get("dari") == "hari":
        return redirect(session_day_url(item.session, f"butir-{pk}"))
    return redirect(_session_url(item))


@for_scheduled
def remove(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    item = item_or_404(edition, pk)
    attempt(request, lambda: actions.remove_item(item, by=person(request), seen=seen(request)), _("Removed."))
    return redirect("conferences:desk_session", edition.slug, item.session_id)
