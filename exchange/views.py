"""The DOIs of a volume at the desk: state, check without sending, files to download."""

import io
import zipfile
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.signed_in import person
from conferences.models import Volume
from conferences.queries.proceedings import volume_of
from conferences.views.common import render_desk
from conferences.views.reviewing.common import edition_for, private
from exchange import actions
from exchange.doi.facts import facts_of
from exchange.models import Agency
from exchange.queries import dois_of
from exchange.rules import may_prepare_dois
from kesos_repo.access import signed_in

View = Callable[..., HttpResponseBase]
PAGE_SIZE = 50
FIXED = (1980, 1, 1, 0, 0, 0)


def _of_volume(view: View) -> View:
    @signed_in
    @private
    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
        volume = volume_of(edition_for(request, slug, may_prepare_dois))
        if volume is None:
            raise Http404
        return view(request, volume, **kwargs)

    return wrapped


def _agency(name: str) -> Agency:
    if name not in Agency.values:
        raise Http404
    return Agency(name)


@_of_volume
@require_safe
def dois(request: HttpRequest, volume: Volume) -> HttpResponse:
    agency = _agency(request.GET.get("agen") or Agency.CROSSREF)
    page = Paginator(dois_of(volume, agency), PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {
        "section": "conferences:desk_proceedings",
        "volume": volume,
        "agency": agency,
        "agencies": Agency,
        "page": page,
    }
    return render_desk(request, "exchange/dois.html", volume.edition, context)


@_of_volume
@require_POST
def check(request: HttpRequest, volume: Volume, agency: str) -> HttpResponseBase:
    wanted = _agency(agency)
    try:
        made = actions.check(volume, wanted, by=person(request))
    except actions.NoDoi:
        messages.error(request, _("The volume has no DOI yet. Write it into its facts, and make the volume again."))
    else:
        faulty = sum(one.state == "faulty" for one in made)
        told = _("Checked: %(count)s DOIs, %(faulty)s with faults. Nothing was sent.")
        messages.success(request, told % {"count": len(made), "faulty": faulty})
    response = redirect("exchange:doi", volume.edition.slug)
    response["Location"] += f"?agen={wanted.value}"
    return response


@_of_volume
@require_safe
def file(request: HttpRequest, volume: Volume, agency: str) -> HttpResponse:
    """What would be sent: one file for Crossref, one for each DOI for DataCite."""
    wanted = _agency(agency)
    if not volume.doi:
        raise Http404
    files = actions.files_of(facts_of(volume), wanted)
    name = f"{wanted.value}-{volume.edition.slug}"
    if wanted == Agency.CROSSREF:
        return _attached(files[volume.doi], f"{name}.xml", "application/xml")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for doi, content in files.items():
            made.writestr(zipfile.ZipInfo(f"{slugify(doi.replace('/', '-').replace('.', '-'))}.xml", FIXED), content)
    return _attached(packed.getvalue(), f"{name}.zip", "application/zip")


def _attached(content: bytes, name: str, mime: str) -> HttpResponse:
    response = HttpResponse(content, content_type=mime)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
