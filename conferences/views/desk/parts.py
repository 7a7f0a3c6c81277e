"""Lists of the desk: hosts, committee, tracks, pages, news, speakers, sponsors, photographs. One hand for all."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.queries import organisation_names
from accounts.signed_in import person
from conferences import parts
from conferences.actions import committee, photos
from conferences.actions import parts as actions
from conferences.actions.editions_common import Conflict, stamp
from conferences.forms.desk.parts import FORMS, InvitationForm, PartForm
from conferences.models import CommitteeRole, Edition, Photo
from conferences.parts import Part
from conferences.queries import desk as queries
from conferences.rules.desk import may_name
from conferences.views.common import render_desk
from publications.downloads import send
from publications.pictures import PictureRefused
from publications.uploads import refused_uploads

from .common import SAID, differences, for_changing, for_posting, for_reading, run

SECTIONS = {
    "hosts": "facts",
    "other_dates": "dates",
    "rooms": "schedule",
    "unavailable": "schedule",
}  # lists that another page of the menu leads to
TOO_LARGE = "picture"


def _section(part: Part) -> str:
    return f"conferences:desk_{SECTIONS.get(part.name, part.name)}"


def _list_url(part: Part, edition: Edition) -> str:
    """Where one comes back to from a row: other dates stand below the dates."""
    name = "conferences:desk_dates" if part is parts.OTHER_DATES else part.url_name
    return reverse(name, args=[edition.slug])


def _row(part: Part, edition: Edition, pk: int) -> Any:
    return get_object_or_404(queries.rows_of(part, edition), pk=pk)


@for_reading
def part_list(request: HttpRequest, edition: Edition, part: Part) -> HttpResponseBase:
    context = {
        "section": _section(part),
        "part": part,
        "rows": queries.rows_of(part, edition),
        "row_template": f"conferences/desk/rows/{part.name}.html",
        "may_edit": part.may_change(person(request), edition),
    }
    return render_desk(request, "conferences/desk/list.html", edition, context)


def _form(request: HttpRequest, part: Part, edition: Edition, thing: Any, bound: bool = True) -> PartForm:
    given: dict[str, Any] = {}
    if part is parts.COMMITTEE:
        given["roles"] = [role for role in CommitteeRole.values if may_name(person(request), edition, role)]
    typed = (request.POST, request.FILES) if bound and request.method == "POST" else (None, None)
    return FORMS[part.name](*typed, instance=thing, edition=edition, **given)


def _page(
    request: HttpRequest, part: Part, edition: Edition, form: PartForm, status: int = 200, **more: Any
) -> HttpResponseBase:
    thing = form.instance if form.instance.pk else None
    context = {
        "section": _section(part),
        "part": part,
        "form": form,
        "thing": thing,
        "list_url": _list_url(part, edition),
        "fields_template": f"conferences/desk/fields/{part.name}.html",
        "base": stamp(thing, part.scalars, part.many) if thing else "",
        "organisation_names": organisation_names() if part is parts.HOSTS else [],
        **more,
    }
    return render_desk(request, "conferences/desk/edit.html", edition, context, status)


@for_changing
def part_new(request: HttpRequest, edition: Edition, part: Part) -> HttpResponseBase:
    form = _form(request, part, edition, None)
    if request.method != "POST":
        return _page(request, part, edition, form)
    if _is_preview(request):
        return _preview(request, part, edition, form)
    if TOO_LARGE in refused_uploads(request):
        form.add_error(TOO_LARGE, _("The picture is larger than 15 MB. Make it smaller and upload it again."))
    if form.is_valid():
        add: Callable[..., Any] = photos.add if part is parts.PHOTOS else _adding(part)
        try:
            thing = add(edition, form.data_for_action(), by=person(request))
        except PictureRefused as refused:
            form.add_error(TOO_LARGE, str(refused.message))
        except SAID as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return _back(part, edition, thing)
    return _page(request, part, edition, form, 422)


def _adding(part: Part) -> Callable[..., Any]:
    return lambda edition, data, by: actions.add(part, edition, data, by=by)


def _back(part: Part, edition: Edition, thing: Any) -> HttpResponseBase:
    """To the list, at the row; to the person where an invitation is the next step."""
    if part is parts.COMMITTEE and thing.user_id is None:
        return redirect(f"{part.url_name}_edit", edition.slug, thing.pk)
    return redirect(f"{_list_url(part, edition)}#baris-{thing.pk}")


@for_changing
def part_edit(request: HttpRequest, edition: Edition, part: Part, pk: int) -> HttpResponseBase:
    thing = _row(part, edition, pk)
    if part is parts.COMMITTEE and not may_name(person(request), edition, thing.role):
        raise PermissionDenied
    form = _form(request, part, edition, thing)
    more: dict[str, Any] = {"invitation": InvitationForm()} if part is parts.COMMITTEE and thing.user_id is None else {}
    if request.method != "POST":
        return _page(request, part, edition, form, **more)
    if _is_preview(request):
        return _preview(request, part, edition, form, base=request.POST.get("base", ""))
    if form.is_valid():
        try:
            base = request.POST.get("base", "")
            actions.edit(part, thing, form.data_for_action(), by=person(request), base=base)
        except Conflict as conflict:
            return _conflict(request, part, edition, form, conflict.fresh, **more)
        except SAID as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{_list_url(part, edition)}#baris-{pk}")
    return _page(request, part, edition, form, 422, **more)


def _conflict(
    request: HttpRequest, part: Part, edition: Edition, form: PartForm, fresh: Any, **more: Any
) -> HttpResponseBase:
    """Both texts; what was typed stays in the form and replaces the other when it is saved again."""
    found = differences(form, _form(request, part, edition, fresh, bound=False))
    base = stamp(fresh, part.scalars, part.many)
    return _page(request, part, edition, form, 409, differences=found, **{**more, "base": base})


def _is_preview(request: HttpRequest) -> bool:
    return request.POST.get("go") == "pratinjau"


def _preview(request: HttpRequest, part: Part, edition: Edition, form: PartForm, **more: Any) -> HttpResponseBase:
    """What was typed, as the site will show it in both languages; nothing is saved."""
    is_valid = form.is_valid()
    return _page(request, part, edition, form, 200 if is_valid else 422, preview=is_valid and form.cleaned_data, **more)


@for_posting
def part_move(request: HttpRequest, edition: Edition, part: Part, pk: int) -> HttpResponseBase:
    thing = _row(part, edition, pk)
    actions.move(part, thing, up=request.POST.get("ke") == "atas", by=person(request))
    return redirect(f"{_list_url(part, edition)}#baris-{pk}")


@for_posting
def part_remove(request: HttpRequest, edition: Edition, part: Part, pk: int) -> HttpResponseBase:
    thing = _row(part, edition, pk)
    if run(request, lambda: actions.remove(part, thing, by=person(request)), _("Removed.")):
        return redirect(_list_url(part, edition))
    return redirect(f"{part.url_name}_edit", edition.slug, pk)


@for_posting
def invite(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    """The answer is the same whether there is an account of this address or not."""
    part = parts.COMMITTEE
    member = _row(part, edition, pk)
    if not may_name(person(request), edition, member.role):
        raise PermissionDenied
    invitation = InvitationForm(request.POST)
    if not invitation.is_valid():
        form = _form(request, part, edition, member, bound=False)
        return _page(request, part, edition, form, 422, invitation=invitation)
    email = invitation.cleaned_data["email"]
    done = _("An invitation is on its way to %(email)s.") % {"email": email}
    run(request, lambda: committee.invite(member, email, by=person(request)), done)
    return redirect(f"{part.url_name}_edit", edition.slug, pk)


@for_reading
def picture(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    """A photograph, for the desk alone: the site has an address of its own."""
    photo = Photo.objects.filter(edition=edition, pk=pk).select_related("blob").first()
    if photo is None:
        raise Http404
    stored = photo.blob.thumbnail or photo.blob.content
    return send(request, stored, photo.blob, f"foto-{pk}.webp", private=True)
