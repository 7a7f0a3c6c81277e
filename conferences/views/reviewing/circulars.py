"""One letter of the committee to a group: written, looked at, put into the outbox."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from conferences.actions import circulars as actions
from conferences.actions.common import ChangedMeanwhile
from conferences.forms.circulars import CircularForm
from conferences.letters.wording import MEANINGS
from conferences.models import Edition, Letter
from conferences.queries.circulars import GROUPS, MOST
from conferences.rules.committee import may_send_letters
from conferences.views.common import render_desk
from conferences.views.reviewing.common import edition_for, private
from kesos_repo.access import signed_in

OUTBOX = "conferences:desk_outbox"
SHOWN = 5


@signed_in
@private
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponseBase:
    edition = edition_for(request, slug, may_send_letters)
    form = CircularForm(request.POST or None)
    if request.method != "POST":
        return _page(request, edition, form)
    if not form.is_valid():
        return _page(request, edition, form, 422)
    made = actions.drafts(edition, form.cleaned_data["group"], form.texts(), by=person(request))
    if len(made) > MOST:
        form.add_error("group", _("At most %(most)s at once.") % {"most": MOST})
        return _page(request, edition, form, 422)
    if request.POST.get("go") != "tulis":
        return _page(request, edition, form, made=made)
    return _put_into_outbox(request, edition, form, made)


def _put_into_outbox(
    request: HttpRequest, edition: Edition, form: CircularForm, made: list[Letter]
) -> HttpResponseBase:
    group, texts = form.cleaned_data["group"], form.texts()
    try:
        count = actions.write(edition, group, texts, by=person(request), seen=request.POST.get("seen", ""))
    except ChangedMeanwhile:
        messages.error(
            request, _("The text or the group has changed since you looked. Look again; nothing is written.")
        )
        return _page(request, edition, form, 409, made=made)
    text = ngettext(
        "%(n)s letter waits in the outbox, to be looked at and sent.",
        "%(n)s letters wait in the outbox, to be looked at and sent.",
        count,
    )
    messages.success(request, text % {"n": count})
    return redirect(OUTBOX, edition.slug)


def _page(
    request: HttpRequest, edition: Edition, form: CircularForm, status: int = 200, made: list[Letter] | None = None
) -> HttpResponse:
    known: dict[str, list[str]] = {}
    for group in GROUPS.values():
        for name in group.fields:
            known.setdefault(name, []).append(str(group.label))
    context: dict[str, Any] = {
        "section": OUTBOX,
        "form": form,
        "is_looked_at": made is not None,
        "letters": (made or [])[:SHOWN],
        "everybody": made or [],
        "seen": actions.digest(made) if made is not None else "",
        "fields": [(f"{{{name}}}", MEANINGS[name], len(groups) == len(GROUPS)) for name, groups in known.items()],
    }
    return render_desk(request, "conferences/reviewing/desk/circular.html", edition, context, status)
