"""What becomes of the papers of a published volume: each an output in the curators' queue."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.signed_in import person
from conferences.actions import volume_outputs as actions
from conferences.models import Volume
from conferences.queries import proceedings as queries
from conferences.rules.proceedings import may_publish_paper
from conferences.views.common import render_desk
from publications.models import Version

from .common import attempt, for_followers

PAGE_SIZE = 50
MOST = PAGE_SIZE + 1  # a page and the volume itself


@for_followers
@require_http_methods(["GET", "HEAD", "POST"])
def paper_list(request: HttpRequest, volume: Volume) -> HttpResponseBase:
    user = person(request)
    if request.method == "POST":
        return _publish(request, volume, user)
    page = Paginator(queries.published_papers(volume), PAGE_SIZE).get_page(request.GET.get("halaman"))
    rows = queries.with_versions(list(page))
    context = {
        "section": "conferences:desk_proceedings",
        "volume": volume,
        "page": page,
        "rows": [(row, _may_publish(user, row.version)) for row in rows],
        "whole": _whole(volume, user),
        "may_publish": user.is_curator,
    }
    return render_desk(request, "conferences/proceedings/papers.html", volume.edition, context)


def _whole(volume: Volume, user: User) -> tuple[Version, bool] | None:
    if volume.output_id is None:
        return None
    version = queries.newest_versions([volume.output_id])[volume.output_id]
    return version, _may_publish(user, version)


def _may_publish(user: User, version: Version | None) -> bool:
    return user.is_curator and version is not None and may_publish_paper(user, version)


def _publish(request: HttpRequest, volume: Volume, user: User) -> HttpResponse:
    if not user.is_curator:
        raise PermissionDenied
    done, passed = actions.publish_papers(volume, _chosen(request.POST.getlist("pilih")), by=user)
    if done:
        told = ngettext("%(n)s publication is public now.", "%(n)s publications are public now.", done) % {"n": done}
        messages.success(request, told)
    if passed:
        told = ngettext(
            "%(n)s was passed over: it was changed meanwhile, or something is missing.",
            "%(n)s were passed over: they were changed meanwhile, or something is missing.",
            passed,
        )
        messages.warning(request, told % {"n": passed})
    if not done and not passed:
        messages.error(request, _("Choose at least one."))
    return redirect("conferences:desk_volume_papers", volume.edition.slug)


def _chosen(values: list[str]) -> list[tuple[int, int]]:
    """ "version:revision"; what is not understood is nothing."""
    pairs = [value.partition(":")[::2] for value in values[:MOST]]
    return [(int(pk), int(seen)) for pk, seen in pairs if _is_number(pk) and _is_number(seen)]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


@for_followers
@require_POST
def hand_in(request: HttpRequest, volume: Volume) -> HttpResponseBase:
    done = _("What could not be handed in is tried again.")
    attempt(request, lambda: actions.ask_again(volume, by=person(request)), done)
    return redirect("conferences:desk_volume_papers", volume.edition.slug)
