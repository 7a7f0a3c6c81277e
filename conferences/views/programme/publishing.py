"""Publishing the programme; its versions and what differs between them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.signed_in import person
from conferences.actions import publishing as actions
from conferences.actions.common import ChangedMeanwhile
from conferences.actions.publishing import Draft
from conferences.forms.programme import PublishForm
from conferences.models import Edition
from conferences.programme_differences import Difference, Entry, differences, rooms_of
from conferences.programme_warnings import grouped, span_text, warnings_of
from conferences.queries import programme as queries
from conferences.queries.programme import Working
from conferences.queries.snapshot import snapshot
from conferences.views.desk.common import for_schedule, for_scheduling
from conferences.views.reviewing.common import number_in
from evidence.models.texts import Bilingual

from .common import render_programme

NOW = "kini"  # the working programme instead of a version


@for_scheduling
def publish(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """First what does not fit and what changes, then the button."""
    form = PublishForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                number, written = _publish(request, edition, form.cleaned_data)
            except ChangedMeanwhile:
                form.add_error(None, _("The programme was changed in the meantime. Look again, then publish."))
                status = 409
            except actions.NothingNew:
                form.add_error(None, _("Nothing is new since the last version."))
            else:
                _say(request, number, written)
                return redirect("conferences:desk_schedule_versions", edition.slug)
    draft = actions.draft_of(edition)
    context = {"form": form, "draft": draft, "groups": grouped(warnings_of(Working(edition))), **_told(edition, draft)}
    return render_programme(request, "publish", edition, context, status)


def _publish(request: HttpRequest, edition: Edition, data: dict[str, Any]) -> tuple[int, int]:
    schedule, written = actions.publish(
        edition, data["note_id"], data["note_en"], by=person(request), seen=request.POST.get("seen", "")
    )
    return schedule.number, written


def _say(request: HttpRequest, number: int, written: int) -> None:
    text = ngettext(
        "Version %(number)s is published. %(n)s letter waits in the outbox.",
        "Version %(number)s is published. %(n)s letters wait in the outbox.",
        written,
    )
    messages.success(request, text % {"number": number, "n": written})


def _told(edition: Edition, draft: Draft) -> dict[str, Any]:
    before = draft.last.data if draft.last else actions.NOTHING
    return {"lines": lines(edition, draft.differences, before, draft.data)}


@for_schedule
def versions(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    rows = list(queries.schedules(edition).defer("data"))
    return render_programme(request, "versions", edition, {"rows": rows, "now": NOW})


@for_schedule
def compare(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Any two versions, or one and the programme as it stands."""
    chosen = {"dari": request.GET.get("dari", ""), "ke": request.GET.get("ke", NOW)}
    before, after = (_state(edition, value) for value in chosen.values())
    context = {
        "rows": list(queries.schedules(edition).defer("data")),
        "now": NOW,
        "lines": lines(edition, differences(before, after), before, after),
        "chosen": chosen,
    }
    return render_programme(request, "differences", edition, context)


def _state(edition: Edition, chosen: str) -> dict[str, Any]:
    if chosen == NOW:
        return snapshot(edition)
    number = number_in(chosen)
    found = edition.schedules.filter(number=number).first() if number is not None else None
    if found is None:
        raise Http404
    data: dict[str, Any] = found.data
    return data


class _Texts:
    """A text of a schedule in the language of the page."""

    text = Bilingual("text")

    def __init__(self, texts: dict[str, str]) -> None:
        self.text_id, self.text_en = texts.get("id", ""), texts.get("en", "")


def lines(
    edition: Edition, found: list[Difference], before: dict[str, Any], after: dict[str, Any]
) -> list[dict[str, Any]]:
    """As the page shows them."""
    return [
        {
            "changes": [change.label for change in one.changes],
            "title": _Texts(one.entry.title).text,
            "is_session": one.entry.is_session,
            "was": _place(edition, one.before, rooms_of(before)),
            "is": _place(edition, one.after, rooms_of(after)),
            "was_title": _Texts(one.before.title).text if one.before and "title" in one.changes else "",
        }
        for one in found
    ]


def _place(edition: Edition, entry: Entry | None, rooms: dict[int, dict[str, str]]) -> str:
    if entry is None:
        return ""
    room = rooms.get(entry.slot.room) if entry.slot.room else None
    name = _Texts(room).text if room else _("all rooms")
    return f"{span_text(entry.slot.starts_at, entry.slot.ends_at, edition)}, {name}"
