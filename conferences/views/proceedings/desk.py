"""The volume at the desk: its facts, its papers in order, its making, its publication."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signed_in import person
from conferences.actions import builds, volumes
from conferences.actions.editions_common import Conflict, stamp
from conferences.forms.proceedings import PlaceForm, VolumeForm
from conferences.models import BuiltPaper, Edition, Volume
from conferences.proceedings.description import paper_name, volume_name
from conferences.proceedings.facts import facts_of
from conferences.proceedings.front import fingerprint_of
from conferences.proceedings.packets import KINDS, packet
from conferences.queries import proceedings as queries
from conferences.rules.proceedings import may_change_volume
from conferences.views.common import render_desk
from conferences.views.desk.common import differences
from publications.downloads import send
from publications.models import Blob
from publications.typesetting import NotTypeset

from .common import attempt, for_editors, for_volume

PAGE_SIZE = 50
SECTION = "conferences:desk_proceedings"


@for_editors
@require_safe
def home(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    volume = queries.volume_of(edition)
    context: dict[str, Any] = {"section": SECTION, "volume": volume}
    if volume is None:
        context["missing"] = Paginator(queries.missing(edition), PAGE_SIZE).get_page(request.GET.get("kurang"))
        return render_desk(request, "conferences/proceedings/begin.html", edition, context)
    context |= _shown(request, volume)
    return render_desk(request, "conferences/proceedings/desk.html", edition, context)


def _shown(request: HttpRequest, volume: Volume) -> dict[str, Any]:
    facts = facts_of(volume)
    build, finished = queries.last_build(volume), queries.finished_build(volume)
    built = {one.paper_id: one for one in queries.papers_of(finished)} if finished else {}
    page = Paginator(facts.papers, PAGE_SIZE).get_page(request.GET.get("halaman"))
    return {
        "facts": facts,
        "page": page,
        "rows": [(paper, built.get(paper.entry.row.pk) if paper.entry.row else None) for paper in page],
        "missing": Paginator(queries.missing(volume.edition), PAGE_SIZE).get_page(request.GET.get("kurang")),
        "build": build,
        "is_making": build is not None and build.state in builds.OPEN,
        "finished": finished,
        "is_current": finished is not None and finished.fingerprint == fingerprint_of(facts),
        "unmet": volumes.unmet(volume, facts, finished),
        "may_change": may_change_volume(person(request), volume),
        "packets": KINDS,
    }


@for_editors
@require_POST
def begin(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    volumes.begin(edition, by=person(request))
    messages.success(request, _("The volume is begun with what the conference already says. Look through its facts."))
    return redirect("conferences:edit_volume", edition.slug)


@for_volume
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest, volume: Volume) -> HttpResponseBase:
    form = VolumeForm(request.POST or None, instance=volume)
    status, found, stored = 200, [], volume
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                base = request.POST.get("base", "")
                data = form.data_for_action()
                if attempt(
                    request, lambda: volumes.save_facts(volume, data, by=person(request), base=base), _("Saved.")
                ):
                    return redirect(SECTION, volume.edition.slug)
            except Conflict as conflict:
                status, stored = 409, conflict.fresh
                found = differences(form, VolumeForm(instance=stored))
    context = {
        "section": SECTION,
        "form": form,
        "volume": volume,
        "base": stamp(stored, volumes.FACTS, ["editors"]),
        "differences": found,
        "may_change": may_change_volume(person(request), volume),
    }
    return render_desk(request, "conferences/proceedings/facts.html", volume.edition, context, status)


def _save(request: HttpRequest, volume: Volume, form: VolumeForm) -> Volume:
    base = request.POST.get("base", "")
    return volumes.save_facts(volume, form.data_for_action(), by=person(request), base=base)


def _back(request: HttpRequest, volume: Volume, anchor: str = "") -> HttpResponseBase:
    response = redirect(SECTION, volume.edition.slug)
    page = request.POST.get("halaman", "")
    if page.isascii() and page.isdigit():
        response["Location"] += f"?halaman={page}"
    response["Location"] += anchor
    return response


@for_volume
@require_POST
def move(request: HttpRequest, volume: Volume, pk: int) -> HttpResponseBase:
    """The submission to the place that was typed, or one up or down by the button."""
    form = PlaceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the place as a number, from 1 on."))
        return _back(request, volume)
    place = form.cleaned_data["place"] + {"atas": -1, "bawah": 1}.get(request.POST.get("ke", ""), 0)
    seen = form.cleaned_data["seen"]
    act = lambda: volumes.move(volume, pk, place, by=person(request), seen=seen)  # noqa: E731
    attempt(request, act, _("The paper stands at place %(place)s.") % {"place": max(place, 1)})
    return _back(request, volume, f"#makalah-{pk}")


@for_volume
@require_POST
def arrange(request: HttpRequest, volume: Volume) -> HttpResponseBase:
    form = PlaceForm({"place": 1, "seen": request.POST.get("seen")})
    seen = form.cleaned_data["seen"] if form.is_valid() else -1
    done = _("The papers stand in the order of the programme.")
    attempt(request, lambda: volumes.arrange(volume, by=person(request), seen=seen), done)
    return _back(request, volume)


@for_volume
@require_POST
def build(request: HttpRequest, volume: Volume) -> HttpResponseBase:
    done = _("The volume is being made. This page shows how far it is.")
    attempt(request, lambda: builds.start(volume, by=person(request)), done)
    return _back(request, volume)


@for_volume
@require_safe
def progress(request: HttpRequest, volume: Volume) -> HttpResponse:
    """For the page while the volume is made; once it is, the page is asked for anew."""
    made = queries.last_build(volume)
    context = {"edition": volume.edition, "build": made}
    response = render(request, "conferences/proceedings/progress.html", context)
    if made is None or made.state not in builds.OPEN:
        response["HX-Refresh"] = "true"
    return response


@for_volume
@require_safe
def download(request: HttpRequest, volume: Volume) -> HttpResponseBase:
    finished = queries.finished_build(volume)
    if finished is None:
        raise Http404
    return _send(request, finished.blob, volume_name(volume))


@for_volume
@require_safe
def download_paper(request: HttpRequest, volume: Volume, pk: int) -> HttpResponseBase:
    built = get_object_or_404(BuiltPaper.objects.select_related("blob"), pk=pk, build__volume=volume)
    return _send(request, built.blob, paper_name(volume, built))


def _send(request: HttpRequest, blob: Blob | None, name: str) -> HttpResponseBase:
    if blob is None:
        raise Http404
    try:
        return send(request, blob.content, blob, name, private=True)
    except FileNotFoundError as error:
        raise Http404 from error


@for_volume
@require_safe
def packet_file(request: HttpRequest, volume: Volume, kind: str) -> HttpResponseBase:
    finished = queries.finished_build(volume)
    if kind not in KINDS or finished is None:
        raise Http404
    try:
        content = packet(volume, finished, kind)
    except NotTypeset:
        messages.error(request, _("The machine is busy. Try again in a minute."))
        return redirect(SECTION, volume.edition.slug)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{kind}-{volume.edition.slug}.zip"'
    return response


@for_volume
@require_POST
def publish(request: HttpRequest, volume: Volume) -> HttpResponseBase:
    seen = request.POST.get("seen", "")
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else 0
    done = _("The proceedings are published. Their papers are being handed to the curators.")
    attempt(request, lambda: volumes.publish(volume, by=person(request), seen=number), done)
    return _back(request, volume)
